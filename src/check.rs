//! `check`: one password, from the keyboard or from a script.

use std::io::Write;

use strongpass_gate::{BreachLookUp, Decision, Gate, GateError, Purpose, Question};
use strongpass_policy::{Context, Match, Outcome, Password, Violation};
use strongpass_registers::Checker;
use strongpass_report::{Beside, NearSearch, write_verdict};

use crate::cli::CheckArgs;
use crate::exit::{Exit, UsageError};
use crate::output::{self, Output};
use crate::{batch, estimate, generate, history, input, memory, setup, text};

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accept => Self::Yes,
            Outcome::Reject => Self::No,
            Outcome::Unchecked => Self::Unable,
        }
    }
}

impl From<&Decision> for Exit {
    fn from(decision: &Decision) -> Self {
        match decision {
            Decision::Accepted(_) => Self::Yes,
            Decision::Refused(_) => Self::No,
            Decision::CouldNotCheck(unchecked)
                if unchecked.reasons().iter().all(GateError::is_mistake) =>
            {
                Self::Usage
            }
            Decision::CouldNotCheck(_) => Self::Unable,
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
    let mut gate = Gate::new(in_force, &args.words).map_err(setup::failed)?;
    if let Some(path) = &args.batch {
        let (policy, dictionary) = (&gate.in_force().policy, gate.dictionary());
        let breached = BreachLookUp::find(gate.in_force()).map_err(setup::failed)?;
        let judge = batch::Judge { policy, dictionary, context: context(args), breached };
        return batch::run(path, args, &judge);
    }
    if args.history {
        let mut memory = history::needed(&args.file)?;
        memory.config.near_budget = args.near_budget.unwrap_or(memory.config.near_budget);
        let memory = memory.of_system(args.system.as_deref(), None).map_err(setup::failed)?;
        gate = gate.with_memory(memory, history::threads());
    }
    if args.stdin || !input::is_interactive() {
        return Ok(judge(args, &gate, input::from_stdin()?, args.estimate));
    }
    at_the_prompt(args, &gate)
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

fn at_the_prompt(args: &CheckArgs, gate: &Gate) -> anyhow::Result<Exit> {
    let policy = &gate.in_force().policy;
    let what = if policy.passcode.is_some() { "Passcode" } else { "Password" };
    let password = input::prompt(&format!("{what} to test (it is not shown): "))?;
    let exit = judge(args, gate, password, policy.passcode.is_none());
    let offered = exit == Exit::No && !args.json && input::is_conversation();
    if offered && input::confirm("\nShall I make you a strong one?")? {
        let breached = BreachLookUp::find(gate.in_force()).map_err(setup::failed)?;
        let look_up = |password: &_| breached.ask(password);
        let checker = Checker::new(policy, gate.dictionary()).with_breached(&look_up);
        let made = generate::new(checker, None)?.generate()?;
        return Ok(output::to_people(exit, |out| Ok(writeln!(out, "{}", made.as_str())?)));
    }
    Ok(exit)
}

/// Asks the gate, and reports. Who reads the answer may take their time, so the password is gone by
/// then unless a part of it was asked for.
fn judge(args: &CheckArgs, gate: &Gate, password: Password, estimated: bool) -> Exit {
    let accounts: Vec<&str> = args.account.as_deref().into_iter().collect();
    let names: Vec<&str> = args.name.iter().map(String::as_str).collect();
    let question = Question {
        accounts: &accounts,
        names: &names,
        system: args.system.as_deref(),
        old: None,
        purpose: if args.record { Purpose::JudgeAndRecord } else { Purpose::Judge },
    };
    let estimated = estimated || args.estimate;
    let (decision, guesses) = memory::wiping_stack(|| {
        let decision = gate.decide(&password, &question);
        let found = decision.verdict().violations().iter().flat_map(Violation::matches);
        let found: Vec<Match> = found.copied().collect();
        let guesses = if estimated { estimate::guesses_log10(&password, &found) } else { None };
        (decision, guesses)
    });
    let password = (args.show || args.spans).then_some(password);
    Report { args, gate, password: password.as_ref(), guesses, decision: &decision }.write()
}

/// How a decision is told.
struct Report<'a> {
    args: &'a CheckArgs,
    gate: &'a Gate,
    /// If a part of it is to be shown.
    password: Option<&'a Password>,
    guesses: Option<f64>,
    decision: &'a Decision,
}

impl Report<'_> {
    /// Says it, and gives the exit code.
    fn write(&self) -> Exit {
        for reason in self.decision.reasons() {
            text::complain(&reason.to_string());
        }
        let exit = self.decision.into();
        if self.args.json {
            output::to_programs(exit, |out| self.say(out))
        } else {
            output::to_people(exit, |out| self.say(out))
        }
    }

    fn say(&self, out: &mut Output) -> anyhow::Result<()> {
        let Self { args, gate, password, guesses, decision } = *self;
        let (policy, verdict) = (&gate.in_force().policy, decision.verdict());
        if args.json {
            let near = decision.near().map(|near| NearSearch { tried: near.tried, of: near.of });
            let beside = Beside { guesses_log10: guesses, near };
            write_verdict(out, policy, verdict, password.filter(|_| args.spans), &beside)?;
            return Ok(());
        }
        text::verdict(out, policy, verdict, password.filter(|_| args.show))?;
        if let Some(near) = decision.near().filter(|near| !near.found && near.tried < near.of) {
            let (tried, of) = (near.tried, near.of);
            let message = format!("In the time allowed, {tried} of {of} near copies were tried.");
            text::paragraph(out, &message)?;
        }
        if let Some(guesses) = guesses {
            text::paragraph(out, &estimate::sentence(guesses, verdict.outcome()))?;
        }
        Ok(())
    }
}
