//! What an audit says: findings, how far it looked, and what it could not read.

use super::coverage::Coverage;
use super::finding::AuditFinding;
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
    /// Whether all guesses were tried; else time was over or someone stopped it.
    pub complete: bool,
}

impl Report {
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
