//! Passcodes that are refused, to explain a policy by.

/// Codes that the usual policy for passcodes refuses, and what each shows. Nobody should take one of
/// them.
pub fn refused_examples() -> &'static [(&'static str, &'static str)] {
    &EXAMPLES
}

const EXAMPLES: [(&str, &str); 15] = [
    ("777777", "the same digit again and again"),
    ("456789", "a run of digits in order, up or down, by ones or twos"),
    ("903309", "the same forwards and backwards"),
    ("484848", "the same few digits said again"),
    ("448822", "digits in twos or threes"),
    ("111171", "made of too few different digits"),
    ("123789", "short runs put together"),
    ("192021", "counting up or down"),
    ("147896", "a shape that a finger draws on the keypad"),
    ("786637", "a word on the keypad (\"summer\" is 786637)"),
    ("314159", "a number that everybody knows"),
    ("849000", "your school's telephone number, or a part of it"),
    ("287973", "a postcode as it is typed on the keypad (CT7 9RD)"),
    ("202683", "a year: this one, or that of the school"),
    ("427737", "a name of yours (\"Harper\" on the keypad)"),
];

#[cfg(test)]
mod tests {
    use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy};

    use super::*;

    /// The examples must be what they show: the one thing that is wrong with them.
    #[test]
    fn examples_are_refused_for_what_they_show() {
        let policy = Policy::preset("passcode").unwrap();
        let context = ["01843 849000", "CT7 9RD", "Harper"]
            .into_iter()
            .fold(Context::default(), Context::number)
            .year(2026);
        let patterns = EXAMPLES.map(|(code, _)| {
            let password = Password::new(code.as_bytes());
            let verdict = policy.check(&password, &Dictionary::default(), &context);
            assert_eq!(verdict.outcome(), Outcome::Reject, "{code}");
            let violation = &verdict.violations()[0];
            violation.pattern().unwrap_or_else(|| violation.rule.id())
        });
        let expected = [
            "same-digit",
            "sequence",
            "mirror",
            "repeat",
            "doubles",
            "few-digits",
            "short-runs",
            "counting",
            "keypad-shape",
            "keypad-word",
            "passcode-common",
            "own-number",
            "own-number",
            "own-number",
            "own-number",
        ];
        assert_eq!(patterns, expected);
    }
}
