//! The fields of a stored text, and the numbers in them.

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
}
