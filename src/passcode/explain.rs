//! `passcode explain`: what is refused, with made-up examples, and what to look at on the phone.

use std::io::Write;

use strongpass_policy::Policy;
use strongpass_registers::{device_checks, refused_examples};
use strongpass_terminal::text;

use super::known::policy;
use crate::cli::PolicyArg;
use crate::exit::Exit;
use crate::output;

pub(super) fn run(args: &PolicyArg) -> anyhow::Result<Exit> {
    let in_force = policy(args)?;
    Ok(output::to_people(Exit::Yes, |out| write(out, &in_force.policy)))
}

fn write(out: &mut impl Write, policy: &Policy) -> anyhow::Result<()> {
    text::paragraph(out, &policy.sentence())?;
    writeln!(out, "\nRefused, for example:\n")?;
    for (code, why) in refused_examples() {
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
