//! What `doctor` says of one thing, to people and to programs.

use std::fs::File;
use std::io::{self, ErrorKind, Write};

use serde::Serialize;
use strongpass_gate::GateError;
use strongpass_history::HistoryError;
use strongpass_pam_stack::StackError;
use strongpass_policy::Answer;
use strongpass_report::{JSON_VERSION, write_json};
use strongpass_trusted::TrustError;

use crate::exit::Exit;
use crate::text;

/// One thing that was looked at.
#[derive(Serialize, Debug)]
pub(super) struct Finding {
    /// Names the kind of check for scripts; it stays as it is.
    check: &'static str,
    state: State,
    /// What should be, or what is to be known.
    what: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    why: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    remedy: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Fails,
    /// Something to know that is no mistake.
    Note,
    /// It could not be looked at.
    Unknown,
}

impl Finding {
    pub(super) fn good(check: &'static str, what: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Ok,
            what: what.into(),
            why: String::new(),
            remedy: String::new(),
        }
    }

    pub(super) fn is_good(&self) -> bool {
        self.state == State::Ok
    }

    pub(super) fn note(
        check: &'static str,
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        let (what, why, remedy) = (what.into(), why.into(), remedy.into());
        Self { check, state: State::Note, what, why, remedy }
    }

    pub(super) fn bad(
        check: &'static str,
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { state: State::Fails, ..Self::note(check, what, why, remedy) }
    }

    pub(super) fn unknown(
        check: &'static str,
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { state: State::Unknown, ..Self::note(check, what, why, remedy) }
    }

    /// What looking at it met: a mistake, or a file that this user may not read.
    pub(super) fn failed(
        check: &'static str,
        what: impl Into<String>,
        error: &anyhow::Error,
    ) -> Self {
        let why = format!("{error:#}");
        if is_denied(error) {
            return Self::unknown(check, what, why, "Run `strongpass doctor` as root.");
        }
        Self::bad(check, what, why, "")
    }
}

fn is_denied(error: &anyhow::Error) -> bool {
    let denied = |error: &io::Error| error.kind() == ErrorKind::PermissionDenied;
    if let Some(error) = error.downcast_ref::<GateError>() {
        return error.is_denied();
    }
    if let Some(error) = error.downcast_ref::<TrustError>() {
        return error.is_denied();
    }
    if let Some(error) = error.downcast_ref::<StackError>() {
        return error.is_denied();
    }
    match error.downcast_ref::<HistoryError>() {
        Some(HistoryError::Io { source, .. }) => denied(source),
        // Of root it is true: the disk is mounted for reading only.
        Some(HistoryError::ReadOnly { path }) => {
            File::open(path).is_err_and(|error| denied(&error))
        }
        _ => error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(denied)),
    }
}

/// One after the other, with what is wrong and what to do below.
pub(super) fn to_people(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
    writeln!(out, "strongpass {}", env!("CARGO_PKG_VERSION"))?;
    for finding in findings {
        let answer = match finding.state {
            State::Ok => Answer::Met,
            State::Fails => Answer::Broken,
            State::Note => Answer::NotAsked,
            State::Unknown => Answer::Unavailable,
        };
        text::item(out, answer, &finding.what)?;
        for line in finding.why.lines().chain(finding.remedy.lines()) {
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
pub(super) fn to_programs(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
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
pub(super) fn exit(findings: &[Finding]) -> Exit {
    let any = |state| findings.iter().any(|finding| finding.state == state);
    if any(State::Fails) {
        Exit::No
    } else if any(State::Unknown) {
        Exit::Unable
    } else {
        Exit::Yes
    }
}
