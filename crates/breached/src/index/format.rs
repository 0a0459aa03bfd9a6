//! The parts of an index, bit by bit: its header, where a hash is, what a group says of it.

use crate::digest::BreachScheme;
use crate::seen::BAND_BITS;

/// What an index begins with.
pub(super) const MAGIC: [u8; 8] = *b"spbreach";
const VERSION: u16 = 1;

/// Bytes of the header.
pub(super) const HEADER: usize = 72;

/// Bytes of a record: 37 bits of the mixed hash, 3 of its band.
pub(super) const WIDTH: u8 = 5;

/// How many entries are in a group on average. 219 are the most: see [`Header::is_precise`].
pub(super) const MEAN: u64 = 208;

const BUCKET_BITS: u32 = 4;
/// Where each of the 16 buckets of a group ends.
pub(super) const ENDS: usize = 32;
pub(super) const CHECK: usize = 8;

/// The beginning of a file: what it is of, and how it is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) scheme: BreachScheme,
    /// Built from a part of the list on purpose.
    pub(super) partial: bool,
    /// Bytes of a record.
    pub(super) width: u8,
    pub(super) entries: u64,
    /// Into how many groups all possible hashes are divided.
    pub(super) groups: u64,
    /// The first group that the file has.
    pub(super) first: u64,
    /// How many groups it has from there on; nothing is in the others.
    pub(super) present: u64,
    /// Where the directory is.
    pub(super) directory: u64,
    pub(super) directory_check: u64,
}

/// Why a header cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It is made by a program of another version.
    Version,
    Damaged,
}

/// A hash: its first 16 bytes, and the 4 behind them if it is SHA-1.
pub(super) type Key = (u128, u32);

/// Where a hash is, or would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) group: u64,
    pub(super) bucket: usize,
    pub(super) remainder: u64,
}

impl Header {
    pub(super) fn to_bytes(self) -> [u8; HEADER] {
        let [low, high] = VERSION.to_le_bytes();
        let sha1 = u8::from(self.scheme == BreachScheme::Sha1);
        let kind = [low, high, sha1, u8::from(self.partial), self.width, 0, 0, 0];
        let mut bytes = [0; HEADER];
        let numbers = [
            self.entries,
            self.groups,
            self.first,
            self.present,
            self.directory,
            self.directory_check,
        ];
        let words = [MAGIC, kind].into_iter().chain(numbers.map(u64::to_le_bytes));
        for (to, from) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
            *to = from;
        }
        seal(0, &mut bytes);
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; HEADER]) -> Result<Self, Unfit> {
        let words = bytes.as_chunks::<8>().0;
        let [_, kind, numbers @ .., _] = words else { return Err(Unfit::Damaged) };
        let [low, high, sha1, partial, width, ..] = *kind;
        if u16::from_le_bytes([low, high]) != VERSION {
            return Err(Unfit::Version);
        }
        let mut numbers = numbers.iter().map(|word| u64::from_le_bytes(*word));
        let mut number = || numbers.next().unwrap_or_default();
        let header = Self {
            scheme: if sha1 == 0 { BreachScheme::Nt } else { BreachScheme::Sha1 },
            partial: partial != 0,
            width,
            entries: number(),
            groups: number(),
            first: number(),
            present: number(),
            directory: number(),
            directory_check: number(),
        };
        let inside = header.first.checked_add(header.present).is_some_and(|e| e <= header.groups);
        let known = header.to_bytes() == *bytes && matches!(width, 2..=7) && header.groups > 0;
        if known && inside { Ok(header) } else { Err(Unfit::Damaged) }
    }

    /// The group of a hash is where it lies among all hashes, in that many equal parts, and the next
    /// bits say the bucket. What is kept of it depends on all its bits, so that hashes which lie
    /// close together are told apart.
    #[inline]
    pub(super) fn place(&self, key: Key) -> Place {
        let (high, low) = halves(key.0);
        let groups = u128::from(self.groups);
        let scaled = u128::from(high) * groups + ((u128::from(low) * groups) >> 64);
        let (group, fraction) = halves(scaled);
        Place {
            group,
            bucket: usize::try_from(fraction >> (64 - BUCKET_BITS)).unwrap_or(0),
            remainder: mix(mix(mix(key.1.into()) ^ low) ^ high) >> (64 - self.remainder_bits()),
        }
    }

    fn remainder_bits(&self) -> u32 {
        8 * u32::from(self.width) - BAND_BITS
    }

    /// In how many look-ups of hashes that are not there one is found, at least.
    pub(super) fn one_in(&self) -> u64 {
        let places = u128::from(self.groups) << (BUCKET_BITS + self.remainder_bits());
        u64::try_from(places / u128::from(self.entries.max(1))).unwrap_or(u64::MAX)
    }

    /// Of 10^10 look-ups of hashes that are not there, not even one is found on average.
    pub(super) fn is_precise(&self) -> bool {
        self.one_in() >= 10_000_000_000
    }

    /// The record of a remainder; records of a bucket are in the order of their numbers.
    pub(super) fn record(remainder: u64, band: u8) -> u64 {
        remainder << BAND_BITS | u64::from(band)
    }

    pub(super) fn remainder(record: u64) -> u64 {
        record >> BAND_BITS
    }

    /// Bytes of a group of `entries` entries.
    #[inline]
    pub(super) fn size(&self, entries: u16) -> u64 {
        let around = u64::try_from(ENDS + CHECK).unwrap_or(0);
        let records = u64::from(entries) * u64::from(self.width);
        if entries == 0 { 0 } else { around + records }
    }

    /// The band of a hash in its group, `None` if it is not there; an error if the group is not as
    /// a group is.
    #[inline]
    pub(super) fn band(&self, group: &[u8], place: &Place) -> Result<Option<u8>, Unfit> {
        let (ends, records) = group.split_first_chunk::<ENDS>().ok_or(Unfit::Damaged)?;
        let ends = ends.as_chunks::<2>().0;
        let end =
            |bucket: usize| ends.get(bucket).map_or(0, |end| usize::from(u16::from_le_bytes(*end)));
        let from = place.bucket.checked_sub(1).map_or(0, end);
        let width = usize::from(self.width);
        let mask = u64::MAX >> (64 - 8 * u32::from(self.width));
        for number in from..end(place.bucket) {
            // Eight bytes can always be read: the checksum is behind the last record.
            let record = records.get(number * width..).and_then(<[u8]>::first_chunk);
            let record = u64::from_le_bytes(*record.ok_or(Unfit::Damaged)?) & mask;
            let remainder = Self::remainder(record);
            if remainder >= place.remainder {
                let band = u8::try_from(record & 7).unwrap_or(7);
                return Ok((remainder == place.remainder).then_some(band));
            }
        }
        Ok(None)
    }

    /// How many entries of a group are in each band.
    pub(super) fn bands(&self, group: &[u8], into: &mut [u64]) {
        let records = group.len().saturating_sub(CHECK);
        let records = group.get(ENDS..records).unwrap_or_default();
        for record in records.chunks_exact(self.width.into()) {
            let band = record.first().map_or(0, |byte| usize::from(byte & 7));
            if let Some(count) = into.get_mut(band) {
                *count += 1;
            }
        }
    }
}

/// Every bit of a number changes about half of the bits (`fmix64` of `MurmurHash3`, Appleby 2010).
#[inline]
fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let number = (number ^ (number >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    number ^ (number >> 33)
}

/// Writes the checksum of what is before into the last eight bytes.
pub(super) fn seal(number: u64, bytes: &mut [u8]) {
    if let Some((content, check)) = bytes.split_last_chunk_mut() {
        *check = checksum(number, content).to_le_bytes();
    }
}

/// Whether the last eight bytes are the checksum of what is before.
pub(super) fn is_sealed(number: u64, bytes: &[u8]) -> bool {
    let sealed = bytes.split_last_chunk();
    sealed.is_some_and(|(content, check)| checksum(number, content).to_le_bytes() == *check)
}

/// Four sums at a time, each step of which can be undone, so that damage to one word is always
/// seen. It finds damage, not malice. `number` says which piece it is, so that none is taken for
/// another.
pub(super) fn checksum(number: u64, bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |sum: u64, word: u64| {
        let sum = (sum ^ word).wrapping_mul(ODD);
        sum ^ (sum >> 32)
    };
    let mut sums = [number, 1, 2, 3];
    let (rows, rest) = bytes.as_chunks::<32>();
    for row in rows {
        for (sum, word) in sums.iter_mut().zip(row.as_chunks().0) {
            *sum = step(*sum, u64::from_le_bytes(*word));
        }
    }
    let rest = rest.iter().map(|byte| u64::from(*byte));
    let len = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    sums.into_iter().chain(rest).fold(step(number, len), step)
}

/// The upper and the lower half.
#[inline]
fn halves(number: u128) -> (u64, u64) {
    let half = |number| u64::try_from(number & u128::from(u64::MAX)).unwrap_or(0);
    (half(number >> 64), half(number))
}
