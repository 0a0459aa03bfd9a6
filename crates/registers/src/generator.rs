//! Passwords and passcodes that a policy accepts, every one equally likely.

use strongpass_policy::{Context, Password, Policy};
use zeroize::{Zeroize, Zeroizing};

use crate::checker::Checker;
use crate::error::GeneratorError;
use crate::random::{Random, RandomSource};

/// On British and American keyboards alike, and hard to mistake for one another.
const CHARACTERS: &[u8; 64] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%*+-?";
const DIGITS: &[u8; 10] = b"0123456789";

/// Of 12 characters under the strictest preset two in three draws are accepted; so many refused in
/// a row mean a policy that nothing can satisfy.
const MOST_DRAWS: usize = 10_000;

/// Draws random characters until the policy accepts: so every accepted password of that length is
/// equally likely.
#[derive(Debug)]
pub struct Generator<'a> {
    checker: Checker<'a>,
    length: usize,
    characters: &'static [u8],
    random: Random,
}

impl<'a> Generator<'a> {
    /// The policy that what it makes satisfies.
    pub fn policy(&self) -> &'a Policy {
        self.checker.policy()
    }

    /// What its passwords are judged by.
    pub(crate) fn checker(&self) -> Checker<'a> {
        self.checker
    }

    /// A generator of passwords of `length`, or of a sensible one; `source` gives the randomness.
    ///
    /// # Errors
    /// If the policy refuses every password of that length.
    pub fn new(
        checker: Checker<'a>,
        length: Option<usize>,
        source: RandomSource,
    ) -> Result<Self, GeneratorError> {
        let policy = checker.policy();
        let (characters, least, usual): (&[u8], _, _) = match policy.passcode {
            Some(passcode) => (DIGITS, passcode.min_digits, passcode.min_digits),
            None => (CHARACTERS, policy.min_length, policy.min_length.max(12)),
        };
        let length = length.unwrap_or(usual);
        if length < least {
            return Err(GeneratorError::TooShort { least, length });
        }
        if policy.passcode.is_some() && length > 10 {
            return Err(GeneratorError::TooManyDigits);
        }
        Ok(Self { checker, length, characters, random: Random::new(source) })
    }

    /// One that is strong for anybody.
    ///
    /// # Errors
    /// As [`Generator::generate_for`].
    pub fn generate(&mut self) -> Result<Zeroizing<String>, GeneratorError> {
        self.generate_for(&Context::default())
    }

    /// One that is strong for who is in the context.
    ///
    /// # Errors
    /// If nothing that was drawn satisfies the policy, or if there is no randomness, or no answer
    /// from the list of breached passwords that the policy names.
    pub fn generate_for(
        &mut self,
        context: &Context<'_>,
    ) -> Result<Zeroizing<String>, GeneratorError> {
        let mut text = Zeroizing::new(String::with_capacity(self.length));
        for _ in 0..MOST_DRAWS {
            text.zeroize();
            for _ in 0..self.length {
                text.push(char::from(self.random.one_of(self.characters)?));
            }
            let password = Password::new(text.as_bytes());
            if self.checker.accepts_new(&password, context)? {
                return Ok(text);
            }
        }
        Err(GeneratorError::Unsatisfiable { length: self.length })
    }
}

#[cfg(test)]
mod tests {
    use strongpass_policy::{Dictionary, Exposure, Outcome};

    use super::*;
    use crate::random::tests::os_random;

    #[test]
    fn characters_are_distinct() {
        let mut characters = CHARACTERS.to_vec();
        characters.sort_unstable();
        characters.dedup();
        assert_eq!(characters.len(), CHARACTERS.len());
    }

    #[test]
    fn every_preset_is_satisfied() {
        let dictionary = strongpass_wordlists::dictionary().unwrap();
        for name in Policy::PRESETS {
            let policy = Policy::preset(name).unwrap();
            let mut generator =
                Generator::new(Checker::new(&policy, &dictionary), None, os_random).unwrap();
            for _ in 0..200 {
                let made = generator.generate().unwrap();
                let verdict =
                    policy.check(&Password::new(made.as_bytes()), &dictionary, &Context::default());
                assert_eq!(verdict.outcome(), Outcome::Accept, "{name}");
            }
        }
    }

    #[test]
    fn an_impossible_policy_is_an_error() {
        let dictionary = strongpass_wordlists::dictionary().unwrap();
        let policy = Policy::from_toml("min_length = 10").unwrap();
        assert!(Generator::new(Checker::new(&policy, &dictionary), Some(9), os_random).is_err());
    }

    #[test]
    fn without_randomness_nothing_is_made() {
        let dictionary = Dictionary::default();
        let policy = Policy::birchington();
        let failing: RandomSource = |_| Err("the kettle is empty".into());
        let mut generator =
            Generator::new(Checker::new(&policy, &dictionary), None, failing).unwrap();
        let error = generator.generate().unwrap_err();
        assert!(matches!(error, GeneratorError::NoRandomness(_)), "{error}");
    }

    #[test]
    fn what_a_list_of_breached_passwords_has_or_does_not_say_is_not_handed_out() {
        let dictionary = Dictionary::default();
        let policy = Policy::from_toml("[breached]\nlist = \"breached.idx\"").unwrap();
        let draw = |look_up: &dyn Fn(&Password) -> Exposure| {
            let checker = Checker::new(&policy, &dictionary).with_breached(look_up);
            Generator::new(checker, None, os_random).unwrap().generate()
        };
        for exposure in [Exposure::NotAsked, Exposure::Unavailable] {
            let error = draw(&|_| exposure).unwrap_err();
            assert!(matches!(error, GeneratorError::NoList), "{error}");
        }
        let error = draw(&|_| Exposure::Found).unwrap_err();
        assert!(matches!(error, GeneratorError::Unsatisfiable { .. }), "{error}");
        // One that ends with a letter is in no list here.
        let made = draw(&|password| {
            let text = password.expose().unwrap();
            if text.ends_with(char::is_alphabetic) { Exposure::NotFound } else { Exposure::Found }
        });
        assert!(made.unwrap().ends_with(char::is_alphabetic));
    }
}
