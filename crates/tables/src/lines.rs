//! The lines of a file, with their numbers.

use std::fmt;

pub(crate) mod blocks;

/// Where in a file a reader is. A copy can look ahead.
#[derive(Clone)]
pub struct Lines<'a> {
    rest: &'a [u8],
    number: u32,
}

/// A line without its end.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Line<'a> {
    /// From 1.
    pub number: u32,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// A line may hold a password, so `Debug` shows none.
impl fmt::Debug for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({}, {} bytes)", self.number, self.bytes.len())
    }
}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lines({} read, {} bytes left)", self.number, self.rest.len())
    }
}

impl<'a> Lines<'a> {
    /// The lines of a file.
    pub const fn new(file: &'a [u8]) -> Self {
        Self { rest: file, number: 0 }
    }

    /// How many lines were read.
    pub const fn read(&self) -> u32 {
        self.number
    }

    /// What was not read yet.
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Goes over a number of bytes, of which some end lines; in the middle of a line it goes to its
    /// end. Returns what it went over, to the end of the last line.
    pub fn advance(&mut self, bytes: usize) -> &'a [u8] {
        let start = self.rest;
        let mut over = 0;
        while over < bytes && self.next().is_some() {
            over = start.len() - self.rest.len();
        }
        start.get(..over).unwrap_or_default()
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = match memchr::memchr(b'\n', self.rest) {
            Some(end) => self.rest.split_at_checked(end + 1)?,
            None => (self.rest, <&[u8]>::default()),
        };
        self.rest = rest;
        self.number += 1;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let bytes = line.strip_suffix(b"\r").unwrap_or(line);
        Some(Line { number: self.number, bytes })
    }
}

/// What is before and after the first of those bytes.
pub fn cut(bytes: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let at = memchr::memchr(at, bytes)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_editors_do() {
        let all = |file| Lines::new(file).map(|line| (line.number, line.bytes)).collect::<Vec<_>>();
        assert_eq!(all(b""), []);
        assert_eq!(all(b"\n"), [(1, b"".as_slice())]);
        assert_eq!(all(b"a\r\n\nb"), [(1, b"a".as_slice()), (2, b""), (3, b"b")]);
        assert_eq!(all(b"a\r\r\n"), [(1, b"a\r".as_slice())]);
    }

    #[test]
    fn advancing_ends_at_a_line() {
        let mut lines = Lines::new(b"one\ntwo\nthree");
        assert_eq!(lines.advance(0), b"");
        assert_eq!((lines.advance(5), lines.read()), (b"one\ntwo\n".as_slice(), 2));
        assert_eq!((lines.advance(99), lines.read()), (b"three".as_slice(), 3));
        assert!(lines.next().is_none());
    }
}
