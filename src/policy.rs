//! `policy`: show, explain and verify policies.

use std::io::Write;

use strongpass_gate::BreachLookUp;
use strongpass_policy::{Common, Mode, OneSystem, Policy};

use crate::cli::PolicyCommand;
use crate::exit::Exit;
use crate::{output, setup, text};

pub(crate) fn run(command: &PolicyCommand) -> anyhow::Result<Exit> {
    Ok(match command {
        PolicyCommand::List => output::to_people(Exit::Yes, |out| {
            for policy in Policy::PRESETS.into_iter().filter_map(Policy::preset) {
                writeln!(out, "{:18} {}", policy.name, policy.title)?;
            }
            Ok(())
        }),
        PolicyCommand::Show(name) => {
            let toml = setup::policy(name.policy.as_deref())?.policy.to_toml();
            output::to_programs(Exit::Yes, |out| Ok(write!(out, "{toml}")?))
        }
        PolicyCommand::Check { file } => {
            let in_force = setup::policy_file(file)?;
            setup::dictionary(&in_force, &[])?;
            BreachLookUp::find(&in_force).map_err(setup::failed)?;
            let good =
                format!("{}: good; its name is \"{}\"", file.display(), in_force.policy.name);
            output::to_people(Exit::Yes, |out| Ok(writeln!(out, "{}", text::printable(&good))?))
        }
        PolicyCommand::Explain(name) => {
            let policy = setup::policy(name.policy.as_deref())?.policy;
            output::to_people(Exit::Yes, |out| explain(out, &policy))
        }
    })
}

fn explain(out: &mut impl Write, policy: &Policy) -> anyhow::Result<()> {
    let mut paragraphs = vec![sentence(policy)];
    if policy.passcode.is_none() {
        paragraphs.extend(match policy.dictionary {
            Mode::Strict => vec![
                "No part of it may be a word, a name, a place, a date or a run of keys: not \
                 backwards, not with numbers for letters (p@ssw0rd), not with other characters in \
                 between (p.a.s.s)."
                    .into(),
                "Three random words are easier to remember and hard to guess, but this policy \
                 does not accept words. `strongpass generate` makes passwords that it accepts."
                    .into(),
            ],
            Mode::Whole => {
                vec!["Words are welcome, but one word with something added is not enough.".into()]
            }
            Mode::Off => Vec::new(),
        });
    }
    for (i, paragraph) in paragraphs.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        text::paragraph(out, paragraph)?;
    }
    Ok(())
}

/// The whole policy as one sentence.
pub(crate) fn sentence(policy: &Policy) -> String {
    let mut clauses = Vec::new();
    if let Some(passcode) = policy.passcode {
        clauses.push(format!("has {} or more digits", passcode.min_digits));
        clauses.push("is not a pattern or a code that many people use".into());
        if passcode.block_dates {
            clauses.push("is not a date or a year".into());
        }
        if policy.personal {
            clauses.push("is not a number or name of yours".into());
        }
    } else {
        clauses.push(classes(policy));
        match policy.dictionary {
            Mode::Strict => clauses.push("does not contain a dictionary word".into()),
            Mode::Whole => clauses.push("is not just a word with something added".into()),
            Mode::Off => {}
        }
        if policy.common_passwords != Common::Off {
            let below = policy.common_passwords_below;
            let below = below.map(|n| format!(", unless it has {n} or more characters"));
            let clause = "is not a password that many people use";
            clauses.push(format!("{clause}{}", below.unwrap_or_default()));
        }
        if policy.breached.is_some() {
            clauses.push("is not in a list of stolen passwords".into());
        }
        if policy.personal {
            clauses.push("does not contain a name of yours".into());
        }
    }
    if policy.one_system != OneSystem::Off {
        clauses.push("is only used on one system".into());
    }
    let what = if policy.passcode.is_some() { "passcode" } else { "password" };
    format!("A strong {what} {}.", joined(&clauses))
}

fn classes(policy: &Policy) -> String {
    let wanted =
        [(policy.numbers, "numbers"), (policy.letters, "letters"), (policy.symbols, "symbols")];
    let wanted: Vec<String> =
        wanted.iter().filter(|(wanted, _)| *wanted).map(|(_, name)| (*name).to_owned()).collect();
    let length = format!("{} or more characters", policy.min_length);
    match wanted.as_slice() {
        [] => format!("has {length}"),
        [one] => format!("has {one}, with {length}"),
        [most @ .., last] => format!("has {} and {last}, with {length}", most.join(", ")),
    }
}

fn joined(clauses: &[String]) -> String {
    match clauses {
        [most @ .., last] if !most.is_empty() => format!("{}, and {last}", most.join(", ")),
        _ => clauses.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_clause() {
        let policy = "extends = \"ncsc\"\none_system = \"off\"\n[breached]\nlist = \"x.idx\"";
        assert_eq!(
            sentence(&Policy::from_toml(policy).unwrap()),
            "A strong password has 8 or more characters, is not just a word with something added, \
             is not a password that many people use, is not in a list of stolen passwords, and \
             does not contain a name of yours.",
        );
    }

    #[track_caller]
    fn check(preset: &str, expected: &str) {
        assert_eq!(sentence(&Policy::preset(preset).unwrap()), expected);
    }

    #[test]
    fn policies_as_sentences() {
        check(
            "birchington",
            "A strong password has numbers, letters and symbols, with 8 or more characters, does \
             not contain a dictionary word, does not contain a name of yours, and is only used on \
             one system.",
        );
        check(
            "nist-800-63b-4",
            "A strong password has 15 or more characters, is not a password that many people use, \
             and is only used on one system.",
        );
        check(
            "passcode",
            "A strong passcode has 6 or more digits, is not a pattern or a code that many people \
             use, is not a number or name of yours, and is only used on one system.",
        );
    }
}
