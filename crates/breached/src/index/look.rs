//! Groups read from the file, one for a look-up or many for many, and verified.

use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;

use zeroize::Zeroizing;

use super::format::{HEADER, Header, Key, Place, is_sealed};
use crate::error::BreachError;

/// Where every n-th group begins is known; what is between is added up.
const STRIDE: usize = 16;

/// Groups are read together if they need no more than this.
const WINDOW: u64 = 256 << 10;

/// … and no more than this is read in vain between one and the next.
const GAP: u64 = 8 << 10;

/// The groups of a file.
pub(super) struct Groups<R> {
    reader: R,
    pub(super) header: Header,
    pub(super) size: u64,
    /// How many entries each has, two bytes for one.
    directory: Vec<u8>,
    starts: Vec<u64>,
    /// Bytes of the largest.
    largest: u64,
}

/// Where a group is in the file.
#[derive(Clone, Copy)]
struct Extent {
    at: u64,
    end: u64,
}

impl<R> Groups<R> {
    /// `None` if the directory does not fit its header.
    pub(super) fn new(reader: R, header: Header, size: u64, directory: Vec<u8>) -> Option<Self> {
        let mut starts = Vec::with_capacity(directory.len() / (2 * STRIDE) + 1);
        let (mut at, mut entries) = (u64::try_from(HEADER).ok()?, 0_u64);
        let mut most = 0;
        for groups in directory.as_chunks::<2>().0.chunks(STRIDE) {
            starts.push(at);
            for count in groups.iter().map(|count| u16::from_le_bytes(*count)) {
                at += header.size(count);
                entries += u64::from(count);
                most = most.max(count);
            }
        }
        let fits = at == header.directory && entries == header.entries;
        let largest = header.size(most);
        fits.then_some(Self { reader, header, size, directory, starts, largest })
    }

    /// Where a group is; `None` if nothing is in it.
    #[inline]
    fn extent(&self, group: u64) -> Option<Extent> {
        let number = usize::try_from(group.checked_sub(self.header.first)?).ok()?;
        let counts = self.directory.as_chunks::<2>().0;
        let count = |count: &[u8; 2]| u16::from_le_bytes(*count);
        let own = self.header.size(counts.get(number).map(count).filter(|count| *count > 0)?);
        let known = number / STRIDE;
        let before = counts.get(known * STRIDE..number)?.iter().map(count);
        let at = self.starts.get(known)? + before.map(|n| self.header.size(n)).sum::<u64>();
        Some(Extent { at, end: at + own })
    }
}

impl<R: Read + Seek> Groups<R> {
    fn read(&mut self, extent: Extent, into: &mut Vec<u8>) -> Result<(), BreachError> {
        into.resize(usize::try_from(extent.end - extent.at).unwrap_or(0), 0);
        self.reader.seek(SeekFrom::Start(extent.at))?;
        self.reader.read_exact(into).map_err(|error| {
            let ended = error.kind() == ErrorKind::UnexpectedEof;
            if ended { BreachError::IndexCut } else { error.into() }
        })
    }

    /// The bands of keys that rise, each with a number.
    pub(super) fn bands(
        &mut self,
        keys: &[(Key, usize)],
        found: &mut dyn FnMut(usize, u8),
    ) -> Result<(), BreachError> {
        let mut window = Zeroizing::new(Vec::new());
        let mut keys = keys.iter().map(|(key, number)| (*key, *number)).peekable();
        let mut run: Vec<(Place, usize, Extent)> = Vec::new();
        while keys.peek().is_some() {
            run.clear();
            while let Some((key, number)) = keys.peek() {
                let place = self.header.place(*key);
                let known = run.last().filter(|(last, ..)| last.group == place.group);
                let extent =
                    known.map(|(_, _, extent)| *extent).or_else(|| self.extent(place.group));
                if let Some(extent) = extent {
                    if let (Some((.., first)), Some((.., last))) = (run.first(), run.last())
                        && (extent.end - first.at > WINDOW || extent.at > last.end + GAP)
                    {
                        break;
                    }
                    run.push((place, *number, extent));
                }
                keys.next();
            }
            self.run(&run, &mut window, found)?;
        }
        Ok(())
    }

    /// Looks into groups that are read at once.
    fn run(
        &mut self,
        run: &[(Place, usize, Extent)],
        window: &mut Vec<u8>,
        found: &mut dyn FnMut(usize, u8),
    ) -> Result<(), BreachError> {
        let (Some((.., first)), Some((.., last))) = (run.first(), run.last()) else {
            return Ok(());
        };
        self.read(Extent { at: first.at, end: last.end }, window)?;
        let mut verified = None;
        for (place, number, extent) in run {
            let damaged = BreachError::Damaged { at: extent.at };
            let group = window.get(within(first.at, *extent)).unwrap_or_default();
            if verified != Some(place.group) && !is_sealed(place.group, group) {
                return Err(damaged);
            }
            verified = Some(place.group);
            if let Some(band) = self.header.band(group, place).map_err(|_| damaged)? {
                found(*number, band);
            }
        }
        Ok(())
    }

    /// Verifies all groups, and counts entries by band.
    pub(super) fn verify(&mut self, watch: &mut dyn FnMut(u64)) -> Result<Vec<u64>, BreachError> {
        let mut bands = vec![0; 8];
        let mut window = Vec::new();
        let mut next = 0;
        while next < self.header.present {
            let mut groups: Vec<(u64, Extent)> = Vec::new();
            while next < self.header.present {
                let group = self.header.first + next;
                let extent = self.extent(group);
                let first = groups.first().map(|(_, first)| first.at);
                if extent.zip(first).is_some_and(|(extent, first)| extent.end - first > WINDOW) {
                    break;
                }
                groups.extend(extent.map(|extent| (group, extent)));
                next += 1;
            }
            let (Some((_, first)), Some((_, last))) = (groups.first(), groups.last()) else {
                continue;
            };
            self.read(Extent { at: first.at, end: last.end }, &mut window)?;
            for (group, extent) in &groups {
                let bytes = window.get(within(first.at, *extent)).unwrap_or_default();
                if !is_sealed(*group, bytes) {
                    return Err(BreachError::Damaged { at: extent.at });
                }
                self.header.bands(bytes, &mut bands);
            }
            watch(last.end);
        }
        Ok(bands)
    }
}

#[cfg(test)]
impl Groups<std::io::Cursor<Vec<u8>>> {
    /// As if the file had become shorter.
    pub(super) fn cut_to(&mut self, len: u64) {
        self.reader.get_mut().truncate(usize::try_from(len).unwrap());
    }
}

/// Where a group is in what was read from there on.
fn within(from: u64, extent: Extent) -> Range<usize> {
    let place = |at: u64| usize::try_from(at.saturating_sub(from)).unwrap_or(usize::MAX);
    place(extent.at)..place(extent.end)
}

/// Groups that were read and verified, each at a place that its number says.
pub(super) struct Kept {
    slots: Vec<(u64, Zeroizing<Vec<u8>>)>,
    most: usize,
}

impl Kept {
    pub(super) fn new<R>(groups: &Groups<R>, bytes: usize) -> Self {
        let largest = usize::try_from(groups.largest).unwrap_or(usize::MAX).max(1);
        let present = usize::try_from(groups.header.present).unwrap_or(usize::MAX);
        Self { slots: Vec::new(), most: (bytes / largest).min(present).max(1) }
    }

    /// The band at a place, `None` if nothing is there.
    pub(super) fn band<R: Read + Seek>(
        &mut self,
        groups: &mut Groups<R>,
        place: &Place,
    ) -> Result<Option<u8>, BreachError> {
        if self.slots.is_empty() {
            self.slots.resize_with(self.most, || (u64::MAX, Zeroizing::default()));
        }
        let slots = u64::try_from(self.slots.len()).unwrap_or(1);
        let slot = usize::try_from(place.group % slots.max(1)).unwrap_or(0);
        let Some((known, bytes)) = self.slots.get_mut(slot) else { return Ok(None) };
        if *known != place.group {
            let Some(extent) = groups.extent(place.group) else { return Ok(None) };
            *known = u64::MAX;
            groups.read(extent, bytes)?;
            if !is_sealed(place.group, bytes) {
                return Err(BreachError::Damaged { at: extent.at });
            }
            *known = place.group;
        }
        groups.header.band(bytes, place).map_err(|_| BreachError::Damaged { at: 0 })
    }
}
