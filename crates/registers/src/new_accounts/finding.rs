//! What is wrong with a row, to a person and to a script. It never holds a password.

use std::io::Write as _;

use serde::Serialize;
use strongpass_policy::{Outcome, Policy, Verdict, Violation};

use super::people::Starter;
use crate::output::{self, Output};
use crate::{Exit, json, text};

/// The kinds of findings; their names are stable.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// The password is not strong by the policy.
    Weak,
    /// There is no password.
    Blank,
    /// Another row has the same password.
    Shared,
    /// Another row has the same account.
    DuplicateAccount,
    /// The row has not as many cells as the heading: what is where is not known.
    Columns,
    /// What is there is the hash of a password.
    Hashed,
    /// The policy asks for something that could not be checked.
    Unchecked,
}

/// What a `£` most likely is, in a file from a spreadsheet.
const NOT_UTF8: &str = "Save the file as UTF-8 (in Excel: \"CSV UTF-8\").";

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    pub(super) line: usize,
    account: &'a str,
    pub(super) kind: Kind,
    rules: Vec<&'static str>,
    message: String,
    /// The line of another row, for what two rows have in common.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<usize>,
}

impl<'a> Finding<'a> {
    pub(super) fn new(starter: &'a Starter<'_>, kind: Kind, message: impl Into<String>) -> Self {
        let (line, account, message) = (starter.line, starter.account(), message.into());
        Self { line, account, kind, rules: Vec::new(), message, other: None }
    }

    /// What several rows have in common; `other` is one of the other `count`.
    pub(super) fn common(
        starter: &'a Starter<'_>,
        kind: Kind,
        what: &str,
        (other, count): (usize, usize),
    ) -> Self {
        let more = match count {
            0 | 1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let message = format!("{what} is also on line {other}{more}.");
        Self { other: Some(other), ..Self::new(starter, kind, message) }
    }

    /// What a verdict says against a password, if anything.
    pub(super) fn of_verdict(
        starter: &'a Starter<'_>,
        policy: &Policy,
        verdict: &Verdict,
    ) -> Option<Self> {
        match verdict.outcome() {
            Outcome::Accept => None,
            Outcome::Reject => {
                let violations = verdict.violations();
                let mut messages: Vec<_> = violations.iter().map(Violation::message).collect();
                if starter.secret.password().is_some_and(|bytes| str::from_utf8(bytes).is_err()) {
                    messages.push(NOT_UTF8.into());
                }
                let rules = violations.iter().map(|v| v.rule.id()).collect();
                Some(Self { rules, ..Self::new(starter, Kind::Weak, messages.join(" ")) })
            }
            Outcome::Unchecked => {
                let open = verdict
                    .clauses()
                    .map(|(rule, answer)| (rule.id(), policy.why_unanswered(rule, answer)));
                let open = open.filter(|(_, why)| !why.is_empty());
                let (rules, whys): (_, Vec<_>) = open.unzip();
                Some(Self { rules, ..Self::new(starter, Kind::Unchecked, whys.join(" ")) })
            }
        }
    }
}

/// All that is said about a file.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    pub(super) version: u8,
    pub(super) file: String,
    pub(super) format: &'static str,
    pub(super) policy: &'a str,
    pub(super) rows: usize,
    /// Rows that were given a new password.
    pub(super) filled: usize,
    /// Rows whose account keeps the password that it has.
    pub(super) kept: usize,
    pub(super) findings: Vec<Finding<'a>>,
}

impl Report<'_> {
    fn exit(&self) -> Exit {
        let unknown = [Kind::Columns, Kind::Hashed, Kind::Unchecked];
        if self.findings.iter().any(|finding| unknown.contains(&finding.kind)) {
            Exit::Unable
        } else if self.findings.is_empty() {
            Exit::Yes
        } else {
            Exit::No
        }
    }

    /// Says it, and gives the exit code.
    pub(super) fn write(&self, as_json: bool) -> Exit {
        if as_json {
            return output::to_programs(self.exit(), |out| {
                json::write(out, self)?;
                Ok(writeln!(out)?)
            });
        }
        output::to_people(self.exit(), |out| self.say(out))
    }

    fn say(&self, out: &mut Output) -> anyhow::Result<()> {
        let file = text::printable(&self.file);
        for finding in &self.findings {
            let (line, account) = (finding.line, text::printable(finding.account));
            let account = if account.is_empty() { "(no name)".into() } else { account };
            let what = match finding.rules.as_slice() {
                [] => String::new(),
                rules => format!("{}: ", rules.join(", ")),
            };
            writeln!(out, "{file}:{line}: {account}: {what}{}", finding.message)?;
        }
        Ok(())
    }

    /// In how many rows there is anything to change, as a sentence.
    pub(super) fn summary(&self) -> String {
        let mut lines: Vec<usize> = self.findings.iter().map(|finding| finding.line).collect();
        lines.dedup();
        let more = |count: usize, what: &str| match count {
            0 => String::new(),
            count => format!(", {count} {what}"),
        };
        let (filled, kept) = (more(self.filled, "filled in"), more(self.kept, "left as they are"));
        let rows = if self.rows == 1 { "row" } else { "rows" };
        format!("{} {rows}{filled}{kept}, {} with something to change", self.rows, lines.len())
    }
}

/// The version of the report.
pub(super) const VERSION: u8 = json::VERSION;
