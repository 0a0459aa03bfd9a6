//! The pieces of a stored text: fields, numbers, hexadecimal.

use zeroize::Zeroizing;

/// The text before and after the first such byte.
pub(crate) fn cut(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let mut halves = text.splitn(2, |byte| *byte == at);
    Some((halves.next()?, halves.next()?))
}

/// The text before and after the last such byte.
pub(crate) fn cut_last(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let mut halves = text.rsplitn(2, |byte| *byte == at);
    let after = halves.next()?;
    Some((halves.next()?, after))
}

/// A decimal number without sign or leading zero.
pub(crate) fn number(text: &[u8]) -> Option<u32> {
    let well_formed = match text {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if !well_formed {
        return None;
    }
    str::from_utf8(text).ok()?.parse().ok()
}

/// Hexadecimal digits in pairs, of either case.
pub(crate) fn hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// Small hexadecimal digits, wiped when dropped; there is room for one byte more.
pub(crate) fn to_hex(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut text = Vec::with_capacity(bytes.len() * 2 + 1);
    for byte in bytes {
        let digit = |four: u8| if four < 10 { b'0' + four } else { b'a' + four - 10 };
        text.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    Zeroizing::new(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_cut_at_the_first_or_last() {
        assert_eq!(cut(b"a$b$c", b'$'), Some((&b"a"[..], &b"b$c"[..])));
        assert_eq!(cut_last(b"a$b$c", b'$'), Some((&b"a$b"[..], &b"c"[..])));
        assert_eq!(cut(b"$", b'$'), Some((&b""[..], &b""[..])));
        assert_eq!((cut(b"abc", b'$'), cut_last(b"", b'$')), (None, None));
    }

    #[test]
    fn numbers_are_written_one_way() {
        assert_eq!(number(b"0"), Some(0));
        assert_eq!(number(b"4294967295"), Some(u32::MAX));
        for bad in ["", "4294967296", "007", "+1", "-1", "1 ", "1e3", "\u{661}"] {
            assert_eq!(number(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn hexadecimal_is_whole() {
        assert_eq!(hex(b"00fFA9"), Some(vec![0, 255, 169]));
        assert_eq!(hex(b""), Some(vec![]));
        for bad in ["f", "0g", "0x", " 0"] {
            assert_eq!(hex(bad.as_bytes()), None, "{bad}");
        }
    }
}
