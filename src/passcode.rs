//! `passcode`: the codes that unlock phones and tablets.

use std::path::Path;

use anyhow::bail;
use strongpass_gate::{InForce, Trust};
use strongpass_policy::{Context, Day};
use strongpass_report::{Beside, write_verdict};

use crate::cli::{
    ContextArgs, PasscodeCheckArgs, PasscodeCommand, PasscodeGenerateArgs, PolicyArg,
};
use crate::exit::{Exit, UsageError};
use crate::{clock, generate, input, memory, output, setup, text};

mod audit;
mod explain;
mod file;
mod mdm;

/// Where a policy for passcodes is looked for.
const SYSTEM_POLICY: &str = "/etc/strongpass/passcode.toml";
/// No file of what is known is larger.
const MOST_BYTES: u64 = 1 << 20;

pub(crate) fn run(command: PasscodeCommand) -> anyhow::Result<Exit> {
    match command {
        PasscodeCommand::Check(args) => check(&args),
        PasscodeCommand::Generate(args) => generate(&args),
        PasscodeCommand::Explain(args) => explain::run(&args),
        PasscodeCommand::Audit(args) => audit::run(&args),
        PasscodeCommand::Policy(args) => mdm::run(&args),
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
        let generator = generate::new(policy, &dictionary, None)?;
        // It answers the question, not the call.
        let _: Exit = generate::write(generator, &context, 1, false);
    }
    Ok(exit)
}

fn generate(args: &PasscodeGenerateArgs) -> anyhow::Result<Exit> {
    let in_force = policy(&args.policy)?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let context = context(&args.context, clock::now()?.day())?;
    let generator = generate::new(&in_force.policy, &dictionary, args.length.map(usize::from))?;
    Ok(generate::write(generator, &context, args.number, args.json))
}

/// The policy that was named, or the one for passcodes on this machine, or the preset.
fn policy(args: &PolicyArg) -> anyhow::Result<InForce> {
    let in_force = match &args.policy {
        Some(name) => setup::policy(Some(name))?,
        None => match InForce::read(Path::new(SYSTEM_POLICY), Trust::of_process()) {
            Ok(Some(found)) => found,
            Ok(None) => setup::policy(Some("passcode"))?,
            Err(error) => return Err(setup::failed(error)),
        },
    };
    if in_force.policy.passcode.is_none() {
        let name = text::printable(&in_force.policy.name).into_owned();
        let message = format!(
            "the policy \"{name}\" is not for passcodes: it has no [passcode]; \
             `strongpass policy show passcode` prints one that has"
        );
        return Err(UsageError(message).into());
    }
    Ok(in_force)
}

/// What a thief may know of everybody: what was given, and the year.
fn context(args: &ContextArgs, today: Day) -> anyhow::Result<Context<'static>> {
    let mut context = Context::default();
    for known in &args.context {
        context = context.number(known);
    }
    if let Some(path) = &args.context_file {
        let bytes = setup::read(path, MOST_BYTES)?;
        let lines = str::from_utf8(&bytes)
            .map_err(|_| UsageError(format!("{}: is not UTF-8 text", path.display())))?;
        let lines = lines.strip_prefix('\u{feff}').unwrap_or(lines).lines().map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
        if lines.peek().is_none() {
            bail!("{}: there is nothing in it", path.display());
        }
        context = lines.fold(context, Context::number);
    }
    Ok(context.year(today.year()))
}
