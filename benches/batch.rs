//! The built command over a file: how many passwords a second, on one thread and on two.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use criterion::{Criterion, Throughput};

#[path = "../tests/corpus/mod.rs"]
mod corpus;

const LINES: usize = 100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .measurement_time(Duration::from_secs(8))
        .configure_from_args();
    let mut group = criterion.benchmark_group("batch");
    group.throughput(Throughput::Elements(u64::try_from(LINES)?));
    for kind in ["human", "random-12"] {
        let file = file(kind)?;
        assert_answers(kind, &file)?;
        for threads in ["1", "2"] {
            group.bench_function(format!("{kind}/threads {threads}"), |b| {
                b.iter(|| check(&file, threads));
            });
        }
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}

/// A file of made-up passwords, one a line.
fn file(kind: &str) -> Result<PathBuf, Box<dyn Error>> {
    let mut text = String::new();
    for password in corpus::make(kind, 9, LINES) {
        writeln!(text, "{password}")?;
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{kind}.txt"));
    fs::write(&path, text)?;
    Ok(path)
}

fn check(file: &Path, threads: &str) -> std::io::Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.args(["check", "--policy", "birchington", "--threads", threads, "--batch"]);
    command.arg(file).output()
}

/// A line for each password, the same on one thread and on two, and about as many refused as the
/// judgement of the rule says.
fn assert_answers(kind: &str, file: &Path) -> Result<(), Box<dyn Error>> {
    let one = check(file, "1")?;
    assert_eq!(one.status.code(), Some(1), "{kind}: some are refused");
    assert_eq!(one.stdout, check(file, "2")?.stdout, "{kind}: the order is that of the file");
    let answers = String::from_utf8(one.stdout)?;
    assert_eq!(answers.lines().count(), LINES);
    let words = answers.lines().filter(|line| line.contains("dictionary-word")).count();
    let (least, most) = if kind == "human" { (70, 95) } else { (0, 1) };
    assert!((least..=most).contains(&(words * 100 / LINES)), "{kind}: {words} contain a word");
    Ok(())
}
