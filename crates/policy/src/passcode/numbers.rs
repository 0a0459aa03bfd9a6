//! What a thief may know of the owner of a passcode: telephone numbers, postcodes, asset tags, rooms,
//! years, and names as they are spelt on the keypad.

use unicode_normalization::char::decompose_compatible;

use super::birthday;
use super::keypad;
use crate::characters::digits::digit;

/// Those numbers, as digits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    numbers: Vec<Vec<u8>>,
    /// Whether someone gave any, besides what is always known, as the year.
    given: bool,
}

impl Numbers {
    /// More than anybody has; the rest is not looked at.
    const MOST: usize = 256;

    /// Adds `01843 849000`, `CT7 9RD`, `PH-00417`, `B12`, `1897`, `Kate Harper` or `29/07/1996`.
    pub(crate) fn add(&mut self, text: &str) {
        self.given |= text.chars().any(char::is_alphanumeric);
        self.insert(text);
        for number in birthday::numbers(text) {
            self.keep(number);
        }
        if text.chars().any(char::is_alphabetic) {
            // Of several words each is a number of its own.
            text.split(|c: char| !c.is_alphanumeric()).for_each(|word| self.insert(word));
        }
    }

    /// Adds a year that everybody knows.
    pub(crate) fn add_year(&mut self, year: u32) {
        self.insert(&year.to_string());
    }

    /// Adds the digits of a text, and what it is when all of it is typed on the keypad.
    fn insert(&mut self, text: &str) {
        let mut plain = Vec::with_capacity(text.len());
        let mut typed = Vec::with_capacity(text.len());
        for c in text.chars() {
            let digit = digit(c);
            plain.extend(digit);
            typed.extend(digit.or_else(|| keypad::key(without_accent(c))));
        }
        self.keep(plain);
        self.keep(typed);
    }

    fn keep(&mut self, number: Vec<u8>) {
        let fits = number.len() >= SHORT && self.numbers.len() < Self::MOST;
        if fits && !self.numbers.contains(&number) {
            self.numbers.push(number);
        }
    }

    /// Whether nobody gave any.
    pub(crate) fn is_empty(&self) -> bool {
        !self.given
    }

    /// Whether a code is one of them, a part of one, made of one, or two of them in a row; forwards or
    /// backwards.
    pub(crate) fn find(&self, code: &[u8]) -> bool {
        let backwards: Vec<u8> = code.iter().rev().copied().collect();
        let either = [code, &backwards];
        self.numbers.iter().any(|number| either.iter().any(|code| made_of(code, number)))
            || either.iter().any(|code| self.two_of_them(code))
    }

    fn two_of_them(&self, code: &[u8]) -> bool {
        (SHORT..code.len()).any(|at| {
            let (left, right) = code.split_at(at);
            let is_one = |part: &[u8]| self.numbers.iter().any(|number| number == part);
            is_one(left) && is_one(right)
        })
    }
}

fn without_accent(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let mut base = None;
    decompose_compatible(c, |part| base = base.or(Some(part)));
    base.unwrap_or(c)
}

/// A number of fewer digits says nothing: some pair of digits is in every code.
const SHORT: usize = 2;
/// This many digits are more than chance, wherever they are in a code: 300 codes of a million have them.
const TELLING: usize = 4;

fn made_of(code: &[u8], number: &[u8]) -> bool {
    let has = |long: &[u8], short: &[u8]| long.windows(short.len()).any(|window| window == short);
    if code.len() < TELLING {
        false
    } else if number.len() >= code.len() {
        has(number, code)
    } else if number.len() >= TELLING {
        has(code, number)
    } else {
        padded(code, number)
    }
}

/// A short number filled up with one digit: room 101 as `101000` or `000101`.
fn padded(code: &[u8], number: &[u8]) -> bool {
    let filler = code.strip_prefix(number).or_else(|| code.strip_suffix(number));
    filler.is_some_and(|rest| rest.iter().zip(rest.iter().skip(1)).all(|(one, other)| one == other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(known: &[&str], code: &str) -> bool {
        let mut numbers = Numbers::default();
        for text in known {
            numbers.add(text);
        }
        let digits: Vec<u8> = code.chars().filter_map(digit).collect();
        assert_eq!(digits.len(), code.len());
        numbers.find(&digits)
    }

    #[track_caller]
    fn check(known: &str, codes: &str, expected: bool) {
        for code in codes.split(' ') {
            assert_eq!(found(&[known], code), expected, "{known}: {code}");
        }
    }

    #[test]
    fn table() {
        check("01843 849000", "849000 843849 018438 0009 000948 01843849 0184384900", true);
        check("01843 849000", "849001 948384 490001 5849000", false);
        check("+44 1843 849 000", "849000 418438", true);
        check("٠١٨٤٣ ٨٤٩٠٠٠", "849000", true);
        // Typed on the keypad, it has six digits.
        check("CT7 9RD", "287973 379782", true);
        check("CT7 9RD", "797300 287937", false);
        check("PH-00417", "004170 900417 714009 7400417", true);
        check("PH-00417", "417417 041758", false);
        check("room B12", "120000 000012 333312 7666212", true);
        check("room B12", "912583 581212", false);
        check("101", "101000 000101 555101 1010000 000101", true);
        check("101", "101583 583101 100100", false);
        check("founded 1897", "189758 581897 798158", true);
        check("1897", "189658 187958", false);
        check("29/07/1996", "290796 072996 960729 199607 2907 0729 29071996 19960729 071996", true);
        check("29/07/1996", "692709 996290 290783 832907 199683 079629", true);
        check("29 July 1996", "290796 960729 199607", true);
        check("1996-07-29", "290796 072996 199607", true);
        check("5.3.87", "050387 030587 5387 1987 870305", true);
        check("29/07/1996", "839174 296183 290896 961729", false);
        check("Kate Harper", "528358 427737 528342 737724", true);
        check("Amy", "269583 583269", false);
        check("Zoë Ñandú", "963583 583963", false);
        check("Zoë Ñandú", "626380", true);
        check("Renée", "736335 833637", true);
        check("", "839174", false);
        check("7", "839174 777777", false);
        check("- .", "839174", false);
    }

    #[test]
    fn two_of_them_in_a_row() {
        assert!(found(&["room 204", "118"], "204118"));
        assert!(found(&["204", "118"], "118204"));
        assert!(found(&["79", "2041"], "792041"));
        assert!(!found(&["204", "118"], "204119"));
    }

    #[test]
    fn the_year_is_known_without_being_given() {
        let mut numbers = Numbers::default();
        numbers.add_year(2026);
        assert!(numbers.is_empty() && numbers.find(&[2, 0, 2, 6, 8, 3]));
        numbers.add("?!");
        assert!(numbers.is_empty());
        numbers.add("x");
        assert!(!numbers.is_empty());
    }

    #[test]
    fn many_are_bounded() {
        let mut numbers = Numbers::default();
        (0..2_000).for_each(|n| numbers.add(&format!("{n:05}")));
        assert_eq!(numbers.numbers.len(), Numbers::MOST);
    }

    /// What is refused for a school that gives all it can.
    #[test]
    fn few_codes_are_lost() {
        let mut numbers = Numbers::default();
        let all =
            ["01843 849000", "CT7 9RD", "PH-00417", "B12", "1897", "Kate Harper", "Birchington"];
        for text in all {
            numbers.add(text);
        }
        numbers.add_year(2026);
        let every = if cfg!(debug_assertions) { 7 } else { 1 };
        let code = |n: u32| -> Vec<u8> { format!("{n:06}").bytes().map(|b| b - b'0').collect() };
        let lost =
            (0..1_000_000).step_by(every).filter(|&n| numbers.find(&code(n))).count() * every;
        assert!((500..5_000).contains(&lost), "{lost} of a million");
    }
}
