//! Reads lines from a file or a pipe, secret or not, block by block: bounded, decoded, wiped.

use std::io::{self, Read};
use std::ops::Range;
use std::{fmt, mem};

use memchr::memchr_iter;
use zeroize::{Zeroize, Zeroizing};

use crate::encoding::{Encoding, decode_utf16};

/// As much as is read at once unless something else is asked for; no line up to here is cut.
const BUFFER: usize = 1 << 20;

/// Whole lines of a source, a block at a time.
///
/// A byte order mark is dropped, and UTF-16 (which Windows tools write) becomes UTF-8; half a
/// surrogate pair becomes a byte that is not UTF-8, so that nothing unreadable reads as text.
pub struct LineBlocks<R> {
    source: Source<R>,
    buffer: Zeroizing<Vec<u8>>,
    filled: usize,
    /// How much of the buffer was given out by the last call.
    given: usize,
    /// Whether the rest of a line that outgrew the buffer is still to come.
    skipping: bool,
}

impl<R: Read> LineBlocks<R> {
    /// Reads a file, or whatever gives bytes.
    pub fn new(source: R) -> Self {
        Self::with_buffer(source, BUFFER)
    }

    /// Reads at most `size` bytes at once; no line up to there is cut.
    pub fn with_buffer(source: R, size: usize) -> Self {
        let buffer = Zeroizing::new(vec![0; size]);
        Self { source: Source::new(source), buffer, filled: 0, given: 0, skipping: false }
    }

    /// Whole lines with their ends (the last line may have none), or `None` at the end.
    ///
    /// What one read brings is given out at once: a script may write a line, wait for its answer,
    /// and go on. Of a line that is longer than the buffer the beginning is given, as one line.
    ///
    /// # Errors
    /// Those of the source.
    pub fn next_block(&mut self) -> io::Result<Option<&[u8]>> {
        self.drop_first(self.given);
        self.given = 0;
        loop {
            if self.skipping {
                self.skip();
            }
            let buffer = self.buffer.get(..self.filled).unwrap_or_default();
            if let Some(last) = buffer.iter().rposition(|&byte| byte == b'\n') {
                self.given = last + 1;
                break;
            }
            if self.filled == self.buffer.len() {
                self.skipping = true;
                self.given = self.filled;
                break;
            }
            let free = self.buffer.get_mut(self.filled..).unwrap_or_default();
            match self.source.read(free)? {
                0 if self.filled == 0 => return Ok(None),
                0 => {
                    self.given = self.filled;
                    break;
                }
                n => self.filled += n,
            }
        }
        Ok(self.buffer.get(..self.given))
    }

    /// Drops the buffer up to the end of a line that was given out already.
    fn skip(&mut self) {
        let buffer = self.buffer.get(..self.filled).unwrap_or_default();
        let end = buffer.iter().position(|&byte| byte == b'\n').map(|at| at + 1);
        self.skipping = end.is_none();
        self.drop_first(end.unwrap_or(self.filled));
    }

    /// Overwrites the block that was given out last; whoever waits for the next may wait long.
    pub fn wipe_block(&mut self) {
        self.buffer.get_mut(..self.given).unwrap_or_default().zeroize();
    }

    /// Moves what is behind the first `n` bytes to the front, and leaves no copy where it was.
    fn drop_first(&mut self, n: usize) {
        self.buffer.copy_within(n..self.filled, 0);
        let rest = self.filled - n;
        self.buffer.get_mut(rest..self.filled).unwrap_or_default().zeroize();
        self.filled = rest;
    }
}

impl<R> fmt::Debug for LineBlocks<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineBlocks").field("filled", &self.filled).finish_non_exhaustive()
    }
}

/// Reads UTF-8, whatever the source is in.
struct Source<R> {
    reader: R,
    /// Unknown until the first bytes are there.
    encoding: Option<Encoding>,
    /// Bytes that were read and not yet decoded.
    raw: Zeroizing<Vec<u8>>,
}

impl<R: Read> Source<R> {
    fn new(reader: R) -> Self {
        let raw = Zeroizing::new(Vec::with_capacity(BUFFER / 4 + 4));
        Self { reader, encoding: None, raw }
    }

    /// As [`Read::read`], but tries again when interrupted. `into` has room for four bytes or more.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => self.find_out()?,
        };
        match encoding {
            Encoding::Utf16Le | Encoding::Utf16Be => self.read_utf16(encoding, into),
            Encoding::Utf8 if self.raw.is_empty() => read_some(&mut self.reader, into),
            Encoding::Utf8 => {
                let n = self.raw.len().min(into.len());
                for (to, from) in into.iter_mut().zip(self.raw.iter().take(n)) {
                    *to = *from;
                }
                self.drop_first(n);
                Ok(n)
            }
        }
    }

    /// Looks for a byte order mark in the first bytes.
    fn find_out(&mut self) -> io::Result<Encoding> {
        while self.raw.len() < 3 && !self.raw.contains(&b'\n') {
            let mut byte = [0];
            if read_some(&mut self.reader, &mut byte)? == 0 {
                break;
            }
            self.raw.extend(byte);
        }
        let (encoding, mark) = Encoding::from_mark(&self.raw).unwrap_or((Encoding::Utf8, 0));
        self.drop_first(mark);
        self.encoding = Some(encoding);
        Ok(encoding)
    }

    fn read_utf16(&mut self, encoding: Encoding, into: &mut [u8]) -> io::Result<usize> {
        // A unit of two bytes becomes at most three.
        let room = (into.len() / 3 * 2).clamp(4, BUFFER / 4);
        let before = self.raw.len();
        self.raw.resize(before.max(room), 0);
        let free = self.raw.get_mut(before..).unwrap_or_default();
        let n = if free.is_empty() { 0 } else { read_some(&mut self.reader, free)? };
        self.raw.truncate(before + n);
        let at_end = n == 0;

        let mut written = 0;
        let decoded = decode_utf16(&self.raw, encoding, at_end, &[0xff], |utf8| {
            let Some(slot) = into.get_mut(written..written + utf8.len()) else { return false };
            slot.copy_from_slice(utf8);
            written += utf8.len();
            true
        });
        self.drop_first(decoded);
        if written == 0 && !at_end { self.read_utf16(encoding, into) } else { Ok(written) }
    }
}

impl<R> Source<R> {
    /// Drops the first `n` bytes that were not decoded, and leaves no copy of the others where they
    /// were.
    fn drop_first(&mut self, n: usize) {
        let rest = self.raw.len().saturating_sub(n);
        self.raw.copy_within(n.., 0);
        self.raw.get_mut(rest..).unwrap_or_default().zeroize();
        self.raw.truncate(rest);
    }
}

fn read_some(source: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// The lines of a block without their ends, `\n` or `\r\n`.
pub fn lines_of(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    line_ranges(block).map(|range| block.get(range).unwrap_or_default())
}

/// Where in a block its lines are, without their ends. A block that is text is text there, too.
pub fn line_ranges(block: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let rest = (!block.ends_with(b"\n")).then_some(block.len());
    let mut start = 0;
    memchr_iter(b'\n', block).chain(rest).map(move |end| {
        let begin = mem::replace(&mut start, end + 1);
        let has_return = block.get(begin..end).is_some_and(|line| line.ends_with(b"\r"));
        begin..end - usize::from(has_return)
    })
}

/// How many lines a block has.
pub fn count_lines(block: &[u8]) -> usize {
    memchr_iter(b'\n', block).count() + usize::from(!block.ends_with(b"\n"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives at most `most` bytes a read.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(self.1).min(into.len());
            let (now, later) = self.0.split_at(n);
            into[..n].copy_from_slice(now);
            self.0 = later;
            Ok(n)
        }
    }

    fn all(bytes: &[u8], most: usize) -> Vec<Vec<u8>> {
        let mut source = LineBlocks::new(Drip(bytes, most));
        let mut all = Vec::new();
        while let Some(block) = source.next_block().unwrap() {
            let before = all.len();
            all.extend(lines_of(block).map(<[u8]>::to_vec));
            assert_eq!(count_lines(block), all.len() - before);
        }
        all
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &[&[u8]]) {
        for most in [1, 2, 3, 7, usize::MAX] {
            assert_eq!(all(bytes, most), expected, "{most} bytes a read");
        }
    }

    #[test]
    fn table() {
        check(b"", &[]);
        check(b"\n", &[b""]);
        check(b"a", &[b"a"]);
        check(b"a\nb\r\n\nc", &[b"a", b"b", b"", b"c"]);
        check(b"a\r", &[b"a"]);
        check(b"\xef\xbb\xbfa\nb", &[b"a", b"b"]);
        check(b"\xef\xbb", &[b"\xef\xbb"]);
        check(b"\xff\xfea\0\n\0\xa3\0", &[b"a", "£".as_bytes()]);
        check(b"\xfe\xff\0a\0\r\0\n\xd8\x3d\xde\x00", &[b"a", "😀".as_bytes()]);
        check(b"\xff\xfe\x3d\xd8\n\0", &[b"\xff"]); // half a pair
        check(b"\xff\xfea\0\x3d\xd8", &[b"a\xff"]);
        check(b"\xff\xfea\0b", &[b"a\xff"]); // an odd byte
        check(b"\xff\xfe", &[]);
    }

    #[test]
    fn a_line_larger_than_the_buffer_is_one_line() {
        let mut bytes = b"first\n".to_vec();
        bytes.extend(vec![b'x'; 3 * BUFFER + 5]);
        bytes.extend(b"\nlast");
        let lines = all(&bytes, usize::MAX);
        assert_eq!(lines.len(), 3);
        assert!(lines[1].len() > 512);
        assert_eq!(lines[2], b"last");

        let endless = vec![b'x'; 2 * BUFFER];
        assert_eq!(all(&endless, usize::MAX).len(), 1);
    }

    proptest! {
        #[test]
        fn utf16_reads_as_utf8(text in "[a-c\\n£漢😀]{0,40}", most in 1_usize..9) {
            let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
                "\u{feff}".chars().chain(text.chars()).collect::<String>()
                    .encode_utf16().flat_map(bytes).collect()
            };
            let expected = all(text.as_bytes(), most);
            prop_assert_eq!(&all(&utf16(u16::to_le_bytes), most), &expected);
            prop_assert_eq!(&all(&utf16(u16::to_be_bytes), most), &expected);
        }
    }
}
