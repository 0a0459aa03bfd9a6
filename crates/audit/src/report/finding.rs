//! What an administrator must know about an account, and what must be done.

use std::sync::Arc;

use strongpass_breached::Seen;
use strongpass_hash::{Cost, Scheme};
use strongpass_policy::Rule;

use crate::attack::FoundBy;

/// One account on one system needs attention, for one reason. Never the password, nor anything of
/// its shape.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AuditFinding {
    /// The account as its export writes it. It may hold anything: escape it.
    pub account: String,
    /// The system it is on.
    pub system: Arc<str>,
    /// A number for the person whose account it is; the same in all exports.
    pub person: u32,
    /// What the matter is.
    pub kind: FindingKind,
    /// The clauses of the policy that the password breaks, as far as it is known.
    pub rules: Vec<Rule>,
    /// How the password was come by.
    pub how: Option<&'static str>,
    /// By what means it was found, if it was.
    pub found_by: Option<FoundBy>,
    /// The accounts with the same group have the same password.
    pub group: Option<u32>,
    /// The systems where this person uses it.
    pub systems: Vec<String>,
    /// How often a list of breached passwords has it.
    pub seen: Option<Seen>,
    /// How it is stored.
    pub scheme: Option<Scheme>,
    /// What a guess costs there.
    pub cost: Option<Cost>,
    /// How soon something must be done.
    pub severity: Severity,
    /// The account cannot be used now.
    pub disabled: bool,
    /// It may do more than others.
    pub privileged: bool,
    /// It is not a person's: `machine` or `service`.
    pub kind_of_account: Option<&'static str>,
}

/// What is the matter with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FindingKind {
    /// It has no password.
    Blank,
    /// Its password was guessed, and has the person's own name or account in it.
    Name,
    /// Its password was guessed.
    Guessed,
    /// Other accounts have the same password.
    Shared,
    /// The person has the same password, or nearly, on another system.
    Reused,
    /// A list of breached passwords has it.
    Breached,
    /// An LM hash is stored, which anybody can turn into the password.
    LmHash,
    /// It is stored in a way that is easily guessed.
    WeakScheme,
    /// It is one that the account had before.
    HistoryReuse,
}

impl FindingKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 9] = [
        Self::Blank,
        Self::Name,
        Self::Guessed,
        Self::Shared,
        Self::Reused,
        Self::Breached,
        Self::LmHash,
        Self::WeakScheme,
        Self::HistoryReuse,
    ];

    /// The stable name in JSON and CSV.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Name => "name",
            Self::Guessed => "guessed",
            Self::Shared => "shared",
            Self::Reused => "reused",
            Self::Breached => "breached",
            Self::LmHash => "lm-hash",
            Self::WeakScheme => "weak-scheme",
            Self::HistoryReuse => "history-reuse",
        }
    }

    /// How easily someone else gets in because of it, from 1 to 5.
    pub(crate) const fn ease(self) -> u8 {
        match self {
            Self::Blank => 5,
            Self::Name | Self::Guessed => 4,
            Self::Breached => 3,
            Self::Shared | Self::Reused | Self::LmHash => 2,
            Self::WeakScheme | Self::HistoryReuse => 1,
        }
    }
}

/// How soon something must be done: how easily someone gets in, times what there is to get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Severity {
    /// When there is time.
    Low,
    /// This term.
    Medium,
    /// This week.
    High,
    /// Today.
    Urgent,
}

impl Severity {
    /// The stable name in JSON and CSV.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// `ease` from 1 to 5; a privileged account counts double, one that cannot be used half.
    pub(crate) const fn new(ease: u8, privileged: bool, disabled: bool) -> Self {
        let mut weight = ease.saturating_mul(2);
        if privileged {
            weight = weight.saturating_mul(2);
        }
        if disabled {
            weight /= 2;
        }
        match weight {
            0..=2 => Self::Low,
            3..=5 => Self::Medium,
            6..=9 => Self::High,
            _ => Self::Urgent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ease_and_privilege_make_severity() {
        assert_eq!(Severity::new(FindingKind::Blank.ease(), false, false), Severity::Urgent);
        assert_eq!(Severity::new(FindingKind::Guessed.ease(), false, false), Severity::High);
        assert_eq!(Severity::new(FindingKind::Guessed.ease(), true, false), Severity::Urgent);
        assert_eq!(Severity::new(FindingKind::Guessed.ease(), false, true), Severity::Medium);
        assert_eq!(Severity::new(FindingKind::WeakScheme.ease(), false, false), Severity::Low);
    }
}
