//! `passcode explain`: what is refused, with made-up examples, and what to look at on the phone.

use std::io::Write;

use strongpass_policy::Policy;
use strongpass_registers::device_checks;

use super::known::policy;
use crate::cli::PolicyArg;
use crate::exit::Exit;
use crate::policy::sentence;
use crate::{output, text};

/// Codes that are refused, and what each shows. Nobody should take one of them.
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

pub(super) fn run(args: &PolicyArg) -> anyhow::Result<Exit> {
    let in_force = policy(args)?;
    Ok(output::to_people(Exit::Yes, |out| write(out, &in_force.policy)))
}

fn write(out: &mut impl Write, policy: &Policy) -> anyhow::Result<()> {
    text::paragraph(out, &sentence(policy))?;
    writeln!(out, "\nRefused, for example:\n")?;
    for (code, why) in EXAMPLES {
        writeln!(out, "  {code}  {why}")?;
    }
    writeln!(out)?;
    let dates = policy.passcode.is_some_and(|passcode| passcode.block_dates);
    let dates = if dates {
        "Dates are refused, too."
    } else {
        "A date is not refused, but you are warned: if it is one of yours, choose another code. \
         (Refusing all dates would cost one code in twelve and help a guesser more than you.)"
    };
    let why = "A thief does not begin with 000000 and count, but tries the codes that people like, and \
               those that have to do with you; and should get ten tries at most. Of a million codes \
               two in a hundred are refused here, and a quarter of people choose one of them.";
    for paragraph in [
        dates,
        why,
        "`strongpass passcode generate` makes codes that nobody likes more than others. A code with \
         letters, or of more than ten digits, is judged as a password.",
    ] {
        text::paragraph(out, paragraph)?;
        writeln!(out)?;
    }
    writeln!(out, "On the phone itself, look at this:\n")?;
    for check in device_checks() {
        let (first, rest) = ("  [ ] ", "      ");
        text::indented(out, &check.what, first, rest)?;
        text::indented(out, &check.how, rest, rest)?;
        if !check.source.is_empty() {
            text::indented(out, &format!("({})", check.source), rest, rest)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use strongpass_policy::{Context, Dictionary, Outcome, Password};

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
