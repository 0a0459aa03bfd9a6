//! `check --batch`: a verdict a line, in order, in constant memory, on all cores.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy};

use crate::cli::CheckArgs;
use crate::lines::{Lines, lines};
use crate::{Exit, json};

/// What one core takes at a time.
const PIECE: usize = 1 << 15;

/// All that a verdict needs besides the password.
pub(crate) struct Judge<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) dictionary: &'a Dictionary,
    pub(crate) context: Context<'a>,
}

/// Whether any line was rejected, or could not be checked.
#[derive(Clone, Copy, Default)]
struct Tally {
    rejected: bool,
    unchecked: bool,
}

impl Tally {
    fn exit(self) -> Exit {
        match self {
            Self { unchecked: true, .. } => Exit::Unable,
            Self { rejected: true, .. } => Exit::No,
            _ => Exit::Yes,
        }
    }
}

pub(crate) fn run(path: &Path, args: &CheckArgs, judge: &Judge<'_>) -> anyhow::Result<Exit> {
    let threads = usize::from(args.threads.unwrap_or(0));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let name = path.display().to_string();
    let (source, size): (Box<dyn Read + Send>, _) = if name == "-" {
        (Box::new(io::stdin()), 0)
    } else {
        let file = File::open(path).with_context(|| name.clone())?;
        let size = file.metadata().with_context(|| name.clone())?.len();
        (Box::new(file), size)
    };
    let progress = progress(size);
    let mut source = Lines::new(progress.wrap_read(source));
    let mut out = io::stdout().lock();
    let (mut tally, mut line) = (Tally::default(), 1);
    while let Some(block) = source.next_block().with_context(|| name.clone())? {
        let pieces = pieces(block, &mut line);
        let answer = |&(piece, first): &(&[u8], u64)| judge.answer(piece, first, args.json);
        let answers: Vec<(Vec<u8>, Tally)> = if pieces.len() == 1 {
            pieces.iter().map(answer).collect()
        } else {
            pool.install(|| pieces.par_iter().map(answer).collect())
        };
        for (text, of_piece) in answers {
            out.write_all(&text)?;
            tally.rejected |= of_piece.rejected;
            tally.unchecked |= of_piece.unchecked;
        }
        out.flush()?;
    }
    progress.finish_and_clear();
    Ok(tally.exit())
}

/// Cuts a block into pieces of whole lines, each with the number of its first line.
fn pieces<'b>(mut block: &'b [u8], line: &mut u64) -> Vec<(&'b [u8], u64)> {
    let mut pieces = Vec::new();
    while !block.is_empty() {
        let rest = block.get(PIECE..).unwrap_or_default();
        let end = rest.iter().position(|&byte| byte == b'\n').map(|at| PIECE + at + 1);
        let (piece, later) = block.split_at(end.unwrap_or(block.len()));
        pieces.push((piece, *line));
        *line += piece.iter().map(|&byte| u64::from(byte == b'\n')).sum::<u64>();
        block = later;
    }
    pieces
}

impl Judge<'_> {
    /// The answers to the lines of a piece.
    fn answer(&self, piece: &[u8], first: u64, json: bool) -> (Vec<u8>, Tally) {
        let mut out = Vec::with_capacity(piece.len() * 3);
        let mut tally = Tally::default();
        let mut rules = Vec::new();
        for (number, line) in (first..).zip(lines(piece)) {
            let password = Password::new(line);
            let verdict = self.policy.check(&password, self.dictionary, &self.context);
            let outcome = verdict.outcome();
            rules.clear();
            rules.extend(verdict.violations().iter().map(|violation| violation.rule.id()));
            tally.rejected |= outcome == Outcome::Reject;
            tally.unchecked |= outcome == Outcome::Unchecked;
            write_answer(&mut out, number, outcome.id(), &rules, json);
        }
        (out, tally)
    }
}

fn write_answer(out: &mut Vec<u8>, line: u64, verdict: &'static str, rules: &[&str], json: bool) {
    if json {
        // Writing to memory cannot fail.
        serde_json::to_writer(&mut *out, &json::Answered { line, verdict, rules }).ok();
    } else {
        out.extend(verdict.as_bytes());
        let mut separator = b" ";
        for rule in rules {
            out.extend(separator);
            out.extend(rule.as_bytes());
            separator = b",";
        }
    }
    out.push(b'\n');
}

/// A bar on standard error if somebody is there to see it and the answers go elsewhere.
fn progress(size: u64) -> ProgressBar {
    if size < 1 << 20 || !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {percent}% {bytes_per_sec}, {eta} left");
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
