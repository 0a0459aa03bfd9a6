//! One rule: what is done to a word to make a guess of it.

use std::fmt;

use super::alphabet::Unicode;
use super::apply::apply;
use super::error::RuleError;
use super::operation::Operation;
use super::parse;

/// What is done to a word to make a guess of it.
///
/// ```
/// # use strongpass_audit::HashcatRule;
/// let rule = HashcatRule::parse("c so0 $!")?;
/// let mut guess = Vec::new();
/// assert!(rule.apply(&['f', 'o', 'o', 't'], &mut guess));
/// assert_eq!(guess, ['F', '0', '0', 't', '!']);
/// # Ok::<(), strongpass_audit::RuleError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct HashcatRule {
    operations: Box<[Operation]>,
}

impl HashcatRule {
    /// Reads one rule. The rule that changes nothing is `:`.
    ///
    /// # Errors
    /// If a function is not known or lacks an argument, with its column.
    pub fn parse(line: &str) -> Result<Self, RuleError> {
        parse::rule(line).map(|operations| Self { operations: operations.into() })
    }

    /// Puts into `guess` what the rule makes of a word: true if it is to be tried, false if the
    /// rule rejects it (then `guess` holds nothing of use).
    ///
    /// The caller wipes `guess`: one that matches is someone's password.
    pub fn apply(&self, word: &[char], guess: &mut Vec<char>) -> bool {
        apply(&self.operations, &mut Unicode, word, guess)
    }

    /// What it does, in order.
    pub(crate) const fn operations(&self) -> &[Operation] {
        &self.operations
    }
}

/// As it is written in a file.
impl fmt::Display for HashcatRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.operations.split_first() else {
            return formatter.write_str(":");
        };
        write!(formatter, "{first}")?;
        others.iter().try_for_each(|operation| write!(formatter, " {operation}"))
    }
}
