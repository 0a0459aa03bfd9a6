//! Why the configuration of libpam cannot be read.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::line::Place;

/// What is wrong with a file of libpam; `Display` says what and where.
#[derive(Debug)]
#[non_exhaustive]
pub enum StackError {
    /// The operating system refused.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// No file of that kind is so large.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How many bytes it may have.
        most: u64,
    },
    /// The last line ends with `\\`: libpam refuses the file.
    NeverEnds(PathBuf),
    /// There is no file for that service.
    NoService(String),
    /// The stack has more lines than any that people can follow.
    TooLong {
        /// The first line too many.
        place: Place,
        /// How many it may have.
        most: usize,
    },
}

impl StackError {
    pub(crate) fn from_io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }

    /// Whether this user may not read what it is about.
    pub fn is_denied(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied)
    }
}

impl fmt::Display for StackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Self::TooLarge { path, most } => {
                write!(f, "{}: is larger than {most} bytes", path.display())
            }
            Self::NeverEnds(path) => {
                write!(f, "{}: the last line is continued by nothing", path.display())
            }
            Self::NoService(service) => write!(f, "no service {service}"),
            Self::TooLong { place, most } => {
                write!(f, "{place}: the stack is longer than {most} lines")
            }
        }
    }
}

// Without a source: `Display` says it already.
impl Error for StackError {}
