//! Encodings: UTF-16 and Windows-1252, which Windows tools write, become UTF-8.

use std::fmt;
use std::ops::Deref;

use zeroize::Zeroizing;

/// The encoding of a file, as far as its first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the encodings that have a byte order mark")]
pub enum Encoding {
    /// UTF-8, or what has no mark: ASCII, Windows-1252.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
}

impl Encoding {
    /// The encoding that a byte order mark says, and how many bytes the mark has.
    pub const fn from_mark(file: &[u8]) -> Option<(Self, usize)> {
        match file {
            [0xff, 0xfe, ..] => Some((Self::Utf16Le, 2)),
            [0xfe, 0xff, ..] => Some((Self::Utf16Be, 2)),
            [0xef, 0xbb, 0xbf, ..] => Some((Self::Utf8, 3)),
            _ => None,
        }
    }

    /// The encoding of a file, and how many bytes come before its text. Without a mark UTF-16 is
    /// known by every second byte of its beginning being zero.
    pub const fn from_begin(file: &[u8]) -> (Self, usize) {
        match (Self::from_mark(file), file) {
            (Some(marked), _) => marked,
            (None, [_, 0, _, 0, _, 0, ..]) => (Self::Utf16Le, 0),
            (None, [0, _, 0, _, 0, _, ..]) => (Self::Utf16Be, 0),
            (None, _) => (Self::Utf8, 0),
        }
    }

    /// How two bytes make a unit of UTF-16; `None` for UTF-8.
    fn unit(self) -> Option<fn([u8; 2]) -> u16> {
        match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some(u16::from_le_bytes),
            Self::Utf16Be => Some(u16::from_be_bytes),
        }
    }
}

/// A file as UTF-8, as far as it is text at all, without its byte order mark. Half a surrogate pair
/// and an odd byte become U+FFFD. `bytes` are wiped.
pub fn decode(bytes: Vec<u8>) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(bytes);
    let (encoding, mark) = Encoding::from_begin(&bytes);
    if encoding == Encoding::Utf8 {
        bytes.drain(..mark);
        return bytes;
    }
    // Large enough that nothing is moved, which would leave a copy behind.
    let mut decoded = Zeroizing::new(Vec::with_capacity(bytes.len() / 2 * 3 + 3));
    let text = bytes.get(mark..).unwrap_or_default();
    decode_utf16(text, encoding, true, "\u{fffd}".as_bytes(), |utf8| {
        decoded.extend_from_slice(utf8);
        true
    });
    decoded
}

/// Decodes UTF-16 and hands every character over as UTF-8, until all is decoded or `put` says that
/// it has no room. Half a surrogate pair becomes `invalid`. What may be continued by bytes that
/// follow is left unless the text is `complete`, when an odd byte becomes `invalid`, too. Returns
/// how many bytes were decoded: none of UTF-8, which needs no decoding.
pub fn decode_utf16(
    bytes: &[u8],
    encoding: Encoding,
    complete: bool,
    invalid: &[u8],
    mut put: impl FnMut(&[u8]) -> bool,
) -> usize {
    let Some(unit) = encoding.unit() else { return 0 };
    let (pairs, odd) = bytes.as_chunks();
    let mut units = pairs.iter().map(|pair| unit(*pair)).peekable();
    let mut decoded = 0;
    while let Some(first) = units.next() {
        let is_half = (0xd800..0xdc00).contains(&first);
        if is_half && units.peek().is_none() && !complete {
            return decoded;
        }
        let low = units.next_if(|low| is_half && (0xdc00..0xe000).contains(low));
        let mut utf8 = [0; 4];
        let character = char::decode_utf16([first].into_iter().chain(low)).next();
        let text = match character {
            Some(Ok(c)) => c.encode_utf8(&mut utf8).as_bytes(),
            Some(Err(_)) | None => invalid,
        };
        if !put(text) {
            return decoded;
        }
        decoded += 2 + low.map_or(0, |_| 2);
    }
    if complete && !odd.is_empty() && put(invalid) {
        decoded += 1;
    }
    decoded
}

/// Text as it is, or decoded and then wiped when it is dropped: it may be a password.
#[derive(Clone)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum DecodedText<'t> {
    /// It is UTF-8 as it stands.
    Borrowed(&'t str),
    /// It was decoded.
    Owned(Zeroizing<String>),
}

impl Deref for DecodedText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
        }
    }
}

/// It may be a password, so `Debug` shows nothing of it.
impl fmt::Debug for DecodedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DecodedText(..)")
    }
}

/// Text as it is, or if it is not UTF-8, as the "ANSI" of Western Windows, which has Latin-1 in it.
pub fn decode_text(bytes: &[u8]) -> DecodedText<'_> {
    if let Ok(text) = str::from_utf8(bytes) {
        return DecodedText::Borrowed(text);
    }
    // Large enough that nothing is moved, which would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 3));
    text.extend(bytes.iter().copied().map(from_windows_1252));
    DecodedText::Owned(text)
}

/// A character of Windows-1252, the "ANSI" of Western Windows. Its five bytes without a meaning become
/// control characters.
pub fn from_windows_1252(byte: u8) -> char {
    let in_table = byte.checked_sub(0x80).and_then(|at| WINDOWS_1252.get(usize::from(at)));
    in_table.copied().unwrap_or_else(|| char::from(byte))
}

/// Windows-1252 from 0x80 to 0x9f (the WHATWG's table, which keeps the five holes as controls).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes.to_vec()).as_slice(), expected.as_bytes());
    }

    #[test]
    fn marks() {
        check(b"", "");
        check(b"a\n", "a\n");
        check(b"\xef\xbb\xbfa", "a");
        check(b"\xff\xfea\0\r\0\n\0\xa3\0", "a\r\n£");
        check(b"\xfe\xff\0a\xd8\x3d\xde\x00", "a😀");
        check(b"\xff\xfe\x3d\xd8a\0", "\u{fffd}a"); // half a pair
        check(b"\xff\xfea\0b", "a\u{fffd}"); // an odd byte
        check(b"u\0s\0r\0:\0", "usr:"); // `cmd /u`
        check(b"\0u\0s\0r", "usr");
        check(b"u\0s", "u\0s");
    }

    #[test]
    fn names_of_western_windows() {
        assert_eq!(&*decode_text(b"Zo\xeb O\x92Neill \x80"), "Zoë O’Neill €");
        assert_eq!(&*decode_text("Zoë".as_bytes()), "Zoë");
    }

    proptest! {
        #[test]
        fn utf16_reads_as_it_was_written(text in "[a-z\\n£漢😀]{0,40}") {
            let marked = format!("\u{feff}{text}");
            let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
            prop_assert_eq!(&*decode(little), text.as_bytes());
            prop_assert_eq!(&*decode(big), text.as_bytes());
        }
    }
}
