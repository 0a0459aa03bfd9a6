//! Hunts for the input of 512 bytes that costs the rule the most time a character.
//!
//! `cargo bench --bench worst` searches for some minutes and prints the costliest inputs that it
//! found; `-- --write` keeps the first of each family in `benches/record/worst.txt`, which the
//! other benches and the budgets of continuous integration measure. With `--test` it only looks at
//! those kept. The search goes by time, so it is run by hand and judged by instruction counts.

use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant;
use std::{env, fs, io};

use strongpass_policy::{Context, Dictionary, Password, Policy};

#[path = "../tests/corpus/mod.rs"]
mod corpus;

use corpus::Seeded;

const KEPT: &str = include_str!("record/worst.txt");
const KEPT_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/record/worst.txt");

/// Typed for letters, or for each other's letters, and letters that many words are made of.
const AMBIGUOUS: &str = "0134@5$7!iloeastrn";
/// What a climb may put into an input: the ambiguous, other letters and symbols, and characters
/// that fold to several keys or through the whole of Unicode's tables.
const ALPHABET: &str = "0134@5$7!013457!iloeastrniloeastrnabcdefghijklmnopqrstuvwxyz269.-AES \
                        £éßßßßæﬁⅷ㎯㍱⑾⒙ⅲⅲⅲ⑪⑪⒒ﬃ㎳㎰";

/// How many rounds of changes a climb makes.
const ROUNDS: usize = 4_000;
/// How many climbs there are from pieces.
const CLIMBS: u64 = 48;

/// An input and where it is from.
struct Candidate {
    family: &'static str,
    text: String,
    /// Nanoseconds a character.
    cost: f64,
}

struct Hunt {
    policy: Policy,
    dictionary: Dictionary,
    found: Vec<Candidate>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let is_asked = |flag: &str| env::args().any(|arg| arg == flag);
    let policy = Policy::birchington();
    let dictionary = strongpass_wordlists::dictionary()?;
    let mut hunt = Hunt { policy, dictionary, found: Vec::new() };
    let usual = hunt.usual();
    for line in KEPT.lines() {
        hunt.weigh("kept", line);
    }
    assert!(!hunt.found.is_empty(), "benches/record/worst.txt holds the worst inputs known");
    if !is_asked("--test") {
        hunt.guess();
        hunt.climb_periods();
        hunt.climb_whole();
    }
    hunt.found.sort_by(|a, b| b.cost.total_cmp(&a.cost));
    let mut out = io::stdout().lock();
    writeln!(out, "human-like: {usual:.0} ns a character (median)")?;
    for Candidate { family, text, cost } in hunt.found.iter().take(40) {
        let begin: String = text.chars().take(60).collect();
        writeln!(out, "{cost:7.0} ns  {:5.1} x  {family:10} {begin}", cost / usual)?;
    }
    if is_asked("--write") {
        fs::write(KEPT_FILE, hunt.best_of_each_family())?;
    }
    Ok(())
}

impl Hunt {
    /// The least of some times, in nanoseconds a character: what else the machine does only adds.
    fn cost(&self, text: &str, times: usize) -> f64 {
        let context = Context::default();
        let once = || {
            let start = Instant::now();
            let password = Password::new(text.as_bytes());
            drop(black_box(self.policy.check(black_box(&password), &self.dictionary, &context)));
            start.elapsed().as_secs_f64()
        };
        let least = (0..times).map(|_| once()).fold(f64::INFINITY, f64::min);
        let characters = u32::try_from(text.chars().count().max(1)).unwrap_or(u32::MAX);
        least * 1e9 / f64::from(characters)
    }

    /// The median of human-like passwords.
    fn usual(&self) -> f64 {
        let mut costs: Vec<f64> =
            corpus::make("human", 3, 2_000).iter().map(|password| self.cost(password, 9)).collect();
        costs.sort_by(f64::total_cmp);
        costs.get(costs.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn weigh(&mut self, family: &'static str, text: &str) {
        let text = cut(text).to_owned();
        let cost = self.cost(&text, 15);
        self.found.push(Candidate { family, text, cost });
    }

    /// Everything that one might suspect.
    fn guess(&mut self) {
        for unit in ["1!1!", "l1i!", "4@4a", "5$s", "0o", "7t", "1", "!", "i1", "13", "s5$a4@"] {
            self.weigh("leet", &filled(unit));
        }
        for c in ' '..='~' {
            self.weigh("one key", &filled(&c.to_string()));
            self.weigh("two keys", &filled(&format!("{c}1")));
            self.weigh("two keys", &filled(&format!("{c}a")));
        }
        for unit in ["123123", "123456", "0101", "1.1.", "01/01/", "1/1/1999 ", "010199"] {
            self.weigh("digits", &filled(unit));
        }
        for c in "£éßæﬁⅷ㎯㍱⑾⒙ⅲ⑪⒒ﬃ㎳㎰\u{fdfa}\u{3a9}\u{1d4ea}\u{301}".chars()
        {
            self.weigh("unicode", &filled(&c.to_string()));
            self.weigh("unicode", &filled(&format!("a{c}")));
        }
        self.weigh("unicode", &filled("a\u{301}\u{327}\u{316}\u{345}"));
        for (unit, other) in [("ⅲ", "⑪"), ("ⅲ", "1"), ("ß", "5"), ("ß", "$"), ("ⅲ", "!")]
        {
            for (m, n) in [(1, 1), (2, 1), (1, 2), (3, 1), (5, 2), (4, 4)] {
                self.weigh("unicode", &filled(&(unit.repeat(m) + &other.repeat(n))));
            }
        }
        for run in include_str!("../wordlists/keyboard.txt").lines() {
            self.weigh("keyboard", &filled(run));
        }
        let mut seeded = Seeded::new(7);
        let words: Vec<&str> = include_str!("../wordlists/words.txt")
            .lines()
            .filter_map(|line| line.split('\t').next())
            .filter(|word| word.is_ascii() && word.len() >= 3)
            .collect();
        for i in 0..4_000 {
            let word = seeded.of(&words);
            self.weigh("one word", &filled(word));
            let separator = seeded.of(&["", "", ".", "1"]);
            let many: Vec<&str> = (0..150).map(|_| seeded.of(&words)).collect();
            if i % 4 == 0 {
                self.weigh("words", &many.join(separator));
                let leet: String = many.concat().chars().map(swapped).collect();
                self.weigh("leet words", &leet);
            }
        }
        let ambiguous: Vec<char> = AMBIGUOUS.chars().collect();
        for _ in 0..4_000 {
            let choices: String =
                (0..2 + seeded.below(8)).map(|_| pick(&mut seeded, &ambiguous)).collect();
            let text: String = (0..512).map(|_| seeded.char_of(&choices)).collect();
            self.weigh("random", &text);
        }
    }

    /// Climbs from short pieces, repeated: few places to change, and each change counts many times.
    fn climb_periods(&mut self) {
        let alphabet: Vec<char> = ALPHABET.chars().collect();
        for seed in 0..CLIMBS {
            let mut seeded = Seeded::new(seed);
            let mut unit: Vec<char> =
                (0..=seeded.below(16)).map(|_| pick(&mut seeded, &alphabet)).collect();
            let mut best = 0.0;
            for _ in 0..ROUNDS {
                let next = changed(&mut seeded, &unit, &alphabet);
                let text = filled(&next.iter().collect::<String>());
                if next.len() <= 64 && self.is_better(&text, &mut best) {
                    unit = next;
                }
            }
            self.weigh("period", &filled(&unit.iter().collect::<String>()));
        }
    }

    /// Climbs from the costliest inputs found, place by place.
    fn climb_whole(&mut self) {
        let alphabet: Vec<char> = ALPHABET.chars().collect();
        self.found.sort_by(|a, b| b.cost.total_cmp(&a.cost));
        let starts: Vec<String> = self.found.iter().take(6).map(|c| c.text.clone()).collect();
        for (seed, start) in (100..).zip(starts) {
            let mut seeded = Seeded::new(seed);
            let mut text: Vec<char> = start.chars().collect();
            let mut best = self.cost(&start, 15);
            for _ in 0..ROUNDS {
                let next = changed(&mut seeded, &text, &alphabet);
                let as_text = cut(&next.iter().collect::<String>()).to_owned();
                if self.is_better(&as_text, &mut best) {
                    text = as_text.chars().collect();
                }
            }
            self.weigh("climbed", &text.iter().collect::<String>());
        }
    }

    /// Looks twice before it believes, and then remembers the second, more careful look.
    fn is_better(&self, text: &str, best: &mut f64) -> bool {
        if text.is_empty() || self.cost(text, 3) <= *best {
            return false;
        }
        let careful = self.cost(text, 15);
        let better = careful > *best * 1.002;
        if better {
            *best = careful;
        }
        better
    }

    fn best_of_each_family(&self) -> String {
        let mut families: Vec<&str> = Vec::new();
        let mut text = String::new();
        for candidate in &self.found {
            let is_new = !families.contains(&candidate.family) && !text.contains(&candidate.text);
            if candidate.family != "kept" && is_new {
                families.push(candidate.family);
                text.push_str(&candidate.text);
                text.push('\n');
            }
        }
        text
    }
}

/// `unit` again and again, up to 512 bytes.
fn filled(unit: &str) -> String {
    let text = unit.repeat(Password::MAX_BYTES / unit.len().max(1) + 1);
    cut(&text).to_owned()
}

fn cut(text: &str) -> &str {
    let end = text.floor_char_boundary(Password::MAX_BYTES);
    text.get(..end).unwrap_or_default()
}

fn swapped(c: char) -> char {
    match c {
        'o' => '0',
        'i' | 'l' => '1',
        'e' => '3',
        'a' => '4',
        's' => '5',
        't' => '7',
        other => other,
    }
}

fn pick(seeded: &mut Seeded, from: &[char]) -> char {
    from.get(seeded.below(from.len())).copied().unwrap_or('1')
}

/// A copy with one place replaced, added or dropped, or a piece copied elsewhere.
fn changed(seeded: &mut Seeded, text: &[char], alphabet: &[char]) -> Vec<char> {
    let mut text = text.to_vec();
    for _ in 0..=seeded.below(3) {
        let at = seeded.below(text.len().max(1));
        match seeded.below(8) {
            0 => text.insert(at.min(text.len()), pick(seeded, alphabet)),
            1 if text.len() > 1 => drop(text.remove(at)),
            2 => {
                let length = 1 + seeded.below(24.min(text.len().max(1)));
                let from = seeded.below(text.len().saturating_sub(length) + 1);
                let piece: Vec<char> = text.iter().skip(from).take(length).copied().collect();
                let end = (at + piece.len()).min(text.len());
                drop(text.splice(at.min(end)..end, piece));
            }
            _ => {
                if let Some(place) = text.get_mut(at) {
                    *place = pick(seeded, alphabet);
                }
            }
        }
    }
    text
}
