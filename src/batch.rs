//! `check --batch`: a verdict a line, in order, in constant memory, on all cores.
//!
//! Each thread takes a piece, answers it and hands the answers in: one reads while others answer, and
//! nobody waits for a line that has not come yet. So a script may write a line, read its answer, and
//! go on.

use std::io::{self, IsTerminal as _, Read, Write};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ScopedJoinHandle};

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use strongpass_gate::BreachLookUp;
use strongpass_policy::{Context, Dictionary, Exposure, Outcome, Password, Policy};
use strongpass_report::write_json;
use strongpass_tables::{LineBlocks, count_lines, line_ranges, lines_of};
use strongpass_terminal::text;
use zeroize::{Zeroize as _, Zeroizing};

use crate::cli::CheckArgs;
use crate::exit::Exit;
use crate::ordered_writer::OrderedWriter;
use crate::{memory, output, secret_file};

/// What one thread takes at a time.
const PIECE: usize = 1 << 15;

/// One line of a batch.
#[derive(Serialize)]
struct Answered<'a> {
    line: u64,
    verdict: &'static str,
    rules: &'a [&'a str],
}

/// All that a verdict needs besides the password.
pub(crate) struct Judge<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) dictionary: &'a Dictionary,
    pub(crate) context: Context<'a>,
    pub(crate) breached: BreachLookUp,
}

/// Whether there was any line, and one that was rejected or could not be checked.
#[derive(Clone, Copy, Default)]
struct Tally {
    answered: bool,
    rejected: bool,
    unchecked: bool,
}

impl Tally {
    fn or(self, other: Self) -> Self {
        Self {
            answered: self.answered || other.answered,
            rejected: self.rejected || other.rejected,
            unchecked: self.unchecked || other.unchecked,
        }
    }

    fn exit(self) -> Exit {
        match self {
            Self { unchecked: true, .. } => Exit::Unable,
            Self { rejected: true, .. } => Exit::No,
            _ => Exit::Yes,
        }
    }
}

pub(crate) fn run(path: &Path, args: &CheckArgs, judge: &Judge<'_>) -> anyhow::Result<Exit> {
    let threads = match usize::from(args.threads.unwrap_or(0)) {
        0 => thread::available_parallelism().map_or(1, NonZero::get),
        threads => threads,
    };
    let name = path.display().to_string();
    let source = secret_file::open(path)?;
    let progress = progress(source.metadata().with_context(|| name.clone())?.len());
    let source = LineBlocks::with_buffer(progress.wrap_read(source), PIECE);
    let pieces = Pieces { source, name: name.clone(), taken: 0, lines: 0, ended: false };
    let (pieces, writer) = (Mutex::new(pieces), OrderedWriter::new(output::stdout()?));
    let work = || judge.answer_all(&pieces, &writer, args.json);
    let tally = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mine = work();
        let join = |other: ScopedJoinHandle<'_, _>| {
            other.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        others.into_iter().map(join).fold(mine, |all, one| Ok(all?.or(one?)))
    })?;
    progress.finish_and_clear();
    if let Some(failure) = judge.breached.failure() {
        text::complain(&failure.to_string());
    }
    if !tally.answered {
        bail!("{name}: it has no lines; nothing was checked");
    }
    // Without a reader the tally is made all the same.
    Ok(output::settle(tally.exit(), writer.finish().context("standard output")))
}

/// The input, a piece of whole lines at a time.
struct Pieces<R> {
    source: LineBlocks<R>,
    name: String,
    /// How many pieces and lines were taken.
    taken: u64,
    lines: u64,
    ended: bool,
}

impl<R: Read> Pieces<R> {
    /// Moves the next piece to `piece`, which is empty: its number, and that of its first line.
    fn take(&mut self, piece: &mut Vec<u8>) -> anyhow::Result<Option<(u64, u64)>> {
        if self.ended {
            return Ok(None);
        }
        // Until it is known that there is more.
        self.ended = true;
        let Some(block) = self.source.next_block().with_context(|| self.name.clone())? else {
            return Ok(None);
        };
        self.ended = false;
        piece.extend(block);
        let place = (self.taken, self.lines + 1);
        self.taken += 1;
        self.lines += u64::try_from(count_lines(block)).unwrap_or(u64::MAX);
        self.source.wipe_block();
        Ok(Some(place))
    }
}

impl Judge<'_> {
    /// Answers pieces until none is left, whether or not someone reads the answers.
    fn answer_all<R: Read, W: Write>(
        &self,
        pieces: &Mutex<Pieces<R>>,
        writer: &OrderedWriter<W>,
        json: bool,
    ) -> anyhow::Result<Tally> {
        let _stop = writer.stop_on_panic();
        let take =
            |piece: &mut Vec<u8>| pieces.lock().unwrap_or_else(PoisonError::into_inner).take(piece);
        // With room for any piece nothing moves and leaves an unwiped copy behind.
        let mut piece = Zeroizing::new(Vec::with_capacity(PIECE));
        let (mut answers, mut tally) = (Vec::new(), Tally::default());
        while let Some((number, line)) = take(&mut piece)? {
            tally =
                tally.or(memory::wiping_stack(|| self.answer(&piece, line, json, &mut answers)));
            // Before the answer is out: the next line may be long in coming.
            piece.zeroize();
            if !writer.hand_in(number, &mut answers) {
                break;
            }
        }
        Ok(tally)
    }

    /// Adds the answers to the lines of a piece. Whether it is text is seen of all of it at once.
    fn answer(&self, piece: &[u8], first: u64, json: bool, out: &mut Vec<u8>) -> Tally {
        let mut answers = Answers { judge: self, json, out, tally: Tally::default() };
        if let Ok(text) = str::from_utf8(piece) {
            let mut password = Password::new(b"");
            for (line, range) in (first..).zip(line_ranges(piece)) {
                password.replace(text.get(range).unwrap_or_default());
                answers.add(line, &password);
            }
        } else {
            for (line, bytes) in (first..).zip(lines_of(piece)) {
                answers.add(line, &Password::new(bytes));
            }
        }
        answers.tally
    }
}

/// The answers to the lines of a piece, as they are made.
struct Answers<'a> {
    judge: &'a Judge<'a>,
    json: bool,
    out: &'a mut Vec<u8>,
    tally: Tally,
}

impl Answers<'_> {
    fn add(&mut self, line: u64, password: &Password) {
        let Judge { policy, dictionary, context, breached } = self.judge;
        let exposure = breached.ask(password);
        let verdict = if exposure == Exposure::NotAsked {
            policy.check(password, dictionary, context)
        } else {
            policy.check(password, dictionary, &context.clone().exposure(exposure))
        };
        let outcome = verdict.outcome();
        self.tally.answered = true;
        self.tally.rejected |= outcome == Outcome::Reject;
        self.tally.unchecked |= outcome == Outcome::Unchecked;
        let rules = verdict.violations().iter().map(|violation| violation.rule.id());
        if self.json {
            let rules: Vec<&str> = rules.collect();
            // Writing to memory cannot fail.
            write_json(self.out, &Answered { line, verdict: outcome.id(), rules: &rules }).ok();
        } else {
            self.out.extend(outcome.id().as_bytes());
            let mut separator = b' ';
            for rule in rules {
                self.out.push(separator);
                self.out.extend(rule.as_bytes());
                separator = b',';
            }
        }
        self.out.push(b'\n');
    }
}

/// A bar on standard error if someone is there to see it and the answers go elsewhere.
fn progress(size: u64) -> ProgressBar {
    if size < 1 << 20 || !io::stderr().is_terminal() || output::is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {percent}% {bytes_per_sec}, {eta} left");
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
