//! Why a list of breached passwords, or an index of one, cannot be used.

use std::error::Error;
use std::fmt;
use std::io;

/// Why a list cannot be trusted or read. A list that does not answer would make every password look
/// unbreached, so each of these ends the audit, and is not a yes where a password is judged.
#[derive(Debug)]
#[non_exhaustive]
pub enum BreachError {
    /// The file cannot be read.
    Io(io::Error),
    /// There is nothing in it.
    Empty,
    /// It is text of two bytes a character.
    Utf16,
    /// It does not begin with a line of `HASH:COUNT`.
    NotAList,
    /// A line is not like the first: the NT and SHA-1 lists were mixed, or it is damaged.
    BadLine {
        /// Where, in bytes from the start.
        at: u64,
    },
    /// It is not in the order of the hashes.
    Unsorted {
        /// Where, in bytes from the start.
        at: u64,
    },
    /// It has so few entries that it cannot be all.
    Small {
        /// About how many it has.
        entries: u64,
    },
    /// It does not begin with the first hashes or not end with the last ones.
    CutShort {
        /// How much of it is there, in percent.
        percent: u64,
    },
    /// Hashes are missing in the middle.
    Hole {
        /// Where, in bytes from the start.
        at: u64,
    },
    /// An entry that is in it was not found.
    Silent {
        /// Where it is, in bytes from the start.
        at: u64,
    },
    /// It was asked about a digest of another length than its own.
    WrongDigest,
    /// An index does not have the size that it had when it was built.
    IndexCut,
    /// An index is not as it was when it was built.
    Damaged {
        /// Where, in bytes from the start.
        at: u64,
    },
    /// An index is of another version of the program.
    OtherVersion,
    /// An index was built from a part of the list.
    PartialIndex,
}

impl From<io::Error> for BreachError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// What to say at the command line, and in a policy.
const IF_A_PART: &str =
    ", or, if a part is meant, use --breached-partial (in a policy, set `partial = true`)";

impl fmt::Display for BreachError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "it cannot be read: {error}"),
            Self::Empty => f.write_str("the list is empty; download it again"),
            Self::Utf16 => f.write_str(
                "the list is text of two bytes a character; use the file as the downloader wrote \
                 it, without opening and saving it",
            ),
            Self::NotAList => f.write_str(
                "its first line is not HASH:COUNT; use the single file that PwnedPasswordsDownloader \
                 writes, with SHA-1 or (-n) NT hashes",
            ),
            Self::BadLine { at } => write!(
                f,
                "near byte {at} a line is not like the first one; NT and SHA-1 may be mixed, or it \
                 is damaged: download it again into a new file",
            ),
            Self::Unsorted { at } => write!(
                f,
                "near byte {at} it is not sorted by hash; download it again, or sort it: \
                 LC_ALL=C sort -o FILE FILE",
            ),
            Self::Small { entries } => write!(
                f,
                "it has only about {entries} entries, and the whole list has over 800 million; \
                 download all of it{IF_A_PART}",
            ),
            Self::CutShort { percent } => write!(
                f,
                "only {percent} % of the list is there: the download ended early; download it \
                 again{IF_A_PART}",
            ),
            Self::Hole { at } => write!(
                f,
                "near byte {at} a part of the list is missing; download it again{IF_A_PART}",
            ),
            Self::Silent { at } => write!(
                f,
                "the entry at byte {at} is not found: the list does not answer; download it again",
            ),
            Self::WrongDigest => f.write_str("the list has hashes of another scheme"),
            Self::IndexCut => f.write_str(
                "the index is cut short, or something was added to it; build it again with \
                 `strongpass words breached`",
            ),
            Self::Damaged { at } => write!(
                f,
                "the index is damaged near byte {at}; build it again with `strongpass words breached`",
            ),
            Self::OtherVersion => f.write_str(
                "the index is of another version of strongpass; build it again with \
                 `strongpass words breached`",
            ),
            Self::PartialIndex => write!(
                f,
                "the index was built from a part of the list; build it from all of it{IF_A_PART}",
            ),
        }
    }
}

impl Error for BreachError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Io(error) = self { Some(error) } else { None }
    }
}
