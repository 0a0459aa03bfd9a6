//! The figures of one audit, to be shown beside those of others.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::report::{FindingKind, Report, Severity};

/// The figures of one audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AuditFigures {
    /// When it was made: `2026-11-22T08:00:00Z`.
    pub made: String,
    /// How many passwords in use were tested.
    pub accounts: usize,
    /// How many accounts must act this week, and how many later. How a system stores passwords is not
    /// theirs to mend.
    pub must_act: usize,
    /// … and how many later.
    pub should_act: usize,
    /// How many findings there were of each kind; `None` where it did not look, or may not have.
    pub kinds: BTreeMap<String, Option<usize>>,
    /// How far each scheme was searched: of two audits, fewer findings mean something only if the
    /// later one looked as far.
    pub coverage: Vec<SearchFigures>,
}

/// How far an audit searched one scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SearchFigures {
    /// Its stable name.
    pub scheme: String,
    /// What a guess costs, in words.
    pub cost: String,
    /// How many stored passwords it has.
    pub accounts: usize,
    /// How many of them were found.
    pub found: usize,
    /// How many guesses of the common order each had.
    pub guesses: u64,
    /// Whether everything was tried that there was to try.
    pub complete: bool,
}

impl AuditFigures {
    /// The figures of this audit.
    pub fn now(report: &Report, made: &str) -> Self {
        let findings = report.findings.iter();
        let findings = findings.map(|f| (&*f.system, &*f.account, f.kind.id(), f.severity.id()));
        let (must_act, should_act) = Self::who(findings);
        let coverage = report.coverage.iter().map(|class| SearchFigures {
            scheme: class.scheme.id().to_owned(),
            cost: class.cost.to_string(),
            accounts: class.accounts,
            found: class.found,
            guesses: class.guesses,
            complete: class.ended == crate::report::Ended::Everything,
        });
        let kinds = report.kinds().into_iter().map(|(kind, count)| (kind.id().to_owned(), count));
        Self {
            made: made.to_owned(),
            accounts: report.exports.iter().map(|export| export.accounts).sum(),
            must_act,
            should_act,
            kinds: kinds.collect(),
            coverage: coverage.collect(),
        }
    }

    /// How many accounts must act this week, and how many later, by system, account, kind and
    /// severity of their findings.
    pub(super) fn who<'f>(
        findings: impl Iterator<Item = (&'f str, &'f str, &'f str, &'f str)>,
    ) -> (usize, usize) {
        let pressing = [Severity::Urgent.id(), Severity::High.id()];
        let mut accounts: HashMap<(&str, &str), bool> = HashMap::new();
        for (system, account, kind, severity) in findings {
            if kind != FindingKind::WeakScheme.id() {
                *accounts.entry((system, account)).or_default() |= pressing.contains(&severity);
            }
        }
        let must = accounts.values().filter(|must| **must).count();
        (must, accounts.len().saturating_sub(must))
    }
}
