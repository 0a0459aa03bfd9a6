//! The rules for the code that unlocks a phone: enough digits, no pattern, not a common one.
//!
//! At least six digits is what Cyber Essentials asks of a code that only unlocks a device; which
//! patterns count, and why, is in [`keypad`].

use super::asked::Asked;
use crate::passcode::keypad;
use crate::passcode::numbers::Numbers;
use crate::policy::Passcode;
use crate::verdict::rule::{Answer, Evidence, Rule};

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
