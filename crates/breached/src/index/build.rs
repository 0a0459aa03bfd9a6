//! An index built from a list, in one pass and in little memory.

use std::io::{BufWriter, Read, Seek, SeekFrom, Write};

use super::error::BuildError;
use super::format::{CHECK, ENDS, HEADER, Header, MEAN, WIDTH, checksum, seal};
use super::source::{Entry, Source};
use crate::completeness::Completeness;
use crate::digest::{BreachScheme, EMPTY, NT_DIGITS};
use crate::seen::{Seen, band};

/// How many entries say how densely hashes lie, before the first is written.
const SAMPLE: usize = 1 << 18;

/// No index has more groups: 3,489 million entries, and a directory of 32 MiB.
const MOST_PRESENT: usize = 1 << 24;

/// Nothing is divided into more groups.
const MOST_GROUPS: u64 = 1 << 40;

/// After how many lines the watcher is asked.
const LINES: u64 = 1 << 16;

/// What was built.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Built {
    /// How many entries are in the index.
    pub entries: u64,
    /// Lines that were left out because their count is 0.
    pub padding: u64,
    /// Bytes of the index.
    pub bytes: u64,
    /// Digests that are in it, from all over the list, and how often they were seen: to be looked up
    /// in the file that was written.
    pub samples: Vec<(Vec<u8>, Seen)>,
}

/// How far the building of an index is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BuildProgress {
    /// Bytes of the list that were read.
    pub bytes: u64,
    /// Lines of the list that were read.
    pub lines: u64,
}

/// Builds an index of a sorted list of `HASH:COUNT` lines, NT or SHA-1, with LF or CR LF.
///
/// The list is read once and tested as a whole: each line, their order, that nothing is there twice,
/// and (unless a part is meant) both ends and that there is no hole. It takes about 50 MiB of memory,
/// however long the list is. `watch` is told now and then how far it is; `false` ends it.
///
/// ```
/// use std::io::Cursor;
/// use strongpass_breached::{BreachIndex, Completeness, Seen, build_index};
///
/// let list = "0CB6948805F797BF2A82807973B89537:7\r\n567667E52888A59D0ABCF0C066DB867B:3210\r\n";
/// let mut file = Cursor::new(Vec::new());
/// let built = build_index(list.as_bytes(), &mut file, Completeness::Partial, &mut |_| true)?;
/// assert_eq!(built.entries, 2);
///
/// let mut index = BreachIndex::open(file, Completeness::Partial)?;
/// let digest = 0x5676_67e5_2888_a59d_0abc_f0c0_66db_867b_u128.to_be_bytes();
/// assert_eq!(index.seen(&digest)?, Some(Seen::in_band(3210)));
/// assert_eq!(index.seen(&[0; 16])?, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// See [`BuildError`]; what was written before is not an index.
pub fn build_index<R: Read, W: Write + Seek>(
    list: R,
    out: W,
    completeness: Completeness,
    watch: &mut dyn FnMut(BuildProgress) -> bool,
) -> Result<Built, BuildError> {
    build(list, out, completeness.fewest(), WIDTH, watch)
}

/// From this many entries on it must be whole.
pub(super) fn build<R: Read, W: Write + Seek>(
    list: R,
    out: W,
    fewest: Option<u64>,
    width: u8,
    watch: &mut dyn FnMut(BuildProgress) -> bool,
) -> Result<Built, BuildError> {
    let mut source = Source::new(list)?;
    let mut sample = Vec::with_capacity(SAMPLE);
    while sample.len() < SAMPLE
        && let Some(entry) = source.entry()?
    {
        sample.push(entry);
    }
    let header = Header {
        scheme: if source.digits() == NT_DIGITS { BreachScheme::Nt } else { BreachScheme::Sha1 },
        partial: fewest.is_none(),
        width,
        entries: 0,
        groups: groups(&sample),
        first: 0,
        present: 0,
        directory: 0,
        directory_check: 0,
    };
    let mut writer = Writer::new(out, header)?;
    for entry in sample {
        writer.add(entry)?;
    }
    while let Some(entry) = source.entry()? {
        writer.add(entry)?;
        let progress = BuildProgress { bytes: source.bytes, lines: source.lines };
        if source.lines.is_multiple_of(LINES) && !watch(progress) {
            return Err(BuildError::Stopped);
        }
    }
    if source.entries == 0 {
        return Err(BuildError::Empty);
    }
    if let Some(fewest) = fewest {
        source.is_whole(fewest)?;
    }
    writer.finish(source.lines, source.padding)
}

/// How many groups all hashes are to be divided into, so that these have [`MEAN`] each.
fn groups(sample: &[Entry]) -> u64 {
    let (Some(first), Some(last)) = (sample.first(), sample.last()) else { return 1 };
    let span = ((last.key.0 - first.key.0) >> 64) + 1;
    let entries = u128::try_from(sample.len()).unwrap_or(0) << 64;
    let groups = (entries / span).div_ceil(MEAN.into());
    u64::try_from(groups).unwrap_or(MOST_GROUPS).min(MOST_GROUPS)
}

/// Writes entries group by group.
struct Writer<W: Write + Seek> {
    out: BufWriter<W>,
    header: Header,
    /// How many entries each group has, from the first that has one, as the file says it.
    directory: Vec<u8>,
    /// The group that is being filled: where its buckets end, and its records.
    current: Option<u64>,
    ends: [u16; ENDS / 2],
    group: Vec<u8>,
    entries: u16,
    /// The bucket that is being filled, and its records in the order of the list.
    bucket: usize,
    records: Vec<u64>,
    at: u64,
    samples: Vec<(Vec<u8>, Seen)>,
}

impl<W: Write + Seek> Writer<W> {
    fn new(out: W, header: Header) -> Result<Self, BuildError> {
        let mut out = BufWriter::with_capacity(1 << 20, out);
        // An index that was not finished is none.
        out.write_all(&[0; HEADER])?;
        Ok(Self {
            out,
            header,
            directory: Vec::new(),
            current: None,
            ends: [0; ENDS / 2],
            group: vec![0; ENDS],
            entries: 0,
            bucket: 0,
            records: Vec::new(),
            at: u64::try_from(HEADER).unwrap_or(0),
            samples: Vec::new(),
        })
    }

    fn add(&mut self, entry: Entry) -> Result<(), BuildError> {
        let place = self.header.place(entry.key);
        if self.current != Some(place.group) {
            self.end_group()?;
            self.begin_group(place.group, entry)?;
        }
        if self.bucket != place.bucket {
            self.end_bucket();
            self.bucket = place.bucket;
        }
        if usize::from(self.entries) + self.records.len() == usize::from(u16::MAX) {
            return Err(BuildError::Uneven { line: entry.line });
        }
        self.records.push(Header::record(place.remainder, band(entry.count)));
        Ok(())
    }

    /// Puts the records of a bucket in order. Of hashes that cannot be told apart, one in 10^10, the
    /// largest count stays.
    fn end_bucket(&mut self) {
        self.records.sort_unstable_by(|one, other| other.cmp(one));
        self.records.dedup_by_key(|record| Header::remainder(*record));
        let width = usize::from(self.header.width);
        for record in self.records.iter().rev() {
            self.group.extend_from_slice(record.to_le_bytes().get(..width).unwrap_or_default());
        }
        let entries = u16::try_from(self.records.len()).unwrap_or(u16::MAX);
        if let Some(end) = self.ends.get_mut(self.bucket) {
            *end = entries;
        }
        self.entries += entries;
        self.records.clear();
    }

    fn begin_group(&mut self, group: u64, entry: Entry) -> Result<(), BuildError> {
        if self.directory.is_empty() {
            self.header.first = group;
        }
        let empty = usize::try_from(group - self.header.first).unwrap_or(usize::MAX);
        if empty >= MOST_PRESENT {
            return Err(BuildError::Uneven { line: entry.line });
        }
        self.directory.resize(2 * empty, 0);
        self.current = Some(group);
        if group.is_multiple_of(64) || self.samples.is_empty() {
            self.sample(entry);
        }
        Ok(())
    }

    /// Keeps an entry in mind; of many every second is forgotten.
    fn sample(&mut self, entry: Entry) {
        let mut digest = entry.key.0.to_be_bytes().to_vec();
        if self.header.scheme == BreachScheme::Sha1 {
            digest.extend(entry.key.1.to_be_bytes());
        }
        if EMPTY.contains(&digest.as_slice()) {
            return;
        }
        self.samples.push((digest, Seen::in_band(entry.count)));
        if self.samples.len() == 256 {
            let mut every = (0..).map(|number| number % 2 == 0);
            self.samples.retain(|_| every.next() == Some(true));
        }
    }

    fn end_group(&mut self) -> Result<(), BuildError> {
        let Some(number) = self.current.take() else { return Ok(()) };
        self.end_bucket();
        let mut sum = 0_u16;
        let ends = self.group.as_chunks_mut::<2>().0.iter_mut();
        for (to, entries) in ends.zip(&mut self.ends) {
            sum += std::mem::take(entries);
            *to = sum.to_le_bytes();
        }
        self.group.extend([0; CHECK]);
        seal(number, &mut self.group);
        self.out.write_all(&self.group)?;
        self.at += u64::try_from(self.group.len()).unwrap_or(0);
        self.header.entries += u64::from(self.entries);
        self.directory.extend(std::mem::take(&mut self.entries).to_le_bytes());
        self.group.clear();
        self.group.resize(ENDS, 0);
        self.bucket = 0;
        Ok(())
    }

    /// Writes the directory and, last of all, the header.
    fn finish(mut self, lines: u64, padding: u64) -> Result<Built, BuildError> {
        self.end_group()?;
        self.header.present = u64::try_from(self.directory.len() / 2).unwrap_or(u64::MAX);
        self.header.directory = self.at;
        self.header.directory_check = checksum(self.at, &self.directory);
        if self.header.width == WIDTH && !self.header.is_precise() {
            return Err(BuildError::Uneven { line: lines });
        }
        self.out.write_all(&self.directory)?;
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&self.header.to_bytes())?;
        self.out.flush()?;
        let bytes = self.at + u64::try_from(self.directory.len()).unwrap_or(0);
        Ok(Built { entries: self.header.entries, padding, bytes, samples: self.samples })
    }
}
