//! An index of breached hashes: a seventh of the list's size, and as good an answer.
//!
//! # How a hash is found
//! Hashes are spread evenly, so all that there can be (2¹²⁸) are divided into equal **groups**, so
//! many that about 208 entries fall into each; the group of a hash is a multiplication. A group is
//! divided into 16 **buckets** of 13. In its bucket an entry is a **record** of 40 bits: 37 bits to
//! which all bits of the hash were mixed, and 3 for how often it was seen. The **directory** has the
//! number of entries of every group: their sum is where a group begins.
//!
//! # How often it is wrong
//! A hash of the list is always found. One that is not there is found if an entry has the same
//! group, bucket and 37 bits. There are `groups × 2⁴ × 2³⁷` places, each as likely as the next, and
//! at most `entries` are taken, so that happens in
//!
//! ```text
//! entries / (groups × 2⁴¹) = 208 / 2⁴¹ = 9.5 × 10⁻¹¹
//! ```
//! of look-ups, however long the list is and however its entries are spread. No index is written or
//! opened with more than 10⁻¹⁰, which is 219 entries a group. Since all bits are mixed, that is so of
//! a hash that differs from one of the list in a single bit, too.
//!
//! # What it takes
//! A record is 5 bytes; the ends of buckets, checksum and place in the directory of a group are 42
//! bytes more: 5.2 bytes an entry. Of the directory 2 bytes are in memory for each group (10 MB for a
//! thousand million entries) and 8 for every 16.
//!
//! # What can go wrong
//! The header has a checksum, and those of the directory and each group are verified before they are
//! believed: damage is an error, never "not breached".

mod build;
mod error;
mod format;
mod look;
mod source;

#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{Read, Seek, SeekFrom};

use crate::completeness::Completeness;
use crate::digest::{BreachScheme, EMPTY};
use crate::error::BreachError;
use crate::seen::Seen;
use format::{HEADER, Header, Key, MAGIC, Unfit, WIDTH, checksum};
use look::{Groups, Kept};

pub use build::{BuildProgress, Built, build_index};
pub use error::BuildError;

/// An index of breached passwords that [`build_index`] made.
///
/// Opening it reads its header and directory. A look-up reads one group, about 1 KiB; groups that
/// were read are kept, up to 64 MiB of them (see [`keep`](Self::keep)). Of many hashes at once
/// ([`seen_of`](Self::seen_of)) groups that are close together are read together.
pub struct BreachIndex<R> {
    groups: Groups<R>,
    kept: Kept,
}

/// Bytes of groups that are kept.
const KEPT: usize = 64 << 20;

impl<R> fmt::Debug for BreachIndex<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BreachIndex({} entries)", self.entries())
    }
}

impl<R> BreachIndex<R> {
    /// Whether a file that begins like this is an index.
    pub fn is_index(begin: &[u8]) -> bool {
        begin.starts_with(&MAGIC)
    }

    /// The scheme of its hashes.
    pub const fn scheme(&self) -> BreachScheme {
        self.groups.header.scheme
    }

    /// How many entries it has.
    pub const fn entries(&self) -> u64 {
        self.groups.header.entries
    }

    /// Whether it was built from a part of the list.
    pub const fn is_partial(&self) -> bool {
        self.groups.header.partial
    }

    /// Bytes of the file.
    pub const fn bytes(&self) -> u64 {
        self.groups.size
    }

    /// One look-up in this many, of hashes that are not in the list, finds one.
    pub fn one_in(&self) -> u64 {
        self.groups.header.one_in()
    }

    /// Keeps at most that many bytes of groups that were read, instead of 64 MiB.
    #[must_use]
    pub fn keep(mut self, bytes: usize) -> Self {
        self.kept = Kept::new(&self.groups, bytes);
        self
    }

    /// A digest as numbers, `None` if it is that of nothing: that is in every list, but says nothing
    /// about anybody.
    fn key(&self, digest: &[u8]) -> Result<Option<Key>, BreachError> {
        let (begin, rest) = digest.split_first_chunk().ok_or(BreachError::WrongDigest)?;
        let rest = match (self.scheme(), rest) {
            (BreachScheme::Nt, []) => 0,
            (BreachScheme::Sha1, [a, b, c, d]) => u32::from_be_bytes([*a, *b, *c, *d]),
            _ => return Err(BreachError::WrongDigest),
        };
        Ok((!EMPTY.contains(&digest)).then(|| (u128::from_be_bytes(*begin), rest)))
    }
}

impl<R: Read + Seek> BreachIndex<R> {
    /// Opens an index, and verifies that its header, directory and size belong together.
    ///
    /// # Errors
    /// If it is not an index, is damaged or cut short, or is of a part of a list that must be whole.
    pub fn open(reader: R, completeness: Completeness) -> Result<Self, BreachError> {
        opened(reader, completeness, WIDTH)
    }

    /// How often the password with that digest was found in breaches; `None` if never.
    ///
    /// # Errors
    /// If the file cannot be read, is damaged there, or has digests of another length.
    pub fn seen(&mut self, digest: &[u8]) -> Result<Option<Seen>, BreachError> {
        let Some(key) = self.key(digest)? else { return Ok(None) };
        let place = self.groups.header.place(key);
        self.kept.band(&mut self.groups, &place).map(|band| band.map(Seen::from_band))
    }

    /// As [`seen`](Self::seen), of many digests that stand one behind the other: `found` is told the
    /// number of each that is in the index, in any order. The file is read from its beginning to its
    /// end, in large pieces where many are asked for.
    ///
    /// # Errors
    /// As [`seen`](Self::seen).
    pub fn seen_of(
        &mut self,
        digests: &[u8],
        found: &mut dyn FnMut(usize, Seen),
    ) -> Result<(), BreachError> {
        let mut keys = Vec::with_capacity(digests.len() / self.scheme().digest_len());
        for (number, digest) in digests.chunks(self.scheme().digest_len()).enumerate() {
            if let Some(key) = self.key(digest)? {
                keys.push((key, number));
            }
        }
        keys.sort_unstable();
        self.groups.bands(&keys, &mut |number, band| found(number, Seen::from_band(band)))
    }

    /// Reads all of it and verifies every group: how many entries there are in each band, the lowest
    /// first. `watch` is told how many bytes were read.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn verify(&mut self, watch: &mut dyn FnMut(u64)) -> Result<Vec<u64>, BreachError> {
        self.groups.verify(watch)
    }

    /// Whether digests that were in the list are found, each as often as it was seen or more: the
    /// [`samples`](Built::samples) of a list whose index was written.
    ///
    /// # Errors
    /// If one is not, or as [`seen`](Self::seen).
    pub fn answers(&mut self, samples: &[(Vec<u8>, Seen)]) -> Result<(), BreachError> {
        for (digest, expected) in samples {
            let seen = self.seen(digest)?;
            if seen.is_none_or(|seen| seen.least < expected.least) {
                return Err(BreachError::Silent { at: 0 });
            }
        }
        Ok(())
    }
}

fn opened<R: Read + Seek>(
    mut reader: R,
    completeness: Completeness,
    width: u8,
) -> Result<BreachIndex<R>, BreachError> {
    let size = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::with_capacity(HEADER);
    (&mut reader).take(u64::try_from(HEADER).unwrap_or(0)).read_to_end(&mut bytes)?;
    if !BreachIndex::<R>::is_index(&bytes) {
        return Err(BreachError::NotAList);
    }
    let header = bytes.first_chunk().ok_or(BreachError::IndexCut)?;
    let header = match Header::from_bytes(header) {
        Ok(header) if header.width == width => header,
        Ok(_) | Err(Unfit::Version) => return Err(BreachError::OtherVersion),
        Err(Unfit::Damaged) => return Err(BreachError::Damaged { at: 0 }),
    };
    let directory = header.present.checked_mul(2);
    if directory.and_then(|len| len.checked_add(header.directory)) != Some(size) {
        return Err(BreachError::IndexCut);
    }
    if width == WIDTH && !header.is_precise() {
        return Err(BreachError::Damaged { at: 0 });
    }
    if header.partial && completeness == Completeness::Whole {
        return Err(BreachError::PartialIndex);
    }
    reader.seek(SeekFrom::Start(header.directory))?;
    let mut directory = Vec::new();
    reader.read_to_end(&mut directory)?;
    if checksum(header.directory, &directory) != header.directory_check {
        return Err(BreachError::Damaged { at: header.directory });
    }
    let damaged = BreachError::Damaged { at: header.directory };
    let groups = Groups::new(reader, header, size, directory).ok_or(damaged)?;
    let kept = Kept::new(&groups, KEPT);
    Ok(BreachIndex { groups, kept })
}
