//! Secrets in: from a terminal without echo, or from standard input. Never from arguments.

use std::io::{self, IsTerminal, Read, Write};

use anyhow::Context as _;
use strongpass_policy::Password;
use zeroize::Zeroizing;

use crate::{output, secret_file};

/// Asks for a password at the terminal, without showing it.
///
/// A signal ends the program as it ends any other, after the terminal was put back in order.
pub(crate) fn prompt(question: &str) -> anyhow::Result<Password> {
    let typed = hidden(question)
        .context("cannot hide what is typed here; use a terminal, or `--stdin` with a pipe")?;
    Ok(Password::new(&typed.context("nothing was typed")?))
}

#[cfg(unix)]
use crate::prompt::hidden;

#[cfg(not(unix))]
fn hidden(question: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    match rpassword::prompt_password(question) {
        Ok(typed) => Ok(Some(Zeroizing::new(typed.into_bytes()))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// Asks a yes-or-no question at the terminal; anything but a yes is a no.
pub(crate) fn confirm(question: &str) -> anyhow::Result<bool> {
    let mut err = io::stderr().lock();
    write!(err, "{question} [y/N] ")?;
    err.flush()?;
    let mut answer = String::new();
    let mut input = secret_file::stdin()?.take(64);
    let mut byte = [0];
    // A byte at a time, so that nothing behind the line is taken.
    while input.read(&mut byte)? == 1 && byte != *b"\n" {
        answer.push(char::from(byte[0]));
    }
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Whether someone sits at the other end of standard input.
#[expect(clippy::disallowed_methods, reason = "nothing is read")]
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal()
}

/// Whether someone reads what is answered and can be asked something more.
pub(crate) fn is_conversation() -> bool {
    is_interactive() && output::is_terminal() && io::stderr().is_terminal()
}

/// Reads one password from standard input; a line end behind it is not part of it.
pub(crate) fn from_stdin() -> anyhow::Result<Password> {
    // Enough to know that it is too long, with a line end.
    let bytes = everything(Password::MAX_BYTES + 3)?;
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    Ok(Password::new(line.strip_suffix(b"\r").unwrap_or(line)))
}

/// Reads standard input as it is, up to a limit in bytes.
pub(crate) fn everything(most: usize) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    secret_file::stdin().and_then(|stdin| secret_file::up_to(stdin, most)).context("standard input")
}
