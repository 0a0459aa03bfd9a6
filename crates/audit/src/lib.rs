//! An audit engine that recovers weak passwords from hashes.
//!
//! Exports of hashed passwords go in, a [`Report`] of the accounts that need attention comes out.
//! [`Export::read`] reads an export, [`Words`] and [`Shapes`] make guesses, and [`Audit::run`] tries
//! them, judges what was found by the school's policy, and reports it.
//!
//! An audit can only prove failure. A password that was not guessed may still be weak, so a report
//! says how far the audit looked, and never that a password is strong.
//!
//! # What it never does
//! - It opens no file and asks no clock: bytes come in, a [`Report`] goes out.
//! - It never shows a password, its length or its hash; what it found is wiped when it ends.

#![forbid(unsafe_code)]

mod accounts;
mod attack;
mod audit;
mod exports;
mod guess;
mod report;
mod rules;
mod telling;

pub use accounts::{
    Listed, ListedPerson, MissingAccounts, People, PeopleError, PeopleFault, PeopleNote,
    PersonDetails,
};
pub use attack::{Bounds, Checkpoint, CheckpointError, FoundBy, Progress, ResumeError};
pub use audit::{Audit, AuditError, Watch};
pub use exports::{
    AccountKind, AccountStatus, Credential, Export, Foreign, Format, LineCounts, Lm, ReadOptions,
    Secret, Skipped, Text, Unread, Why,
};
pub use guess::{PotFault, Shapes, Stage, Words, joined_names, lm_passwords, pot_entries};
pub use report::{
    AuditFinding, Breached, Coverage, Ended, ExportSummary, Extent, FindingKind, LookUp, Report,
    Severity,
};
pub use rules::{HashcatRule, RuleError, RuleFault, RuleFile};
pub use telling::{
    AuditFigures, Changes, Earlier, EarlierError, FindingJson, Names, NotCertain, Reason,
    ReportJson, SearchFigures, Telling, When, WhyNotCertain, finding_json,
};
