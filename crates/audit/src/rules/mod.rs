//! Rules that turn a word into guesses, in the language of hashcat's rule files.
//!
//! A rule is a line of functions of one character, some with arguments: `c $2 $4` capitalises
//! the word and adds `24` to it. The functions and what they do are in [`operation`]; they are
//! those of hashcat 6.2 (`-r` and `-j`), which john and `PasswordsPro` largely share.
//!
//! Where hashcat changes bytes, a rule here changes characters: `c` makes `élan` into `Élan`,
//! `r` reverses `£5` into `5£`, and position 2 is the third character. On ASCII words both do
//! the same, with three exceptions: letters that `L`, `R`, `+` and `-` make beyond ASCII have a
//! case here; what `4`, `6`, `X` and `Q` remember is the word itself until there is an `M` (as
//! in john), not zeros; and a `\xHH` beyond ASCII is an error, since half a character is no
//! character.
//!
//! <https://hashcat.net/wiki/doku.php?id=rule_based_attack>

mod alphabet;
mod apply;
mod error;
mod operation;
mod parse;

use std::fmt;

pub(crate) use alphabet::{Alphabet, Case, Code, Unicode};
pub(crate) use apply::apply;
pub use error::{RuleError, RuleFault};
pub(crate) use operation::Operation;

/// No function makes a guess as long as this or longer; it is left out instead, as in hashcat.
const MOST_CHARACTERS: usize = 256;

/// What is done to a word to make a guess of it.
///
/// ```
/// # use strongpass_audit::Rule;
/// let rule = Rule::parse("c so0 $!")?;
/// let mut guess = Vec::new();
/// assert!(rule.apply(&['f', 'o', 'o', 't'], &mut guess));
/// assert_eq!(guess, ['F', '0', '0', 't', '!']);
/// # Ok::<(), strongpass_audit::RuleError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rule {
    operations: Box<[Operation]>,
}

/// All of a rule file: the rules that are understood, and the lines that are not.
///
/// ```
/// # use strongpass_audit::RuleFile;
/// let file = RuleFile::parse("# years\n$2 $4\nc $2 $4\nJ\n");
/// assert_eq!(file.rules.len(), 2);
/// assert_eq!(file.errors[0].to_string(), "line 4, column 1: there is no function `J`");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleFile {
    /// In the order of the file.
    pub rules: Vec<Rule>,
    /// One for each line that was left out.
    pub errors: Vec<RuleError>,
}

impl Rule {
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
    /// The caller wipes `guess`: one that matches is somebody's password.
    pub fn apply(&self, word: &[char], guess: &mut Vec<char>) -> bool {
        apply(&self.operations, &mut Unicode, word, guess)
    }

    /// What it does, in order.
    pub(crate) const fn operations(&self) -> &[Operation] {
        &self.operations
    }
}

impl RuleFile {
    /// Reads a file of one rule a line. Empty lines and those that start with `#` say nothing.
    pub fn parse(text: &str) -> Self {
        let mut file = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match Rule::parse(line) {
                Ok(rule) => file.rules.push(rule),
                Err(error) => file.errors.push(error.at_line(number)),
            }
        }
        file
    }
}

/// As it is written in a file.
impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.operations.split_first() else {
            return formatter.write_str(":");
        };
        write!(formatter, "{first}")?;
        others.iter().try_for_each(|operation| write!(formatter, " {operation}"))
    }
}
