//! Wrong usage, told without what was typed: someone may have typed a password there, and who calls
//! us may keep what we say in a log.

use std::error::Error as _;
use std::io::Write as _;
use std::num::ParseIntError;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use strongpass_policy::DayError;
use strongpass_terminal::text::BAD;

use crate::cli::Hint;
use crate::exit::Exit;
use crate::output;

/// Shows the help or the version that was asked for, or says what is wrong with the call.
pub(crate) fn answer(error: &Error) -> Exit {
    let kind = error.kind();
    if matches!(kind, ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let help = error.render();
        return output::to_people(Exit::Yes, |out| Ok(write!(out, "{}", help.ansi())?));
    }
    let mut err = anstream::stderr().lock();
    if kind == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        write!(err, "{}", error.render().ansi()).ok();
    } else {
        writeln!(err, "{BAD}error:{BAD:#} {}", message(error)).ok();
    }
    Exit::Usage
}

/// What is wrong, from the kind of the error and from what is ours: names of options, of subcommands
/// and of values, and how the command is used.
fn message(error: &Error) -> String {
    let mut message = what(error);
    for (kind, what) in [
        (ContextKind::SuggestedSubcommand, "a similar subcommand exists"),
        (ContextKind::SuggestedArg, "a similar argument exists"),
        (ContextKind::SuggestedValue, "a similar value exists"),
    ] {
        if let Some(similar) = ours(error, kind) {
            message.extend(["\n\n  tip: ", what, ": ", &quoted(&similar)]);
        }
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        message.extend(["\n\n", &usage.to_string()]);
    }
    message.push_str("\n\nFor more information, try '--help'.");
    message
}

fn what(error: &Error) -> String {
    // Of these kinds the argument is one of ours.
    let argument = || {
        let argument = ours(error, ContextKind::InvalidArg).unwrap_or_default();
        if argument.is_empty() { "an argument".into() } else { quoted(&argument) }
    };
    match error.kind() {
        ErrorKind::UnknownArgument => "there is no such option, or too many arguments".into(),
        ErrorKind::InvalidSubcommand => "there is no such subcommand".into(),
        ErrorKind::InvalidUtf8 => "an argument is not UTF-8 text".into(),
        ErrorKind::InvalidValue => {
            let possible = ours(error, ContextKind::ValidValue).unwrap_or_default();
            let possible = match possible.as_slice() {
                [] => String::new(),
                possible => format!("\n  [possible values: {}]", possible.join(", ")),
            };
            format!("{} does not take that value{possible}", argument())
        }
        ErrorKind::ValueValidation => match hint(error) {
            Some(hint) => format!("{} does not take that value: {hint}", argument()),
            None => format!("{} does not take that value", argument()),
        },
        ErrorKind::TooManyValues => format!("{} takes no more values", argument()),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{} takes another number of values", argument())
        }
        ErrorKind::NoEquals => format!("{} takes its value behind an equals sign", argument()),
        ErrorKind::MissingRequiredArgument => {
            let missing = ours(error, ContextKind::InvalidArg).unwrap_or_default();
            format!("these arguments are missing:\n  {}", missing.join("\n  "))
        }
        ErrorKind::MissingSubcommand => {
            let known = ours(error, ContextKind::ValidSubcommand).unwrap_or_default();
            format!("a subcommand is missing\n  [subcommands: {}]", known.join(", "))
        }
        ErrorKind::ArgumentConflict => {
            let other = ours(error, ContextKind::PriorArg).unwrap_or_default();
            match ours(error, ContextKind::InvalidArg) {
                Some(argument) if argument == other => {
                    format!("{} cannot be given twice", quoted(&argument))
                }
                Some(argument) if !other.is_empty() => {
                    format!("{} cannot be used with {}", quoted(&argument), quoted(&other))
                }
                _ => "these arguments cannot be used together".into(),
            }
        }
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion
        | ErrorKind::Io
        | ErrorKind::Format
        | _ => "this is not how the command is used".into(),
    }
}

/// What the command says of itself in an error.
fn ours(error: &Error, kind: ContextKind) -> Option<Vec<String>> {
    let value = error.get(kind)?;
    if let ContextValue::String(one) = value {
        return Some(vec![one.clone()]);
    }
    if let ContextValue::Strings(all) = value { Some(all.clone()) } else { None }
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    names.join(", ")
}

/// What a value may be, as far as its parser says so without the value.
fn hint(error: &Error) -> Option<String> {
    let source = error.source()?;
    if source.is::<Hint>() || source.is::<DayError>() {
        return Some(source.to_string());
    }
    if source.is::<ParseIntError>() {
        return Some("give a whole number, in digits".into());
    }
    // A number out of its range: `0 is not in 1..=1024`.
    let told = source.to_string();
    let (number, range) = told.split_once(" is not in ")?;
    number.parse::<i128>().ok()?;
    Some(match range.split_once("..=") {
        Some((least, most)) => format!("give a number from {least} to {most}"),
        None => format!("it is not in {range}"),
    })
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _, Parser as _};

    use super::*;
    use crate::cli::Cli;

    const PASSWORD: &str = "vT7$kq2zWp4&";

    /// Every command, with the words that call it.
    fn commands() -> Vec<(Vec<String>, Command)> {
        fn walk(path: &[String], command: Command, found: &mut Vec<(Vec<String>, Command)>) {
            for sub in command.get_subcommands() {
                let path = [path, &[sub.get_name().to_owned()]].concat();
                walk(&path, sub.clone(), found);
            }
            found.push((path.to_vec(), command));
        }
        let mut found = Vec::new();
        let mut command = Cli::command();
        command.build();
        walk(&["strongpass".into()], command, &mut found);
        found
    }

    /// In place of a subcommand, an option, the value of every option, and an argument too many.
    #[test]
    fn what_was_typed_is_not_repeated() {
        let mut refused = 0;
        let mut check = |call: &[String]| {
            let Err(error) = Cli::try_parse_from(call) else { return };
            refused += 1;
            let message = message(&error);
            // Of one that begins with a dash clap cuts off the first character, too.
            let rest = PASSWORD.strip_prefix('v').unwrap();
            assert!(!message.contains(rest), "{call:?}: {message}");
        };
        for (path, command) in commands() {
            let call = |more: &[String]| [&path, more].concat();
            for typed in [PASSWORD.into(), format!("-{PASSWORD}"), format!("--{PASSWORD}")] {
                check(&call(std::slice::from_ref(&typed)));
                check(&call(&vec![typed.clone(); 9]));
                check(&call(&["--".into(), typed.clone(), typed.clone(), typed]));
            }
            for argument in command.get_arguments() {
                let Some(name) = argument.get_long().map(|name| format!("--{name}")) else {
                    continue;
                };
                check(&call(&[name.clone(), PASSWORD.into()]));
                check(&call(&[format!("{name}={PASSWORD}")]));
                check(&call(&[name.clone(), PASSWORD.into(), format!("{name}={PASSWORD}")]));
                check(&call(&[format!("{name}{PASSWORD}")]));
            }
        }
        assert!(refused > 300, "{refused}");
    }

    #[track_caller]
    fn says(call: &str, expected: &str) {
        let error = Cli::try_parse_from(call.split(' ')).unwrap_err();
        assert_eq!(what(&error), expected, "{call}");
    }

    #[test]
    fn what_may_be_typed_is_told() {
        says(
            "strongpass check --near-budget x --history --account a --system b",
            "'--near-budget <SECONDS>' does not take that value: use 0 to 600 seconds, such as 1.5",
        );
        says(
            "strongpass generate -n 482913482913",
            "'--number <N>' does not take that value: give a number from 1 to 10000000",
        );
        says(
            "strongpass generate -n x",
            "'--number <N>' does not take that value: give a whole number, in digits",
        );
        says(
            "strongpass completions tcsh",
            "'<SHELL>' does not take that value\n  [possible values: bash, elvish, fish, \
             powershell, zsh]",
        );
        says("strongpass check --json --json", "'--json' cannot be given twice");
        says("strongpass check --json=x", "'--json' takes no more values");
    }
}
