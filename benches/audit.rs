//! An audit of NT hashes: words × rules, for one account and for many, with each set of instructions.
//!
//! The accounts are made up: every tenth has a password that the guesses make, the others have one
//! that they do not. Before anything is measured it is asserted that all of the first are found, and
//! none of the others.

#![expect(clippy::as_conversions, reason = "small numbers of a bench")]

use std::convert::Infallible;
use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use criterion::{BenchmarkId, Criterion, Throughput};
use strongpass_audit::{
    Audit, Bounds, Export, FindingKind, HashcatRule, People, ReadOptions, Shapes, Stage, Words,
};
use strongpass_hash::{InstructionSet, Limits, Unsalted};
use strongpass_policy::{Dictionary, Policy};

const WORDS: u64 = 50_000;
const RULES: [&str; 10] =
    [":", "c", "u", "r", "d", "c$1", "c$2$0$2$6", "c$1$!", "so0 c$1$!", "sa@ $9$9"];
/// One account in this many has a password that is found.
const EVERY: u64 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let bench = Bench::new()?;
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("audit NT");
    group.throughput(Throughput::Elements(WORDS * RULES.len() as u64));
    for accounts in [1, 10_000] {
        let export = Bench::export(accounts)?;
        for set in InstructionSet::available() {
            assert_eq!(bench.found(&export, set), accounts.div_ceil(EVERY), "{set}");
            let id = BenchmarkId::new(set.name(), accounts);
            group.bench_with_input(id, &export, |b, export| b.iter(|| bench.found(export, set)));
        }
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}

struct Bench {
    policy: Policy,
    dictionary: Dictionary,
    stages: Vec<Stage>,
    pool: rayon::ThreadPool,
}

impl Bench {
    fn new() -> Result<Self, Box<dyn Error>> {
        let rules = RULES.iter().map(|rule| HashcatRule::parse(rule)).collect::<Result<_, _>>()?;
        let words = Words::listed((0..WORDS).map(word));
        Ok(Self {
            policy: Policy::birchington(),
            dictionary: strongpass_wordlists::dictionary()?,
            stages: vec![Stage { words, shapes: Shapes::listed(rules), personal: false }],
            pool: rayon::ThreadPoolBuilder::new().num_threads(1).build()?,
        })
    }

    /// The first account, and every tenth after it, has one of the words with `2026` behind it.
    fn export(accounts: u64) -> Result<Export, Box<dyn Error>> {
        let mut lines = String::new();
        for number in 0..accounts {
            let password = if number % EVERY == 0 {
                let word = word(number * 37 % WORDS);
                format!(
                    "{}{}2026",
                    word.get(..1).unwrap_or("").to_uppercase(),
                    &word.get(1..).unwrap_or("")
                )
            } else {
                format!("nobody guesses {number}")
            };
            write!(lines, "person{number}:{number}:aad3b435b51404eeaad3b435b51404ee:")?;
            for byte in Unsalted::Nt.digest(password.chars()) {
                write!(lines, "{byte:02x}")?;
            }
            lines.push_str(":::\n");
        }
        Ok(Export::read("network", "network.ntds", lines.into_bytes(), &ReadOptions::default()))
    }

    fn found(&self, export: &Export, instructions: InstructionSet) -> u64 {
        let audit = Audit {
            exports: std::slice::from_ref(black_box(export)),
            people: &People::default(),
            policy: &self.policy,
            dictionary: &self.dictionary,
            stages: &self.stages,
            limits: Limits::default(),
            instructions,
        };
        let stop = AtomicBool::new(false);
        let bounds = Bounds { guesses: None, stop: &stop };
        let run = || audit.run::<Infallible>(&bounds, None, None, &mut |_, _| {});
        // None found is an answer that no assertion takes.
        self.pool.install(run).map_or(0, |report| {
            report.findings.iter().filter(|f| f.kind == FindingKind::Guessed).count() as u64
        })
    }
}

/// Words of six to eleven letters, each another one.
fn word(number: u64) -> String {
    let mut rest = number * 1_000_003 % 308_915_776;
    let starts = ["", "a", "be", "cor", "dune", "elmer"];
    let mut word: String =
        starts.into_iter().cycle().skip(usize::try_from(number % 6).unwrap_or(0)).take(1).collect();
    for _ in 0..6 {
        word.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    word
}
