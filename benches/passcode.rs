//! One passcode, and a register of 100,000 devices with near duplicates in it.
//!
//! The codes are made up. Before anything is measured its answers are asserted: a fast wrong answer
//! is worth nothing.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

use criterion::{Criterion, Throughput};
use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy};

/// A prime: every code of six digits once, in no order.
const STEP: u32 = 618_033;
const DEVICES: u32 = 100_000;
/// One device in this many has nearly the code of the one before it, and one has the same.
const EVERY: u32 = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let is_test = env::args().any(|arg| arg == "--test");
    let bench = Bench::new()?;
    bench.assert_answers();
    register(if is_test { 1 } else { 5 })?;
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    bench.measure(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}

struct Bench {
    policy: Policy,
    dictionary: Dictionary,
    nobody: Context<'static>,
    somebody: Context<'static>,
    codes: Vec<String>,
}

impl Bench {
    fn new() -> Result<Self, Box<dyn Error>> {
        let known = ["01843 849000", "CT7 9RD", "PH-00417", "room B12", "1897", "Kate Harper"];
        Ok(Self {
            policy: Policy::preset("passcode").ok_or("no preset")?,
            dictionary: strongpass_wordlists::dictionary()?,
            nobody: Context::default(),
            somebody: known.into_iter().fold(Context::default(), Context::number).year(2026),
            codes: (0..10_000).map(|n| format!("{:06}", code(n, 1_000_000))).collect(),
        })
    }

    fn refused(&self, context: &Context<'_>) -> usize {
        let refused = |code: &&String| {
            let password = Password::new(black_box(code).as_bytes());
            let verdict = self.policy.check(&password, &self.dictionary, context);
            verdict.outcome() == Outcome::Reject
        };
        self.codes.iter().filter(refused).count()
    }

    fn assert_answers(&self) {
        let (nobody, somebody) = (self.refused(&self.nobody), self.refused(&self.somebody));
        // Two in a hundred, and some more for what is known.
        assert!((150..=260).contains(&nobody), "{nobody} of 10,000");
        assert!((nobody + 3..nobody + 60).contains(&somebody), "{somebody} of 10,000");
    }

    fn measure(&self, criterion: &mut Criterion) -> Result<(), Box<dyn Error>> {
        let mut group = criterion.benchmark_group("passcode/check");
        group.throughput(Throughput::Elements(u64::try_from(self.codes.len())?));
        group.bench_function("nothing known", |b| b.iter(|| self.refused(&self.nobody)));
        group.bench_function("school known", |b| b.iter(|| self.refused(&self.somebody)));
        group.finish();
        Ok(())
    }
}

/// The n-th of `count` codes.
fn code(n: u32, of: u32) -> u32 {
    u32::try_from(u64::from(n) * u64::from(STEP) % u64::from(of)).unwrap_or(0)
}

/// The whole command: reading, judging, reporting.
fn register(rounds: usize) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("register.csv");
    fs::write(&path, devices()?)?;
    let mut seconds = Vec::new();
    for _ in 0..rounds {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
        command.args(["passcode", "audit", "--json", "--as-of", "2026-11-22"]).arg(&path);
        let start = Instant::now();
        let output = command.stdin(Stdio::null()).output()?;
        seconds.push(start.elapsed().as_secs_f64());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let count = |what: &str| report.pointer(what).and_then(serde_json::Value::as_u64);
        let kind = |kind: &str| count(&format!("/summary/kinds/{kind}")).unwrap_or(0);
        assert_eq!(count("/devices"), Some(u64::from(DEVICES)));
        // Two devices for each that was planted, and none by chance: each step changes many digits.
        let planted = u64::from(DEVICES / EVERY * 2);
        assert_eq!((kind("duplicate"), kind("near-duplicate")), (planted, planted));
    }
    seconds.sort_by(f64::total_cmp);
    let median = seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN);
    writeln!(io::stdout(), "passcode/audit of {DEVICES} devices: {median:.2} s")?;
    Ok(())
}

fn devices() -> Result<String, std::fmt::Error> {
    let mut text = String::from("Device,Holder,Passcode,Set on,Known by\n");
    let mut last = 0;
    for n in 0..DEVICES {
        // Far apart from each other, whatever digit is changed.
        let fresh = u64::from(n) * 7_919_317_253 % 9_999_999_967;
        let code = match n % EVERY {
            1 => last,
            3 => last / 10 * 10 + (last + 5) % 10,
            _ => fresh,
        };
        last = code;
        let (holder, month) = (n % 977, n % 12 + 1);
        writeln!(
            text,
            "Phone {n},Holder {holder},{code:010},2026-{:02}-05,Holder {holder}; Network Manager",
            month.min(10)
        )?;
    }
    Ok(text)
}
