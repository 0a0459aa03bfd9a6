//! The answer: which clauses hold, which do not, and where.

use crate::words::few::Few;
use rule::{Answer, Rule, Violation};

mod clause;
pub(crate) mod rule;

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
    pub(crate) violations: Few<Violation>,
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
