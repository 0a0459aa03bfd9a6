//! `passcode`: the codes that unlock phones and tablets.

use strongpass_policy::{Context, Dictionary, Password, Policy};
use strongpass_registers::Checker;
use strongpass_report::{Beside, write_verdict};
use zeroize::Zeroizing;

use crate::cli::{PasscodeCheckArgs, PasscodeCommand, PasscodeGenerateArgs};
use crate::dialogue::{self, Examined, Subject};
use crate::exit::{Exit, UsageError};
use crate::{advice, clock, generate, input, memory, output, setup, verdict};

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
    let tried = Tried { args, policy, dictionary: &dictionary, context };
    if args.stdin || !input::is_interactive() {
        return Ok(tried.examine(input::from_stdin()?).exit);
    }
    dialogue::hold(&tried, !args.json && input::is_conversation())
}

/// A passcode that is tried.
struct Tried<'a> {
    args: &'a PasscodeCheckArgs,
    policy: &'a Policy,
    dictionary: &'a Dictionary,
    context: Context<'static>,
}

impl Subject for Tried<'_> {
    fn name(&self) -> &'static str {
        "Passcode"
    }

    fn examine(&self, code: Password) -> Examined {
        let Self { policy, dictionary, .. } = *self;
        let verdict = memory::wiping_stack(|| policy.check(&code, dictionary, &self.context));
        // Who reads the answer may take their time.
        drop(code);
        let exit = Exit::from(verdict.outcome());
        let exit = if self.args.json {
            let beside = Beside::default();
            let write = |out: &mut _| Ok(write_verdict(out, policy, &verdict, None, &beside)?);
            output::to_programs(exit, write)
        } else {
            output::to_people(exit, |out| Ok(verdict::tell(out, policy, &verdict, None)?))
        };
        Examined { exit, parts: None }
    }

    fn suggest(&self) -> anyhow::Result<Zeroizing<String>> {
        let checker = Checker::new(self.policy, self.dictionary);
        Ok(generate::easy(checker)?.generate_for(&self.context)?)
    }

    fn advice(&self) -> Vec<String> {
        advice::of(self.policy, &[])
    }
}

fn generate(args: &PasscodeGenerateArgs) -> anyhow::Result<Exit> {
    let in_force = policy(&args.policy)?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let context = context(&args.context, clock::now()?.day())?;
    let generator =
        generate::new(Checker::new(&in_force.policy, &dictionary), args.length.map(usize::from))?;
    Ok(generate::write(generator, &context, args.number, args.json))
}
