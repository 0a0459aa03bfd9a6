//! `check`: one password, from the keyboard or from a script.

use std::io::Write;

use strongpass_gate::{BreachLookUp, Decision, Gate, GateError, Purpose, Question};
use strongpass_policy::{
    Answer, Context, Match, Outcome, Password, Policy, Rule, Verdict, Violation,
};
use strongpass_registers::Checker;
use strongpass_report::{Beside, NearSearch, write_verdict};
use strongpass_terminal::text;
use zeroize::Zeroizing;

use crate::cli::CheckArgs;
use crate::dialogue::{Examined, Parts, Subject};
use crate::exit::{Exit, UsageError};
use crate::output::{self, Output};
use crate::{advice, batch, dialogue, estimate, generate, history, input, memory, setup, verdict};

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
        return Ok(examine(args, &gate, input::from_stdin()?, Asker::Script).exit);
    }
    dialogue::hold(&Prompted { args, gate: &gate }, !args.json && input::is_conversation())
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

/// A password that is typed at the prompt.
struct Prompted<'a> {
    args: &'a CheckArgs,
    gate: &'a Gate,
}

impl Prompted<'_> {
    fn policy(&self) -> &Policy {
        &self.gate.in_force().policy
    }
}

impl Subject for Prompted<'_> {
    fn name(&self) -> &'static str {
        if self.policy().passcode.is_some() { "Passcode" } else { "Password" }
    }

    fn examine(&self, password: Password) -> Examined {
        examine(self.args, self.gate, password, Asker::Person)
    }

    fn suggest(&self) -> anyhow::Result<Zeroizing<String>> {
        let breached = BreachLookUp::find(self.gate.in_force()).map_err(setup::failed)?;
        let look_up = |password: &_| breached.ask(password);
        let checker = Checker::new(self.policy(), self.gate.dictionary()).with_breached(&look_up);
        Ok(generate::easy(checker)?.generate_for(&context(self.args))?)
    }

    fn advice(&self) -> Vec<String> {
        advice::of(self.policy(), &history::systems(&self.args.file))
    }
}

/// Asks the gate, and tells what it decides. Who reads the answer may take their time, so the password
/// is gone by then unless a part of it was asked for, and masked if it can be.
fn examine(args: &CheckArgs, gate: &Gate, password: Password, asker: Asker) -> Examined {
    let accounts: Vec<&str> = args.account.as_deref().into_iter().collect();
    let names: Vec<&str> = args.name.iter().map(String::as_str).collect();
    let question = Question {
        accounts: &accounts,
        names: &names,
        system: args.system.as_deref(),
        old: None,
        purpose: if args.record { Purpose::JudgeAndRecord } else { Purpose::Judge },
    };
    let is_person = asker == Asker::Person;
    let is_passcode = gate.in_force().policy.passcode.is_some();
    let estimated = args.estimate || is_person && !is_passcode;
    let (decision, guesses, parts) = memory::wiping_stack(|| {
        let decision = gate.decide(&password, &question);
        let parts = if estimated || is_person { parts(decision.verdict()) } else { Vec::new() };
        let guesses = if estimated { estimate::guesses_log10(&password, &parts) } else { None };
        let is_stolen = |violation: &Violation| violation.rule == Rule::Breached;
        let is_stolen = guesses.is_some() && decision.verdict().violations().iter().any(is_stolen);
        let guesses =
            guesses.map(|guesses| if is_stolen { guesses.min(estimate::STOLEN) } else { guesses });
        (decision, guesses, is_person.then(|| Parts::of(&password, parts)).flatten())
    });
    let password = (args.show || args.spans).then_some(password);
    let password = password.as_ref();
    let exit = Report { args, gate, asker, password, guesses, decision: &decision }.write();
    Examined { exit, parts }
}

/// The parts that fail.
fn parts(verdict: &Verdict) -> Vec<Match> {
    verdict.violations().iter().flat_map(Violation::matches).copied().collect()
}

/// Who reads the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asker {
    Person,
    Script,
}

/// How a decision is told.
struct Report<'a> {
    args: &'a CheckArgs,
    gate: &'a Gate,
    asker: Asker,
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
        let Self { args, gate, asker, password, guesses, decision } = *self;
        let (policy, judged) = (&gate.in_force().policy, decision.verdict());
        if args.json {
            let near = decision.near().map(|near| NearSearch { tried: near.tried, of: near.of });
            let beside = Beside { guesses_log10: guesses, near };
            write_verdict(out, policy, judged, password.filter(|_| args.spans), &beside)?;
            return Ok(());
        }
        verdict::tell(out, policy, judged, password.filter(|_| args.show))?;
        if let Some(near) = decision.near().filter(|near| !near.found && near.tried < near.of) {
            let (tried, of) = (near.tried, near.of);
            let message = format!("In the time allowed, {tried} of {of} near copies were tried.");
            text::paragraph(out, &message)?;
        }
        let is_open = (Rule::OneSystem, Answer::NotAsked);
        if asker == Asker::Person
            && judged.outcome() == Outcome::Accept
            && judged.clauses().any(|clause| clause == is_open)
        {
            writeln!(out)?;
            text::paragraph(out, &advice::one_system(&history::systems(&args.file)))?;
        }
        if let Some(guesses) = guesses {
            writeln!(out)?;
            text::paragraph(out, &estimate::sentence(guesses, judged.outcome()))?;
        }
        Ok(())
    }
}
