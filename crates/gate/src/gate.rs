//! The gate: all that a password is judged by, and the one transaction in which it is.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::SystemTime;

use strongpass_policy::{
    Context, Day, Dictionary, Exposure, OneSystem, Outcome, Password, Use, Uses, Verdict,
};

use crate::breached::BreachedPasswords;
use crate::decision::Decision;
use crate::error::GateError;
use crate::error::memory::MemoryErrorKind;
use crate::in_force::InForce;
use crate::memory::{Inquiry, Memory, Search};

/// What a password is judged by.
#[derive(Debug)]
pub struct Gate {
    in_force: InForce,
    dictionary: Dictionary,
    memory: Option<Box<dyn Memory>>,
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
    /// A gate without a memory; `words` are lists besides those of the policy.
    ///
    /// # Errors
    /// If a list is missing, not trusted or damaged.
    pub fn new(in_force: InForce, words: &[PathBuf]) -> Result<Self, GateError> {
        let dictionary = in_force.dictionary(words)?;
        let breached = OnceLock::new();
        Ok(Self { in_force, dictionary, memory: None, threads: 1, breached })
    }

    /// The same, and the memory is asked; near copies are searched for by `threads` threads.
    #[must_use]
    pub fn with_memory(self, memory: impl Memory + 'static, threads: usize) -> Self {
        Self { memory: Some(Box::new(memory)), threads, ..self }
    }

    /// The policy in force.
    pub fn in_force(&self) -> &InForce {
        &self.in_force
    }

    /// The words.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
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
        let asked = self.memory.as_deref().filter(|_| self.asks_for_uses() || is_recorded);
        let Some(memory) = asked else {
            let verdict = judge(Uses::NotAsked);
            let is_required = policy.one_system == OneSystem::Required;
            let is_missed = is_required && verdict.outcome() == Outcome::Unchecked;
            let reason = (is_recorded || is_missed).then_some(GateError::NoHistory);
            return Judged { verdict, near: None, reason };
        };
        let Some(account) = question.accounts.first() else {
            return failed(Some(GateError::NoAccount));
        };
        match memory.ask(account, password, policy.former_passwords) {
            Ok(mut inquiry) => {
                let judged = self.judge_with(&mut *inquiry, is_recorded, judge);
                judged.unwrap_or_else(|error| failed(Some(error)))
            }
            // What is too long or no text has no fingerprint; the rules say so better.
            Err(error) if error.of_memory() == Some(MemoryErrorKind::NotText) => failed(None),
            Err(error) => failed(Some(error)),
        }
    }

    fn judge_with(
        &self,
        inquiry: &mut dyn Inquiry,
        is_recorded: bool,
        judge: &dyn Fn(Uses<'_>) -> Verdict,
    ) -> Result<Judged, GateError> {
        let mut verdict = judge(Uses::Exact(&inquiry.uses()?));
        let mut near = None;
        // Who is not accepted anyway need not wait for the search.
        if verdict.outcome() == Outcome::Accept {
            near = inquiry.look_near(self.threads)?;
            verdict = judge(known(&inquiry.uses()?, near));
        }
        if !is_recorded || verdict.outcome() != Outcome::Accept {
            return Ok(Judged { verdict, near, reason: None });
        }
        // Another process may have recorded something since: it is judged again, in the
        // transaction that records it.
        let mut is_judged = false;
        let recorded = inquiry.record(today()?, &mut |uses| {
            is_judged = true;
            verdict = judge(known(uses, near));
            verdict.outcome() == Outcome::Accept
        });
        // A memory that did not ask cannot have recorded this password.
        let unasked = || (!is_judged).then_some(GateError::NoHistory);
        let reason = recorded.err().or_else(unasked);
        Ok(Judged { verdict, near, reason })
    }

    fn context<'a>(&'a self, question: &Question<'a>) -> Context<'a> {
        let mut context = Context::default();
        for account in question.accounts {
            context = context.account(account);
        }
        for name in question.names {
            context = context.name(name);
        }
        let of_memory = || self.memory.as_deref().and_then(Memory::system);
        if let Some(system) = question.system.or_else(of_memory) {
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

/// Today by the clock of the system, in UTC.
///
/// # Errors
/// If the clock is before 1970.
pub fn today() -> Result<Day, GateError> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.map(|now| Day::from_unix_seconds(now.as_secs())).map_err(|_| GateError::Clock)
}
