//! Ways to hide one dictionary word. Each takes a word of five letters or more, and what it makes meets
//! "numbers, letters and symbols, 8 characters".

use super::{Seeded, WORDS, capitalised, line_of, meets_classes};

/// A way to hide a word.
pub type Mangling = fn(&mut Seeded, &str) -> String;

pub const MANGLINGS: [(&str, Mangling); 18] = [
    ("as it is", |_, word| word.to_owned()),
    ("capitalised", |_, word| capitalised(word)),
    ("capitals", |_, word| word.to_uppercase()),
    ("mixed case", mixed_case),
    ("some letters swapped", |s, word| swap(s, word, &USUAL, 50)),
    ("all letters swapped", |s, word| swap(s, word, &USUAL, 100)),
    ("some swapped, rare", |s, word| swap(s, word, &RARE, 50)),
    ("all swapped, rare", |s, word| swap(s, word, &RARE, 100)),
    ("backwards", |_, word| word.chars().rev().collect()),
    ("backwards, some swapped", |s, word| swap(s, word, &USUAL, 50).chars().rev().collect()),
    ("backwards, all swapped", |s, word| swap(s, word, &USUAL, 100).chars().rev().collect()),
    ("symbols in between", |s, word| {
        let symbol = s.char_of(".-_*+ ~,").to_string();
        joined(word, |_| symbol.clone())
    }),
    ("digits in between", |s, word| joined(word, |_| s.below(10).to_string())),
    ("something put in", put_in),
    ("letters of other scripts", |s, word| swap(s, word, &LOOK_ALIKE, 60)),
    ("accents", |s, word| swap(s, word, &ACCENTED, 60)),
    // Beyond the sixteen: reported, no limit.
    ("a letter doubled", doubled),
    ("swapped, in between", |s, word| {
        let swapped = swap(s, word, &USUAL, 50);
        joined(&swapped, |_| ".".into())
    }),
];

/// How many of [`MANGLINGS`] the limit is for.
pub const SIXTEEN: usize = 16;

/// A word of five to ten letters, disguised, with what people put around words.
pub fn mangled(s: &mut Seeded, how: Mangling) -> String {
    let word = loop {
        let word = line_of(s, WORDS).split('\t').next().unwrap_or_default();
        if (5..=10).contains(&word.len()) {
            break word;
        }
    };
    let hidden = how(s, word);
    let digits = match s.below(4) {
        0 => s.below(10).to_string(),
        1 => format!("{:02}", s.below(100)),
        2 => (1990 + s.below(40)).to_string(),
        _ => String::new(),
    };
    let symbol = s.char_of("!!!!?.@#*&£%");
    let mut password = match s.below(10) {
        0..=5 => format!("{hidden}{digits}{symbol}"),
        6..=7 => format!("{hidden}{symbol}{digits}"),
        _ => format!("{symbol}{hidden}{digits}"),
    };
    if !password.contains(char::is_alphabetic) {
        password.push(s.char_of("abcdefghijklmnopqrstuvwxyz"));
    }
    while !meets_classes(&password) {
        password.push(s.char_of("0123456789"));
    }
    password
}

const USUAL: [(char, &str); 7] =
    [('o', "0"), ('i', "1!"), ('l', "1"), ('e', "3"), ('a', "4@"), ('s', "5$"), ('t', "7")];

const RARE: [(char, &str); 11] = [
    ('o', "0"),
    ('i', "1!|"),
    ('l', "1|"),
    ('e', "3"),
    ('a', "4@"),
    ('s', "5$"),
    ('t', "7+"),
    ('b', "8"),
    ('g', "96"),
    ('z', "2"),
    ('c', "(<"),
];

const LOOK_ALIKE: [(char, &str); 9] = [
    ('a', "а"),
    ('c', "с"),
    ('e', "е"),
    ('i', "і"),
    ('o', "ο"),
    ('p', "р"),
    ('s', "ѕ"),
    ('x', "х"),
    ('y', "у"),
];

const ACCENTED: [(char, &str); 8] = [
    ('a', "áàäâ"),
    ('c', "ç"),
    ('e', "éèëê"),
    ('i', "íîï"),
    ('n', "ñ"),
    ('o', "óöôø"),
    ('u', "úüù"),
    ('y', "ýÿ"),
];

/// Puts another character for a share of those letters that have one.
fn swap(s: &mut Seeded, word: &str, table: &[(char, &str)], percent: usize) -> String {
    let swapped = |c: char| {
        let looks = table.iter().find(|(letter, _)| *letter == c).filter(|_| s.percent(percent));
        looks.map_or(c, |(_, looks)| s.char_of(looks))
    };
    word.chars().map(swapped).collect()
}

fn mixed_case(s: &mut Seeded, word: &str) -> String {
    word.chars().map(|c| if s.percent(50) { c.to_ascii_uppercase() } else { c }).collect()
}

fn joined(word: &str, mut between: impl FnMut(usize) -> String) -> String {
    let mut text = String::new();
    for (at, c) in word.chars().enumerate() {
        if at > 0 {
            text += &between(at);
        }
        text.push(c);
    }
    text
}

/// One to three digits or symbols at one place in it.
fn put_in(s: &mut Seeded, word: &str) -> String {
    let at = 1 + s.below(word.len() - 1);
    let piece: String = (0..=s.below(3)).map(|_| s.char_of("0123456789!£$%&*.-")).collect();
    format!("{}{piece}{}", &word[..at], &word[at..])
}

fn doubled(s: &mut Seeded, word: &str) -> String {
    let at = s.below(word.len());
    format!("{}{}", &word[..=at], &word[at..])
}
