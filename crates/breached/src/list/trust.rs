//! Whether a list can be trusted: its lines, their order, its ends, and that it answers.

use std::io::{Read, Seek, SeekFrom};

use zeroize::Zeroizing;

use super::page::{Layout, Place};
use crate::completeness::Completeness;
use crate::error::BreachError;
use crate::list::{BreachList, HALF_PAGE, PAGE};

/// How many places of the file are looked at.
const PROBES: u64 = 256;

/// How many entries are looked up.
const CANARIES: u64 = 16;

/// Opens a list if it can be trusted: from this many entries on it must be whole.
pub(crate) fn open<R: Read + Seek>(
    mut reader: R,
    fewest: Option<u64>,
) -> Result<BreachList<R>, BreachError> {
    let size = reader.seek(SeekFrom::End(0))?;
    if size == 0 {
        return Err(BreachError::Empty);
    }
    let mut begin = [0; PAGE];
    reader.seek(SeekFrom::Start(0))?;
    let read = reader.read(&mut begin)?;
    let begin = begin.get(..read).unwrap_or_default();
    if matches!(begin, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, ..]) {
        return Err(BreachError::Utf16);
    }
    let layout = Layout::from_first_line(begin).ok_or(BreachError::NotAList)?;
    let buffer = Zeroizing::new(vec![0; PAGE]);
    let mut list = BreachList { reader, size, layout, entries: 0, places: Vec::new(), buffer };
    list.probe()?;
    if let Some(fewest) = fewest {
        list.is_whole(fewest)?;
    }
    list.answers()?;
    Ok(list)
}

impl<R: Read + Seek> BreachList<R> {
    /// Opens a list, and tests that it can be trusted: its lines, their order, that it is whole,
    /// and that it answers for entries that it holds.
    ///
    /// # Errors
    /// See [`BreachError`]; each says what to do.
    pub fn open(reader: R, completeness: Completeness) -> Result<Self, BreachError> {
        open(reader, completeness.fewest())
    }

    /// Looks at places all over the file: lines are lines, and sorted.
    fn probe(&mut self) -> Result<(), BreachError> {
        let (mut lines, mut bytes) = (0_u64, 0_u64);
        let mut places: Vec<Place> = Vec::new();
        for probe in 0..=PROBES {
            // One byte less than a page, so that the last one is seen to end the file.
            let last = self.size.saturating_sub(2 * HALF_PAGE - 1);
            let from = u64::try_from(u128::from(last) * u128::from(probe) / u128::from(PROBES));
            let from = from.unwrap_or(last);
            let read = self.read(from, from == 0)?;
            let mut before: Option<Place> = None;
            for line in read.lines() {
                let (place, _) = line?;
                let earlier = before.or_else(|| places.last().copied());
                let is_seen = earlier.is_some_and(|earlier| earlier.at >= place.at);
                if !is_seen && earlier.is_some_and(|earlier| earlier.key >= place.key) {
                    return Err(BreachError::Unsorted { at: place.at });
                }
                (lines, bytes) = match before {
                    Some(before) => (lines + 1, bytes + (place.at - before.at)),
                    None => (lines, bytes),
                };
                if before.is_none() && !is_seen {
                    places.push(place);
                }
                before = Some(place);
            }
            // The last line of the file, too.
            if probe == PROBES
                && let Some(last) = before
                && places.last().is_some_and(|place| place.at < last.at)
            {
                places.push(last);
            }
        }
        self.entries = match bytes {
            0 => 1,
            bytes => {
                let entries = u128::from(self.size) * u128::from(lines) / u128::from(bytes);
                u64::try_from(entries).unwrap_or(u64::MAX).max(1)
            }
        };
        self.places = places;
        Ok(())
    }

    /// Hashes are spread evenly: the first is near zero, the last near the largest, and where one
    /// is in the file says which it is. A download that ended early, or left out a range, shows.
    fn is_whole(&self, fewest: u64) -> Result<(), BreachError> {
        if self.entries < fewest {
            return Err(BreachError::Small { entries: self.entries });
        }
        let (Some(first), Some(last)) = (self.places.first(), self.places.last()) else {
            return Err(BreachError::Empty);
        };
        // A gap this many times the usual one happens in one of 10^27 lists.
        let gap = u64::MAX / self.entries * 64;
        let (lowest, highest) = (first.key.fraction(), last.key.fraction());
        if lowest > gap || highest < u64::MAX - gap {
            let there = u128::from(highest.saturating_sub(lowest)) * 100;
            let percent = (there + u128::from(u64::MAX / 2)) / u128::from(u64::MAX);
            return Err(BreachError::CutShort { percent: u64::try_from(percent).unwrap_or(100) });
        }
        // By Kolmogorov and Smirnov: with n entries hashes are off by about 1/√n of the file.
        let tolerance = (u64::MAX / self.entries.isqrt().max(1)).saturating_mul(8);
        let tolerance = tolerance.max(u64::MAX / 2_000);
        for place in &self.places {
            let even = u128::from(place.at) * u128::from(u64::MAX) / u128::from(self.size.max(1));
            let even = u64::try_from(even).unwrap_or(u64::MAX);
            if even.abs_diff(place.key.fraction()) > tolerance {
                return Err(BreachError::Hole { at: place.at });
            }
        }
        Ok(())
    }

    /// Looks entries up that are certainly there, and one beside each that certainly is not.
    fn answers(&mut self) -> Result<(), BreachError> {
        for canary in 0..CANARIES {
            // In the middle between places that are known: they are found without a search.
            let middle = u128::from(self.size) * (2 * u128::from(canary) + 1);
            let middle = u64::try_from(middle / (2 * u128::from(CANARIES))).unwrap_or(self.size);
            let from = middle.min(self.size.saturating_sub(2 * HALF_PAGE - 1));
            let (entry, next) = {
                let page = self.read(from, from == 0)?;
                let mut lines = page.lines();
                let entry = lines.next().ok_or(BreachError::BadLine { at: from })??;
                (entry, lines.next().transpose()?.map(|(next, _)| next.key))
            };
            let (place, count) = entry;
            let is_there = self.find(place.key)? == Some(count);
            let beside = self.layout.key(&after(place.key.digest(self.layout)));
            let is_free = beside > place.key && Some(beside) != next;
            if !is_there || is_free && self.find(beside)?.is_some() {
                return Err(BreachError::Silent { at: place.at });
            }
        }
        Ok(())
    }
}

/// The next larger digest.
fn after(mut digest: Vec<u8>) -> Vec<u8> {
    for byte in digest.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
    digest
}
