//! The gate: all that a password is judged by, and the one transaction in which it is.

use std::path::PathBuf;
use std::sync::OnceLock;

use strongpass_history::{HistoryError, Search, System};
use strongpass_policy::{
    Context, Dictionary, Exposure, OneSystem, Outcome, Password, Use, Uses, Verdict,
};

use crate::breached::BreachedPasswords;
use crate::decision::Decision;
use crate::error::GateError;
use crate::in_force::InForce;
use crate::memory::{Asked, Memory};

/// What a password is judged by.
#[derive(Debug)]
pub struct Gate {
    in_force: InForce,
    dictionary: Dictionary,
    memory: Option<Memory>,
    threads: usize,
    breached: OnceLock<BreachedPasswords>,
}

/// For whom a password is, and what is to become of it.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "plain facts that doors construct")]
pub struct Question<'a> {
    /// The names of the account. The first is the one that the history knows.
    pub accounts: &'a [&'a str],
    /// The names of the person and the school.
    pub names: &'a [&'a str],
    /// What the system is called.
    pub system: Option<&'a str>,
    /// The password that is to be replaced, if it is at hand.
    pub old: Option<&'a Password>,
    /// What is to become of it.
    pub purpose: Purpose,
}

/// What is to become of a password that is accepted. Whether it is only tried or about to be set
/// makes no difference to its judgement: so there is no third.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Purpose {
    /// The caller knows what to do with it.
    #[default]
    Judge,
    /// It is recorded in the history, in the transaction in which it is judged.
    JudgeAndRecord,
}

impl Gate {
    /// A gate without a history; `words` are lists besides those of the policy.
    ///
    /// # Errors
    /// If a list is missing, not trusted or damaged.
    pub fn new(in_force: InForce, words: &[PathBuf]) -> Result<Self, GateError> {
        let dictionary = in_force.dictionary(words)?;
        let breached = OnceLock::new();
        Ok(Self { in_force, dictionary, memory: None, threads: 1, breached })
    }

    /// The same, and the history is asked; near copies are searched for by so many threads.
    #[must_use]
    pub fn with_memory(self, memory: Memory, threads: usize) -> Self {
        Self { memory: Some(memory), threads, ..self }
    }

    /// The policy in force.
    pub fn in_force(&self) -> &InForce {
        &self.in_force
    }

    /// The words.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The history, if it is asked.
    pub fn memory(&self) -> Option<&Memory> {
        self.memory.as_ref()
    }

    /// Whether it matters that a password is used elsewhere, or was used before.
    pub fn asks_for_uses(&self) -> bool {
        self.in_force.policy.one_system != OneSystem::Off
    }

    /// Opens the list of breached passwords that the policy names, if it names one; otherwise it is
    /// opened when a password is judged.
    ///
    /// # Errors
    /// If it is not there, not trusted, not whole or damaged, or cannot be read.
    pub fn open_breached(&self) -> Result<Option<&BreachedPasswords>, GateError> {
        if self.breached.get().is_none()
            && let Some(opened) = BreachedPasswords::find(&self.in_force)?
        {
            return Ok(Some(self.breached.get_or_init(|| opened)));
        }
        Ok(self.breached.get())
    }

    /// Judges a password, and records it if that is asked for and it is accepted.
    pub fn decide(&self, password: &Password, question: &Question<'_>) -> Decision {
        let looked_up = self.open_breached().and_then(|list| match list {
            Some(list) => list.look_up(password),
            None => Ok(Exposure::NotAsked),
        });
        let (exposure, unlisted) = match looked_up {
            Ok(exposure) => (exposure, None),
            Err(error) => (Exposure::Unavailable, Some(error)),
        };
        let context = self.context(question).exposure(exposure);
        let judge = |uses: Uses<'_>| {
            let context = context.clone().uses(uses);
            self.in_force.policy.check(password, &self.dictionary, &context)
        };
        let Judged { verdict, near, reason } = self.judge(password, question, &judge);
        Decision::new(verdict, near, unlisted.into_iter().chain(reason).collect())
    }

    fn judge(
        &self,
        password: &Password,
        question: &Question<'_>,
        judge: &dyn Fn(Uses<'_>) -> Verdict,
    ) -> Judged {
        let is_recorded = question.purpose == Purpose::JudgeAndRecord;
        let failed = |reason| Judged { verdict: judge(Uses::Unavailable), near: None, reason };
        let policy = &self.in_force.policy;
        let Some(memory) = self.memory.as_ref().filter(|_| self.asks_for_uses() || is_recorded)
        else {
            let verdict = judge(Uses::NotAsked);
            let is_required = policy.one_system == OneSystem::Required;
            let is_missed = is_required && verdict.outcome() == Outcome::Unchecked;
            let reason = (is_recorded || is_missed).then_some(GateError::NoHistory);
            return Judged { verdict, near: None, reason };
        };
        let account = question.accounts.first().ok_or(GateError::NoAccount);
        let asked =
            account.and_then(|account| memory.ask(account, password, policy.former_passwords));
        match asked {
            Ok(asked) => {
                let judged = self.judge_with(asked, memory, is_recorded, judge);
                judged.unwrap_or_else(|error| failed(Some(error)))
            }
            // What is too long or no text has no fingerprint; the rules say so better.
            Err(GateError::History(HistoryError::NotText)) => failed(None),
            Err(error) => failed(Some(error)),
        }
    }

    fn judge_with(
        &self,
        mut asked: Asked<'_>,
        memory: &Memory,
        is_recorded: bool,
        judge: &dyn Fn(Uses<'_>) -> Verdict,
    ) -> Result<Judged, GateError> {
        let mut verdict = judge(Uses::Exact(&asked.uses()?));
        let mut near = None;
        // Who is refused anyway need not wait for the search.
        if verdict.violations().is_empty() {
            near = asked.look_near(self.threads)?;
            verdict = judge(known(&asked.uses()?, near));
        }
        if !is_recorded || verdict.outcome() != Outcome::Accept {
            return Ok(Judged { verdict, near, reason: None });
        }
        // Another process may have recorded something since: it is judged again, in the
        // transaction that records it.
        let recorded = asked.record(memory.system.as_ref(), |uses| {
            verdict = judge(known(uses, near));
            verdict.outcome() == Outcome::Accept
        });
        Ok(Judged { verdict, near, reason: recorded.err() })
    }

    fn context<'a>(&self, question: &Question<'a>) -> Context<'a> {
        let mut context = Context::default();
        for account in question.accounts {
            context = context.account(account);
        }
        for name in question.names {
            context = context.name(name);
        }
        let of_memory = self.memory.as_ref().and_then(|memory| memory.system.as_ref());
        if let Some(system) = question.system.or_else(|| of_memory.map(System::id)) {
            context = context.system(system);
        }
        match question.old {
            Some(old) => context.old_password(old),
            None => context,
        }
    }
}

/// The verdict, and the error that kept part of it open.
struct Judged {
    verdict: Verdict,
    near: Option<Search>,
    reason: Option<GateError>,
}

/// Uses as the policy is told of them.
fn known(uses: &[Use], near: Option<Search>) -> Uses<'_> {
    if near.is_some() { Uses::Known(uses) } else { Uses::Exact(uses) }
}
