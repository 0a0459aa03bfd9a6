//! What the command says by its exit code: verdicts, wrong usage, and what could not be checked.

use std::error::Error;
use std::fmt;
use std::io;
use std::process::ExitCode;

use strongpass_terminal::text;

use crate::complaint::complaint;

/// What the command's exit code says; scripts rely on it, and who takes anything but 0 for "no"
/// fails closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Exit {
    /// Accepted, or nothing found.
    Yes,
    /// Rejected, or something found.
    No,
    /// Wrong usage or configuration.
    Usage,
    /// Could not check.
    Unable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Yes => 0,
            Exit::No => 1,
            Exit::Usage => 2,
            Exit::Unable => 3,
        })
    }
}

/// An error whose cause is what was asked, not what happened: exit code 2.
#[derive(Debug)]
pub(crate) struct UsageError(pub(crate) String);

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for UsageError {}

/// The exit code of an error, which is reported; that a reader went away (`| head`) he knows himself.
pub(crate) fn failure(error: &anyhow::Error) -> Exit {
    let is_broken_pipe = error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    });
    if !is_broken_pipe {
        text::complain(&complaint(error));
    }
    if error.is::<UsageError>() { Exit::Usage } else { Exit::Unable }
}
