//! Says what is wrong with a row. It never holds a password.

use serde::Serialize;
use strongpass_policy::{Outcome, Policy, Verdict, Violation};

use super::account::NewAccount;

/// The kinds of findings; their names are stable.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NewAccountFindingKind {
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

/// Something wrong with a row.
#[derive(Serialize, Debug)]
pub struct NewAccountFinding<'a> {
    /// The line of the row, from 1.
    pub line: usize,
    /// What the row is called; empty if it has no name.
    pub account: &'a str,
    /// What is wrong.
    pub kind: NewAccountFindingKind,
    /// The clauses of the policy that are broken.
    pub rules: Vec<&'static str>,
    /// What is wrong, in sentences.
    pub message: String,
    /// The line of another row, for what two rows have in common.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<usize>,
}

impl<'a> NewAccountFinding<'a> {
    pub(super) fn new(
        account: &'a NewAccount<'_>,
        kind: NewAccountFindingKind,
        message: impl Into<String>,
    ) -> Self {
        let (line, account, message) = (account.line, account.name(), message.into());
        Self { line, account, kind, rules: Vec::new(), message, other: None }
    }

    /// What several rows have in common; `other` is one of the other `count`.
    pub(super) fn common(
        account: &'a NewAccount<'_>,
        kind: NewAccountFindingKind,
        what: &str,
        (other, count): (usize, usize),
    ) -> Self {
        let more = match count {
            0 | 1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let message = format!("{what} is also on line {other}{more}.");
        Self { other: Some(other), ..Self::new(account, kind, message) }
    }

    /// What a verdict says against a password, if anything.
    pub(super) fn from_verdict(
        account: &'a NewAccount<'_>,
        policy: &Policy,
        verdict: &Verdict,
    ) -> Option<Self> {
        match verdict.outcome() {
            Outcome::Accept => None,
            Outcome::Reject => {
                let violations = verdict.violations();
                let mut messages: Vec<_> = violations.iter().map(Violation::message).collect();
                if account.secret.password().is_some_and(|bytes| str::from_utf8(bytes).is_err()) {
                    messages.push(NOT_UTF8.into());
                }
                let rules = violations.iter().map(|v| v.rule.id()).collect();
                Some(Self {
                    rules,
                    ..Self::new(account, NewAccountFindingKind::Weak, messages.join(" "))
                })
            }
            Outcome::Unchecked => {
                let open = verdict
                    .clauses()
                    .map(|(rule, answer)| (rule.id(), policy.why_unanswered(rule, answer)));
                let open = open.filter(|(_, why)| !why.is_empty());
                let (rules, whys): (_, Vec<_>) = open.unzip();
                Some(Self {
                    rules,
                    ..Self::new(account, NewAccountFindingKind::Unchecked, whys.join(" "))
                })
            }
        }
    }
}
