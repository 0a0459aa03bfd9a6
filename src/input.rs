//! Secrets in: from a terminal without echo, or from standard input. Never from arguments.

use std::io::{self, IsTerminal};

use anyhow::Context as _;
use strongpass_policy::Password;
use zeroize::Zeroizing;

use crate::{output, secret_file};

/// Why nothing can be asked.
pub(crate) const NO_TERMINAL: &str =
    "cannot hide what is typed here; use a terminal, or `--stdin` with a pipe";

/// Asks for a password at the terminal, without showing it.
///
/// A signal ends the program as it ends any other, after the terminal was put back in order.
pub(crate) fn prompt(question: &str) -> anyhow::Result<Password> {
    let typed = strongpass_terminal::hidden(question).context(NO_TERMINAL)?;
    Ok(Password::new(&typed.context("nothing was typed")?))
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
