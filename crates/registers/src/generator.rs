//! Passwords and passcodes that a policy accepts, every one equally likely.

use strongpass_policy::{Context, Mode, Password, Policy};
use zeroize::{Zeroize, Zeroizing};

use crate::checker::Checker;
use crate::error::GeneratorError;
use crate::random::{Random, RandomSource};

/// On British and American keyboards alike, and hard to mistake for one another.
const CHARACTERS: &[u8; 64] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%*+-?";
const DIGITS: &[u8; 10] = b"0123456789";

/// Of these keys none needs Shift, on British and American keyboards alike, and none is easy to mistake
/// for another.
const EASY: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// So many characters of them stand together: three groups are as many guesses as 12 characters.
const GROUP: usize = 5;
/// Between groups and words.
const BETWEEN: char = '-';
/// How many words are joined, at least.
const WORDS: usize = 3;

/// Of 12 characters under the strictest preset two in three draws are accepted; so many refused in
/// a row mean a policy that nothing can satisfy.
const MOST_DRAWS: usize = 10_000;

/// What its passwords look like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub enum Style<'a> {
    /// Letters, digits and symbols as they come.
    #[default]
    Random,
    /// Small letters and digits in groups, with a hyphen between: no Shift, no look-alikes. A passcode
    /// is digits all the same.
    Easy,
    /// Three of these words, with a hyphen between.
    Words(&'a [&'a str]),
}

/// Draws until the policy accepts: so every accepted password of that style and length is equally
/// likely.
#[derive(Debug)]
pub struct Generator<'a> {
    checker: Checker<'a>,
    length: usize,
    style: Style<'a>,
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
        Self::in_style(checker, Style::Random, length, source)
    }

    /// The same, in a style.
    ///
    /// # Errors
    /// If the policy refuses every password of that length, or forbids that style.
    pub fn in_style(
        checker: Checker<'a>,
        style: Style<'a>,
        length: Option<usize>,
        source: RandomSource,
    ) -> Result<Self, GeneratorError> {
        let policy = checker.policy();
        let (least, usual) = match (policy.passcode, style) {
            (Some(passcode), _) => (passcode.min_digits, passcode.min_digits),
            (None, Style::Random) => (policy.min_length, policy.min_length.max(12)),
            (None, Style::Easy) => (policy.min_length, policy.min_length.max(3 * (GROUP + 1) - 1)),
            (None, Style::Words(_)) => (policy.min_length, policy.min_length),
        };
        let length = length.unwrap_or(usual);
        if length < least {
            return Err(GeneratorError::TooShort { least, length });
        }
        if policy.passcode.is_some() && length > 10 {
            return Err(GeneratorError::TooManyDigits);
        }
        if matches!(style, Style::Words(_)) {
            if policy.passcode.is_some() {
                return Err(GeneratorError::WordsInPasscode);
            }
            if policy.dictionary == Mode::Strict {
                return Err(GeneratorError::WordsForbidden { policy: policy.name.clone() });
            }
        }
        Ok(Self { checker, length, style, random: Random::new(source) })
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
            self.draw(&mut text)?;
            let password = Password::new(text.as_bytes());
            if self.checker.accepts_new(&password, context)? {
                return Ok(text);
            }
        }
        Err(GeneratorError::Unsatisfiable { length: self.length })
    }

    fn draw(&mut self, text: &mut String) -> Result<(), GeneratorError> {
        let policy = self.checker.policy();
        match self.style {
            _ if policy.passcode.is_some() => self.draw_of(DIGITS, None, text),
            Style::Random => self.draw_of(CHARACTERS, None, text),
            Style::Easy => self.draw_of(EASY, Some(GROUP), text),
            Style::Words(words) => {
                let mut count = 0;
                while count < WORDS || text.chars().count() < self.length {
                    if count > 0 {
                        text.push(BETWEEN);
                    }
                    text.push_str(self.random.one_of_many(words)?);
                    count += 1;
                }
                // Words have none.
                if policy.numbers {
                    text.push(BETWEEN);
                    text.push(char::from(self.random.one_of(b"23456789")?));
                }
                Ok(())
            }
        }
    }

    fn draw_of(
        &mut self,
        characters: &[u8],
        group: Option<usize>,
        text: &mut String,
    ) -> Result<(), GeneratorError> {
        for at in 0..self.length {
            let is_between = group.is_some_and(|group| at % (group + 1) == group);
            // None at the end.
            if is_between && at + 1 < self.length {
                text.push(BETWEEN);
            } else {
                text.push(char::from(self.random.one_of(characters)?));
            }
        }
        Ok(())
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
    fn easy_ones_need_no_shift() {
        let dictionary = strongpass_wordlists::dictionary().unwrap();
        for name in Policy::PRESETS {
            let policy = Policy::preset(name).unwrap();
            let checker = Checker::new(&policy, &dictionary);
            let mut generator = Generator::in_style(checker, Style::Easy, None, os_random).unwrap();
            for _ in 0..50 {
                let made = generator.generate().unwrap();
                let is_easy =
                    |c: char| !"li1o0".contains(c) && (c == '-' || c.is_ascii_lowercase());
                let is_passcode = policy.passcode.is_some();
                assert!(made.chars().all(|c| is_easy(c) || c.is_ascii_digit()), "{name}");
                assert_eq!(is_passcode, !made.contains('-'), "{name}");
                assert!(is_passcode || made.len() >= 17 && !made.ends_with('-'), "{name}");
            }
        }
        // As hard to guess as the usual ones.
        assert!(31_f64.powi(15) > 64_f64.powi(12));
    }

    #[test]
    fn words_where_the_policy_allows_them() {
        let dictionary = strongpass_wordlists::dictionary().unwrap();
        let words: Vec<&str> = strongpass_wordlists::common_words().collect();
        for name in Policy::PRESETS {
            let policy = Policy::preset(name).unwrap();
            let checker = Checker::new(&policy, &dictionary);
            let made = Generator::in_style(checker, Style::Words(&words), None, os_random)
                .and_then(|mut generator| generator.generate());
            match name {
                "passcode" | "passcode-legacy-4" => {
                    assert!(matches!(made, Err(GeneratorError::WordsInPasscode)), "{name}");
                }
                "birchington" | "birchington-plus" => {
                    let error = made.unwrap_err();
                    assert!(error.is_mistake() && error.to_string().contains(name), "{error}");
                }
                _ => {
                    let made = made.unwrap();
                    assert!(made.split('-').all(|word| words.contains(&word)), "{name}");
                    assert!(made.split('-').count() >= 3, "{name}");
                }
            }
        }
        let policy = Policy::from_toml("dictionary = \"off\"\nmin_length = 20").unwrap();
        let checker = Checker::new(&policy, &dictionary);
        let mut generator =
            Generator::in_style(checker, Style::Words(&words), None, os_random).unwrap();
        let made = generator.generate().unwrap();
        assert!(made.len() >= 20 && made.ends_with(|c: char| c.is_ascii_digit()));
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
