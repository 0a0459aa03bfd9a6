//! Who has to act: a person of the list, or an account whose owner is not in it.

use std::collections::HashMap;
use std::hash::Hash;

use crate::accounts::ListedPerson;
use crate::report::{AuditFinding, FindingKind, Severity};

/// A person of the list, or else an account, with all that is the matter.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    /// Whom the list names.
    pub(super) person: Option<&'a ListedPerson>,
    /// The most urgent first; one at least.
    pub(super) findings: Vec<&'a AuditFinding>,
}

impl<'a> Subject<'a> {
    /// Everybody with a finding, the most urgent first. Findings with the same key are one's.
    pub(super) fn all<K: Hash + Eq>(
        findings: impl Iterator<Item = &'a AuditFinding>,
        persons: &HashMap<u32, &'a ListedPerson>,
        key: impl Fn(&'a AuditFinding) -> K,
    ) -> Vec<Self> {
        let mut places: HashMap<K, usize> = HashMap::new();
        let mut subjects: Vec<Self> = Vec::new();
        for finding in findings {
            let place = *places.entry(key(finding)).or_insert(subjects.len());
            if let Some(subject) = subjects.get_mut(place) {
                subject.findings.push(finding);
            } else {
                let person = persons.get(&finding.person).copied();
                subjects.push(Self { person, findings: vec![finding] });
            }
        }
        subjects
    }

    /// What its person must mend. How a system stores passwords is not for them to mend.
    pub(super) fn own(&self) -> impl Iterator<Item = &'a AuditFinding> {
        self.findings.iter().copied().filter(|finding| finding.kind != FindingKind::WeakScheme)
    }

    /// The gravest of what its person must mend.
    pub(super) fn gravest(&self) -> Option<&'a AuditFinding> {
        self.own().next()
    }

    /// What the person is at school, if the list of people says it.
    pub(super) fn role(&self) -> &'a str {
        self.person.and_then(|person| person.details.role.as_deref()).unwrap_or_default()
    }

    /// How soon its person must act, if at all.
    pub(super) fn soon(&self) -> Option<Soon> {
        self.gravest().map(|finding| Soon::from(finding.severity))
    }
}

/// How soon somebody must act, as far as reports tell it apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Soon {
    Week,
    Later,
}

impl From<Severity> for Soon {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Urgent | Severity::High => Self::Week,
            Severity::Medium | Severity::Low => Self::Later,
        }
    }
}

/// What tells accounts apart.
pub(super) fn account(finding: &AuditFinding) -> (&str, &str) {
    (&finding.system, &finding.account)
}
