//! What an audit says: findings, how far it looked, and what it could not read.

use strongpass_hash::{Cost, Scheme};

use crate::export::Format;
use crate::finding::Finding;
use crate::skipped::Skipped;

/// The outcome of an audit. No password and no hash is in it, nor can be.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// What was read, an entry for each export.
    pub exports: Vec<ExportSummary>,
    /// How far each scheme was searched.
    pub coverage: Vec<Coverage>,
    /// Who must act and why: by severity, the most urgent first, then in the order of the exports.
    pub findings: Vec<Finding>,
    /// How many persons there are in all exports.
    pub persons: u32,
    /// How many of them have so many stored passwords that not each was compared with each.
    pub crowds: usize,
    /// Whether all guesses were tried; else time was over or somebody stopped it.
    pub complete: bool,
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

/// How far a scheme was searched. "Nothing found" is never "strong".
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Coverage {
    /// The scheme.
    pub scheme: Scheme,
    /// What a guess costs.
    pub cost: Cost,
    /// How many stored passwords it has, former ones included.
    pub accounts: usize,
    /// How many of them have been found.
    pub found: usize,
    /// How many guesses of the common order each account got, the likeliest first; its own names
    /// and what was found on other accounts came on top.
    pub guesses: u64,
    /// Whether there was nothing left to try.
    pub complete: bool,
    /// Why the scheme could not be tested here.
    pub failed: Option<String>,
}
