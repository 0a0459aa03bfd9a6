//! One check by kind of password, beside the `zxcvbn` crate on the same passwords in the same run.
//!
//! First come interleaved rounds and the ratio of their medians, which says more on a machine that
//! others use too; then criterion's figures, whose history is in `target/criterion`.

use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant;
use std::{env, io};

use criterion::{Criterion, Throughput};
use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy, Rule};

#[path = "../tests/corpus/mod.rs"]
mod corpus;

/// The inputs that `worst.rs` found.
const WORST: &str = include_str!("record/worst.txt");

/// How many passwords of a kind are checked in turn, as a batch does: fewer teach the processor to
/// know them, and what they cost is to fetch again what the other crate left out of the caches.
const COUNT: usize = 10_000;
/// Of long ones the `zxcvbn` crate would take too long for as many.
const COUNT_LONG: usize = 100;
const ROUNDS: usize = 11;

/// The `zxcvbn` crate takes time out of all proportion for longer ones.
const MOST_FOR_ZXCVBN: usize = 100;

struct Kind {
    name: &'static str,
    passwords: Vec<String>,
    /// How many in a hundred the school's sentence refuses, at least and at most.
    refused: (usize, usize),
    beside_zxcvbn: bool,
}

struct Bench {
    policy: Policy,
    dictionary: Dictionary,
}

fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::birchington();
    let bench = Bench { policy, dictionary: strongpass_wordlists::dictionary()? };
    let kinds = kinds();
    let is_test = env::args().any(|arg| arg == "--test");
    for kind in &kinds {
        bench.assert_answers(kind);
    }
    bench.ratios(&kinds, if is_test { 1 } else { ROUNDS })?;
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    for kind in &kinds {
        bench.measure(&mut criterion, kind)?;
    }
    criterion.final_summary();
    Ok(())
}

fn kinds() -> Vec<Kind> {
    let kind = |name, refused| {
        let count = if name == "long" { COUNT_LONG } else { COUNT };
        let passwords = corpus::make(name, 12, count);
        Kind { name, passwords, refused, beside_zxcvbn: true }
    };
    let folded = |password: &String| password.replace('a', "á").replace('e', "ê").replace('o', "ø");
    let human = corpus::make("human", 12, COUNT);
    vec![
        kind("random-12", (0, 3)),
        kind("human", (70, 95)),
        kind("disguised", (95, 100)),
        kind("long", (0, 20)),
        Kind {
            name: "accents",
            passwords: human.iter().map(folded).collect(),
            refused: (55, 95),
            beside_zxcvbn: true,
        },
        Kind {
            name: "worst",
            passwords: WORST.lines().map(str::to_owned).collect(),
            // One has no letter that anybody reads as Latin.
            refused: (85, 100),
            beside_zxcvbn: false,
        },
    ]
}

impl Bench {
    fn is_refused(&self, password: &str) -> bool {
        let password = Password::new(password.as_bytes());
        let verdict = self.policy.check(&password, &self.dictionary, &Context::default());
        verdict.outcome() == Outcome::Reject
    }

    fn refused(&self, passwords: &[String]) -> usize {
        passwords.iter().filter(|password| self.is_refused(black_box(password))).count()
    }

    /// A fast wrong answer is worth nothing.
    fn assert_answers(&self, kind: &Kind) {
        let Kind { name, passwords, refused: (least, most), beside_zxcvbn } = kind;
        let by_word = |password: &&String| {
            let password = Password::new(password.as_bytes());
            let verdict = self.policy.check(&password, &self.dictionary, &Context::default());
            verdict.violations().iter().any(|violation| violation.rule == Rule::DictionaryWord)
        };
        let share = passwords.iter().filter(by_word).count() * 100 / passwords.len();
        assert!((*least..=*most).contains(&share), "{name}: {share} % contain a word");
        if *beside_zxcvbn {
            assert!(passwords.iter().all(|password| guesses(password) > 0.0), "{name}");
        }
    }

    /// Both in turn, so that what else the machine does meets both.
    fn ratios(&self, kinds: &[Kind], rounds: usize) -> io::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(out, "{:10} {:>13} {:>13} {:>7}", "kind", "strongpass", "zxcvbn", "ratio")?;
        for Kind { name, passwords, .. } in kinds.iter().filter(|kind| kind.beside_zxcvbn) {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..rounds {
                ours.push(seconds(|| self.refused(passwords)));
                theirs.push(seconds(|| all_guesses(passwords)));
            }
            let (ours, theirs) = (median(ours), median(theirs));
            let count = f64::from(u16::try_from(passwords.len()).unwrap_or(u16::MAX));
            let each = |seconds: f64| seconds * 1e6 / count;
            let ratio = theirs / ours;
            let (ours, theirs) = (each(ours), each(theirs));
            writeln!(out, "{name:10} {ours:10.2} µs {theirs:10.2} µs {ratio:6.0} x")?;
        }
        Ok(())
    }

    fn measure(&self, criterion: &mut Criterion, kind: &Kind) -> Result<(), Box<dyn Error>> {
        let Kind { name, passwords, beside_zxcvbn, .. } = kind;
        let mut group = criterion.benchmark_group(format!("check/{name}"));
        group.throughput(Throughput::Elements(u64::try_from(passwords.len())?));
        group.bench_function("strongpass", |b| b.iter(|| self.refused(passwords)));
        if *beside_zxcvbn {
            group.bench_function("zxcvbn", |b| b.iter(|| all_guesses(passwords)));
        }
        group.finish();
        Ok(())
    }
}

fn guesses(password: &str) -> f64 {
    let end = password.char_indices().nth(MOST_FOR_ZXCVBN).map_or(password.len(), |(at, _)| at);
    zxcvbn::zxcvbn(password.get(..end).unwrap_or_default(), &[]).guesses_log10()
}

fn all_guesses(passwords: &[String]) -> f64 {
    passwords.iter().map(|password| guesses(black_box(password))).sum()
}

fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64()
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or(f64::NAN)
}
