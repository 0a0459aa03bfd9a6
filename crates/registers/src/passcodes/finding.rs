//! What is wrong with a device's code: kinds, words and what to do. It never holds a code, nor which
//! pattern it is or whose it equals, which would be as good as the code.

use crate::report::{Level, counted};

/// The kinds of findings, most pressing first; their names are stable.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
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
    /// It has letters, or many digits, and is no strong password.
    Weak,
    /// Another device has the same.
    Duplicate,
    /// Another device has nearly the same.
    NearDuplicate,
    /// Who holds the device has left.
    HolderLeft,
    /// Somebody who knows it has left since it was set.
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

impl Kind {
    pub(super) const ALL: [Self; 14] = [
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

    pub(super) fn id(self) -> &'static str {
        self.names().0
    }

    /// A few words, for a chart.
    pub(super) fn label(self) -> &'static str {
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
            Self::KnowerLeft => ("knower-left", "not changed since somebody left"),
            Self::ManyKnowers => ("many-knowers", "known to more than two people"),
            Self::TooOld => ("too-old", "older than allowed"),
            Self::Undated => ("undated", "no date when it was set"),
            Self::ListedTwice => ("listed-twice", "in the register twice"),
        }
    }

    pub(super) fn level(self) -> Level {
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
    pub(super) fn wants_new_code(self) -> bool {
        !matches!(self, Self::Undated | Self::ListedTwice)
    }
}

/// Something wrong with a device's code.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) kind: Kind,
    /// The clauses of the policy that are broken.
    pub(super) rules: Vec<&'static str>,
    /// A sentence.
    pub(super) message: String,
}

impl Finding {
    pub(super) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, rules: Vec::new(), message: message.into() }
    }

    /// So many other devices have the same code.
    pub(super) fn duplicate(others: usize) -> Self {
        let others = counted(others, "other device", "other devices");
        Self::new(Kind::Duplicate, format!("It is also the code of {others}."))
    }
}

/// What to do about all that is wrong with a device, in one line.
pub(super) fn action(findings: &[Finding], min_digits: usize) -> String {
    let has = |kind| findings.iter().any(|finding| finding.kind == kind);
    let mut steps = Vec::new();
    if has(Kind::HolderLeft) {
        steps.push("Take the device back.".to_owned());
    }
    if findings.iter().any(|finding| finding.kind.wants_new_code()) {
        steps.push(format!("Set a new code of {min_digits} digits or more."));
    }
    if has(Kind::ManyKnowers) {
        steps.push("Tell it to two people at most.".into());
    }
    if has(Kind::Undated) {
        steps.push("Write down when a code is set.".into());
    }
    if has(Kind::ListedTwice) {
        steps.push("Delete the row that is out of date.".into());
    }
    steps.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_in_their_order_and_named_once() {
        assert!(Kind::ALL.is_sorted());
        let mut ids = Kind::ALL.map(Kind::id).to_vec();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Kind::ALL.len());
        let levels = Kind::ALL.map(Kind::level);
        assert!(levels.is_sorted() && !levels.contains(&Level::Good));
    }

    #[test]
    fn actions_are_said_once() {
        let of = |kinds: &[Kind]| {
            let findings: Vec<Finding> = kinds.iter().map(|&kind| Finding::new(kind, "")).collect();
            action(&findings, 6)
        };
        let new = "Set a new code of 6 digits or more.";
        assert_eq!(of(&[Kind::Pattern, Kind::Duplicate, Kind::TooOld]), new);
        assert_eq!(of(&[Kind::HolderLeft]), format!("Take the device back. {new}"));
        assert_eq!(of(&[Kind::ManyKnowers]), format!("{new} Tell it to two people at most."));
        assert_eq!(of(&[Kind::ListedTwice]), "Delete the row that is out of date.");
        assert_eq!(of(&[]), "");
        assert!(Kind::ALL.iter().all(|&kind| !of(&[kind]).is_empty()));
    }
}
