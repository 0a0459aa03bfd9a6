//! Why a rule is not understood, and where.

use std::error::Error;
use std::fmt;

/// A line of a rule file that is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleError {
    /// The line of the file, from 1; 1 if the rule was alone.
    pub line: usize,
    /// The character of the line, from 1, at which the function starts.
    pub column: usize,
    /// Why.
    pub fault: RuleFault,
}

/// What is wrong with a function of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleFault {
    /// There is no such function here.
    UnknownFunction(char),
    /// The rule ends before the function has all it needs.
    MissingArgument(char),
    /// That is not a place: places are `0` to `9` and `A` to `Z`.
    NoPlace(char),
    /// A `\xHH` of a byte that is not an ASCII character.
    NotAscii,
    /// The rule has more functions than this.
    TooMany(usize),
}

impl RuleError {
    pub(super) const fn at_line(self, line: usize) -> Self {
        Self { line, ..self }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}, column {}: {}", self.line, self.column, self.fault)
    }
}

impl fmt::Display for RuleFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFunction(letter) => {
                write!(formatter, "there is no function `{}`", letter.escape_debug())
            }
            Self::MissingArgument(letter) => {
                write!(formatter, "`{letter}` needs another character after it")
            }
            Self::NoPlace(found) => write!(
                formatter,
                "`{}` is not a position; write 0 to 9, or A to Z for 10 to 35",
                found.escape_debug()
            ),
            Self::NotAscii => formatter
                .write_str("a byte beyond \\x7F is not a character; write the character itself"),
            Self::TooMany(most) => write!(formatter, "a rule has {most} functions at most"),
        }
    }
}

impl Error for RuleError {}
