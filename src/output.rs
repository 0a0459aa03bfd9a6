//! Standard output, and the exit code if what was found cannot be said there.
//!
//! Who writes an answer hands over the verdict first: no error while writing makes a yes of a no, and
//! nothing that was not said is a yes.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};

use anstream::AutoStream;
use anyhow::Context as _;

use crate::exit::{Exit, failure};

/// What is written to: it is flushed when all is said.
pub(crate) type Output = BufWriter<AutoStream<File>>;

/// Says what was found to a person, in colour if there is a terminal; the exit code of it.
pub(crate) fn to_people(
    verdict: Exit,
    say: impl FnOnce(&mut Output) -> anyhow::Result<()>,
) -> Exit {
    settle(verdict, try_to_people(say))
}

/// Says what was found to a program, every byte as it is; the exit code of it.
pub(crate) fn to_programs(
    verdict: Exit,
    say: impl FnOnce(&mut Output) -> anyhow::Result<()>,
) -> Exit {
    settle(verdict, try_to_programs(say))
}

/// The same for who has to know whether it was said, and [`settle`]s it.
pub(crate) fn try_to_people(
    say: impl FnOnce(&mut Output) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    written(AutoStream::auto, say)
}

/// The same, to a program.
pub(crate) fn try_to_programs(
    say: impl FnOnce(&mut Output) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    written(AutoStream::always_ansi, say)
}

/// The exit code of a verdict, once it is known whether it was said: what was not is never a yes.
pub(crate) fn settle(verdict: Exit, said: anyhow::Result<()>) -> Exit {
    match (said, verdict) {
        (Ok(()), verdict) => verdict,
        (Err(error), verdict) => match (failure(&error), verdict) {
            (_, Exit::No) => Exit::No,
            (failure, Exit::Yes | Exit::Usage | Exit::Unable) => failure,
        },
    }
}

/// Standard output as a file: unlike [`io::Stdout`], it says when it is not open for writing.
pub(crate) fn stdout() -> io::Result<File> {
    #[cfg(unix)]
    let shared = std::os::fd::AsFd::as_fd(&terminal()).try_clone_to_owned()?;
    #[cfg(windows)]
    let shared = std::os::windows::io::AsHandle::as_handle(&terminal()).try_clone_to_owned()?;
    Ok(shared.into())
}

/// Whether someone looks at what is written.
pub(crate) fn is_terminal() -> bool {
    terminal().is_terminal()
}

fn terminal() -> io::Stdout {
    io::stdout()
}

fn written(
    stream: fn(File) -> AutoStream<File>,
    say: impl FnOnce(&mut Output) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut out = BufWriter::new(stream(stdout().context(NAME)?));
    let said = say(&mut out).and_then(|()| Ok(out.flush()?));
    // What could not be written is not tried again when it is dropped.
    drop(out.into_parts());
    said.map_err(|error| if error.is::<io::Error>() { error.context(NAME) } else { error })
}

const NAME: &str = "standard output";
