//! Which share of made-up passwords the school's sentence refuses: high for those people make up,
//! low for random ones (DESIGN: what counts as containing a word).
//!
//! `cargo test --test judgement -- --nocapture` prints the table.

#![expect(
    clippy::as_conversions,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may panic, and print its table"
)]

use strongpass_policy::{Context, Dictionary, Password, Policy, Rule};

mod corpus;

/// The share, in per cent, in which "does not contain a dictionary word" is broken.
fn share(dictionary: &Dictionary, kind: &str, count: usize) -> f64 {
    let policy = Policy::birchington();
    let passwords = corpus::make(kind, 2026, count);
    let broken = passwords.iter().filter(|password| {
        let password = Password::new(password.as_bytes());
        let verdict = policy.check(&password, dictionary, &Context::default());
        verdict.violations().iter().any(|violation| violation.rule == Rule::DictionaryWord)
    });
    #[expect(clippy::cast_precision_loss, reason = "both are far below 2^52")]
    let share = 100.0 * broken.count() as f64 / count as f64;
    println!("{kind:10} {share:6.2} %");
    share
}

#[track_caller]
fn at_most(kind: &str, percent: f64) {
    let dictionary = strongpass_wordlists::dictionary().unwrap();
    let share = share(&dictionary, kind, 100_000);
    assert!(share <= percent, "{kind}: {share:.2} % of random passwords are refused");
}

#[track_caller]
fn at_least(kind: &str, percent: f64) {
    let dictionary = strongpass_wordlists::dictionary().unwrap();
    let share = share(&dictionary, kind, 20_000);
    assert!(share >= percent, "{kind}: only {share:.2} % are refused");
}

#[test]
fn random_passwords_pass() {
    for kind in ["random-8", "random-10", "random-12", "random-16", "random-20"] {
        at_most(kind, 1.0);
    }
}

#[test]
fn passwords_that_browsers_suggest_pass() {
    at_most("browser", 3.0);
}

#[test]
fn passwords_that_phones_suggest_pass() {
    at_most("syllables", 8.0);
}

#[test]
fn human_like_passwords_are_caught() {
    at_least("human", 73.0);
}

#[test]
fn disguised_words_are_caught() {
    at_least("disguised", 98.0);
}

#[test]
fn runs_of_keys_and_dates_are_caught() {
    at_least("keyboard", 70.0);
}
