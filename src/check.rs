//! `check`: one password, from the keyboard or from a script.

use std::io::Write;

use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy, Verdict};

use crate::cli::CheckArgs;
use crate::{Exit, batch, estimate, generate, input, json, setup, text};

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accept => Self::Yes,
            Outcome::Reject => Self::No,
            Outcome::Unchecked => Self::Unable,
        }
    }
}

pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &args.words)?;
    let policy = &in_force.policy;
    let context = context(args);
    if let Some(path) = &args.batch {
        return batch::run(path, args, &batch::Judge { policy, dictionary: &dictionary, context });
    }
    if args.stdin || !input::is_interactive() {
        let password = input::from_stdin()?;
        let verdict = policy.check(&password, &dictionary, &context);
        return report(args, policy, &verdict, &password, args.estimate);
    }
    at_the_prompt(args, policy, &dictionary, &context)
}

fn context(args: &CheckArgs) -> Context<'static> {
    let mut context = Context::default();
    if let Some(account) = &args.account {
        context = context.account(account);
    }
    if let Some(system) = &args.system {
        context = context.system(system);
    }
    args.name.iter().fold(context, |context, name| context.name(name))
}

fn at_the_prompt(
    args: &CheckArgs,
    policy: &Policy,
    dictionary: &Dictionary,
    context: &Context<'_>,
) -> anyhow::Result<Exit> {
    let what = if policy.passcode.is_some() { "Passcode" } else { "Password" };
    let password = input::prompt(&format!("{what} to test (it is not shown): "))?;
    let verdict = policy.check(&password, dictionary, context);
    let exit = report(args, policy, &verdict, &password, policy.passcode.is_none())?;
    if exit == Exit::No && !args.json && input::confirm("\nShall I make you a strong one?")? {
        let mut out = anstream::stdout().lock();
        let made = generate::Generator::new(policy, dictionary, None)?.generate()?;
        writeln!(out, "{}", made.as_str())?;
    }
    Ok(exit)
}

fn report(
    args: &CheckArgs,
    policy: &Policy,
    verdict: &Verdict,
    password: &Password,
    estimated: bool,
) -> anyhow::Result<Exit> {
    let guesses = if estimated || args.estimate { estimate::guesses_log10(password) } else { None };
    let mut out = anstream::stdout().lock();
    if args.json {
        json::verdict(&mut out, policy, verdict, args.spans.then_some(password), guesses)?;
    } else {
        text::verdict(&mut out, policy, verdict, args.show.then_some(password))?;
        if let Some(guesses) = guesses {
            text::paragraph(&mut out, &estimate::sentence(guesses))?;
        }
    }
    out.flush()?;
    Ok(verdict.outcome().into())
}
