//! Bytes as text of 64 characters: Base64 (RFC 4648) and its older cousins of crypt(3).

use base64ct::{Base64, Base64Pbkdf2, Base64Unpadded, Encoding};

/// The value of a character of crypt(3): `./0-9A-Za-z`.
pub(crate) const fn six_bits(character: u8) -> Option<u8> {
    match character {
        b'.' | b'/' | b'0'..=b'9' => Some(character - b'.'),
        b'A'..=b'Z' => Some(character - b'A' + 12),
        b'a'..=b'z' => Some(character - b'a' + 38),
        _ => None,
    }
}

/// Whether all are characters of crypt(3).
pub(crate) fn is_crypt64(text: &[u8]) -> bool {
    text.iter().all(|character| six_bits(*character).is_some())
}

/// A number of crypt(3), low bits first; five characters at most.
pub(crate) fn crypt64_number(text: &[u8]) -> Option<u32> {
    if text.len() > 5 {
        return None;
    }
    text.iter()
        .rev()
        .try_fold(0_u32, |number, character| Some(number << 6 | u32::from(six_bits(*character)?)))
}

/// Bytes as crypt(3) writes them, low bits first, four characters for three bytes; the bits
/// that are left over are zero.
pub(crate) fn crypt64(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for quad in text.chunks(4) {
        let [low, middle, high, _] = crypt64_number(quad)?.to_le_bytes();
        match quad.len() {
            4 => bytes.extend([low, middle, high]),
            3 if high == 0 => bytes.extend([low, middle]),
            2 if middle == 0 => bytes.push(low),
            _ => return None,
        }
    }
    Some(bytes)
}

/// Bytes in the letters of crypt(3), but with the high bits first, as Cisco writes them; the bits
/// that are left over are zero.
pub(crate) fn high_first(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut held, mut bits) = (0_u32, 0);
    for character in text {
        held = held << 6 | u32::from(six_bits(*character)?);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (held == 0 && bits < 6).then_some(bytes)
}

/// Base64, with or without its padding.
pub(crate) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(text).ok()?;
    Base64::decode_vec(text).or_else(|_| Base64Unpadded::decode_vec(text)).ok()
}

/// Base64 without padding and with `.` for `+`, as passlib and OpenLDAP write PBKDF2; `+` is read
/// as well.
pub(crate) fn adapted_base64(text: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(text).ok()?;
    let unpadded = text.trim_end_matches('=').replace('+', ".");
    Base64Pbkdf2::decode_vec(&unpadded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crypt64_is_low_bits_first() {
        assert_eq!(crypt64(b"/..."), Some(vec![1, 0, 0]));
        assert_eq!(crypt64(b"...z"), Some(vec![0, 0, 0xfc]));
        assert_eq!(crypt64(b"zzzz"), Some(vec![0xff; 3]));
        assert_eq!(crypt64(b"zz1"), Some(vec![0xff, 0x3f]));
        assert_eq!(crypt64(b"z1"), Some(vec![0xff]));
        assert_eq!(crypt64(b""), Some(vec![]));
        assert_eq!(crypt64_number(b"/6k."), Some(1 + (8 << 6) + (48 << 12)));
    }

    #[test]
    fn what_crypt_never_writes_is_refused() {
        for bad in ["z", "zzzzz", "z2", "zz2z2", "zzE", "z+.1", "zz\u{e9}", "z="] {
            assert_eq!(crypt64(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!(crypt64_number(b"......"), None);
    }

    #[test]
    fn high_bits_may_be_first() {
        assert_eq!(high_first(b"...z"), Some(vec![0, 0, 0x3f]));
        assert_eq!(high_first(b"zk"), Some(vec![0xff]));
        assert_eq!((high_first(b"zz"), high_first(b"z"), high_first(b"+w")), (None, None, None));
    }

    #[test]
    fn base64_comes_padded_bare_and_adapted() {
        assert_eq!(base64(b"+/8="), Some(vec![0xfb, 0xff]));
        assert_eq!(base64(b"+/8"), Some(vec![0xfb, 0xff]));
        assert_eq!(adapted_base64(b"./8"), Some(vec![0xfb, 0xff]));
        assert_eq!(adapted_base64(b"+/8="), Some(vec![0xfb, 0xff]));
        for bad in ["+/9=", "+/8==", "+", "*/8=", "\u{e9}"] {
            assert_eq!((base64(bad.as_bytes()), adapted_base64(b"*")), (None, None), "{bad}");
        }
    }
}
