//! Made-up passwords of the kinds that the rule is judged by, from a seed: the same every time.
//!
//! The human-like ones start from `bases.txt`: strings that people chose and that the shipped lists
//! do not have (see wordlists/SOURCES.md), so the share caught says something about passwords that
//! nobody has listed. They are then completed the way people do to satisfy "numbers, letters and
//! symbols": a capital first, digits and a symbol at the end.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::allow_attributes,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests, benches and examples use it in part, and may panic"
)]

use std::iter::repeat_with;

pub mod alphabets;
pub mod manglings;

const BASES: &str = include_str!("bases.txt");
const WORDS: &str = include_str!("../../wordlists/words.txt");
const NAMES: &str = include_str!("../../wordlists/names.txt");

/// `SplitMix64` (Steele, Lea, Flood 2014): small, and good enough to make up passwords for tests.
pub struct Seeded(u64);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    pub fn char_of(&mut self, choices: &str) -> char {
        let choices: Vec<char> = choices.chars().collect();
        choices[self.below(choices.len())]
    }
}

/// A kind of password, and how one is made.
pub type Maker = fn(&mut Seeded) -> String;

pub const KINDS: [(&str, Maker); 11] = [
    ("random-8", |s| random(s, 8)),
    ("random-10", |s| random(s, 10)),
    ("random-12", |s| random(s, 12)),
    ("random-16", |s| random(s, 16)),
    ("random-20", |s| random(s, 20)),
    ("browser", browser),
    ("syllables", syllables),
    ("human", human),
    ("disguised", disguised),
    ("keyboard", keyboard),
    ("long", |s| random(s, 64)),
];

pub fn maker(kind: &str) -> Option<Maker> {
    KINDS.iter().find(|(name, _)| *name == kind).map(|(_, maker)| *maker)
}

/// `n` passwords of a kind.
pub fn make(kind: &str, seed: u64, n: usize) -> Vec<String> {
    let maker = maker(kind).expect("one of KINDS");
    let mut seeded = Seeded::new(seed);
    repeat_with(|| maker(&mut seeded)).take(n).collect()
}

fn meets_classes(password: &str) -> bool {
    password.chars().count() >= 8
        && password.chars().any(char::is_alphabetic)
        && password.chars().any(|c| c.is_ascii_digit())
        && password.chars().any(|c| !c.is_alphanumeric())
}

/// Uniform over printable ASCII without the space.
pub fn random(s: &mut Seeded, length: usize) -> String {
    (0..length).map(|_| char::from(b'!' + s.below(94) as u8)).collect()
}

/// As browsers suggest: 15 letters, digits and some symbols, at least one of each.
fn browser(s: &mut Seeded) -> String {
    const SET: &str = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789-_.:!";
    repeat_with(|| (0..15).map(|_| s.char_of(SET)).collect::<String>())
        .find(|password| meets_classes(password))
        .expect("an endless iterator")
}

/// As phones suggest: three groups of two syllables, one capital, one digit.
fn syllables(s: &mut Seeded) -> String {
    const CONSONANTS: &str = "bcdfghjkmnpqrstvwxz";
    let groups: Vec<String> = (0..3)
        .map(|_| {
            let forms = [CONSONANTS, "aeiouy", CONSONANTS].repeat(2);
            forms.iter().map(|set| s.char_of(set)).collect()
        })
        .collect();
    let mut password: Vec<char> = groups.join("-").chars().collect();
    let digit = [0, 5, 7, 12, 14, 19][s.below(6)];
    password[digit] = s.char_of("0123456789");
    let letters: Vec<usize> = (0..20).filter(|&i| password[i].is_alphabetic()).collect();
    let capital = letters[s.below(letters.len())];
    password[capital] = password[capital].to_ascii_uppercase();
    password.into_iter().collect()
}

/// A string someone chose, completed to satisfy the classes.
fn human(s: &mut Seeded) -> String {
    let base = line_of(s, BASES);
    complete(s, base)
}

/// A dictionary word or a name, disguised.
fn disguised(s: &mut Seeded) -> String {
    let word = loop {
        let list = if s.percent(75) { WORDS } else { NAMES };
        let line = line_of(s, list);
        let (word, rank) = line.split_once('\t').unwrap_or((line, "0"));
        let frequent =
            rank.parse().is_ok_and(|rank: u32| rank <= 50 || list == NAMES && rank < 3000);
        if frequent && (6..=10).contains(&word.len()) && word.is_ascii() {
            break word;
        }
    };
    let word = match s.below(20) {
        0..=11 => swap_letters(s, word, 3),
        12..=14 => word.chars().rev().collect(),
        15..=16 => {
            let separator = s.char_of(".-_*+ ");
            let letters: Vec<String> = word.chars().map(String::from).collect();
            letters.join(&separator.to_string())
        }
        _ => word.chars().map(|c| if s.percent(50) { c.to_ascii_uppercase() } else { c }).collect(),
    };
    let word = if s.percent(40) { capitalised(&word) } else { word };
    finish(s, &word)
}

/// A line of a list, found without counting its lines (so that longer lines get a longer share).
fn line_of<'a>(s: &mut Seeded, list: &'a str) -> &'a str {
    let from = list.floor_char_boundary(s.below(list.len() - 100));
    list[from..].lines().nth(1).expect("100 bytes hold two lines")
}

/// Replaces one to `most` letters by the digits and symbols that look like them.
fn swap_letters(s: &mut Seeded, word: &str, most: usize) -> String {
    let swaps =
        [('o', "0"), ('i', "1!"), ('l', "1"), ('e', "3"), ('a', "4@"), ('s', "5$"), ('t', "7")];
    let mut letters: Vec<char> = word.chars().collect();
    let mut left = 1 + s.below(most);
    let start = s.below(letters.len());
    for i in (0..letters.len()).map(|i| (start + i) % word.len()).collect::<Vec<_>>() {
        let swap = swaps.iter().find(|(letter, _)| *letter == letters[i]);
        if let (Some((_, looks)), true) = (swap, left > 0) {
            letters[i] = s.char_of(looks);
            left -= 1;
        }
    }
    letters.into_iter().collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn complete(s: &mut Seeded, base: &str) -> String {
    let base = match s.below(100) {
        0..=54 => capitalised(base),
        55..=59 => base.to_uppercase(),
        60..=74 => swap_letters(s, base, 2),
        _ => base.to_owned(),
    };
    finish(s, &base)
}

/// Adds digits and a symbol where people add them, until all classes are there.
fn finish(s: &mut Seeded, base: &str) -> String {
    let symbol =
        s.of(&["!", "!", "!", "!", "!", ".", "@", "#", "$", "*", "?", "£", "-", "_", "&", "+"]);
    let digits = match s.below(10) {
        0..=2 => s.below(10).to_string(),
        3..=5 => format!("{:02}", s.below(100)),
        6 => "123".to_owned(),
        7..=8 => (1950 + s.below(80)).to_string(),
        _ => format!("{:03}", s.below(1000)),
    };
    let has_digit = base.contains(|c: char| c.is_ascii_digit());
    let digits = if has_digit && s.percent(70) { String::new() } else { digits };
    let mut password = match s.below(100) {
        0..=64 => format!("{base}{digits}{symbol}"),
        65..=82 => format!("{base}{symbol}{digits}"),
        83..=89 => format!("{digits}{base}{symbol}"),
        90..=95 => format!("{symbol}{base}{digits}"),
        _ => format!("{symbol}{digits}{base}"),
    };
    if !password.contains(char::is_alphabetic) {
        password.push(s.char_of("abcdefghijklmnopqrstuvwxyz"));
    }
    while !meets_classes(&password) {
        password.push(s.char_of("0123456789"));
    }
    password
}

/// Walks over the keys, characters in order and dates: what people type who want no word.
fn keyboard(s: &mut Seeded) -> String {
    let run = match s.below(100) {
        0..=29 => row(s),
        30..=49 => columns(s),
        50..=64 => wander(s),
        65..=74 => in_order(s),
        75..=82 => repeated(s),
        _ => date(s),
    };
    let run = if s.percent(25) { capitalised(&run) } else { run };
    finish(s, &run)
}

const UK: [[&str; 4]; 2] = [
    ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'#", "\\zxcvbnm,./"],
    ["¬!\"£$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:@~", "|ZXCVBNM<>?"],
];

/// The key in a row and column, or `None` beside the keyboard. Rows are set off by their stagger.
fn key(shift: usize, row: i32, column: i32) -> Option<char> {
    let row_keys = UK[shift].get(usize::try_from(row).ok()?)?;
    let first = i32::from(row == 0 || row == 3);
    row_keys.chars().nth(usize::try_from(column + first).ok()?)
}

fn row(s: &mut Seeded) -> String {
    let keys: Vec<char> = UK[usize::from(s.percent(12))][s.below(4)].chars().collect();
    let length = 5 + s.below(4);
    let start = s.below(keys.len() - length + 1);
    let mut run: Vec<char> = keys[start..start + length].to_vec();
    if s.percent(25) {
        run.reverse();
    }
    run.into_iter().collect()
}

fn columns(s: &mut Seeded) -> String {
    let shift = usize::from(s.percent(12));
    let start = i32::try_from(s.below(7)).expect("small");
    let up_and_down = s.percent(30);
    let top = i32::from(s.percent(25));
    (0..2 + s.below(2))
        .flat_map(|i| {
            let column = start + i32::try_from(i).expect("small");
            let mut keys: Vec<char> = (top..4).filter_map(|row| key(shift, row, column)).collect();
            if up_and_down && i % 2 == 1 {
                keys.reverse();
            }
            keys
        })
        .collect()
}

/// Neighbouring keys with up to two turns.
fn wander(s: &mut Seeded) -> String {
    loop {
        let mut at =
            (i32::try_from(s.below(4)).expect("small"), i32::try_from(s.below(10)).expect("small"));
        let length = 5 + s.below(4);
        let steps = [(0, 1), (0, -1), (1, 0), (-1, 0), (1, -1), (-1, 1)];
        let mut step = steps[s.below(6)];
        let mut keys = vec![key(0, at.0, at.1)];
        let mut turns = 0;
        while keys.len() < length {
            if turns < 2 && keys.len() > 2 && s.percent(25) {
                step = steps[s.below(6)];
                turns += 1;
            }
            at = (at.0 + step.0, at.1 + step.1);
            keys.push(key(0, at.0, at.1));
        }
        if let Some(walk) = keys.into_iter().collect::<Option<String>>() {
            return walk;
        }
    }
}

fn in_order(s: &mut Seeded) -> String {
    let line = s.of(&[
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890",
        "zyxwvutsrqponmlkjihgfedcba",
        "09876543210",
    ]);
    let length = 5 + s.below(4);
    let start = s.below(line.len() - length + 1);
    line[start..start + length].to_owned()
}

fn repeated(s: &mut Seeded) -> String {
    let unit: String =
        (0..=s.below(3)).map(|_| s.char_of("abcdefghijklmnopqrstuvwxyz0123456789")).collect();
    unit.repeat(6_usize.div_ceil(unit.len()))
}

fn date(s: &mut Seeded) -> String {
    let (day, month, year) = (1 + s.below(28), 1 + s.below(12), 1940 + s.below(85));
    match s.below(6) {
        0 => format!("{day:02}{month:02}{year}"),
        1 => format!("{day:02}{month:02}{:02}", year % 100),
        2 => format!("{year}{month:02}{day:02}"),
        3 => format!("{day}/{month}/{year}"),
        4 => format!("{day:02}-{month:02}-{:02}", year % 100),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}
