//! `generate`: passwords that the policy accepts.

use std::io::Write;

use anyhow::{Context as _, bail};
use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy};
use zeroize::{Zeroize, Zeroizing};

use crate::cli::GenerateArgs;
use crate::output::{self, Output};
use crate::{Exit, UsageError, json, setup};

/// On British and American keyboards alike, and hard to mistake for one another.
const CHARACTERS: &[u8; 64] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%*+-?";
const DIGITS: &[u8; 10] = b"0123456789";

/// Of 12 characters under the strictest preset two in three draws are accepted; so many refused in
/// a row mean a policy that nothing can satisfy.
const MOST_DRAWS: usize = 10_000;

pub(crate) fn run(args: &GenerateArgs) -> anyhow::Result<Exit> {
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let policy = &in_force.policy;
    let generator = Generator::new(policy, &dictionary, args.length.map(usize::from))?;
    Ok(write(generator, &Context::default(), args.number, args.json))
}

/// Prints so many, each strong for who is in the context; with fewer it is no yes.
pub(crate) fn write(
    mut generator: Generator<'_>,
    context: &Context<'_>,
    number: u32,
    as_json: bool,
) -> Exit {
    let write_all = |out: &mut Output| {
        for _ in 0..number {
            let password = generator.generate_for(context)?;
            if as_json {
                let (version, password) = (json::VERSION, password.as_str());
                let made = json::Generated { version, policy: &generator.policy.name, password };
                json::write(out, &made)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{}", password.as_str())?;
            }
        }
        Ok(())
    };
    output::to_programs(Exit::Yes, write_all)
}

/// Draws characters from the operating system's random source until the policy accepts: so every
/// accepted password of that length is equally likely.
pub(crate) struct Generator<'a> {
    policy: &'a Policy,
    dictionary: &'a Dictionary,
    length: usize,
    characters: &'static [u8],
    random: Random,
}

impl<'a> Generator<'a> {
    /// A generator of passwords of `length`, or of a sensible one.
    pub(crate) fn new(
        policy: &'a Policy,
        dictionary: &'a Dictionary,
        length: Option<usize>,
    ) -> anyhow::Result<Self> {
        let (characters, least, usual): (&[u8], _, _) = match policy.passcode {
            Some(passcode) => (DIGITS, passcode.min_digits, passcode.min_digits),
            None => (CHARACTERS, policy.min_length, policy.min_length.max(12)),
        };
        let length = length.unwrap_or(usual);
        if length < least {
            let message = format!("the policy asks for {least} characters; {length} are too few");
            return Err(UsageError(message).into());
        }
        if policy.passcode.is_some() && length > 10 {
            let message = "a passcode has at most 10 digits; use a password policy for more";
            return Err(UsageError(message.into()).into());
        }
        Ok(Self { policy, dictionary, length, characters, random: Random::default() })
    }

    pub(crate) fn generate(&mut self) -> anyhow::Result<Zeroizing<String>> {
        self.generate_for(&Context::default())
    }

    /// One that is strong for who is in the context.
    pub(crate) fn generate_for(
        &mut self,
        context: &Context<'_>,
    ) -> anyhow::Result<Zeroizing<String>> {
        let mut text = Zeroizing::new(String::with_capacity(self.length));
        for _ in 0..MOST_DRAWS {
            text.zeroize();
            for _ in 0..self.length {
                text.push(char::from(self.random.of(self.characters)?));
            }
            let password = Password::new(text.as_bytes());
            let verdict = self.policy.check(&password, self.dictionary, context);
            // A generated password is new, so that "only used on one system" holds by itself.
            if verdict.outcome() != Outcome::Reject {
                return Ok(text);
            }
        }
        bail!("no password of {} characters satisfies this policy", self.length)
    }
}

/// Random bytes from the operating system, a block at a time.
struct Random {
    block: Zeroizing<[u8; 256]>,
    used: usize,
}

impl Default for Random {
    fn default() -> Self {
        Self { block: Zeroizing::new([0; 256]), used: 256 }
    }
}

impl Random {
    /// One of `choices`, all equally likely: bytes above the last whole multiple are thrown away.
    fn of(&mut self, choices: &[u8]) -> anyhow::Result<u8> {
        let fair = 256 - 256 % choices.len();
        loop {
            if self.used == self.block.len() {
                getrandom::fill(self.block.as_mut_slice())
                    .context("the operating system gives no random bytes")?;
                self.used = 0;
            }
            let byte = self.block.get(self.used).copied().map_or(0, usize::from);
            self.used += 1;
            if let (true, Some(&choice)) = (byte < fair, choices.get(byte % choices.len())) {
                return Ok(choice);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_uniform() {
        let mut random = Random::default();
        for choices in [&CHARACTERS[..], DIGITS, b"ab", b"abc"] {
            let draws = 6_400 * choices.len();
            let mut counts = [0_usize; 256];
            for _ in 0..draws {
                counts[usize::from(random.of(choices).unwrap())] += 1;
            }
            // Eight standard deviations: one false alarm in 10^14.
            let near = |count: usize| count.abs_diff(6_400) < 640;
            assert!(choices.iter().all(|&c| near(counts[usize::from(c)])), "{choices:?}");
            assert_eq!(counts.iter().sum::<usize>(), draws);
        }
    }

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
            let mut generator = Generator::new(&policy, &dictionary, None).unwrap();
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
        assert!(Generator::new(&policy, &dictionary, Some(9)).is_err());
    }
}
