//! `generate`: prints passwords that the policy accepts.

use std::error::Error;
use std::io::Write;

use serde::Serialize;
use strongpass_gate::BreachLookUp;
use strongpass_policy::{Context, Policy};
use strongpass_registers::{Checker, Generator, GeneratorError, Style, from_sentence};
use strongpass_report::{JSON_VERSION, write_json};
use strongpass_terminal::text;

use crate::cli::{GenerateArgs, GenerateStyle};
use crate::exit::{Exit, UsageError};
use crate::output::{self, Output};
use crate::{input, memory, setup};

pub(crate) fn run(args: &GenerateArgs) -> anyhow::Result<Exit> {
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let breached = BreachLookUp::find(&in_force).map_err(setup::failed)?;
    let look_up = |password: &_| breached.ask(password);
    let checker = Checker::new(&in_force.policy, &dictionary).with_breached(&look_up);
    let words: Vec<&str>;
    let style = match args.style {
        GenerateStyle::Random => Style::Random,
        GenerateStyle::Easy => Style::Easy,
        GenerateStyle::Words => {
            words = strongpass_wordlists::common_words().collect();
            Style::Words(&words)
        }
        GenerateStyle::Sentence => return of_sentence(args, checker),
    };
    let generator = Generator::in_style(checker, style, args.length.map(usize::from), random)
        .map_err(failed)?;
    let exit = write(generator, &Context::default(), args.number, args.json);
    if let Some(failure) = breached.failure() {
        text::complain(&failure.to_string());
    }
    Ok(exit)
}

/// Prints one that is made of a sentence.
fn of_sentence(args: &GenerateArgs, checker: Checker<'_>) -> anyhow::Result<Exit> {
    if args.number != 1 || args.length.is_some() {
        let message = "a sentence makes one password, as long as it has words; leave `--number` and \
                       `--length` out";
        return Err(UsageError(message.into()).into());
    }
    let sentence = if input::is_interactive() {
        text::remark(
            "Make up a sentence about something that only you know: no saying, song or prayer.",
        );
        input::prompt("Your sentence (it is not shown): ")?
    } else {
        input::from_stdin()?
    };
    let made = memory::wiping_stack(|| from_sentence(checker, &sentence, random));
    drop(sentence);
    let made = made.map_err(failed)?;
    Ok(output::to_programs(Exit::Yes, |out| print(out, checker.policy(), &made, args.json)))
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
            print(out, generator.policy(), &password, as_json)?;
        }
        Ok(())
    };
    output::to_programs(Exit::Yes, write_all)
}

fn print(out: &mut Output, policy: &Policy, password: &str, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        write_json(out, &Generated { version: JSON_VERSION, policy: &policy.name, password })?;
        writeln!(out)?;
    } else {
        writeln!(out, "{password}")?;
    }
    Ok(())
}

/// A generator that draws from the operating system's random source.
pub(crate) fn new(checker: Checker<'_>, length: Option<usize>) -> anyhow::Result<Generator<'_>> {
    Generator::new(checker, length, random).map_err(failed)
}

/// The same, of passwords that are easy to type.
pub(crate) fn easy(checker: Checker<'_>) -> anyhow::Result<Generator<'_>> {
    Generator::in_style(checker, Style::Easy, None, random).map_err(failed)
}

fn random(into: &mut [u8]) -> Result<(), Box<dyn Error + Send + Sync>> {
    Ok(getrandom::fill(into)?)
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
