//! What each word list is worth: the share of made-up passwords of each kind that is refused with
//! all lists, without each of them, and with each of them alone. Prints the table of SOURCES.md.
//!
//! `cargo run --release --example judge_lists`, from the folder of the workspace.

#![expect(clippy::disallowed_methods, reason = "word lists are not secrets")]
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "it prints shares"
)]

use std::error::Error;
use std::fs;

use rayon::prelude::*;
use strongpass_policy::{Context, Dictionary, List, Password, Policy, Rule, WordList};

#[path = "../tests/corpus/mod.rs"]
mod corpus;

const LISTS: [(&str, List); 8] = [
    ("words", List::Word),
    ("profanity", List::Word),
    ("languages", List::Word),
    ("names", List::Name),
    ("places", List::Place),
    ("school", List::Local),
    ("keyboard", List::Keyboard),
    ("passwords", List::Password),
];

const KINDS: [(&str, usize); 7] = [
    ("human", 50_000),
    ("disguised", 20_000),
    ("keyboard", 20_000),
    ("random-8", 100_000),
    ("random-20", 100_000),
    ("browser", 100_000),
    ("syllables", 100_000),
];

fn main() -> Result<(), Box<dyn Error>> {
    let corpora: Vec<Vec<String>> =
        KINDS.iter().map(|&(kind, count)| corpus::make(kind, 2026, count)).collect();
    print!("| lists |");
    for (kind, _) in KINDS {
        print!(" {kind} |");
    }
    println!("\n|---|{}", "--:|".repeat(KINDS.len()));
    row("all", &corpora, &compiled(|_| true)?);
    for (without, _) in LISTS {
        row(&format!("without {without}"), &corpora, &compiled(|name| name != without)?);
    }
    for (only, _) in LISTS {
        row(&format!("{only} alone"), &corpora, &compiled(|name| name == only)?);
    }
    Ok(())
}

fn compiled(wanted: impl Fn(&str) -> bool) -> Result<Dictionary, Box<dyn Error>> {
    let mut compiler = WordList::compiler();
    for (name, list) in LISTS.into_iter().filter(|(name, _)| wanted(name)) {
        for line in fs::read_to_string(format!("wordlists/{name}.txt"))?.lines() {
            compiler.add_line(list, line)?;
        }
    }
    Ok(Dictionary::from(WordList::open(compiler.finish()?)?))
}

fn row(title: &str, corpora: &[Vec<String>], dictionary: &Dictionary) {
    let policy = Policy::birchington();
    print!("| {title} |");
    for passwords in corpora {
        let broken = passwords.par_iter().filter(|password| {
            let password = Password::new(password.as_bytes());
            let verdict = policy.check(&password, dictionary, &Context::default());
            verdict.violations().iter().any(|violation| violation.rule == Rule::DictionaryWord)
        });
        print!(" {:.2} |", 100.0 * broken.count() as f64 / passwords.len() as f64);
    }
    println!();
}
