//! A page of the list: its whole lines, each of them looked at.

use crate::digest::{NT_DIGITS, SHA1_DIGITS};
use crate::error::BreachError;

/// How the lines of a list are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Hexadecimal digits of a hash.
    pub(crate) digits: usize,
    /// They are small letters; Have I Been Pwned writes capitals.
    small: bool,
}

/// A hash as the list writes it: digits sort like the numbers that they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key([u8; SHA1_DIGITS]);

/// A line whose place is known.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) at: u64,
    pub(crate) key: Key,
}

/// The whole lines of a page.
pub(crate) struct Page<'b> {
    at: u64,
    lines: &'b [u8],
    /// The last of them is the last of the file.
    pub(crate) ends_file: bool,
    layout: Layout,
}

/// Where a hash is, seen from a page.
pub(crate) enum Scan {
    /// There, with that count.
    Found(u64),
    /// It would be there, and is not.
    Between,
    /// Before the first line of the page.
    Before(Place),
    /// After the last one.
    After(Place),
}

impl Layout {
    /// By the first line, of which the rest may say which letters are used.
    pub(crate) fn from_first_line(begin: &[u8]) -> Option<Self> {
        let line = begin.split(|byte| *byte == b'\n').next()?;
        let digits = place_of(b':', line)?;
        let is_digest = line.get(..digits)?.iter().all(u8::is_ascii_hexdigit);
        let is_known = matches!(digits, NT_DIGITS | SHA1_DIGITS);
        let letter = begin.iter().find(|byte| byte.is_ascii_alphabetic());
        let small = letter.is_some_and(u8::is_ascii_lowercase);
        (is_digest && is_known).then_some(Self { digits, small })
    }

    /// The digits of a digest.
    pub(crate) fn key(self, digest: &[u8]) -> Key {
        let digits = if self.small { b"0123456789abcdef" } else { b"0123456789ABCDEF" };
        let digit = |value: u8| digits.get(usize::from(value & 0xf)).copied().unwrap_or_default();
        let mut key = [0; SHA1_DIGITS];
        for (pair, byte) in key.as_chunks_mut().0.iter_mut().zip(digest) {
            *pair = [digit(byte >> 4), digit(*byte)];
        }
        Key(key)
    }

    /// The hash and the count of a line without its end.
    fn parse(self, line: &[u8]) -> Option<(Key, u64)> {
        let (digits, count) = line.split_at_checked(self.digits)?;
        let count = count.strip_prefix(b":")?;
        let count = count.strip_suffix(b"\r").unwrap_or(count);
        let is_number = count.iter().all(u8::is_ascii_digit);
        let count = str::from_utf8(count).ok().filter(|_| is_number)?.parse().ok()?;
        let is_digit = |byte: &u8| match byte {
            b'0'..=b'9' => true,
            b'a'..=b'f' => self.small,
            b'A'..=b'F' => !self.small,
            _ => false,
        };
        let mut key = [0; SHA1_DIGITS];
        key.get_mut(..self.digits)?.copy_from_slice(digits);
        digits.iter().all(is_digit).then_some((Key(key), count))
    }
}

impl Key {
    /// Its first 64 bits: where in the file it is, if hashes are spread evenly.
    pub(crate) fn fraction(self) -> u64 {
        let digits = self.0.first_chunk::<16>().and_then(|digits| str::from_utf8(digits).ok());
        digits.and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
    }

    /// The digest that it stands for.
    pub(crate) fn digest(self, layout: Layout) -> Vec<u8> {
        let digits = self.0.get(..layout.digits).unwrap_or_default();
        let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
        digits.as_chunks().0.iter().filter_map(byte).collect()
    }
}

impl Place {
    /// Its place, and where it would be if hashes were spread evenly.
    pub(crate) fn bound(self) -> (u64, u64) {
        (self.at, self.key.fraction())
    }
}

impl<'b> Page<'b> {
    /// Of the bytes from there on; the first line is not whole unless it is known to be.
    pub(crate) fn new(
        bytes: &'b [u8],
        from: u64,
        is_line: bool,
        ends_file: bool,
        layout: Layout,
    ) -> Result<Self, BreachError> {
        let first = if is_line { Some(0) } else { place_of(b'\n', bytes).map(|end| end + 1) };
        let last = bytes.iter().rposition(|byte| *byte == b'\n').map(|end| end + 1);
        let last = if ends_file { Some(bytes.len()) } else { last };
        let lines = first.zip(last).and_then(|(first, last)| bytes.get(first..last));
        let at = from + u64::try_from(first.unwrap_or(0)).unwrap_or(0);
        match lines.filter(|lines| !lines.is_empty()) {
            Some(lines) => Ok(Self { at, lines, ends_file, layout }),
            None => Err(BreachError::BadLine { at: from }),
        }
    }

    /// Every line, with its place and count.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Result<(Place, u64), BreachError>> {
        let mut rest = self.lines;
        let mut at = self.at;
        std::iter::from_fn(move || {
            let end = place_of(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let (line, after) = rest.split_at_checked(end).filter(|(line, _)| !line.is_empty())?;
            let place = at;
            at += u64::try_from(end).unwrap_or(0);
            rest = after;
            let parsed = self.layout.parse(line.strip_suffix(b"\n").unwrap_or(line));
            let parsed = parsed.map(|(key, count)| (Place { at: place, key }, count));
            Some(parsed.ok_or(BreachError::BadLine { at: place }))
        })
    }

    /// Looks for a hash. All lines up to it are looked at: a damaged one is an error.
    pub(crate) fn scan(&self, wanted: Key) -> Result<Scan, BreachError> {
        let mut before: Option<Place> = None;
        for line in self.lines() {
            let (place, count) = line?;
            if before.is_some_and(|before| before.key >= place.key) {
                return Err(BreachError::Unsorted { at: place.at });
            }
            if place.key == wanted {
                return Ok(Scan::Found(count));
            }
            if place.key > wanted {
                return Ok(if before.is_some() { Scan::Between } else { Scan::Before(place) });
            }
            before = Some(place);
        }
        before.map(Scan::After).ok_or(BreachError::BadLine { at: self.at })
    }
}

fn place_of(wanted: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}
