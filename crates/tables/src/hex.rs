//! Hexadecimal digits to bytes.

/// The 16 bytes that 32 hexadecimal digits of either case stand for.
pub fn sixteen(digits: &[u8]) -> Option<[u8; 16]> {
    let digits: &[u8; 32] = digits.try_into().ok()?;
    // All at once and without branches: the compiler makes vectors of it.
    let values = digits.map(value);
    if values.iter().fold(0, |all, value| all | value) > 0xf {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, [high, low]) in bytes.iter_mut().zip(values.as_chunks().0) {
        *byte = high << 4 | low;
    }
    Some(bytes)
}

/// Whether it is that number of hexadecimal digits and nothing else.
pub fn is_hex(text: &[u8], digits: usize) -> bool {
    text.len() == digits && text.iter().all(u8::is_ascii_hexdigit)
}

const fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0xff,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_in_both_cases() {
        let bytes = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef].repeat(2);
        for digits in ["0123456789abcdef", "0123456789ABCDEF", "0123456789aBcDeF"] {
            assert_eq!(sixteen(digits.repeat(2).as_bytes()).unwrap().as_slice(), bytes);
        }
    }

    #[test]
    fn nothing_else_is_a_digit() {
        for other in (0..=255_u8).filter(|byte| !byte.is_ascii_hexdigit()) {
            for at in [0, 13, 31] {
                let mut digits = [b'a'; 32];
                digits[at] = other;
                assert_eq!(sixteen(&digits), None, "{other}");
            }
        }
        assert_eq!(sixteen(&[b'a'; 31]), None);
        assert_eq!(sixteen(&[b'a'; 33]), None);
        assert!(is_hex(b"aF09", 4) && !is_hex(b"aF09", 5) && !is_hex(b"aF0g", 4));
    }
}
