//! Why there is no decision, or none that is a yes.

use std::fmt;
use std::path::PathBuf;

use strongpass_breached::BreachError;
use strongpass_policy::{ConfigError, DictionaryError, Policy};
use strongpass_trusted::TrustError;

use memory::{MemoryError, MemoryErrorKind};

pub(crate) mod memory;

/// What stands between a password and its verdict. `Display` says what, where and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum GateError {
    /// A configuration file has a mistake.
    Mistake {
        /// The file.
        path: PathBuf,
        /// The mistake and its place.
        error: ConfigError,
    },
    /// A configuration file is not text.
    NotUtf8 {
        /// The file.
        path: PathBuf,
    },
    /// There is nothing in it.
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// There is neither a preset nor a file of that name.
    UnknownPolicy {
        /// The name. `Display` does not repeat it.
        name: String,
        /// The preset that it most likely stands for.
        nearest: Option<&'static str>,
    },
    /// A file that was named is not there.
    Missing {
        /// Where it should be.
        path: PathBuf,
        /// What it should be.
        kind: FileKind,
    },
    /// The word list of a language that the policy names is not there.
    MissingLanguage {
        /// Where it should be.
        path: PathBuf,
        /// The code of the language.
        language: String,
    },
    /// A word list is damaged, or something else.
    Words {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: DictionaryError,
    },
    /// A list of breached passwords is damaged, not whole, or something else.
    Breached {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: BreachError,
    },
    /// The built-in word list is damaged.
    BuiltIn(DictionaryError),
    /// A file, or a folder on the way to it, is not trusted or cannot be read.
    Untrusted(TrustError),
    /// The history is to be asked about an account that nobody named.
    NoAccount,
    /// The history is to be told, and nobody said of which system.
    NoSystem,
    /// A history is needed, and none is configured.
    NoHistory,
    /// The history cannot be asked or told.
    Memory(MemoryError),
    /// The clock is before 1970.
    Clock,
}

/// What a file is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum FileKind {
    /// A policy.
    Policy,
    /// A compiled list of words.
    Words,
    /// The configuration of the history.
    History,
    /// A list of breached passwords, or an index of it.
    Breached,
}

impl GateError {
    /// Whether the call or the configuration is wrong, and not this computer's state.
    pub fn is_mistake(&self) -> bool {
        matches!(
            self,
            Self::Mistake { .. }
                | Self::NotUtf8 { .. }
                | Self::Empty { .. }
                | Self::UnknownPolicy { .. }
                | Self::MissingLanguage { .. }
                | Self::NoAccount
                | Self::NoSystem
        ) || self.of_memory() == Some(MemoryErrorKind::Mistake)
    }

    /// Whether it will pass: another program holds the history.
    pub fn is_busy(&self) -> bool {
        self.of_memory() == Some(MemoryErrorKind::Busy)
    }

    /// Whether this user may not look at a file: another one may see that all is well.
    pub fn is_denied(&self) -> bool {
        if let Self::Untrusted(error) = self {
            error.is_denied()
        } else {
            self.of_memory() == Some(MemoryErrorKind::Denied)
        }
    }

    /// What a door must know of the memory's error, if it is one.
    pub(crate) fn of_memory(&self) -> Option<MemoryErrorKind> {
        if let Self::Memory(error) = self { Some(error.kind()) } else { None }
    }

    /// The same on one line, for a log: without the excerpt of the file.
    pub fn on_one_line(&self) -> String {
        if let Self::Mistake { path, error: ConfigError { line, column, message, .. } } = self {
            format!("{}:{line}:{column}: {message}", path.display())
        } else {
            self.to_string()
        }
    }
}

impl fmt::Display for GateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mistake { path, error } => write!(f, "{}:{error}", path.display()),
            Self::NotUtf8 { path } => {
                write!(f, "{}: it is not UTF-8 text; save it as UTF-8", path.display())
            }
            Self::Empty { path } => write!(
                f,
                "{}: it is empty, as after a crash; restore it, or delete it to do without",
                path.display()
            ),
            // What was typed may be a password.
            Self::UnknownPolicy { nearest: Some(nearest), .. } => {
                write!(f, "no preset or file has that name: did you mean `{nearest}`?")
            }
            Self::UnknownPolicy { nearest: None, .. } => {
                f.write_str("no preset or file has that name; see `strongpass policy list`")
            }
            Self::MissingLanguage { path, language } => {
                write!(f, "{}: {}", path.display(), Policy::missing_language(language))
            }
            Self::Missing { path, kind } => {
                let (path, what) = (
                    path.display(),
                    match kind {
                        FileKind::Policy => "file; correct the path",
                        FileKind::Words => "word list; make it with `strongpass words build`",
                        FileKind::Breached => {
                            "list of stolen passwords; correct the path, or make an index of one \
                             with `strongpass words breached`"
                        }
                        FileKind::History => {
                            "file, so no history is configured; see `strongpass history --help`"
                        }
                    },
                );
                write!(f, "{path}: there is no such {what}")
            }
            Self::Words { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Breached { path, error } => write!(f, "{}: {error}", path.display()),
            Self::BuiltIn(error) => {
                write!(f, "the built-in word list: {error}; install strongpass again")
            }
            Self::Untrusted(error) => error.fmt(f),
            Self::NoAccount => f.write_str("the history needs to know the account; name it"),
            Self::NoSystem => f.write_str(
                "the history needs to know the system: use --system, or [pam] in history.toml",
            ),
            Self::NoHistory => f.write_str(
                "the policy requires that the history is asked, and it was not; see `strongpass \
                 history --help`",
            ),
            Self::Memory(error) => error.fmt(f),
            Self::Clock => f.write_str("the clock is before 1970; set it"),
        }
    }
}

// What the other crates said is all of the sentence, and so no source of its own.
impl std::error::Error for GateError {}

impl From<TrustError> for GateError {
    fn from(error: TrustError) -> Self {
        Self::Untrusted(error)
    }
}

impl From<MemoryError> for GateError {
    fn from(error: MemoryError) -> Self {
        Self::Memory(error)
    }
}
