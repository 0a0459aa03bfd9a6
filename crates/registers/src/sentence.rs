//! A password of the first letters of a sentence, which its owner remembers.

use strongpass_policy::{Context, Password};
use zeroize::Zeroizing;

use crate::checker::Checker;
use crate::error::GeneratorError;
use crate::random::{Random, RandomSource};

/// The fewest words: a letter of a sentence is easier to guess than one that was drawn.
const LEAST_WORDS: usize = 10;
/// On British and American keyboards alike.
const DIGITS: &[u8] = b"23456789";
const SYMBOLS: &[u8] = b"!$%*+-?";
/// So many places and characters are tried.
const MOST_DRAWS: usize = 200;

/// A password of the first letters of a sentence, with a digit and a symbol in it where the policy
/// wants one and the sentence has none; `source` gives the randomness for these.
///
/// # Errors
/// If the sentence has too few words, the result does not satisfy the policy, or there is no
/// randomness, or no answer from the list of breached passwords that the policy names.
pub fn from_sentence(
    checker: Checker<'_>,
    sentence: &Password,
    source: RandomSource,
) -> Result<Zeroizing<String>, GeneratorError> {
    let policy = checker.policy();
    if policy.passcode.is_some() {
        return Err(GeneratorError::WordsInPasscode);
    }
    let initials = initials(sentence.expose().unwrap_or_default());
    let least = policy.min_length.max(LEAST_WORDS);
    if initials.len() < least {
        return Err(GeneratorError::TooFewWords { least });
    }
    let has = |wanted: fn(&char) -> bool| initials.iter().any(wanted);
    let has_number = has(char::is_ascii_digit);
    let has_symbol = has(|c| !c.is_alphanumeric());
    let mut random = Random::new(source);
    let inside: Vec<usize> = (1..initials.len()).collect();
    for _ in 0..MOST_DRAWS {
        let mut made = Zeroizing::new(initials.to_vec());
        for (is_wanted, characters) in
            [(policy.numbers && !has_number, DIGITS), (policy.symbols && !has_symbol, SYMBOLS)]
        {
            if is_wanted {
                let at = random.one_of_many(&inside)?;
                made.insert(at, char::from(random.one_of(characters)?));
            }
        }
        let made = Zeroizing::new(made.iter().collect::<String>());
        if checker.accepts_new(&Password::new(made.as_bytes()), &Context::default())? {
            return Ok(made);
        }
    }
    Err(GeneratorError::Sentence)
}

/// The first letter or digit of each word; of a word that has none, its first character.
fn initials(sentence: &str) -> Zeroizing<Vec<char>> {
    let first =
        |word: &str| word.chars().find(|c| c.is_alphanumeric()).or_else(|| word.chars().next());
    Zeroizing::new(sentence.split_whitespace().filter_map(first).collect())
}

#[cfg(test)]
mod tests {
    use strongpass_policy::{Outcome, Policy};

    use super::*;
    use crate::random::tests::os_random;

    /// Made up, and in the tests only.
    const SENTENCE: &str = "Zebedee never quite found the \"blue\" kettle his Grandma had bought";

    fn made(preset: &str, sentence: &str) -> Result<String, GeneratorError> {
        let dictionary = strongpass_wordlists::dictionary().unwrap();
        let policy = Policy::preset(preset).unwrap();
        let sentence = Password::new(sentence.as_bytes());
        let made = from_sentence(Checker::new(&policy, &dictionary), &sentence, os_random)?;
        let judged =
            policy.check(&Password::new(made.as_bytes()), &dictionary, &Context::default());
        assert_eq!(judged.outcome(), Outcome::Accept);
        Ok(made.to_string())
    }

    #[test]
    fn first_letters_with_what_the_policy_wants() {
        let strict = made("birchington", SENTENCE).unwrap();
        let letters: String = strict.chars().filter(char::is_ascii_alphabetic).collect();
        assert_eq!((letters.as_str(), strict.len()), ("ZnqftbkhGhb", 13));
        assert!(strict.starts_with('Z') && strict.ends_with('b'));
        assert_eq!(made("ncsc", SENTENCE).unwrap(), "ZnqftbkhGhb");
        let own = made("birchington", &format!("{SENTENCE} in 7 shops & lost")).unwrap();
        assert_eq!(own, "ZnqftbkhGhbi7s&l");
    }

    #[test]
    fn what_cannot_be_made() {
        let short = made("birchington", "Zebedee never found it").unwrap_err();
        assert!(short.is_mistake() && short.to_string().contains("10 or more"), "{short}");
        let same = made("birchington", "a a a a a a a a a a a a").unwrap_err();
        assert!(matches!(same, GeneratorError::Sentence), "{same}");
        let code = made("passcode", SENTENCE).unwrap_err();
        assert!(matches!(code, GeneratorError::WordsInPasscode), "{code}");
    }
}
