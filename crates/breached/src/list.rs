//! How often a password has been breached, from the list of Have I Been Pwned as it was downloaded.

mod file;
mod index;
mod page;
mod seen;
mod trust;

#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use strongpass_hash::Scheme;

pub use file::BreachFile;
pub use index::{BreachIndex, BuildError, BuildProgress, Built, build_index};
pub use seen::Seen;

use page::{Key, Layout, Page, Place, Scan};

/// The list of breached passwords: a sorted text of `HASH:COUNT` lines, read where it lies.
///
/// A hash is looked up by interpolation: hashes are spread evenly, so that a hash says where in the
/// file it is. One of three million is found with 1.26 reads of 4 KiB on average and 2 at most, one
/// of fifty million with 1.75 and 3 (`examples/breached.rs`); nothing is converted or copied, and
/// only 257 places of the file are kept in memory.
///
/// Opening the list is a test of it: see [`BreachError`].
///
/// ```
/// use std::io::Cursor;
/// use strongpass_audit::{BreachList, Completeness};
///
/// let file = "0CB6948805F797BF2A82807973B89537:7\r\n567667E52888A59D0ABCF0C066DB867B:3\r\n";
/// let mut list = BreachList::open(Cursor::new(file), Completeness::Partial)?;
/// assert_eq!(list.scheme().id(), "nt");
///
/// let digest = 0x5676_67e5_2888_a59d_0abc_f0c0_66db_867b_u128.to_be_bytes();
/// assert_eq!(list.count(&digest)?, Some(3));
/// assert_eq!(list.count(&[0; 16])?, None);
/// # Ok::<(), strongpass_audit::BreachError>(())
/// ```
///
/// Source: <https://haveibeenpwned.com/Passwords>, `PwnedPasswordsDownloader`.
pub struct BreachList<R> {
    reader: R,
    size: u64,
    layout: Layout,
    entries: u64,
    /// Lines whose place is known, in the order of the file.
    places: Vec<Place>,
    buffer: Vec<u8>,
}

/// Whether a list must be all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Completeness {
    /// The whole list: one that ends early or has a hole is refused.
    Whole,
    /// A part on purpose, of any size: only its order and its lines are tested.
    Partial,
}

/// Why a list cannot be trusted or read. A list that does not answer would make every password look
/// unbreached, so each of these ends the audit.
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

/// One read takes so many bytes: a page of the file.
const PAGE: usize = 4096;
const HALF_PAGE: u64 = 2048;

/// After so many reads the middle is taken instead of an estimate: hashes are not spread evenly.
const ESTIMATES: u32 = 6;

/// Halving a file of any size takes fewer reads than this.
const MOST_READS: u32 = ESTIMATES + 64;

impl<R> fmt::Debug for BreachList<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BreachList({} bytes)", self.size)
    }
}

impl<R> BreachList<R> {
    /// The scheme of its hashes.
    pub const fn scheme(&self) -> Scheme {
        match self.layout.digits {
            NT_DIGITS => Scheme::Nt,
            _ => Scheme::Sha1,
        }
    }

    /// About how many entries it has.
    pub const fn entries(&self) -> u64 {
        self.entries
    }

    /// Bytes of a digest.
    pub(super) const fn digest_len(&self) -> usize {
        self.layout.digits / 2
    }
}

impl<R: Read + Seek> BreachList<R> {
    /// Opens a list, and tests that it can be trusted: its lines, their order, that it is whole,
    /// and that it answers for entries that it holds.
    ///
    /// # Errors
    /// See [`BreachError`]; each says what to do.
    pub fn open(reader: R, completeness: Completeness) -> Result<Self, BreachError> {
        trust::opened(reader, (completeness == Completeness::Whole).then_some(trust::FEWEST))
    }

    /// How often the password with that digest was found in breaches; `None` if never. The digest
    /// of the empty password is in the list, but says nothing about anybody.
    ///
    /// # Errors
    /// If the file cannot be read, is damaged where it was read, or has digests of another length.
    pub fn count(&mut self, digest: &[u8]) -> Result<Option<u64>, BreachError> {
        if digest.len() * 2 != self.layout.digits {
            return Err(BreachError::WrongDigest);
        }
        if EMPTY.contains(&digest) {
            return Ok(None);
        }
        // A count of 0 fills answers of the service up, and means "never".
        self.find(self.layout.key(digest)).map(|count| count.filter(|count| *count > 0))
    }

    fn find(&mut self, wanted: Key) -> Result<Option<u64>, BreachError> {
        // It is between two lines whose places are known.
        let after = self.places.partition_point(|place| place.key <= wanted);
        let known = |at: usize| self.places.get(at).map(|place| (place.at, place.key.fraction()));
        let mut low = after.checked_sub(1).and_then(known).unwrap_or((0, 0));
        let mut high = known(after).unwrap_or((self.size, u64::MAX));
        for reads in 0..MOST_READS {
            let from = aim(wanted.fraction(), low, high, reads);
            let page = self.read(from, from == low.0)?;
            match page.scan(wanted)? {
                Scan::Found(count) => return Ok(Some(count)),
                Scan::Between => return Ok(None),
                // Nothing is before the first line of the file, and nothing after its last.
                Scan::Before(_) if from == low.0 => return Ok(None),
                Scan::After(_) if page.ends_file => return Ok(None),
                Scan::Before(first) if first.at < high.0 => high = first.bound(),
                Scan::After(last) if last.at < high.0 && last.at > low.0 => low = last.bound(),
                Scan::Before(Place { at, .. }) | Scan::After(Place { at, .. }) => {
                    return Err(BreachError::Unsorted { at });
                }
            }
        }
        Err(BreachError::Unsorted { at: low.0 })
    }

    /// The page that begins there; if no line is known to begin there, from its first line on.
    fn read(&mut self, from: u64, is_line: bool) -> Result<Page<'_>, BreachError> {
        self.reader.seek(SeekFrom::Start(from))?;
        let mut filled = 0;
        while let Some(free) = self.buffer.get_mut(filled..).filter(|free| !free.is_empty()) {
            match self.reader.read(free) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        let bytes = self.buffer.get(..filled).unwrap_or_default();
        Page::new(bytes, from, is_line, filled < self.buffer.len(), self.layout)
    }
}

/// Where to read: around the place where evenly spread hashes would have it, between two lines
/// whose places and hashes are known.
fn aim(wanted: u64, low: (u64, u64), high: (u64, u64), reads: u32) -> u64 {
    let size = high.0.saturating_sub(low.0);
    let within = if reads < ESTIMATES {
        let (part, whole) = (wanted.saturating_sub(low.1), high.1.saturating_sub(low.1).max(1));
        let within = u128::from(size) * u128::from(part) / u128::from(whole);
        u64::try_from(within).unwrap_or(size)
    } else {
        size / 2
    };
    // Never so near the end that no whole line is before it: each read brings them closer.
    let from = within.saturating_sub(HALF_PAGE).min(size.saturating_sub(HALF_PAGE));
    low.0 + from
}

const NT_DIGITS: usize = 32;
const SHA1_DIGITS: usize = 40;

/// MD4 and SHA-1 of nothing (RFC 1320, A.5; FIPS 180-4).
const EMPTY: [&[u8]; 2] = [
    b"\x31\xd6\xcf\xe0\xd1\x6a\xe9\x31\xb7\x3c\x59\xd7\xe0\xc0\x89\xc0",
    b"\xda\x39\xa3\xee\x5e\x6b\x4b\x0d\x32\x55\xbf\xef\x95\x60\x18\x90\xaf\xd8\x07\x09",
];

impl From<io::Error> for BreachError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

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
                 download all of it, or say --breached-partial if a part is meant",
            ),
            Self::CutShort { percent } => write!(
                f,
                "only {percent} % of the list is there: the download ended early; download it \
                 again, or say --breached-partial if a part is meant",
            ),
            Self::Hole { at } => write!(
                f,
                "near byte {at} a part of the list is missing; download it again, or say \
                 --breached-partial if a part is meant",
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
            Self::PartialIndex => f.write_str(
                "the index was built from a part of the list; build it from all of it, or say \
                 --breached-partial if a part is meant",
            ),
        }
    }
}

impl Error for BreachError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Io(error) = self { Some(error) } else { None }
    }
}
