//! What is wrong with a device's code: kinds, words and what to do. It never holds a code, nor which
//! pattern it is or whose it equals, which would be as good as the code.

use strongpass_report::{Level, counted};

/// The kinds of findings, most pressing first; their names are stable.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum PasscodeFindingKind {
    /// No code is recorded.
    Missing,
    /// It has too few digits.
    TooShort,
    /// It is a pattern, or a date where the policy refuses dates.
    Pattern,
    /// Many people use it.
    Common,
    /// It is something that a thief may know.
    Context,
    /// It has letters, or many digits, and is not a strong password.
    Weak,
    /// Another device has the same.
    Duplicate,
    /// Another device has nearly the same.
    NearDuplicate,
    /// Who holds the device has left.
    HolderLeft,
    /// Someone who knows it has left since it was set.
    KnowerLeft,
    /// More than two people know it.
    ManyKnowers,
    /// It was set longer ago than is allowed.
    TooOld,
    /// When it was set is not known, and matters.
    Undated,
    /// The device is in the register twice.
    ListedTwice,
}

impl PasscodeFindingKind {
    /// All of them, in their order.
    pub const ALL: [Self; 14] = [
        Self::Missing,
        Self::TooShort,
        Self::Pattern,
        Self::Common,
        Self::Context,
        Self::Weak,
        Self::Duplicate,
        Self::NearDuplicate,
        Self::HolderLeft,
        Self::KnowerLeft,
        Self::ManyKnowers,
        Self::TooOld,
        Self::Undated,
        Self::ListedTwice,
    ];

    /// The stable name.
    pub fn id(self) -> &'static str {
        self.names().0
    }

    /// A few words, for a chart.
    pub fn label(self) -> &'static str {
        self.names().1
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Missing => ("missing", "no code recorded"),
            Self::TooShort => ("too-short", "too short"),
            Self::Pattern => ("pattern", "a pattern"),
            Self::Common => ("common", "a code many people use"),
            Self::Context => ("context", "a number or name a thief may know"),
            Self::Weak => ("weak", "letters, but no strong password"),
            Self::Duplicate => ("duplicate", "the same on several devices"),
            Self::NearDuplicate => ("near-duplicate", "nearly the same as another"),
            Self::HolderLeft => ("holder-left", "the holder has left"),
            Self::KnowerLeft => ("knower-left", "not changed since someone left"),
            Self::ManyKnowers => ("many-knowers", "known to more than two people"),
            Self::TooOld => ("too-old", "older than allowed"),
            Self::Undated => ("undated", "no date when it was set"),
            Self::ListedTwice => ("listed-twice", "in the register twice"),
        }
    }

    /// How pressing it is.
    pub fn level(self) -> Level {
        match self {
            Self::Missing
            | Self::TooShort
            | Self::Pattern
            | Self::Common
            | Self::Context
            | Self::Weak
            | Self::Duplicate
            | Self::NearDuplicate
            | Self::HolderLeft
            | Self::KnowerLeft => Level::Act,
            Self::ManyKnowers | Self::TooOld | Self::Undated | Self::ListedTwice => Level::Look,
        }
    }

    /// Whether a new code mends it.
    pub fn wants_new_code(self) -> bool {
        !matches!(self, Self::Undated | Self::ListedTwice)
    }
}

/// Something wrong with a device's code.
#[derive(Debug)]
pub struct PasscodeFinding {
    /// What is wrong.
    pub kind: PasscodeFindingKind,
    /// The clauses of the policy that are broken.
    pub rules: Vec<&'static str>,
    /// A sentence.
    pub message: String,
}

impl PasscodeFinding {
    pub(super) fn new(kind: PasscodeFindingKind, message: impl Into<String>) -> Self {
        Self { kind, rules: Vec::new(), message: message.into() }
    }

    /// How many other devices have the same code.
    pub(super) fn duplicate(others: usize) -> Self {
        let others = counted(others, "other device", "other devices");
        Self::new(PasscodeFindingKind::Duplicate, format!("It is also the code of {others}."))
    }
}

/// What to do about all that is wrong with a device, in one line.
pub(super) fn action(findings: &[PasscodeFinding], min_digits: usize) -> String {
    let has = |kind| findings.iter().any(|finding| finding.kind == kind);
    let mut steps = Vec::new();
    if has(PasscodeFindingKind::HolderLeft) {
        steps.push("Take the device back.".to_owned());
    }
    if findings.iter().any(|finding| finding.kind.wants_new_code()) {
        steps.push(format!("Set a new code of {min_digits} digits or more."));
    }
    if has(PasscodeFindingKind::ManyKnowers) {
        steps.push("Tell it to two people at most.".into());
    }
    if has(PasscodeFindingKind::Undated) {
        steps.push("Write down when a code is set.".into());
    }
    if has(PasscodeFindingKind::ListedTwice) {
        steps.push("Delete the row that is out of date.".into());
    }
    steps.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_in_their_order_and_named_once() {
        assert!(PasscodeFindingKind::ALL.is_sorted());
        let mut ids = PasscodeFindingKind::ALL.map(PasscodeFindingKind::id).to_vec();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), PasscodeFindingKind::ALL.len());
        let levels = PasscodeFindingKind::ALL.map(PasscodeFindingKind::level);
        assert!(levels.is_sorted() && !levels.contains(&Level::Good));
    }

    #[test]
    fn actions_are_said_once() {
        let of = |kinds: &[PasscodeFindingKind]| {
            let findings: Vec<PasscodeFinding> =
                kinds.iter().map(|&kind| PasscodeFinding::new(kind, "")).collect();
            action(&findings, 6)
        };
        let new = "Set a new code of 6 digits or more.";
        assert_eq!(
            of(&[
                PasscodeFindingKind::Pattern,
                PasscodeFindingKind::Duplicate,
                PasscodeFindingKind::TooOld
            ]),
            new
        );
        assert_eq!(of(&[PasscodeFindingKind::HolderLeft]), format!("Take the device back. {new}"));
        assert_eq!(
            of(&[PasscodeFindingKind::ManyKnowers]),
            format!("{new} Tell it to two people at most.")
        );
        assert_eq!(of(&[PasscodeFindingKind::ListedTwice]), "Delete the row that is out of date.");
        assert_eq!(of(&[]), "");
        assert!(PasscodeFindingKind::ALL.iter().all(|&kind| !of(&[kind]).is_empty()));
    }
}
