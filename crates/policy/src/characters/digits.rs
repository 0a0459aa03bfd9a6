//! The digits of a passcode, of any script.

use unicode_normalization::char::decompose_compatible;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use zeroize::Zeroizing;

/// The most digits of a passcode; a longer code, or one with letters, is judged as a password.
const MOST_DIGITS: usize = 10;

/// The digits of a passcode, or `None` if it is to be judged as a password.
pub(crate) fn digits(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut digits = Zeroizing::new(Vec::with_capacity(text.len()));
    for c in text.chars().filter(|c| !matches!(c, ' ' | '-' | '.')) {
        digits.push(digit(c)?);
    }
    (digits.len() <= MOST_DIGITS).then_some(digits)
}

/// The value of a decimal digit of any script.
pub(crate) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
    }
    let mut plain = c;
    decompose_compatible(c, |part| plain = part);
    let is_digit = |c: char| c.general_category() == GeneralCategory::DecimalNumber;
    if !is_digit(c) {
        return None;
    }
    // The ten digits of a script follow each other (Unicode Standard §4.6).
    let before = |n: u8| {
        let c = u32::from(plain).checked_sub(u32::from(n) + 1).and_then(char::from_u32);
        c.is_some_and(is_digit)
    };
    (0..10).find(|&n| !before(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_digits(text: &str, expected: Option<&[u8]>) {
        assert_eq!(digits(text).as_deref().map(Vec::as_slice), expected, "{text}");
    }

    #[test]
    fn digits_of_any_script_without_separators() {
        check_digits("83 15-92", Some(&[8, 3, 1, 5, 9, 2]));
        check_digits("٨٣١٥٩٢", Some(&[8, 3, 1, 5, 9, 2])); // Arabic-Indic
        check_digits("８３𝟙𝟝९২", Some(&[8, 3, 1, 5, 9, 2])); // fullwidth, double-struck, Devanagari, Bengali
        check_digits("", Some(&[]));
        check_digits("83159a", None);
        check_digits("83159²", None);
        check_digits("12345678901", None);
    }
}
