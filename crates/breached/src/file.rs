//! A file of breached passwords, whichever it is: the list as downloaded, or an index of it.

use std::fmt;
use std::io::{Read, Seek, SeekFrom};

use crate::completeness::Completeness;
use crate::digest::BreachScheme;
use crate::error::BreachError;
use crate::index::BreachIndex;
use crate::list::BreachList;
use crate::seen::Seen;

/// A list of breached passwords or an index of one; its first bytes say which it is.
///
/// ```
/// use std::io::Cursor;
/// use strongpass_breached::{BreachFile, Completeness, Seen};
///
/// let list = "0CB6948805F797BF2A82807973B89537:7\n567667E52888A59D0ABCF0C066DB867B:3\n";
/// let mut file = BreachFile::open(Cursor::new(list), Completeness::Partial)?;
///
/// let digest = 0x5676_67e5_2888_a59d_0abc_f0c0_66db_867b_u128.to_be_bytes();
/// assert_eq!(file.seen(&digest)?, Some(Seen::exactly(3)));
/// assert_eq!(file.seen(&[0; 16])?, None);
/// # Ok::<(), strongpass_breached::BreachError>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum BreachFile<R> {
    /// The list, read where it lies.
    List(BreachList<R>),
    /// An index that `strongpass words breached` built.
    Index(BreachIndex<R>),
}

impl<R: Read + Seek> BreachFile<R> {
    /// Opens either, and tests that it can be trusted.
    ///
    /// # Errors
    /// See [`BreachError`]; each says what to do.
    pub fn open(mut reader: R, completeness: Completeness) -> Result<Self, BreachError> {
        let mut begin = Vec::new();
        reader.seek(SeekFrom::Start(0))?;
        (&mut reader).take(8).read_to_end(&mut begin)?;
        if BreachIndex::<R>::is_index(&begin) {
            return BreachIndex::open(reader, completeness).map(Self::Index);
        }
        BreachList::open(reader, completeness).map(Self::List)
    }

    /// The scheme of its hashes.
    pub const fn scheme(&self) -> BreachScheme {
        match self {
            Self::List(list) => list.scheme(),
            Self::Index(index) => index.scheme(),
        }
    }

    /// Keeps at most that many bytes of what was read of an index, instead of 64 MiB: next to nothing for a
    /// caller that asks once.
    #[must_use]
    pub fn keep(self, bytes: usize) -> Self {
        match self {
            Self::Index(index) => Self::Index(index.keep(bytes)),
            Self::List(list) => Self::List(list),
        }
    }

    /// How often the password with that digest was found in breaches; `None` if never.
    ///
    /// # Errors
    /// If the file cannot be read, is damaged where it was read, or has digests of another length.
    pub fn seen(&mut self, digest: &[u8]) -> Result<Option<Seen>, BreachError> {
        match self {
            Self::List(list) => Ok(list.count(digest)?.map(Seen::exactly)),
            Self::Index(index) => index.seen(digest),
        }
    }

    /// Looks up digests that stand one behind the other: `found` is told the number of each that is
    /// there, in any order.
    ///
    /// # Errors
    /// If the file cannot be read, is damaged where it was read, or has digests of another length.
    pub fn seen_of(
        &mut self,
        digests: &[u8],
        found: &mut dyn FnMut(usize, Seen),
    ) -> Result<(), BreachError> {
        match self {
            Self::Index(index) => index.seen_of(digests, found),
            Self::List(list) => {
                for (number, digest) in digests.chunks(list.scheme().digest_len()).enumerate() {
                    if let Some(count) = list.count(digest)? {
                        found(number, Seen::exactly(count));
                    }
                }
                Ok(())
            }
        }
    }
}

/// What it is, for the head of a report.
impl<R> fmt::Display for BreachFile<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(list) => {
                let (entries, scheme) = (list.entries(), list.scheme().name());
                write!(f, "list of about {entries} breached passwords, {scheme}, exact")
            }
            Self::Index(index) => {
                let (entries, scheme) = (index.entries(), index.scheme().name());
                let part = if index.is_partial() { " of a part of the list" } else { "" };
                write!(
                    f,
                    "index{part}: {entries} breached passwords, {scheme}, counts by their number of \
                     digits, wrong in fewer than one of 10^10 look-ups",
                )
            }
        }
    }
}
