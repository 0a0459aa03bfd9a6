//! The answer: which clauses hold, which do not, and where.

use std::fmt;

use crate::similar::likeness::Likeness;
use crate::words::matches::Match;

mod message;

/// One clause of a policy. The id is stable: JSON, messages, settings and documents share it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Has as many characters as the policy asks for.
    Length,
    /// Is not longer than [`Password::MAX_BYTES`](crate::Password::MAX_BYTES).
    TooLong,
    /// Is text that can be typed and seen.
    Encoding,
    /// Has a number.
    Numbers,
    /// Has a letter.
    Letters,
    /// Has a symbol.
    Symbols,
    /// Does not contain a dictionary word.
    DictionaryWord,
    /// Is not a password that many people use.
    CommonPassword,
    /// Is not in a list of passwords that were stolen from other sites.
    Breached,
    /// Does not contain a name that belongs to the person, the school or the system.
    Personal,
    /// A passcode has as many digits as the policy asks for.
    PasscodeLength,
    /// A passcode is not a pattern.
    PasscodePattern,
    /// A passcode is not one that many people use.
    PasscodeCommon,
    /// Is only used on one system.
    OneSystem,
    /// Is not nearly the same as another one in use.
    Similar,
}

impl Rule {
    /// All rules, in the order in which they are checked and reported.
    pub const ALL: [Self; 15] = [
        Self::Length,
        Self::TooLong,
        Self::Encoding,
        Self::Numbers,
        Self::Letters,
        Self::Symbols,
        Self::DictionaryWord,
        Self::CommonPassword,
        Self::Breached,
        Self::Personal,
        Self::PasscodeLength,
        Self::PasscodePattern,
        Self::PasscodeCommon,
        Self::OneSystem,
        Self::Similar,
    ];

    /// Its place in [`ALL`](Self::ALL).
    #[expect(clippy::as_conversions, reason = "how Rust gives the number of a variant")]
    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// The stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::TooLong => "too-long",
            Self::Encoding => "encoding",
            Self::Numbers => "numbers",
            Self::Letters => "letters",
            Self::Symbols => "symbols",
            Self::DictionaryWord => "dictionary-word",
            Self::CommonPassword => "common-password",
            Self::Breached => "breached",
            Self::Personal => "personal",
            Self::OneSystem => "one-system",
            Self::Similar => "similar",
            Self::PasscodeLength => "passcode-length",
            Self::PasscodePattern => "passcode-pattern",
            Self::PasscodeCommon => "passcode-common",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// What a violation rests on; it does not repeat the secret.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Evidence {
    /// Nothing more than the rule says.
    None,
    /// So many characters or digits are needed.
    Needed(usize),
    /// Words, names, runs or dates, in the order in which they stand.
    Matches(Vec<Match>),
    /// The system where it is in use, and since which day, if that is known.
    Use {
        /// The title of the system.
        system: String,
        /// The day of the record, `YYYY-MM-DD`.
        day: String,
    },
    /// How like it is to the password that it is to replace.
    Old(Likeness),
    /// A kind of pattern.
    Pattern {
        /// Its stable name.
        id: &'static str,
        /// Words that follow "it is".
        words: &'static str,
    },
}

/// *This* password breaks *this* rule.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// Why.
    pub evidence: Evidence,
}

impl Violation {
    pub(crate) fn new(rule: Rule, evidence: Evidence) -> Self {
        Self { rule, evidence }
    }

    /// The words found, if the rule looks for words.
    pub fn matches(&self) -> &[Match] {
        if let Evidence::Matches(matches) = &self.evidence { matches } else { &[] }
    }

    /// The system where it is in use and since when, if the rule looks for that.
    pub fn used_on(&self) -> Option<(&str, &str)> {
        if let Evidence::Use { system, day } = &self.evidence { Some((system, day)) } else { None }
    }

    /// The name of the pattern, if the rule looks for patterns.
    pub fn pattern(&self) -> Option<&'static str> {
        if let Evidence::Pattern { id, .. } = self.evidence { Some(id) } else { None }
    }
}

/// Whether a clause holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Answer {
    /// It holds.
    Met,
    /// It does not.
    Broken,
    /// Nobody asked: it needs facts that were not given, and the policy can do without.
    NotAsked,
    /// It could not be found out, though it was asked.
    Unavailable,
}

/// The decision, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Outcome {
    /// A clause is broken.
    Reject,
    /// No clause is known to be broken, but one that the policy requires could not be checked.
    /// Never to be taken for a yes.
    Unchecked,
    /// Every clause that the policy requires holds.
    Accept,
}

impl Outcome {
    /// The stable name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::Unchecked => "unchecked",
            Self::Accept => "accept",
        }
    }
}

/// The answer to every clause of a policy, and all violations in rule order.
#[derive(Debug)]
#[must_use]
pub struct Verdict {
    pub(crate) clauses: Clauses,
    pub(crate) violations: Vec<Violation>,
    /// A clause that the policy requires is [`Answer::NotAsked`], or one that it has is
    /// [`Answer::Unavailable`].
    pub(crate) unchecked: bool,
    /// True only of a passcode: a date is worth a word of warning, not a refusal.
    pub(crate) warns_of_date: bool,
}

impl Verdict {
    /// Accept, reject, or neither because something could not be checked.
    pub fn outcome(&self) -> Outcome {
        if !self.violations.is_empty() {
            Outcome::Reject
        } else if self.unchecked {
            Outcome::Unchecked
        } else {
            Outcome::Accept
        }
    }

    /// The same, but never a yes: something besides the rule could not be done, such as recording the
    /// password. There is no way back.
    pub fn into_unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// Every clause of the policy, in rule order, with its answer.
    pub fn clauses(&self) -> impl Iterator<Item = (Rule, Answer)> + '_ {
        Rule::ALL.into_iter().zip(self.clauses.0).filter_map(|(rule, answer)| Some((rule, answer?)))
    }

    /// All violations, in rule order; empty unless the outcome is [`Outcome::Reject`].
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Whether an accepted passcode looks like a date, which deserves a warning.
    pub fn warns_of_date(&self) -> bool {
        self.warns_of_date && self.outcome() != Outcome::Reject
    }
}

/// An answer a rule, in the order of [`Rule::ALL`]; `None` for a rule that the policy has not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clauses(pub(crate) [Option<Answer>; Rule::ALL.len()]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_listed_in_their_order() {
        assert!(Rule::ALL.into_iter().enumerate().all(|(i, rule)| rule.index() == i));
    }
}
