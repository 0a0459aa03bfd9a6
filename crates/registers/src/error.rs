//! What can be wrong with a table that was handed in, or with what is to be made.

use std::error::Error;
use std::fmt;

use strongpass_tables::RowError;

/// Why nothing was checked: a table cannot be read as what it should be.
///
/// It never repeats what is in the table, which may be a password.
#[derive(Debug)]
#[non_exhaustive]
pub enum RegisterError {
    /// It cannot be understood from this line on.
    Row(RowError),
    /// A register of passcodes lists no device.
    NoDevice,
    /// A list of new accounts lists nobody.
    NoAccount,
    /// A list of leavers names nobody.
    NoLeaver,
}

impl RegisterError {
    /// The error with the name of the file before it, and the line if one is to blame.
    pub fn in_file(&self, name: &str) -> String {
        match self {
            Self::Row(error) => format!("{name}:{error}"),
            Self::NoDevice | Self::NoAccount | Self::NoLeaver => format!("{name}: {self}"),
        }
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(error) => error.fmt(f),
            Self::NoDevice => f.write_str("it lists no devices; nothing was checked"),
            Self::NoAccount => f.write_str("there is nobody in it; nothing was checked"),
            Self::NoLeaver => f.write_str("names nobody"),
        }
    }
}

impl Error for RegisterError {}

impl From<RowError> for RegisterError {
    fn from(error: RowError) -> Self {
        Self::Row(error)
    }
}

/// Why no password or passcode was made.
#[derive(Debug)]
#[non_exhaustive]
pub enum GeneratorError {
    /// The policy asks for more characters than were asked for.
    TooShort {
        /// The fewest characters that the policy accepts.
        least: usize,
        /// How many were asked for.
        length: usize,
    },
    /// A passcode of more digits is a password.
    TooManyDigits,
    /// The policy forbids dictionary words.
    WordsForbidden {
        /// Its name.
        policy: String,
    },
    /// A passcode has no words.
    WordsInPasscode,
    /// A sentence has too few words to make a password of.
    TooFewWords {
        /// The fewest words.
        least: usize,
    },
    /// What is made of a sentence does not satisfy the policy.
    Sentence,
    /// Nothing that was drawn satisfies the policy.
    Unsatisfiable {
        /// In characters.
        length: usize,
    },
    /// Every code of that length is taken, or like one that is.
    TooFewCodes,
    /// Every password of that length is taken.
    TooFewPasswords,
    /// The list of breached passwords, which the policy asks for, did not answer.
    NoList,
    /// The source of random bytes failed.
    NoRandomness(Box<dyn Error + Send + Sync>),
}

impl GeneratorError {
    /// Whether what was asked for is at fault, not what happened.
    pub fn is_mistake(&self) -> bool {
        matches!(
            self,
            Self::TooShort { .. }
                | Self::TooManyDigits
                | Self::WordsForbidden { .. }
                | Self::WordsInPasscode
                | Self::TooFewWords { .. }
                | Self::Sentence
        )
    }
}

impl fmt::Display for GeneratorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { least, length } => {
                write!(f, "the policy asks for {least} characters; {length} are too few")
            }
            Self::TooManyDigits => {
                f.write_str("a passcode has at most 10 digits; use a password policy for more")
            }
            Self::WordsForbidden { policy } => write!(
                f,
                "the policy \"{policy}\" forbids dictionary words, so no password can be made of them; \
                 use `--style easy`"
            ),
            Self::WordsInPasscode => {
                f.write_str("a passcode is made of digits; leave `--style` out")
            }
            Self::TooFewWords { least } => write!(
                f,
                "the sentence has too few words: make it {least} or more, because each gives one \
                 character"
            ),
            Self::Sentence => f.write_str(
                "what is made of that sentence is not strong by this policy; use another sentence",
            ),
            Self::Unsatisfiable { length } => {
                write!(f, "no password of {length} characters satisfies this policy")
            }
            Self::TooFewCodes => f.write_str(
                "there are not enough codes of that length for all devices; use a larger --length",
            ),
            Self::TooFewPasswords => {
                f.write_str("there are not enough different passwords of that length for all rows")
            }
            Self::NoList => f.write_str(
                "the list of stolen passwords, which the policy asks for, did not answer; nothing \
                 is accepted without it",
            ),
            Self::NoRandomness(_) => f.write_str("the operating system gives no random bytes"),
        }
    }
}

impl Error for GeneratorError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoRandomness(error) => Some(&**error),
            Self::TooShort { .. }
            | Self::TooManyDigits
            | Self::WordsForbidden { .. }
            | Self::WordsInPasscode
            | Self::TooFewWords { .. }
            | Self::Sentence
            | Self::Unsatisfiable { .. }
            | Self::TooFewCodes
            | Self::NoList
            | Self::TooFewPasswords => None,
        }
    }
}
