//! How long a password would resist guessing: an estimate beside the verdict, never a rule.
//!
//! The `zxcvbn` crate counts guesses; the words are ours, because its own advice ("no need for
//! symbols", "add another word") contradicts the school's sentence.

use strongpass_policy::Password;

/// Longer passwords are judged by their beginning: more characters can only add guesses, and one
/// of 100 chosen ones costs the crate 0.7 s.
const MOST_CHARACTERS: usize = 40;

/// Guesses a second against a stolen file of unsalted hashes such as Windows keeps: what one
/// graphics card of today does, in round figures.
const STOLEN_FILE_LOG10: f64 = 11.0;

/// The logarithm of the guesses needed, or `None` for what is not text.
pub(crate) fn guesses_log10(password: &Password) -> Option<f64> {
    let text = password.expose()?;
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    Some(zxcvbn::zxcvbn(text.get(..end)?, &[]).guesses_log10())
}

/// One sentence for a person.
pub(crate) fn sentence(guesses_log10: f64) -> String {
    let time = duration(guesses_log10 - STOLEN_FILE_LOG10);
    format!(
        "Estimate, not part of the rule: if the password file were stolen, it would last {time}."
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
    use super::*;

    #[test]
    fn in_words() {
        assert_eq!(duration(-3.0), "less than a second");
        assert_eq!(duration(3.0), "some minutes");
        assert_eq!(duration(7.0), "some months");
        assert_eq!(duration(20.0), "more than a hundred years");
    }

    #[test]
    fn better_passwords_take_more_guesses() {
        let guesses = |text: &str| guesses_log10(&Password::new(text.as_bytes())).unwrap();
        assert!(guesses("Password1!") < 6.0);
        assert!(guesses("vT7$kq2zWp4&") > 11.0);
        assert_eq!(guesses_log10(&Password::new(b"\xff")), None);
    }

    #[test]
    fn long_ones_are_judged_by_their_beginning() {
        let long = "@1$3".repeat(100);
        let begin: String = long.chars().take(MOST_CHARACTERS).collect();
        let guesses = |text: &str| guesses_log10(&Password::new(text.as_bytes()));
        assert_eq!(guesses(&long), guesses(&begin));
    }
}
