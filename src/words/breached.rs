//! `words breached`: an index of breached passwords built from a list, and what is in one.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, anyhow};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use strongpass_breached::{BreachIndex, BuildError, Completeness, Seen, build_index};
use strongpass_report::grouped;
use strongpass_terminal::text;

use super::whole_file::{beside, is_same, keep};
use crate::exit::{Exit, UsageError};
use crate::{output, secret_file};

pub(super) fn build(list: &Path, output: &Path, partial: bool) -> anyhow::Result<Exit> {
    if is_same(list, output) {
        let message = format!("{}: is the list; write to another file", output.display());
        return Err(UsageError(message).into());
    }
    let (name, source, len) = opened(list)?;
    let completeness = if partial { Completeness::Partial } else { Completeness::Whole };
    let mut file = beside(output)?;
    let stop = Arc::new(AtomicBool::new(false));
    let flag = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stop))?;
    let bar = Bar::new(len);
    let built = build_index(source, file.as_file_mut(), completeness, &mut |progress| {
        bar.show(progress.bytes);
        !stop.load(Ordering::Relaxed)
    });
    signal_hook::low_level::unregister(flag);
    bar.end();
    let built = built.map_err(|error| told(&name, output, error))?;
    // What was written must answer before it is given its name.
    let written = || output.display().to_string();
    let mut index = BreachIndex::open(file.reopen().with_context(written)?, completeness)
        .with_context(written)?;
    index.answers(&built.samples).with_context(written)?;
    keep(file, output)?;
    let padding = match built.padding {
        0 => String::new(),
        lines => format!("; {} with a count of 0 left out", number(lines)),
    };
    let part = if partial { "; of a part of the list" } else { "" };
    text::remark(&format!("{}: {} hashes{padding}{part}", output.display(), number(built.entries)));
    Ok(Exit::Yes)
}

/// The name of a list, what it is read from, and how long it is, as far as that is known.
fn opened(list: &Path) -> anyhow::Result<(String, Box<dyn Read>, Option<u64>)> {
    if list == Path::new("-") {
        return Ok(("standard input".into(), Box::new(secret_file::stdin()?), None));
    }
    let name = list.display().to_string();
    let file = File::open(list).with_context(|| name.clone())?;
    let data = file.metadata().with_context(|| name.clone())?;
    let len = data.is_file().then_some(data.len());
    Ok((name, Box::new(file), len))
}

/// An error with its file, and the line as far as there is one.
fn told(list: &str, output: &Path, error: BuildError) -> anyhow::Error {
    match (error.line(), error) {
        (Some(line), error) => anyhow!("{list}:{line}: {error}"),
        // The list was opened, so that this is more likely of the file that is written.
        (None, BuildError::Io(error)) => {
            anyhow::Error::new(error).context(format!("{list} to {}", output.display()))
        }
        (None, error) => anyhow!("{list}: {error}"),
    }
}

/// The index in that file; `None` if it is none.
#[expect(clippy::disallowed_methods, reason = "stolen hashes are not secret any more")]
pub(super) fn index(path: &Path) -> anyhow::Result<Option<BreachIndex<File>>> {
    let name = || path.display().to_string();
    let mut file = File::open(path).with_context(name)?;
    let mut begin = Vec::new();
    (&mut file).take(8).read_to_end(&mut begin).with_context(name)?;
    if !BreachIndex::<File>::is_index(&begin) {
        return Ok(None);
    }
    BreachIndex::open(file, Completeness::Partial).map(Some).with_context(name)
}

/// Reads all of an index, and says what is in it.
pub(super) fn info(path: &Path, mut index: BreachIndex<File>) -> anyhow::Result<Exit> {
    let bar = Bar::new(Some(index.bytes()));
    let bands = index.verify(&mut |at| bar.show(at));
    bar.end();
    let bands = bands.with_context(|| path.display().to_string())?;
    let (entries, bytes) = (index.entries(), index.bytes());
    let hundredths = u128::from(bytes) * 100 / u128::from(entries.max(1));
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    Ok(output::to_people(Exit::Yes, |out| {
        writeln!(out, "kind       breached passwords, {}", index.scheme().name())?;
        writeln!(out, "entries    {:>13}", number(entries))?;
        for (seen, count) in Seen::bands().zip(bands) {
            let band = match seen.most {
                Some(most) => format!("seen {} to {} times", number(seen.least), number(most)),
                None => format!("seen {} times or more", number(seen.least)),
            };
            writeln!(out, "           {:>13}  {band}", number(count))?;
        }
        writeln!(out, "bytes      {:>13}  {whole}.{rest:02} an entry", number(bytes))?;
        let of = if index.is_partial() { "a part of the list" } else { "the whole list" };
        writeln!(out, "built from {of}")?;
        writeln!(out, "wrong      one of {} hashes that are not in it", number(index.one_in()))?;
        Ok(writeln!(out, "checksums  good")?)
    }))
}

fn number(n: u64) -> String {
    grouped(usize::try_from(n).unwrap_or(usize::MAX))
}

/// How far it is, on a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new(len: Option<u64>) -> Self {
        let terminal = io::stderr().is_terminal();
        let target =
            if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(len, target);
        let template = match len {
            Some(_) => "{bar:20} {percent} % · {bytes} · {bytes_per_sec} · {eta} left",
            None => "{spinner} {bytes} · {bytes_per_sec}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self(bar)
    }

    fn show(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    fn end(&self) {
        self.0.finish_and_clear();
    }
}
