//! The rules for the code that unlocks a phone: enough digits, no pattern, not a common one.
//!
//! At least six digits is what Cyber Essentials asks of a code that only unlocks a device; which
//! patterns count, and why, is in [`keypad`].

use unicode_normalization::char::decompose_compatible;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use zeroize::Zeroizing;

use crate::policy::Passcode;
use crate::rules::numbers::Numbers;
use crate::rules::{Asked, keypad};
use crate::verdict::{Answer, Evidence, Rule};

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

pub(crate) fn check(passcode: &Passcode, digits: &[u8], asked: &mut Asked) {
    let short = digits.len() < passcode.min_digits;
    asked.answer(Rule::PasscodeLength, short.then_some(Evidence::Needed(passcode.min_digits)));

    let date = keypad::date(digits);
    let pattern = keypad::pattern(digits).map(|pattern| (pattern.id(), pattern.describe()));
    let date_blocked = date && passcode.block_dates;
    let pattern = pattern.or(if date_blocked { Some(("date", "a date or a year")) } else { None });
    let evidence = pattern.map(|(id, words)| Evidence::Pattern { id, words });
    asked.answer(Rule::PasscodePattern, evidence);
    asked.verdict.warns_of_date = date && !passcode.block_dates;

    let common = keypad::common(digits);
    asked.answer(Rule::PasscodeCommon, common.then_some(Evidence::None));
}

/// Whether it is something that a thief may know.
pub(crate) fn check_numbers(numbers: &Numbers, digits: &[u8], asked: &mut Asked) {
    if numbers.find(digits) {
        let words = "a number or a name that belongs to you, your school or the device";
        asked.answer(Rule::Personal, Some(Evidence::Pattern { id: "own-number", words }));
    } else {
        asked.set(Rule::Personal, if numbers.is_empty() { Answer::NotAsked } else { Answer::Met });
    }
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
