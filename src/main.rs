//! The `strongpass` command.

#![forbid(unsafe_code)]

use std::io;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;

mod audit;
mod batch;
mod check;
mod cli;
mod clock;
mod doctor;
mod estimate;
mod generate;
mod history;
mod hook;
mod input;
mod json;
mod lines;
mod man;
mod memory;
mod output;
mod pam_stack;
mod passcode;
mod policy;
mod private;
#[cfg(unix)]
mod prompt;
mod report;
mod secret_file;
mod setup;
mod starters;
mod text;
mod turns;
mod usage;
mod words;

use cli::{Cli, Command};

/// What the command's exit code says; scripts rely on it, and who takes anything but 0 for "no"
/// fails closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Exit {
    /// Accepted, or nothing found.
    Yes,
    /// Rejected, or something found.
    No,
    /// Wrong usage or configuration.
    Usage,
    /// Could not check.
    Unable,
}

/// An error whose cause is what was asked, not what happened: exit code 2.
#[derive(Debug)]
struct UsageError(String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

fn main() -> ExitCode {
    memory::seal();
    let exit = match Cli::try_parse() {
        Ok(cli) => run(cli.command).unwrap_or_else(|error| failure(&error)),
        Err(error) => usage::answer(&error),
    };
    ExitCode::from(match exit {
        Exit::Yes => 0,
        Exit::No => 1,
        Exit::Usage => 2,
        Exit::Unable => 3,
    })
}

fn run(command: Command) -> anyhow::Result<Exit> {
    // The standard library's hash tables panic without them.
    getrandom::fill(&mut [0; 1]).context(
        "the operating system gives no random bytes; see why getrandom(2) fails on this computer",
    )?;
    match command {
        Command::Check(args) => check::run(&args.0),
        Command::Generate(args) => generate::run(&args.0),
        Command::Policy(command) => policy::run(&command.0),
        Command::Words(command) => words::run(&command.0),
        Command::History(command) => history::run(&command.0),
        Command::Starters(args) => starters::run(&args.0),
        Command::Audit(args) => audit::run(&args.0),
        Command::Passcode(command) => passcode::run(command.0),
        Command::Hook(command) => Ok(hook::run(command.0)),
        Command::Doctor(args) => doctor::run(&args.0),
        Command::Man(args) => man::pages(&args),
        Command::Completions(args) => Ok(man::completions(&args)),
    }
}

/// The exit code of an error, which is reported; that a reader went away (`| head`) he knows himself.
fn failure(error: &anyhow::Error) -> Exit {
    let is_broken_pipe = error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    });
    if !is_broken_pipe {
        text::complain(&format!("{error:#}"));
    }
    if error.is::<UsageError>() { Exit::Usage } else { Exit::Unable }
}
