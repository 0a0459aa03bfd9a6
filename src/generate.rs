//! `generate`: prints passwords that the policy accepts.

use std::io::Write;

use serde::Serialize;
use strongpass_gate::BreachLookUp;
use strongpass_policy::Context;
use strongpass_registers::{Checker, Generator, GeneratorError};
use strongpass_report::{JSON_VERSION, write_json};

use crate::cli::GenerateArgs;
use crate::exit::{Exit, UsageError};
use crate::output::{self, Output};
use crate::{setup, text};

pub(crate) fn run(args: &GenerateArgs) -> anyhow::Result<Exit> {
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let breached = BreachLookUp::find(&in_force).map_err(setup::failed)?;
    let look_up = |password: &_| breached.ask(password);
    let checker = Checker::new(&in_force.policy, &dictionary).with_breached(&look_up);
    let generator = new(checker, args.length.map(usize::from))?;
    let exit = write(generator, &Context::default(), args.number, args.json);
    if let Some(failure) = breached.failure() {
        text::complain(&failure.to_string());
    }
    Ok(exit)
}

/// Prints `count` passwords, each strong for the person in the context; fewer are not a yes.
pub(crate) fn write(
    mut generator: Generator<'_>,
    context: &Context<'_>,
    number: u32,
    as_json: bool,
) -> Exit {
    let write_all = |out: &mut Output| {
        for _ in 0..number {
            let password = generator.generate_for(context)?;
            if as_json {
                let (version, password) = (JSON_VERSION, password.as_str());
                let made = Generated { version, policy: &generator.policy().name, password };
                write_json(out, &made)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{}", password.as_str())?;
            }
        }
        Ok(())
    };
    output::to_programs(Exit::Yes, write_all)
}

/// A generator that draws from the operating system's random source.
pub(crate) fn new(checker: Checker<'_>, length: Option<usize>) -> anyhow::Result<Generator<'_>> {
    let source = |into: &mut [u8]| Ok(getrandom::fill(into)?);
    Generator::new(checker, length, source).map_err(failed)
}

/// What was asked for and cannot be is told from what went wrong.
pub(crate) fn failed(error: GeneratorError) -> anyhow::Error {
    if error.is_mistake() { UsageError(error.to_string()).into() } else { error.into() }
}

/// Generated passwords.
#[derive(Serialize)]
struct Generated<'a> {
    version: u8,
    policy: &'a str,
    password: &'a str,
}
