//! The list of Have I Been Pwned as it was downloaded: looked up where it lies.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use zeroize::Zeroizing;

use crate::digest::{BreachScheme, EMPTY, NT_DIGITS};
use crate::error::BreachError;
use page::{Key, Layout, Page, Place, Scan};

pub(crate) mod page;
mod trust;

#[cfg(test)]
mod tests;

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
/// use strongpass_breached::{BreachList, Completeness};
///
/// let file = "0CB6948805F797BF2A82807973B89537:7\r\n567667E52888A59D0ABCF0C066DB867B:3\r\n";
/// let mut list = BreachList::open(Cursor::new(file), Completeness::Partial)?;
/// assert_eq!(list.scheme().id(), "nt");
///
/// let digest = 0x5676_67e5_2888_a59d_0abc_f0c0_66db_867b_u128.to_be_bytes();
/// assert_eq!(list.count(&digest)?, Some(3));
/// assert_eq!(list.count(&[0; 16])?, None);
/// # Ok::<(), strongpass_breached::BreachError>(())
/// ```
///
/// Source: <https://haveibeenpwned.com/Passwords>, `PwnedPasswordsDownloader`.
pub struct BreachList<R> {
    pub(crate) reader: R,
    pub(crate) size: u64,
    pub(crate) layout: Layout,
    pub(crate) entries: u64,
    /// Lines whose place is known, in the order of the file.
    pub(crate) places: Vec<Place>,
    /// What was read last is where the digest that was asked for is, or would be: it is wiped.
    pub(crate) buffer: Zeroizing<Vec<u8>>,
}

/// What one read takes, in bytes: a page of the file.
pub(crate) const PAGE: usize = 4096;
pub(crate) const HALF_PAGE: u64 = 2048;

/// After this many reads the middle is taken instead of an estimate: hashes are not spread evenly.
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
    pub const fn scheme(&self) -> BreachScheme {
        match self.layout.digits {
            NT_DIGITS => BreachScheme::Nt,
            _ => BreachScheme::Sha1,
        }
    }

    /// About how many entries it has.
    pub const fn entries(&self) -> u64 {
        self.entries
    }
}

impl<R: Read + Seek> BreachList<R> {
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

    pub(crate) fn find(&mut self, wanted: Key) -> Result<Option<u64>, BreachError> {
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
    pub(crate) fn read(&mut self, from: u64, is_line: bool) -> Result<Page<'_>, BreachError> {
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
        let end = from + u64::try_from(filled).unwrap_or(0);
        let ends_file = filled < self.buffer.len();
        // A list that became shorter while it was open cannot say what it no longer has.
        if ends_file && end < self.size {
            let percent = u128::from(end) * 100 / u128::from(self.size);
            return Err(BreachError::CutShort { percent: u64::try_from(percent).unwrap_or(100) });
        }
        let bytes = self.buffer.get(..filled).unwrap_or_default();
        Page::new(bytes, from, is_line, ends_file, self.layout)
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
