//! Codes that are the same, or nearly the same, as others: found by sorting, never by comparing
//! each with each.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use zeroize::Zeroizing;

/// A longer text is no code that somebody changes by one character.
const LONGEST: usize = 32;

/// A code as it is compared: the characters of its digits, or of its text.
pub(super) type Code = Zeroizing<Vec<char>>;

/// Numbers that only this run makes of codes, so that no copies of codes are kept.
#[derive(Default)]
struct Numbers(RandomState);

impl Numbers {
    fn of(&self, code: &[char]) -> u64 {
        self.0.hash_one(code)
    }

    /// One for each character that is left out: codes that differ in one have one in common.
    fn holes<'c>(&'c self, code: &'c Code) -> impl Iterator<Item = u64> + 'c {
        let length = if code.len() > LONGEST { 0 } else { code.len() };
        (0..length).map(move |at| {
            let (before, behind) = code.split_at(at);
            self.0.hash_one((before, behind.get(1..)))
        })
    }

    /// Those of the code backwards, and of the next as a number.
    fn others<'c>(&'c self, code: &'c Code) -> impl Iterator<Item = u64> + 'c {
        let backwards: Code = Zeroizing::new(code.iter().rev().copied().collect());
        neighbours(code).into_iter().chain([backwards]).map(|other| self.of(&other))
    }
}

/// What the codes of devices have in common.
pub(super) struct Alike {
    numbers: Numbers,
    /// The number of a code and of its device, sorted.
    exact: Vec<(u64, u64)>,
    /// The number of a code without one character, and those of the code and its device; sorted.
    holes: Vec<(u64, u64, u64)>,
}

/// What a code has in common with those of other devices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Likeness {
    /// How many other devices have the same.
    pub(super) same: usize,
    /// Whether another device has nearly the same: one character changed, one more or less as a
    /// number, or backwards.
    pub(super) near: bool,
}

impl Alike {
    /// Takes up the codes of devices; the same device may come more than once.
    pub(super) fn of<'c>(codes: impl Iterator<Item = (&'c str, &'c Code)>) -> Self {
        let numbers = Numbers::default();
        let (mut exact, mut holes) = (Vec::new(), Vec::new());
        for (device, code) in codes {
            let (device, number) = (numbers.0.hash_one(device), numbers.of(code));
            exact.push((number, device));
            holes.extend(numbers.holes(code).map(|hole| (hole, number, device)));
        }
        exact.sort_unstable();
        exact.dedup();
        holes.sort_unstable();
        holes.dedup();
        Self { numbers, exact, holes }
    }

    /// What the code of a device has in common with those of others.
    pub(super) fn likeness(&self, device: &str, code: &Code) -> Likeness {
        let (device, number) = (self.numbers.0.hash_one(device), self.numbers.of(code));
        let same = self.having(number).filter(|&&(_, owner)| owner != device).count();
        let elsewhere =
            |other: u64| other != number && self.having(other).any(|&(_, owner)| owner != device);
        let changed = |hole| {
            let begin = self.holes.partition_point(|&(other, ..)| other < hole);
            let group = self.holes.get(begin..).unwrap_or_default();
            let mut group = group.iter().take_while(|(other, ..)| *other == hole);
            group.any(|&(_, other, owner)| other != number && owner != device)
        };
        let near =
            self.numbers.holes(code).any(changed) || self.numbers.others(code).any(elsewhere);
        Likeness { same, near }
    }

    fn having(&self, number: u64) -> impl Iterator<Item = &(u64, u64)> {
        let begin = self.exact.partition_point(|&(other, _)| other < number);
        let rest = self.exact.get(begin..).unwrap_or_default();
        rest.iter().take_while(move |(other, _)| *other == number)
    }
}

/// Codes that new ones may not be, nor be like.
#[derive(Default)]
pub(super) struct Taken {
    numbers: Numbers,
    exact: HashSet<u64>,
    holes: HashSet<u64>,
}

impl Taken {
    pub(super) fn insert(&mut self, code: &Code) {
        self.exact.insert(self.numbers.of(code));
        self.holes.extend(self.numbers.holes(code));
    }

    /// Whether a code is neither one of them nor nearly one of them.
    pub(super) fn leaves(&self, code: &Code) -> bool {
        !self.exact.contains(&self.numbers.of(code))
            && !self.numbers.others(code).any(|other| self.exact.contains(&other))
            && !self.numbers.holes(code).any(|hole| self.holes.contains(&hole))
    }
}

/// The numbers before and after a code of digits.
fn neighbours(code: &Code) -> Vec<Code> {
    let number: Option<Vec<u8>> =
        code.iter().map(|c| c.to_digit(10).and_then(|digit| u8::try_from(digit).ok())).collect();
    let Some(digits) = number.map(Zeroizing::new) else { return Vec::new() };
    let carried = |edge: u8, to: u8, step: fn(u8) -> u8| -> Option<Code> {
        let mut next = digits.clone();
        // Past its last digit that can change, all begin again.
        let at = next.iter().rposition(|&digit| digit != edge)?;
        let (_, rest) = next.split_at_mut(at);
        let (first, behind) = rest.split_first_mut()?;
        *first = step(*first);
        behind.fill(to);
        Some(Zeroizing::new(next.iter().map(|&digit| char::from(b'0' + digit)).collect()))
    };
    let (up, down) = (carried(9, 0, |digit| digit + 1), carried(0, 9, |digit| digit - 1));
    up.into_iter().chain(down).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Zeroizing::new(text.chars().collect())
    }

    #[track_caller]
    fn check(codes: &[(&str, &str)], expected: &[(usize, bool)]) {
        let codes: Vec<(&str, Code)> =
            codes.iter().map(|(device, text)| (*device, code(text))).collect();
        let alike = Alike::of(codes.iter().map(|(device, code)| (*device, code)));
        let found = codes.iter().map(|(device, code)| alike.likeness(device, code));
        let found: Vec<(usize, bool)> = found.map(|found| (found.same, found.near)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn new_codes_are_like_no_others() {
        let mut taken = Taken::default();
        assert!(taken.leaves(&code("839174")));
        taken.insert(&code("839174"));
        taken.insert(&code("205716"));
        for near in ["839174", "839175", "839104", "471938", "205715", "905716"] {
            assert!(!taken.leaves(&code(near)), "{near}");
        }
        for other in ["839147", "839205", "8391742"] {
            assert!(taken.leaves(&code(other)), "{other}");
        }
    }

    #[test]
    fn table() {
        check(&[("a", "839174")], &[(0, false)]);
        check(
            &[("a", "839174"), ("b", "839174"), ("c", "205716")],
            &[(1, false), (1, false), (0, false)],
        );
        check(&[("a", "839174"), ("b", "839174"), ("c", "839174")], &[(2, false); 3]);
        // One digit; one more, with a carry; backwards.
        check(&[("a", "839174"), ("b", "839574")], &[(0, true), (0, true)]);
        check(&[("a", "839199"), ("b", "839200")], &[(0, true), (0, true)]);
        check(&[("a", "839174"), ("b", "471938")], &[(0, true), (0, true)]);
        check(&[("a", "839174"), ("b", "839147")], &[(0, false), (0, false)]);
        check(&[("a", "839174"), ("b", "8391742")], &[(0, false), (0, false)]);
        check(&[("a", "000000"), ("b", "999999")], &[(0, false), (0, false)]);
        check(&[("a", "Kestrel!92"), ("b", "Kestrel!93")], &[(0, true), (0, true)]);
        // A device is not alike to itself.
        check(&[("a", "839174"), ("a", "839174")], &[(0, false), (0, false)]);
        check(
            &[("a", "839174"), ("a", "839175"), ("b", "839174")],
            &[(1, false), (0, true), (1, true)],
        );
        let long = "x".repeat(600);
        check(
            &[("a", &long), ("b", &long), ("c", &format!("{long}y"))],
            &[(1, false), (1, false), (0, false)],
        );
    }

    #[test]
    fn neighbours_are_numbers() {
        let of = |text: &str| -> Vec<String> {
            neighbours(&code(text)).iter().map(|next| next.iter().collect()).collect()
        };
        assert_eq!(of("839199"), ["839200", "839198"]);
        assert_eq!(of("830000"), ["830001", "829999"]);
        assert_eq!(of("000000"), ["000001"]);
        assert_eq!(of("999999"), ["999998"]);
        assert_eq!(of("83919a"), Vec::<String>::new());
        assert_eq!(of(""), Vec::<String>::new());
    }

    /// Against comparing each with each.
    #[test]
    fn finds_what_comparing_each_finds() {
        let mut seed = 7_u32;
        let mut digit = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_digit(seed >> 20 & 3, 10).unwrap()
        };
        let codes: Vec<(String, Code)> = (0..300)
            .map(|n| (n.to_string(), Zeroizing::new((0..6).map(|_| digit()).collect())))
            .collect();
        let alike = Alike::of(codes.iter().map(|(device, code)| (device.as_str(), code)));
        let number = |code: &Code| code.iter().collect::<String>().parse::<i64>().unwrap();
        let mut near = 0;
        for (device, code) in &codes {
            let others = || codes.iter().filter(|(other, _)| other != device).map(|(_, code)| code);
            let same = others().filter(|other| *other == code).count();
            let is_near = |other: &&Code| {
                let changed = code.iter().zip(other.iter()).filter(|(one, two)| one != two).count();
                *other != code
                    && (changed == 1
                        || code.iter().eq(other.iter().rev())
                        || (number(code) - number(other)).abs() == 1)
            };
            let expected = Likeness { same, near: others().any(|other| is_near(&other)) };
            assert_eq!(alike.likeness(device, code), expected);
            near += usize::from(expected.near);
        }
        assert!((50..300).contains(&near), "{near}");
    }
}
