//! `generate`: prints passwords that the policy accepts.

use std::io::Write;

use serde::Serialize;
use strongpass_policy::{Context, Dictionary, Policy};
use strongpass_registers::{Generator, GeneratorError};
use strongpass_report::{JSON_VERSION, write_json};

use crate::cli::GenerateArgs;
use crate::exit::{Exit, UsageError};
use crate::output::{self, Output};
use crate::setup;

pub(crate) fn run(args: &GenerateArgs) -> anyhow::Result<Exit> {
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let policy = &in_force.policy;
    let generator = new(policy, &dictionary, args.length.map(usize::from))?;
    Ok(write(generator, &Context::default(), args.number, args.json))
}

/// Prints so many, each strong for who is in the context; with fewer it is no yes.
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
pub(crate) fn new<'a>(
    policy: &'a Policy,
    dictionary: &'a Dictionary,
    length: Option<usize>,
) -> anyhow::Result<Generator<'a>> {
    let source = |into: &mut [u8]| Ok(getrandom::fill(into)?);
    Generator::new(policy, dictionary, length, source).map_err(failed)
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
