//! Which share of made-up passwords the school's sentence refuses: high for those people make up,
//! low for random ones (DESIGN: what counts as containing a word).
//!
//! `cargo test --test judgement -- --nocapture` prints the tables.

#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may panic, and print its tables"
)]

use rayon::prelude::*;
use strongpass_policy::{Context, Dictionary, Password, Policy, Rule};

mod corpus;

use corpus::Seeded;
use corpus::alphabets::{ALPHABETS, over};
use corpus::manglings::{MANGLINGS, SIXTEEN, mangled};

const COUNT: usize = 100_000;
const LENGTHS: [usize; 5] = [8, 10, 12, 16, 20];

/// The share, in per cent, in which "does not contain a dictionary word" is broken.
fn share(dictionary: &Dictionary, passwords: &[String]) -> f64 {
    let policy = Policy::birchington();
    let is_broken = |password: &&String| {
        let password = Password::new(password.as_bytes());
        let verdict = policy.check(&password, dictionary, &Context::default());
        verdict.violations().iter().any(|violation| violation.rule == Rule::DictionaryWord)
    };
    100.0 * passwords.par_iter().filter(is_broken).count() as f64 / passwords.len() as f64
}

fn made(make: impl Fn(&mut Seeded) -> String) -> Vec<String> {
    let mut seeded = Seeded::new(2026);
    (0..COUNT).map(|_| make(&mut seeded)).collect()
}

fn share_of(kind: &str) -> f64 {
    let dictionary = strongpass_wordlists::dictionary().unwrap();
    let share = share(&dictionary, &corpus::make(kind, 2026, COUNT));
    println!("{kind:24} {share:6.2} %");
    share
}

#[track_caller]
fn at_most(kind: &str, percent: f64) {
    let share = share_of(kind);
    assert!(share <= percent, "{kind}: {share:.2} % of random passwords are refused");
}

#[track_caller]
fn at_least(kind: &str, percent: f64) {
    let share = share_of(kind);
    assert!(share >= percent, "{kind}: only {share:.2} % are refused");
}

#[test]
fn random_passwords_of_every_alphabet_pass() {
    let dictionary = strongpass_wordlists::dictionary().unwrap();
    let mut above = Vec::new();
    for alphabet in ALPHABETS {
        print!("{alphabet:10}");
        for length in LENGTHS {
            let share = share(&dictionary, &made(|s| over(s, alphabet, length)));
            print!(" {length:2}: {share:4.2} %");
            if share > 0.7 {
                above.push(format!("{alphabet} {length}: {share:.2} %"));
            }
        }
        println!();
    }
    assert!(above.is_empty(), "refused too often: {}", above.join(", "));
}

#[test]
fn passwords_that_browsers_suggest_pass() {
    at_most("browser", 0.7);
}

#[test]
fn passwords_that_phones_suggest_pass() {
    at_most("syllables", 5.0);
}

#[test]
fn human_like_passwords_are_caught() {
    at_least("human", 75.0);
}

#[test]
fn disguised_words_are_caught() {
    at_least("disguised", 98.0);
}

#[test]
fn words_are_caught_in_sixteen_manglings() {
    let dictionary = strongpass_wordlists::dictionary().unwrap();
    let mut sum = 0.0;
    for (number, (name, how)) in MANGLINGS.into_iter().enumerate() {
        let share = share(&dictionary, &made(|s| mangled(s, how)));
        println!("{name:24} {share:6.2} %");
        if number < SIXTEEN {
            sum += share;
        }
    }
    let mean = sum / SIXTEEN as f64;
    println!("{:24} {mean:6.2} %", "mean of sixteen");
    assert!(mean >= 98.0, "only {mean:.2} % are refused");
}

#[test]
fn runs_of_keys_and_dates_are_caught() {
    at_least("keyboard", 93.0);
}
