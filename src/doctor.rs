//! `doctor`: whether everything that a verdict rests on is in order.

use std::io::{self, Write};

use serde::Serialize;
use strongpass_doctor::{DoctorError, Finding, Request, State, examine};
use strongpass_policy::Answer;
use strongpass_report::{JSON_VERSION, write_json};
use strongpass_terminal::text;

use crate::cli::DoctorArgs;
use crate::exit::{Exit, UsageError};
use crate::output;

pub(crate) fn run(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let request = Request {
        policy: args.policy.policy.as_deref(),
        history_config: args.file.history_config.as_deref(),
        services: &args.service,
        pam_config: args.pam_config.as_deref(),
        pam_modules: args.pam_modules.as_deref(),
    };
    let findings = examine(&request).map_err(failed)?;
    let exit = exit(&findings);
    Ok(if args.json {
        output::to_programs(exit, |out| Ok(to_programs(out, &findings)?))
    } else {
        output::to_people(exit, |out| Ok(to_people(out, &findings)?))
    })
}

/// What is wrong with the call is told from what is wrong with this computer.
fn failed(error: DoctorError) -> anyhow::Error {
    if error.is_mistake() { UsageError(error.to_string()).into() } else { error.into() }
}

/// One after the other, with what is wrong and what to do below.
fn to_people(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
    writeln!(out, "strongpass {}", env!("CARGO_PKG_VERSION"))?;
    for finding in findings {
        let answer = match finding.state() {
            State::Ok => Answer::Met,
            State::Fails => Answer::Broken,
            State::Note => Answer::NotAsked,
            State::Unknown => Answer::Unavailable,
        };
        text::item(out, answer, finding.what())?;
        for line in finding.why().lines().chain(finding.remedy().lines()) {
            text::detail(out, line)?;
        }
    }
    let closing = match exit(findings) {
        Exit::Yes => "Everything is in order.",
        Exit::Unable => "Not everything could be looked at.",
        Exit::No | Exit::Usage => "Not in order.",
    };
    writeln!(out, "{closing}")
}

#[derive(Serialize)]
struct Looked<'a> {
    version: u8,
    strongpass: &'static str,
    in_order: bool,
    findings: &'a [Finding],
}

/// All on one line.
fn to_programs(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
    let looked = Looked {
        version: JSON_VERSION,
        strongpass: env!("CARGO_PKG_VERSION"),
        in_order: exit(findings) == Exit::Yes,
        findings,
    };
    write_json(out, &looked)?;
    writeln!(out)
}

/// A mistake counts more than what could not be looked at.
fn exit(findings: &[Finding]) -> Exit {
    let any = |state| findings.iter().any(|finding| finding.state() == state);
    if any(State::Fails) {
        Exit::No
    } else if any(State::Unknown) {
        Exit::Unable
    } else {
        Exit::Yes
    }
}
