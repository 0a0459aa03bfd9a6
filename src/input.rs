//! Secrets in: from a terminal without echo, or from standard input. Never from arguments.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, bail};
use strongpass_policy::Password;
use zeroize::Zeroizing;

use crate::output;

/// Asks for a password at the terminal, without showing it.
///
/// Ctrl-C ends the program as it ends any other, after the terminal was put back in order.
pub(crate) fn prompt(question: &str) -> anyhow::Result<Password> {
    use signal_hook::consts::SIGINT;
    let (interrupted, answered) = (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default());
    signal_hook::flag::register(SIGINT, Arc::clone(&interrupted))?;
    // Handlers stay for good: without this one, Ctrl-C would do nothing after the prompt.
    signal_hook::flag::register_conditional_default(SIGINT, Arc::clone(&answered))?;
    let typed = rpassword::prompt_password(question).map(Zeroizing::new);
    answered.store(true, Ordering::SeqCst);
    if interrupted.load(Ordering::SeqCst) {
        signal_hook::low_level::emulate_default_handler(SIGINT)?;
    }
    match typed {
        Ok(typed) => Ok(Password::new(typed.as_bytes())),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Err(error).context("nothing was typed")
        }
        Err(error) => Err(error)
            .context("cannot hide what is typed here; use a terminal, or `--stdin` with a pipe"),
    }
}

/// Asks a yes-or-no question at the terminal; anything but a yes is a no.
pub(crate) fn confirm(question: &str) -> anyhow::Result<bool> {
    let mut err = io::stderr().lock();
    write!(err, "{question} [y/N] ")?;
    err.flush()?;
    let mut answer = String::new();
    io::stdin().take(64).read_line_lossy(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

trait ReadLine {
    fn read_line_lossy(self, line: &mut String) -> io::Result<()>;
}

impl<R: Read> ReadLine for R {
    /// A byte at a time, so that nothing behind the line is taken.
    fn read_line_lossy(mut self, line: &mut String) -> io::Result<()> {
        let mut byte = [0];
        while self.read(&mut byte)? == 1 && byte != *b"\n" {
            line.push(char::from(byte[0]));
        }
        Ok(())
    }
}

/// Whether somebody sits at the other end of standard input.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal()
}

/// Whether somebody reads what is answered and can be asked something more.
pub(crate) fn is_conversation() -> bool {
    is_interactive() && output::is_terminal() && io::stderr().is_terminal()
}

/// Reads one password from standard input; a line end behind it is not part of it.
pub(crate) fn from_stdin() -> anyhow::Result<Password> {
    // Enough to know that it is too long, with a line end.
    let mut bytes = Zeroizing::new(Vec::with_capacity(Password::MAX_BYTES + 3));
    let most = u64::try_from(Password::MAX_BYTES + 3)?;
    io::stdin().lock().take(most).read_to_end(&mut bytes).context("standard input")?;
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    Ok(Password::new(line.strip_suffix(b"\r").unwrap_or(line)))
}

/// A whole file (`-`: standard input) of at most so many MB, in memory that is wiped and never
/// moves.
pub(crate) fn whole(path: &Path, megabytes: usize) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let name = || path.display().to_string();
    let most = megabytes << 20;
    let (source, size): (Box<dyn Read>, _) = if path == Path::new("-") {
        (Box::new(io::stdin().lock()), most)
    } else {
        let file = File::open(path).with_context(name)?;
        let metadata = file.metadata().with_context(name)?;
        let known = if metadata.is_file() { usize::try_from(metadata.len())? } else { most };
        (Box::new(file), known.min(most))
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(size + 1));
    source.take(u64::try_from(size + 1)?).read_to_end(&mut bytes).with_context(name)?;
    if bytes.len() > most {
        bail!("{}: is larger than {megabytes} MB; split it", path.display());
    }
    if bytes.len() > size {
        bail!("{}: grew while it was read; try again", path.display());
    }
    Ok(bytes)
}
