//! Finds codes that are the same as others, or nearly: by sorting, never by comparing each with
//! each.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use strongpass_policy::Password;
use zeroize::Zeroizing;

/// A longer text is not a code that someone changes by one character.
const LONGEST: usize = 32;

/// A code as it is compared: its digits without separators, of whatever script, or its text.
pub(super) struct Code(Zeroizing<Vec<char>>);

impl Code {
    /// `None` for what is not text.
    pub(super) fn from_password(code: &Password) -> Option<Self> {
        let digits = code.digits();
        let text = if digits.is_some() { "" } else { code.expose()? };
        let digits = digits.as_deref().map_or(&[][..], Vec::as_slice);
        let mut chars = Zeroizing::new(Vec::with_capacity(digits.len() + text.len()));
        chars.extend(digits.iter().map(|&digit| char::from(b'0' + digit)));
        chars.extend(text.chars());
        Some(Self(chars))
    }
}

/// Numbers that only this run makes of codes, so that no copies of codes are kept.
struct Numbers {
    of_texts: RandomState,
    keys: [u64; 2],
}

impl Default for Numbers {
    fn default() -> Self {
        let of_texts = RandomState::new();
        let keys = [of_texts.hash_one(0), of_texts.hash_one(1)];
        Self { of_texts, keys }
    }
}

impl Numbers {
    fn of(&self, code: &[char]) -> u64 {
        packed(code).map_or_else(|| self.of_texts.hash_one(code), |packed| self.mixed(packed))
    }

    /// Another number for each, and cheaper than a hash: most codes are digits, and each is asked
    /// for with every digit left out.
    fn mixed(&self, packed: u64) -> u64 {
        let [first, second] = self.keys;
        let mixed = (packed ^ first).wrapping_mul(second | 1);
        mixed ^ mixed >> 32
    }

    /// One for each character that is left out: codes that differ in one have one in common.
    fn holes<'c>(&'c self, code: &'c Code) -> impl Iterator<Item = u64> + 'c {
        let packed = packed(&code.0);
        let length = if code.0.len() > LONGEST { 0 } else { code.0.len() };
        (0..length).map(move |at| {
            if let Some(packed) = packed {
                return self.mixed(packed | 0xf << (4 * at));
            }
            let (before, behind) = code.0.split_at(at);
            self.of_texts.hash_one((before, behind.get(1..)))
        })
    }

    fn of_device(&self, device: &str) -> u64 {
        self.of_texts.hash_one(device)
    }

    /// Those of the code backwards, and of the next as a number.
    fn others<'c>(&'c self, code: &'c Code) -> impl Iterator<Item = u64> + 'c {
        let backwards: Zeroizing<Vec<char>> =
            Zeroizing::new(code.0.iter().rev().copied().collect());
        neighbours(&code.0).into_iter().chain([backwards]).map(|other| self.of(&other))
    }
}

/// Digits in four bits each, behind a mark that tells their number.
fn packed(code: &[char]) -> Option<u64> {
    let push = |packed: u64, c: &char| {
        let digit = c.to_digit(10)?;
        Some(packed << 4 | u64::from(digit))
    };
    if code.len() > 15 { None } else { code.iter().try_fold(0xe, push) }
}

/// What the codes of devices have in common.
pub(super) struct SimilarCodes {
    numbers: Numbers,
    /// The number of a code and of its device, each once, sorted.
    exact: Vec<(u64, u64)>,
    /// For what several have in common when a character is left out, some of them.
    groups: HashMap<u64, Group>,
}

/// The number of a code and of its device, of a few that are nearly the same. Of five that have at
/// most two codes or devices alike, one differs in both from whatever it is compared with.
#[derive(Default)]
struct Group(Vec<(u64, u64)>);

impl Group {
    const ENOUGH: usize = 5;

    fn push(&mut self, (number, device): (u64, u64)) {
        let alike = |same: fn(&(u64, u64), (u64, u64)) -> bool| {
            self.0.iter().filter(|entry| same(entry, (number, device))).count()
        };
        let (numbers, devices) =
            (alike(|one, two| one.0 == two.0), alike(|one, two| one.1 == two.1));
        let known = self.0.contains(&(number, device));
        if !known && self.0.len() < Self::ENOUGH && numbers < 2 && devices < 2 {
            self.0.push((number, device));
        }
    }

    /// Whether it has another code of another device.
    fn has_other_than(&self, number: u64, device: u64) -> bool {
        self.0.iter().any(|&(other, owner)| other != number && owner != device)
    }
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

impl SimilarCodes {
    /// Takes up the codes of devices; the same device may come more than once.
    pub(super) fn new<'c>(codes: impl Iterator<Item = (&'c str, &'c Code)> + Clone) -> Self {
        let numbers = Numbers::default();
        let (mut exact, mut holes) = (Vec::new(), Vec::new());
        for (device, code) in codes.clone() {
            exact.push((numbers.of(&code.0), numbers.of_device(device)));
            holes.extend(numbers.holes(code));
        }
        exact.sort_unstable();
        exact.dedup();
        holes.sort_unstable();
        let shared = holes.windows(2).filter_map(|pair| match pair {
            [one, other] if one == other => Some((*one, Group::default())),
            _ => None,
        });
        let mut groups: HashMap<u64, Group> = shared.collect();
        for (device, code) in codes {
            let entry = (numbers.of(&code.0), numbers.of_device(device));
            for hole in numbers.holes(code) {
                if let Some(group) = groups.get_mut(&hole) {
                    group.push(entry);
                }
            }
        }
        Self { numbers, exact, groups }
    }

    /// What the code of a device has in common with those of others.
    pub(super) fn likeness(&self, device: &str, code: &Code) -> Likeness {
        let (device, number) = (self.numbers.of_device(device), self.numbers.of(&code.0));
        let elsewhere = |other: u64| match self.having(other) {
            [] => false,
            [(_, owner)] => other != number && *owner != device,
            // Each device is there once.
            _ => other != number,
        };
        let changed = |hole: u64| {
            self.groups.get(&hole).is_some_and(|group| group.has_other_than(number, device))
        };
        let near =
            self.numbers.holes(code).any(changed) || self.numbers.others(code).any(elsewhere);
        Likeness { same: self.having(number).len().saturating_sub(1), near }
    }

    /// All that have that code.
    fn having(&self, number: u64) -> &[(u64, u64)] {
        let begin = self.exact.partition_point(|&(other, _)| other < number);
        let rest = self.exact.get(begin..).unwrap_or_default();
        let end = rest.partition_point(|&(other, _)| other == number);
        rest.get(..end).unwrap_or_default()
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
        self.exact.insert(self.numbers.of(&code.0));
        self.holes.extend(self.numbers.holes(code));
    }

    /// Whether a code is neither one of them nor nearly one of them.
    pub(super) fn leaves(&self, code: &Code) -> bool {
        !self.exact.contains(&self.numbers.of(&code.0))
            && !self.numbers.others(code).any(|other| self.exact.contains(&other))
            && !self.numbers.holes(code).any(|hole| self.holes.contains(&hole))
    }
}

/// The numbers before and after a code of digits.
fn neighbours(code: &[char]) -> Vec<Zeroizing<Vec<char>>> {
    let number: Option<Vec<u8>> =
        code.iter().map(|c| c.to_digit(10).and_then(|digit| u8::try_from(digit).ok())).collect();
    let Some(digits) = number.map(Zeroizing::new) else { return Vec::new() };
    let carried = |edge: u8, to: u8, step: fn(u8) -> u8| {
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
        Code(Zeroizing::new(text.chars().collect()))
    }

    #[track_caller]
    fn check(codes: &[(&str, &str)], expected: &[(usize, bool)]) {
        let codes: Vec<(&str, Code)> =
            codes.iter().map(|(device, text)| (*device, code(text))).collect();
        let alike = SimilarCodes::new(codes.iter().map(|(device, code)| (*device, code)));
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
    fn of_a_crowd_each_is_compared_with_all() {
        // One device with a hundred codes, a hundred devices with one code, and one more of each.
        let crowd = |codes: &[(String, Code)], expected: &[(usize, bool)]| {
            let alike =
                SimilarCodes::new(codes.iter().map(|(device, code)| (device.as_str(), code)));
            let found = codes.iter().map(|(device, code)| alike.likeness(device, code));
            let found: Vec<(usize, bool)> = found.map(|found| (found.same, found.near)).collect();
            assert_eq!(found, expected);
        };
        let letter = |n: u32| char::from_u32(0x4e00 + n).unwrap();
        let of_one = |n: u32| ("a".to_owned(), code(&format!("Kestrel{}", letter(n))));
        let mut codes: Vec<(String, Code)> = (0..100).map(of_one).collect();
        crowd(&codes, &[(0, false); 100]);
        codes.push(("b".into(), code("Kestrel!")));
        crowd(&codes, &[(0, true); 101]);
        let same = |n: u32| (n.to_string(), code("839174"));
        let mut codes: Vec<(String, Code)> = (0..100).map(same).collect();
        crowd(&codes, &[(99, false); 100]);
        codes.push(("x".into(), code("839175")));
        crowd(&codes, &[&[(99, true); 100][..], &[(0, true)]].concat());
    }

    #[test]
    fn neighbours_are_numbers() {
        let of = |text: &str| -> Vec<String> {
            neighbours(&code(text).0).iter().map(|next| next.iter().collect()).collect()
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
            .map(|n| (n.to_string(), Code(Zeroizing::new((0..6).map(|_| digit()).collect()))))
            .collect();
        let alike = SimilarCodes::new(codes.iter().map(|(device, code)| (device.as_str(), code)));
        let number = |code: &Code| code.0.iter().collect::<String>().parse::<i64>().unwrap();
        let mut near = 0;
        for (device, code) in &codes {
            let others = || codes.iter().filter(|(other, _)| other != device).map(|(_, code)| code);
            let same = others().filter(|other| other.0 == code.0).count();
            let is_near = |other: &&Code| {
                let changed =
                    code.0.iter().zip(other.0.iter()).filter(|(one, two)| one != two).count();
                other.0 != code.0
                    && (changed == 1
                        || code.0.iter().eq(other.0.iter().rev())
                        || (number(code) - number(other)).abs() == 1)
            };
            let expected = Likeness { same, near: others().any(|other| is_near(&other)) };
            assert_eq!(alike.likeness(device, code), expected);
            near += usize::from(expected.near);
        }
        assert!((50..300).contains(&near), "{near}");
    }
}
