//! What an audit says: findings, how far it looked, and what it could not read.

use std::collections::BTreeMap;

use super::coverage::{Coverage, Ended};
use super::extent::Extent;
use super::finding::{AuditFinding, FindingKind};
use crate::accounts::Listed;
use crate::exports::{Format, Skipped};

/// The outcome of an audit. No password and no hash is in it, nor can be.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// What was read, an entry for each export.
    pub exports: Vec<ExportSummary>,
    /// How far each scheme was searched.
    pub coverage: Vec<Coverage>,
    /// Who must act and why: by severity, the most urgent first, then in the order of the exports.
    pub findings: Vec<AuditFinding>,
    /// How many persons there are in all exports.
    pub persons: u32,
    /// How many of them have too many stored passwords for each to be compared with each.
    pub crowds: usize,
    /// Whom the list of people names, if one was given.
    pub listed: Option<Listed>,
    /// Whether a list of breached passwords was asked.
    pub asked_breached: bool,
    /// How far it looked, for a later audit that is compared with it.
    pub extent: Extent,
    /// Whether somebody stopped the search before its time was over.
    pub interrupted: bool,
}

impl Report {
    /// Says which list of breached passwords was asked, as words that tell it from any other: without
    /// them, a later audit cannot know whether it asks the same.
    pub fn name_breached_list(&mut self, list: String) {
        if let Some(breached) = &mut self.extent.breached {
            breached.list = Some(list);
        }
    }

    /// The kinds that were looked for, by their names.
    pub(crate) fn kinds_looked_for(&self) -> Vec<String> {
        let kinds = FindingKind::ALL.iter();
        let kinds = kinds.filter(|kind| self.why_not_looked_for(**kind).is_none());
        kinds.map(|kind| kind.id().to_owned()).collect()
    }

    /// Whether there was nothing left to try on any account.
    pub fn is_complete(&self) -> bool {
        let all = |class: &Coverage| class.ended == Ended::Everything && class.failed.is_none();
        self.coverage.iter().all(all)
    }

    /// Whether all was tried that was asked for: to go on would bring nothing.
    pub fn is_finished(&self) -> bool {
        self.coverage.iter().all(|class| class.ended != Ended::Stopped)
    }

    /// Why this audit could not have found anything of that kind, as words for a bracket; `None` if
    /// it looked.
    pub fn why_not_looked_for(&self, kind: FindingKind) -> Option<&'static str> {
        let (looked, why) = match kind {
            FindingKind::Breached => (self.asked_breached, "no list was given"),
            FindingKind::Reused => {
                let first = self.exports.first().map(|export| &export.system);
                let others = self.exports.iter().any(|export| Some(&export.system) != first);
                (others, "there is one system")
            }
            FindingKind::HistoryReuse => {
                let former = self.exports.iter().any(|export| export.former > 0);
                (former, "no former passwords were given")
            }
            FindingKind::Blank
            | FindingKind::Name
            | FindingKind::Guessed
            | FindingKind::Shared
            | FindingKind::LmHash
            | FindingKind::WeakScheme => (true, ""),
        };
        (!looked).then_some(why)
    }

    /// How many findings there are of each kind; `None` for one that was not looked for.
    pub fn kinds(&self) -> BTreeMap<FindingKind, Option<usize>> {
        let nothing = |kind: &FindingKind| self.why_not_looked_for(*kind).is_none().then_some(0);
        let mut kinds: BTreeMap<FindingKind, Option<usize>> =
            FindingKind::ALL.iter().map(|kind| (*kind, nothing(kind))).collect();
        for finding in &self.findings {
            *kinds.entry(finding.kind).or_default().get_or_insert(0) += 1;
        }
        kinds
    }

    /// Whether every password of every export was tested: no line was left out that may hold one,
    /// and every scheme was reached.
    pub fn tested_all(&self) -> bool {
        self.untested() == 0 && self.coverage.iter().all(Coverage::was_reached)
    }

    /// How many lines may hold a password that was not tested.
    pub fn untested(&self) -> usize {
        let skipped = self.exports.iter().flat_map(|export| &export.skipped);
        skipped.filter(|(skipped, _)| skipped.why.leaves_untested()).count()
    }
}

/// What was read of one export.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExportSummary {
    /// The system it is of.
    pub system: String,
    /// The file.
    pub file: String,
    /// The formats of its lines.
    pub formats: Vec<Format>,
    /// How many lines it has.
    pub lines: u32,
    /// Stored passwords that were tested, former ones left out.
    pub accounts: usize,
    /// Former passwords (of a history) that were compared.
    pub former: usize,
    /// Lines that were not tested, with the account's name as far as there is one.
    pub skipped: Vec<(Skipped, Option<String>)>,
}
