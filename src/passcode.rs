//! `passcode`: the codes that unlock phones and tablets.

use strongpass_registers::Checker;
use strongpass_report::{Beside, write_verdict};

use crate::cli::{PasscodeCheckArgs, PasscodeCommand, PasscodeGenerateArgs};
use crate::exit::{Exit, UsageError};
use crate::{clock, generate, input, memory, output, setup, text};

mod audit;
mod explain;
mod file;
mod known;
mod managed;

use known::{context, policy};

pub(crate) fn run(command: PasscodeCommand) -> anyhow::Result<Exit> {
    match command {
        PasscodeCommand::Check(args) => check(&args),
        PasscodeCommand::Generate(args) => generate(&args),
        PasscodeCommand::Explain(args) => explain::run(&args),
        PasscodeCommand::Audit(args) => audit::run(&args),
        PasscodeCommand::Policy(args) => managed::run(&args),
    }
}

fn check(args: &PasscodeCheckArgs) -> anyhow::Result<Exit> {
    if args.passcode.is_some() {
        let message = "a passcode is never an argument: others can see it, and the shell keeps it. \
                       Choose a new one, and type it at the prompt";
        return Err(UsageError(message.into()).into());
    }
    let in_force = policy(&args.policy)?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let policy = &in_force.policy;
    let context = context(&args.context, clock::now()?.day())?;
    let prompted = !args.stdin && input::is_interactive();
    let code = if prompted {
        input::prompt("Passcode to test (it is not shown): ")?
    } else {
        input::from_stdin()?
    };
    let verdict = memory::wiping_stack(|| policy.check(&code, &dictionary, &context));
    // Who reads the answer may take their time.
    drop(code);
    let exit = Exit::from(verdict.outcome());
    let exit = if args.json {
        let beside = Beside::default();
        output::to_programs(exit, |out| Ok(write_verdict(out, policy, &verdict, None, &beside)?))
    } else {
        output::to_people(exit, |out| Ok(text::verdict(out, policy, &verdict, None)?))
    };
    let offered = prompted && exit == Exit::No && !args.json && input::is_conversation();
    if offered && input::confirm("\nShall I make you a strong one?")? {
        let generator = generate::new(Checker::new(policy, &dictionary), None)?;
        // It answers the question, not the call.
        let _: Exit = generate::write(generator, &context, 1, false);
    }
    Ok(exit)
}

fn generate(args: &PasscodeGenerateArgs) -> anyhow::Result<Exit> {
    let in_force = policy(&args.policy)?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let context = context(&args.context, clock::now()?.day())?;
    let generator =
        generate::new(Checker::new(&in_force.policy, &dictionary), args.length.map(usize::from))?;
    Ok(generate::write(generator, &context, args.number, args.json))
}
