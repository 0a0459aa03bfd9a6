//! A list read from its first line to its last, each of them tested.

use std::io::{ErrorKind, Read};

use super::error::BuildError;
use super::format::Key;
use crate::list::page::Layout;

/// Bytes read at once; no line is so long.
const BUFFER: usize = 256 << 10;

/// An entry of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) key: Key,
    pub(super) count: u64,
    pub(super) line: u64,
}

/// The entries of a list, in order.
pub(super) struct Source<R> {
    reader: R,
    digits: usize,
    buffer: Vec<u8>,
    /// What of the buffer is not read yet, and where its last whole line ends.
    next: usize,
    whole: usize,
    filled: usize,
    ended: bool,
    /// How much was read, in bytes and lines.
    pub(super) bytes: u64,
    pub(super) lines: u64,
    pub(super) entries: u64,
    /// Lines that say "never": they fill answers up and mean nothing.
    pub(super) padding: u64,
    last: Option<Key>,
    /// The first hash and the largest distance from one to the next, with its line.
    first: u64,
    widest: (u64, u64),
}

impl<R: Read> Source<R> {
    pub(super) fn new(reader: R) -> Result<Self, BuildError> {
        let mut source = Self {
            reader,
            digits: 0,
            buffer: vec![0; BUFFER],
            next: 0,
            whole: 0,
            filled: 0,
            ended: false,
            bytes: 0,
            lines: 0,
            entries: 0,
            padding: 0,
            last: None,
            first: 0,
            widest: (0, 0),
        };
        source.fill()?;
        let begin = source.buffer.get(..source.whole).unwrap_or_default();
        source.digits = match begin {
            [] => return Err(BuildError::Empty),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, ..] => return Err(BuildError::Utf16),
            _ => Layout::from_first_line(begin).ok_or(BuildError::NotAList)?.digits,
        };
        Ok(source)
    }

    /// Hexadecimal digits of a hash.
    pub(super) fn digits(&self) -> usize {
        self.digits
    }

    /// The next entry that was seen at least once.
    pub(super) fn entry(&mut self) -> Result<Option<Entry>, BuildError> {
        loop {
            if self.next == self.whole && !self.fill()? {
                return Ok(None);
            }
            let line = self.lines + 1;
            let rest = self.buffer.get(self.next..self.whole).unwrap_or_default();
            let parsed = parse(rest, self.digits).ok_or(BuildError::BadLine { line })?;
            let (digest, count, used) = parsed;
            (self.next, self.lines) = (self.next + used, line);
            self.in_order(digest, line)?;
            if count > 0 {
                self.entries += 1;
                return Ok(Some(Entry { key: digest, count, line }));
            }
            self.padding += 1;
        }
    }

    /// Hashes rise from line to line.
    fn in_order(&mut self, digest: Key, line: u64) -> Result<(), BuildError> {
        let fraction = fraction(digest.0);
        match self.last.replace(digest) {
            None => self.first = fraction,
            Some(last) if last > digest => return Err(BuildError::Unsorted { line }),
            Some(last) if last == digest => return Err(BuildError::Repeated { line }),
            Some((last, _)) => {
                let distance = fraction - self::fraction(last);
                if distance > self.widest.0 {
                    self.widest = (distance, line);
                }
            }
        }
        Ok(())
    }

    /// Whether all of it was read: hashes are spread evenly, so that an early end and a hole show.
    pub(super) fn is_whole(&self, fewest: u64) -> Result<(), BuildError> {
        if self.lines < fewest {
            return Err(BuildError::Small { entries: self.lines });
        }
        // A gap this many times the usual one happens in one of 10^18 lists.
        let gap = (u64::MAX / self.lines.max(1)).saturating_mul(64);
        let (lowest, highest) = (self.first, self.last.map_or(0, |(key, _)| fraction(key)));
        if lowest > gap || highest < u64::MAX - gap {
            let there = u128::from(highest.saturating_sub(lowest)) * 100;
            let percent = (there + u128::from(u64::MAX / 2)) / u128::from(u64::MAX);
            return Err(BuildError::CutShort { percent: u64::try_from(percent).unwrap_or(100) });
        }
        match self.widest {
            (distance, line) if distance > gap => Err(BuildError::Hole { line }),
            _ => Ok(()),
        }
    }

    /// Reads on; `false` at the end.
    fn fill(&mut self) -> Result<bool, BuildError> {
        self.buffer.copy_within(self.next..self.filled, 0);
        self.filled -= self.next;
        (self.next, self.whole) = (0, 0);
        while self.whole == 0 && !self.ended {
            let free = self.buffer.get_mut(self.filled..).unwrap_or_default();
            if free.is_empty() {
                return Err(BuildError::BadLine { line: self.lines + 1 });
            }
            match self.reader.read(free) {
                Ok(0) => {
                    // The last line may have no end.
                    self.ended = true;
                    if let Some(end) = free.first_mut().filter(|_| self.filled > 0) {
                        *end = b'\n';
                        self.filled += 1;
                    }
                }
                Ok(read) => {
                    self.filled += read;
                    self.bytes += u64::try_from(read).unwrap_or(0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
            let filled = self.buffer.get(..self.filled).unwrap_or_default();
            let end = filled.iter().rposition(|byte| *byte == b'\n');
            self.whole = end.map_or(0, |end| end + 1);
        }
        Ok(self.whole > 0)
    }
}

fn fraction(key: u128) -> u64 {
    u64::try_from(key >> 64).unwrap_or(0)
}

/// The number of eight hexadecimal digits, all at once.
#[inline]
fn eight(digits: [u8; 8]) -> Option<u32> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let digits = u64::from_be_bytes(digits);
    let letters = (digits >> 6) & EACH;
    let values = (digits & (EACH * 0x0f)) + letters * 9;
    // What they would be as capitals; only of digits is that what they are.
    let above_9 = ((values + EACH * 6) >> 4) & EACH;
    let written = values + EACH * 0x30 + above_9 * 7;
    let is_right = written == digits & !(letters * 0x20) && values & (EACH * 0xf0) == 0;
    let pairs = (values | values >> 4) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs | pairs >> 8) & 0x0000_ffff_0000_ffff;
    let number = (fours | fours >> 16) & 0xffff_ffff;
    u32::try_from(number).ok().filter(|_| is_right)
}

/// The digest and the count of the first line, and how long the line is with its end.
#[inline]
fn parse(lines: &[u8], digits: usize) -> Option<(Key, u64, usize)> {
    let (hash, rest) = lines.split_at_checked(digits)?;
    let (mut key, mut tail) = (0, 0);
    for (at, digits) in hash.as_chunks().0.iter().enumerate() {
        let number = eight(*digits)?;
        (key, tail) = if at < 4 { (key << 32 | u128::from(number), tail) } else { (key, number) };
    }
    let rest = rest.strip_prefix(b":")?;
    let (mut count, mut used) = (0_u64, 0);
    for digit in rest {
        match digit {
            b'0'..=b'9' => count = count.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?,
            _ => break,
        }
        used += 1;
    }
    let end = match rest.get(used..)? {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => return None,
    };
    (used > 0).then_some(((key, tail), count, digits + 1 + used + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_digits_and_nothing_else() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut digits = *b"0aF3B9e7";
                digits[at] = byte;
                let text = str::from_utf8(&digits).ok();
                let expected = text.and_then(|text| u32::from_str_radix(text, 16).ok());
                let expected = expected.filter(|_| byte.is_ascii_hexdigit());
                assert_eq!(eight(digits), expected, "{byte} at {at}");
            }
        }
    }
}
