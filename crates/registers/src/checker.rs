//! What passwords of new accounts are judged by.

use std::fmt;

use strongpass_policy::{
    Answer, Context, Dictionary, Exposure, Outcome, Password, Policy, Rule, Verdict,
};

use crate::error::GeneratorError;

/// A policy with its words, and the way to the list of breached passwords that it may name.
///
/// ```
/// use strongpass_policy::{Context, Dictionary, Exposure, Outcome, Password, Policy};
/// use strongpass_registers::Checker;
///
/// let policy = Policy::from_toml("[breached]\nlist = \"breached.idx\"")?;
/// let dictionary = Dictionary::default();
/// let (password, context) = (Password::new(b"vT7$kq2z"), Context::default());
/// let checker = Checker::new(&policy, &dictionary);
/// assert_eq!(checker.check(&password, &context).outcome(), Outcome::Unchecked);
/// let checker = checker.with_breached(&|_| Exposure::NotFound);
/// assert_eq!(checker.check(&password, &context).outcome(), Outcome::Accept);
/// # Ok::<(), strongpass_policy::ConfigError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Checker<'a> {
    policy: &'a Policy,
    dictionary: &'a Dictionary,
    look_up: &'a dyn Fn(&Password) -> Exposure,
}

impl fmt::Debug for Checker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checker({})", self.policy.name)
    }
}

impl<'a> Checker<'a> {
    /// Without a list: where the policy names one, nothing is accepted.
    pub fn new(policy: &'a Policy, dictionary: &'a Dictionary) -> Self {
        Self { policy, dictionary, look_up: &|_| Exposure::NotAsked }
    }

    /// The same, and this is asked what the policy's list of breached passwords has.
    #[must_use]
    pub fn with_breached(self, look_up: &'a dyn Fn(&Password) -> Exposure) -> Self {
        Self { look_up, ..self }
    }

    /// The policy.
    pub fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// Answers every clause for `password`.
    pub fn check(&self, password: &Password, context: &Context<'_>) -> Verdict {
        if self.policy.breached.is_none() {
            return self.policy.check(password, self.dictionary, context);
        }
        let context = context.clone().exposure((self.look_up)(password));
        self.policy.check(password, self.dictionary, &context)
    }

    /// Whether a password that was just made is strong. It is used nowhere, so that "only used on
    /// one system" holds by itself.
    pub(crate) fn accepts_new(
        &self,
        password: &Password,
        context: &Context<'_>,
    ) -> Result<bool, GeneratorError> {
        let verdict = self.check(password, context);
        let is_open = |(rule, answer)| {
            rule == Rule::Breached && matches!(answer, Answer::NotAsked | Answer::Unavailable)
        };
        match verdict.outcome() {
            Outcome::Reject => Ok(false),
            Outcome::Unchecked if verdict.clauses().any(is_open) => Err(GeneratorError::NoList),
            Outcome::Unchecked | Outcome::Accept => Ok(true),
        }
    }
}
