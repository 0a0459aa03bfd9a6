//! The `strongpass` command. It is a library so that it is compiled while the crates below it are
//! still being optimised; a program has to wait for them.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;

mod advice;
mod audit;
mod batch;
mod check;
mod cli;
mod clock;
mod complaint;
mod dialogue;
mod doctor;
mod estimate;
mod exit;
mod generate;
mod history;
mod hook;
mod input;
mod man;
mod memory;
mod new_accounts;
mod ordered_writer;
mod output;
mod passcode;
mod policy;
mod private;
mod report;
mod secret_file;
mod setup;
mod usage;
mod verdict;
mod words;

use cli::{Cli, Command};
use exit::{Exit, failure};

/// Does what the command line says; the exit code is the verdict.
pub fn main() -> ExitCode {
    memory::seal();
    let exit = match Cli::try_parse() {
        Ok(cli) => run(cli.command).unwrap_or_else(|error| failure(&error)),
        Err(error) => usage::answer(&error),
    };
    exit.into()
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
        Command::NewAccounts(args) => new_accounts::run(&args.0),
        Command::Audit(args) => audit::run(&args.0),
        Command::Passcode(command) => passcode::run(command.0),
        Command::Hook(command) => Ok(hook::run(command.0)),
        Command::Doctor(args) => doctor::run(&args.0),
        Command::Man(args) => man::pages(&args),
        Command::Completions(args) => Ok(man::completions(&args)),
    }
}
