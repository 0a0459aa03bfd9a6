//! UTF-16 and Windows-1252 become UTF-8: what Windows tools write.

use std::borrow::Cow;

use zeroize::Zeroizing;

/// A file as UTF-8, as far as it is text at all, without its byte order mark.
///
/// UTF-16 is known by its mark (PowerShell's `>` writes one) or, without one, by every second byte
/// of its beginning being zero. Half a surrogate pair and an odd byte become U+FFFD.
pub(crate) fn decoded(bytes: Vec<u8>) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(bytes);
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, ..] => {
            bytes.drain(..3);
            bytes
        }
        [_, 0, _, 0, _, 0, ..] => utf16(&bytes, u16::from_le_bytes),
        [0, _, 0, _, 0, _, ..] => utf16(&bytes, u16::from_be_bytes),
        _ => bytes,
    }
}

/// Text as it is, or if it is not UTF-8, as the "ANSI" of Western Windows, which has Latin-1 in it.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // Large enough that nothing is moved, which would leave a copy behind.
    let mut text = String::with_capacity(bytes.len() * 3);
    text.extend(bytes.iter().map(|byte| character(*byte)));
    Cow::Owned(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Zeroizing<Vec<u8>> {
    let (pairs, odd) = bytes.as_chunks();
    // Large enough that nothing is moved, which would leave a copy behind.
    let mut decoded = Zeroizing::new(Vec::with_capacity(pairs.len() * 3 + 3));
    let mut push = |c: char| decoded.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if !odd.is_empty() {
        push(char::REPLACEMENT_CHARACTER);
    }
    decoded
}

fn character(byte: u8) -> char {
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
        assert_eq!(decoded(bytes.to_vec()).as_slice(), expected.as_bytes());
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
        assert_eq!(text(b"Zo\xeb O\x92Neill \x80"), "Zoë O’Neill €");
        assert_eq!(text("Zoë".as_bytes()), "Zoë");
    }

    proptest! {
        #[test]
        fn utf16_reads_as_it_was_written(text in "[a-z\\n£漢😀]{0,40}") {
            let marked = format!("\u{feff}{text}");
            let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
            prop_assert_eq!(&*decoded(little), text.as_bytes());
            prop_assert_eq!(&*decoded(big), text.as_bytes());
        }
    }
}
