//! Hexadecimal digits.

use zeroize::Zeroizing;

/// Reads digits in pairs, of either case.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// Writes small digits, which are wiped when dropped; there is room for one byte more.
pub(crate) fn encode(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
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
    fn digits_come_in_pairs_of_either_case() {
        assert_eq!(decode(b"00fFA9"), Some(vec![0, 255, 169]));
        assert_eq!(decode(b""), Some(vec![]));
        for bad in ["f", "0g", "0x", " 0"] {
            assert_eq!(decode(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn digits_are_written_small() {
        assert_eq!(*encode(&[0, 255, 169]), b"00ffa9");
    }
}
