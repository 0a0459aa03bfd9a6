//! `check`: one password, from the keyboard or from a script.

use std::io::Write;

use strongpass_history::{HistoryError, Search};
use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy, Use, Uses, Verdict};

use crate::cli::CheckArgs;
use crate::output::{self, Output};
use crate::{
    Exit, UsageError, batch, estimate, generate, history, input, json, memory, setup, text,
};

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
    if args.password.is_some() {
        let message = "a password is never an argument: others can see it, and the shell keeps it. \
                       Choose a new one, and type it at the prompt";
        return Err(UsageError(message.into()).into());
    }
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &args.words)?;
    let policy = &in_force.policy;
    if let Some(path) = &args.batch {
        let judge = batch::Judge { policy, dictionary: &dictionary, context: context(args) };
        return batch::run(path, args, &judge);
    }
    if args.stdin || !input::is_interactive() {
        let password = input::from_stdin()?;
        return judge(args, policy, &dictionary, password, args.estimate);
    }
    at_the_prompt(args, policy, &dictionary)
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
) -> anyhow::Result<Exit> {
    let what = if policy.passcode.is_some() { "Passcode" } else { "Password" };
    let password = input::prompt(&format!("{what} to test (it is not shown): "))?;
    let exit = judge(args, policy, dictionary, password, policy.passcode.is_none())?;
    let offered = exit == Exit::No && !args.json && input::is_conversation();
    if offered && input::confirm("\nShall I make you a strong one?")? {
        let made = generate::Generator::new(policy, dictionary, None)?.generate()?;
        return Ok(output::to_people(exit, |out| Ok(writeln!(out, "{}", made.as_str())?)));
    }
    Ok(exit)
}

/// Decides, and says it. Who reads the answer may take their time, so the password is gone by then
/// unless a part of it was asked for.
fn judge(
    args: &CheckArgs,
    policy: &Policy,
    dictionary: &Dictionary,
    password: Password,
    estimated: bool,
) -> anyhow::Result<Exit> {
    let (decided, guesses) = memory::wiping_stack(|| {
        let decided = decide(args, policy, dictionary, &password);
        let estimated = estimated || args.estimate;
        (decided, if estimated { estimate::guesses_log10(&password) } else { None })
    });
    let password = (args.show || args.spans).then_some(password);
    let Decided { verdict, near, failed } = decided?;
    if let Some(error) = &failed {
        text::complain(&error.to_string());
    }
    let report = Report { args, policy, password: password.as_ref(), guesses, near };
    let exit = report.write(&verdict);
    // What could not be asked cannot be recorded either.
    Ok(if failed.is_some() && args.record && exit == Exit::Yes { Exit::Unable } else { exit })
}

/// A verdict, and what must be said beside it.
struct Decided {
    verdict: Verdict,
    near: Option<Search>,
    /// Why the history did not answer.
    failed: Option<HistoryError>,
}

/// Asks the history if it is to be asked, checks, and records if it is to be recorded.
fn decide(
    args: &CheckArgs,
    policy: &Policy,
    dictionary: &Dictionary,
    password: &Password,
) -> anyhow::Result<Decided> {
    let check = |uses: Uses<'_>| policy.check(password, dictionary, &context(args).uses(uses));
    let without = |uses, failed| Decided { verdict: check(uses), near: None, failed };
    let (Some(account), Some(system), true) = (&args.account, &args.system, args.history) else {
        return Ok(without(Uses::NotAsked, None));
    };
    let mut config = history::config(&args.file)?;
    config.near_budget = args.near_budget.unwrap_or(config.near_budget);
    let asked = history::Asked::new(&config, account, system, password)?;
    let answered = asked.and_then(|mut asked| asked.answer().map(|answered| (asked, answered)));
    Ok(match answered {
        // What is no text has no fingerprint; the policy says so better.
        Err(HistoryError::NotText) => without(Uses::NotAsked, None),
        Err(error) => without(Uses::Unavailable, Some(error)),
        Ok((mut asked, answered)) => {
            let near = answered.near;
            let mut verdict = check(known(&answered.uses, near));
            if args.record && verdict.outcome() == Outcome::Accept {
                asked.record(|uses| {
                    verdict = check(known(uses, near));
                    verdict.outcome() == Outcome::Accept
                })?;
            }
            Decided { verdict, near, failed: None }
        }
    })
}

/// Uses as the policy is told of them.
pub(crate) fn known(uses: &[Use], near: Option<Search>) -> Uses<'_> {
    if near.is_some() { Uses::Known(uses) } else { Uses::Exact(uses) }
}

/// How a verdict is told.
struct Report<'a> {
    args: &'a CheckArgs,
    policy: &'a Policy,
    /// If a part of it is to be shown.
    password: Option<&'a Password>,
    guesses: Option<f64>,
    near: Option<Search>,
}

impl Report<'_> {
    /// Says it, and gives the exit code.
    fn write(&self, verdict: &Verdict) -> Exit {
        let exit = verdict.outcome().into();
        if self.args.json {
            output::to_programs(exit, |out| self.say(out, verdict))
        } else {
            output::to_people(exit, |out| self.say(out, verdict))
        }
    }

    fn say(&self, out: &mut Output, verdict: &Verdict) -> anyhow::Result<()> {
        let Self { args, policy, password, guesses, .. } = *self;
        if args.json {
            let more = json::More { guesses_log10: guesses, near: self.near };
            json::verdict(out, policy, verdict, password.filter(|_| args.spans), &more)?;
            return Ok(());
        }
        text::verdict(out, policy, verdict, password.filter(|_| args.show))?;
        if let Some(near) = self.near.filter(|near| !near.found && near.tried < near.of) {
            let (tried, of) = (near.tried, near.of);
            let message = format!("In the time allowed, {tried} of {of} near copies were tried.");
            text::paragraph(out, &message)?;
        }
        if let Some(guesses) = guesses {
            text::paragraph(out, &estimate::sentence(guesses))?;
        }
        Ok(())
    }
}
