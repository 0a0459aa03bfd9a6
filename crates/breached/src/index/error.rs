//! Why an index cannot be built.

use std::error::Error;
use std::fmt;
use std::io;

/// Why an index cannot be built from a list. Whatever is wrong with a list would make passwords look
/// unbreached, so none is built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The list cannot be read, or the index not written.
    Io(io::Error),
    /// There is nothing in it.
    Empty,
    /// It is text of two bytes a character.
    Utf16,
    /// It does not begin with a line of `HASH:COUNT`.
    NotAList,
    /// A line is not like the first.
    BadLine {
        /// Which, from 1.
        line: u64,
    },
    /// It is not in the order of the hashes.
    Unsorted {
        /// The first line that should be before another.
        line: u64,
    },
    /// A hash is in it twice.
    Repeated {
        /// The second line of it.
        line: u64,
    },
    /// It has so few entries that it cannot be all.
    Small {
        /// How many it has.
        entries: u64,
    },
    /// It does not begin with the first hashes or not end with the last ones.
    CutShort {
        /// How much of it is there, in percent.
        percent: u64,
    },
    /// Hashes are missing.
    Hole {
        /// Before which line.
        line: u64,
    },
    /// Its hashes are spread too unevenly.
    Uneven {
        /// Where that showed.
        line: u64,
    },
    /// Whoever watches wanted it to end.
    Stopped,
}

impl BuildError {
    /// The line that is at fault, from 1.
    pub const fn line(&self) -> Option<u64> {
        match self {
            Self::BadLine { line }
            | Self::Unsorted { line }
            | Self::Repeated { line }
            | Self::Hole { line }
            | Self::Uneven { line } => Some(*line),
            Self::Io(_)
            | Self::Empty
            | Self::Utf16
            | Self::NotAList
            | Self::Small { .. }
            | Self::CutShort { .. }
            | Self::Stopped => None,
        }
    }
}

impl From<io::Error> for BuildError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Empty => f.write_str("the list is empty; download it again"),
            Self::Utf16 => f.write_str(
                "the list is text of two bytes a character; use the file as the downloader wrote \
                 it, without opening and saving it",
            ),
            Self::NotAList => f.write_str(
                "its first line is not HASH:COUNT; use the single file that PwnedPasswordsDownloader \
                 writes, with SHA-1 or (-n) NT hashes",
            ),
            Self::BadLine { .. } => f.write_str(
                "this line is not HASH:COUNT like the first one; NT and SHA-1 may be mixed, or it is \
                 damaged: download it again into a new file",
            ),
            Self::Unsorted { .. } => f.write_str(
                "its hash is smaller than the one before; download the list again, or sort it: \
                 LC_ALL=C sort -o FILE FILE",
            ),
            Self::Repeated { .. } => {
                f.write_str("the same hash as on the line before; download the list again")
            }
            Self::Small { entries } => write!(
                f,
                "it has only {entries} entries, and the whole list has over 800 million; download \
                 all of it, or say --partial if a part is meant",
            ),
            Self::CutShort { percent } => write!(
                f,
                "only {percent} % of the list is there: the download ended early; download it \
                 again, or say --partial if a part is meant",
            ),
            Self::Hole { .. } => f.write_str(
                "before this line a part of the list is missing; download it again, or say \
                 --partial if a part is meant",
            ),
            Self::Uneven { .. } => f.write_str(
                "around this line the hashes are spread otherwise than before, which an index does \
                 not allow; give the list itself to `strongpass audit --breached`",
            ),
            Self::Stopped => f.write_str("stopped; no index was written"),
        }
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Io(error) = self { Some(error) } else { None }
    }
}
