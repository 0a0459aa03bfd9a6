//! What changed since an earlier audit.
//!
//! Fixed is what an audit would have found again and did not; new is what the earlier one would have
//! found and did not. Of all else the report says why it cannot tell.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use serde::Serialize;

use super::finding::{FindingJson, with_account};
use super::names::Names;
use crate::report::Report;
use compare::is_gone;
use figures::AuditFigures;
use sides::Sides;
use view::{Account, View, matter};

mod compare;
mod earlier;
pub(super) mod figures;
mod pairs;
mod sides;
mod view;
mod why;

pub use earlier::{Earlier, EarlierError};
pub use why::{Reason, When, Why};

/// Findings that are new, are still open, and are no more; and those of which that is not certain.
#[derive(Serialize, Debug)]
#[non_exhaustive]
pub struct Changes<'a> {
    /// When the earlier audit was made; the last one, if several are given.
    pub made: String,
    /// Why its accounts cannot be compared with those of this one at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_compared: Option<&'static str>,
    /// Whether the earlier report says how far it looked. If not, nothing can be called fixed or new
    /// that depends on it.
    pub said_how_far: bool,
    /// Findings that the earlier audit would have had, if it had been so then.
    pub new: Vec<FindingJson<'a>>,
    /// How many both have; `None` if they are not compared.
    pub open: Option<usize>,
    /// Findings that this audit would have, if it were so still.
    pub fixed: Vec<FindingJson<'a>>,
    /// Findings of one of the two audits which the other says nothing about.
    pub not_certain: Vec<NotCertain<'a>>,
    /// The figures of all earlier audits that were given, the first one first.
    pub earlier: Vec<AuditFigures>,
}

/// A finding of one of two audits which the other says nothing about.
#[derive(Serialize, Debug)]
#[non_exhaustive]
pub struct NotCertain<'a> {
    /// Which of the two has it.
    pub when: When,
    /// Why the other says nothing.
    pub why: Reason,
    /// The finding.
    #[serde(flatten)]
    pub finding: FindingJson<'a>,
}

impl<'a> Changes<'a> {
    /// What is different now from the last of some earlier audits; `None` if there are none.
    pub fn since(earlier: &'a [Earlier], report: &'a Report) -> Option<Self> {
        let mut audits: Vec<&Earlier> = earlier.iter().collect();
        audits.sort_by(|one, other| one.made().cmp(other.made()));
        let last = *audits.last()?;
        let mut changes = Self {
            made: last.made().to_owned(),
            not_compared: None,
            said_how_far: last.extent.is_some(),
            new: Vec::new(),
            open: None,
            fixed: Vec::new(),
            not_certain: Vec::new(),
            earlier: audits.into_iter().map(Earlier::figures).collect(),
        };
        if last.is_pseudonymous() {
            changes.not_compared = Some("the earlier report names nobody");
            return Some(changes);
        }
        let now = report.findings.iter().map(|f| with_account(f, Cow::from(&*f.account)));
        changes.compare(last, report, now.collect());
        Some(changes)
    }

    fn compare(&mut self, last: &'a Earlier, report: &'a Report, now: Vec<FindingJson<'a>>) {
        let mut open = 0_usize;
        let (was, is) = {
            let nothing = last.systems_alone();
            let then = View::new(last.extent.as_ref().unwrap_or(&nothing), &last.findings);
            let here = View::new(&report.extent, &now);
            let said = last.extent.is_some();
            (judged(&then, &here, said), judged(&here, &then, said))
        };
        for (finding, judged) in last.findings.iter().zip(was) {
            match judged {
                Ok(()) => self.fixed.push(finding.clone()),
                Err(None) => {}
                Err(Some(why)) => {
                    self.not_certain.push(not_certain(When::Then, why, finding.clone()));
                }
            }
        }
        for (finding, judged) in now.into_iter().zip(is) {
            match judged {
                Ok(()) => self.new.push(finding),
                Err(None) => open = open.saturating_add(1),
                Err(Some(why)) => self.not_certain.push(not_certain(When::Now, why, finding)),
            }
        }
        self.open = Some(open);
    }

    /// With what it was compared, and with which reservation, in plain English.
    pub fn in_words(&self) -> String {
        let mut words = format!("Compared with the audit of {}.", self.made);
        if let Some(why) = self.not_compared {
            words.push_str(" Its accounts cannot be compared with those of this one, because ");
            words.push_str(why);
            words.push('.');
        } else if !self.said_how_far {
            words.push_str(
                " Its report is of an older version and does not say how far it looked, so what \
                 only one of the two audits found is not called fixed or new.",
            );
        } else if !self.not_certain.is_empty() {
            words.push_str(
                " Fixed is only what this audit would have found again, and new only what the earlier \
                 one would have found. Of all else the table says why it is not certain.",
            );
        }
        words
    }

    /// Calls all accounts as the report does.
    pub fn call_accounts(&mut self, names: &Names) {
        for finding in self.findings_mut() {
            finding.account = names.account(&finding.account, &finding.system).into_owned().into();
        }
    }

    /// All accounts that it speaks of, with their systems.
    pub fn accounts(&self) -> impl Iterator<Item = (&str, &str)> {
        let certain = self.fixed.iter().chain(&self.new);
        let findings = certain.chain(self.not_certain.iter().map(|it| &it.finding));
        findings.map(|finding| (&*finding.account, &*finding.system))
    }

    /// How many findings there are of each reason why nothing can be said.
    pub fn reasons(&self) -> Vec<(Reason, usize)> {
        let mut counts: HashMap<Reason, usize> = HashMap::new();
        for unclear in &self.not_certain {
            *counts.entry(unclear.why).or_default() += 1;
        }
        let mut counts: Vec<(Reason, usize)> = counts.into_iter().collect();
        counts.sort_unstable();
        counts
    }

    fn findings_mut(&mut self) -> impl Iterator<Item = &mut FindingJson<'a>> {
        let certain = self.fixed.iter_mut().chain(&mut self.new);
        certain.chain(self.not_certain.iter_mut().map(|it| &mut it.finding))
    }
}

fn not_certain(when: When, why: Why, finding: FindingJson<'_>) -> NotCertain<'_> {
    NotCertain { when, why: Reason { when, why }, finding }
}

/// Of every finding of one audit: whether the other would have it and does not; `None` if it has.
fn judged<'v>(has: &View<'v>, other: &View<'v>, said: bool) -> Vec<Result<(), Option<Why>>> {
    let groups = RefCell::default();
    let sides = Sides { has, other };
    let judge = |finding: &'v FindingJson<'v>| {
        let account = Account::of(finding);
        if other.has(account, matter(&finding.kind)) {
            return Err(None);
        }
        if said {
            return is_gone(sides, &groups, finding).map_err(Some);
        }
        // An older report does not say what it looked at, but which systems.
        match other.tested(account) {
            Err(Why::System) => Err(Some(Why::System)),
            Err(why) if !other.is_bare() => Err(Some(why)),
            _ => Err(Some(Why::Unsaid)),
        }
    };
    has.findings.iter().map(judge).collect()
}
