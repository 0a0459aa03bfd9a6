//! How long a password would resist guessing: an estimate beside the verdict, never a rule.
//!
//! The `zxcvbn` crate counts guesses; the words are ours, because its own advice ("no need for
//! symbols", "add another word") contradicts the school's sentence.

use strongpass_policy::{List, Match, Outcome, Password};
use zxcvbn::matching::patterns::MatchPattern;

/// Longer passwords are judged by their beginning: more characters can only add guesses, and one
/// of 100 chosen ones costs the crate 0.7 s.
const MOST_CHARACTERS: usize = 40;

/// Guesses a second against a stolen file of unsalted hashes such as Windows keeps: what one
/// graphics card of today does, in round figures.
const STOLEN_FILE_LOG10: f64 = 11.0;

/// More than anybody can try at a login page: a thousand a second for three months.
const AT_A_LOGIN_PAGE_LOG10: f64 = 9.9;

/// Three months in seconds, as a logarithm.
const LONG: f64 = 6.9;

/// What a find of ours is worth in guesses, as logarithms: a word or name of the lists with its
/// disguise, a date of a century, a run of keys, a piece that is there once more.
const WORD: f64 = 5.5;
const DATE: f64 = 4.6;
const KEYS: f64 = 3.5;
const AGAIN: f64 = 1.0;

/// What is in a list of stolen passwords is guessed with that list: all of it, as a logarithm.
pub(crate) const STOLEN: f64 = 9.0;

/// The logarithm of the guesses needed, or `None` for what is not text; `found` is what the rule
/// found in it. What neither the rule nor the crate explains is taken as random, each character one
/// of its alphabet: the crate itself counts ten guesses for one.
pub(crate) fn guesses_log10(password: &Password, found: &[Match]) -> Option<f64> {
    let text = password.expose()?;
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end)?;
    let each = alphabet(text).log10();
    Some(by_crate(text, each).min(by_rule(text, found, each)))
}

/// How many characters there are of the kinds that a text has.
fn alphabet(text: &str) -> f64 {
    let has = |is: fn(char) -> bool| text.chars().any(is);
    let kinds = [
        (has(|c| c.is_ascii_lowercase()), 26.0),
        (has(|c| c.is_ascii_uppercase()), 26.0),
        (has(|c| c.is_ascii_digit()), 10.0),
        (has(|c| c.is_ascii() && !c.is_ascii_alphanumeric()), 32.0),
        (has(|c| !c.is_ascii()), 64.0),
    ];
    kinds.iter().filter(|(is_there, _)| *is_there).map(|(_, size)| size).sum::<f64>().max(1.0)
}

fn by_crate(text: &str, each: f64) -> f64 {
    let entropy = zxcvbn::zxcvbn(text, &[]);
    let guesses = entropy.sequence().iter().map(|part| {
        if matches!(part.pattern, MatchPattern::BruteForce) {
            return each * characters(&part.token);
        }
        part.guesses.map_or(0.0, |guesses| u32::try_from(guesses).map_or(9.6, f64::from).log10())
    });
    guesses.sum::<f64>().max(entropy.guesses_log10())
}

fn by_rule(text: &str, found: &[Match], each: f64) -> f64 {
    let mut guesses = 0.0;
    let mut rest = characters(text);
    for found in found {
        let Some(part) = text.get(found.span.start..found.span.end.min(text.len())) else {
            continue;
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "the others are lists of words")]
        let price = match found.list {
            List::Date => DATE,
            List::Keyboard => KEYS,
            List::Repeated => AGAIN,
            _ => WORD,
        };
        // A short find is no dearer than its characters.
        guesses += price.min(each * characters(part));
        rest -= characters(part);
    }
    guesses + each * rest.max(0.0)
}

/// How many characters a text has.
fn characters(text: &str) -> f64 {
    u32::try_from(text.chars().count()).map_or(0.0, f64::from)
}

/// What a person is told beside a verdict, and why it may say something else.
pub(crate) fn sentence(guesses_log10: f64, outcome: Outcome) -> String {
    let seconds_log10 = guesses_log10 - STOLEN_FILE_LOG10;
    let time = duration(seconds_log10);
    let but = match outcome {
        Outcome::Reject if seconds_log10 > LONG => {
            " The rule refuses it all the same, for the reason above."
        }
        Outcome::Accept | Outcome::Unchecked if guesses_log10 < AT_A_LOGIN_PAGE_LOG10 => {
            " The rule does not count that; a longer one is safer."
        }
        Outcome::Accept | Outcome::Unchecked if seconds_log10 < LONG => {
            " At a login page nobody could; a longer one is safer from both."
        }
        Outcome::Accept | Outcome::Unchecked | Outcome::Reject => "",
    };
    format!(
        "Estimate, not part of the rule: somebody with a stolen file of Windows passwords would need \
         {time} to guess it.{but}"
    )
}

/// A time in round words, from the logarithm of its seconds.
fn duration(seconds_log10: f64) -> &'static str {
    const STEPS: [(f64, &str); 8] = [
        (0.0, "less than a second"),
        (1.8, "some seconds"),
        (3.6, "some minutes"),
        (4.95, "some hours"),
        (6.4, "some days"),
        (7.5, "some months"),
        (9.5, "some years"),
        (f64::INFINITY, "more than a hundred years"),
    ];
    STEPS.iter().find(|(below, _)| seconds_log10 < *below).map_or("for ever", |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use strongpass_policy::{Context, Policy, Violation};

    use super::*;

    #[test]
    fn in_words() {
        assert_eq!(duration(-3.0), "less than a second");
        assert_eq!(duration(3.0), "some minutes");
        assert_eq!(duration(7.0), "some months");
        assert_eq!(duration(20.0), "more than a hundred years");
    }

    fn guesses(text: &str) -> Option<f64> {
        let (policy, password) = (Policy::birchington(), Password::new(text.as_bytes()));
        let dictionary = strongpass_wordlists::dictionary().unwrap();
        let verdict = policy.check(&password, &dictionary, &Context::default());
        let found = verdict.violations().iter().flat_map(Violation::matches);
        guesses_log10(&password, &found.copied().collect::<Vec<_>>())
    }

    #[test]
    fn better_passwords_take_more_guesses() {
        let order = ["Password1!", "Kestrel!92", "vT7$kq2z", "vT7$kq2zWp4&"].map(guesses);
        assert!(order.is_sorted(), "{order:?}");
        assert!(order[0] < Some(7.0), "{order:?}");
        assert_eq!(guesses_log10(&Password::new(b"\xff"), &[]), None);
    }

    #[test]
    fn random_characters_are_worth_their_alphabet() {
        // Eight of 94: 52.4 bits.
        assert!((guesses("vT7$kq2z").unwrap() - 15.8).abs() < 0.2, "{:?}", guesses("vT7$kq2z"));
        assert_eq!(
            sentence(guesses("vT7$kq2z").unwrap(), Outcome::Accept),
            "Estimate, not part of the rule: somebody with a stolen file of Windows passwords would \
             need some hours to guess it. At a login page nobody could; a longer one is safer from \
             both."
        );
    }

    #[test]
    fn what_is_accepted_and_easy_to_guess_is_explained() {
        let said = sentence(6.0, Outcome::Accept);
        assert!(said.ends_with("The rule does not count that; a longer one is safer."), "{said}");
        assert!(!said.contains("nobody"), "{said}");
    }

    #[test]
    fn what_is_refused_and_hard_to_guess_is_explained() {
        let said = sentence(guesses("purple-tiger-42-kettle-xQ9v2k").unwrap(), Outcome::Reject);
        assert!(
            said.ends_with("The rule refuses it all the same, for the reason above."),
            "{said}"
        );
    }

    #[test]
    fn long_ones_are_judged_by_their_beginning() {
        let long = "@1$3".repeat(100);
        let begin: String = long.chars().take(MOST_CHARACTERS).collect();
        let guesses = |text: &str| guesses_log10(&Password::new(text.as_bytes()), &[]);
        assert_eq!(guesses(&long), guesses(&begin));
    }
}
