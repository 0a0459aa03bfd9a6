//! The report of an audit as JSON, which later audits are compared with.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use strongpass_report::Header;

use super::finding::{VERSION, finding_json};
use super::names::Names;
use crate::report::{
    Coverage as SchemeCoverage, Ended, ExportSummary, Extent, Report as AuditReport,
};

/// The report as JSON.
#[derive(Serialize)]
#[expect(missing_debug_implementations, reason = "it is only written")]
pub struct ReportJson<'a> {
    version: u32,
    header: &'a Header,
    exports: Vec<Export<'a>>,
    coverage: Vec<Coverage>,
    findings: Findings<'a>,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    persons: Option<super::persons::Persons>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a super::since::Changes<'a>>,
    /// Accounts have numbers that are others in every report.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    names_nobody: bool,
    /// What a later audit must know to be compared with this one; not where nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    extent: Option<&'a Extent>,
}

#[derive(Serialize)]
struct Export<'a> {
    system: &'a str,
    file: &'a str,
    formats: Vec<&'static str>,
    accounts: usize,
    former: usize,
    lines: u32,
    skipped: Vec<Skipped<'a>>,
}

#[derive(Serialize)]
struct Skipped<'a> {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Cow<'a, str>>,
    reason: &'static str,
    why: String,
}

#[derive(Serialize)]
struct Coverage {
    scheme: &'static str,
    cost: String,
    accounts: usize,
    found: usize,
    /// How many guesses of the common order each account got, besides its own names.
    guesses: u64,
    complete: bool,
    /// `everything` was tried, as many `guesses` as were asked for, the `time` was over, it was
    /// `interrupted`, or it `failed`.
    ended: &'static str,
    /// How many more ten times the time (or the guesses, if those were limited) would find: an estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_more: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// All findings, made one by one while they are written: there may be a million.
struct Findings<'a> {
    report: &'a AuditReport,
    names: &'a Names,
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let findings = self.report.findings.iter();
        serializer.collect_seq(findings.map(|finding| finding_json(finding, self.names)))
    }
}

#[derive(Serialize)]
struct Summary {
    accounts: usize,
    persons: u32,
    /// How many persons have too many stored passwords for each to be compared with each.
    #[serde(skip_serializing_if = "is_none")]
    crowds: usize,
    accounts_with_findings: usize,
    skipped: usize,
    /// Whether everything there was to try has been tried.
    complete: bool,
    /// How many findings there are of each kind; `null` for one that was not looked for.
    kinds: BTreeMap<&'static str, Option<usize>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_none(count: &usize) -> bool {
    *count == 0
}

impl<'a> ReportJson<'a> {
    /// Findings are made one by one while they are written.
    pub fn new(
        report: &'a AuditReport,
        header: &'a Header,
        names: &'a Names,
        since: Option<&'a super::since::Changes<'a>>,
    ) -> Self {
        let kinds = report.kinds().into_iter().map(|(kind, count)| (kind.id(), count));
        Self {
            version: VERSION,
            header,
            exports: report.exports.iter().map(|export| self::export(export, names)).collect(),
            coverage: report.coverage.iter().map(|class| coverage(class, report)).collect(),
            findings: Findings { report, names },
            summary: Summary {
                accounts: report.exports.iter().map(|export| export.accounts).sum(),
                persons: report.persons,
                crowds: report.crowds,
                accounts_with_findings: concerned(report),
                skipped: report.exports.iter().map(|export| export.skipped.len()).sum(),
                complete: report.is_complete(),
                kinds: kinds.collect(),
            },
            persons: super::persons::persons(report, names),
            since,
            names_nobody: names.are_pseudonyms(),
            extent: (!names.are_pseudonyms()).then_some(&report.extent),
        }
    }
}

fn export<'a>(export: &'a ExportSummary, names: &'a Names) -> Export<'a> {
    let skipped = export.skipped.iter().map(|(skipped, account)| Skipped {
        line: skipped.line,
        account: account.as_deref().map(|account| names.account(account, &export.system)),
        reason: skipped.why.id(),
        why: skipped.why.to_string(),
    });
    Export {
        system: &export.system,
        file: &export.file,
        formats: export.formats.iter().map(|format| format.id()).collect(),
        accounts: export.accounts,
        former: export.former,
        lines: export.lines,
        skipped: skipped.collect(),
    }
}

fn coverage(coverage: &SchemeCoverage, report: &AuditReport) -> Coverage {
    Coverage {
        scheme: coverage.scheme.id(),
        cost: coverage.cost.to_string(),
        accounts: coverage.accounts,
        found: coverage.found,
        guesses: coverage.guesses,
        complete: coverage.ended == Ended::Everything,
        ended: match coverage.ended {
            _ if coverage.failed.is_some() => "failed",
            Ended::Everything => "everything",
            Ended::Limit => "guesses",
            Ended::Stopped if report.interrupted => "interrupted",
            Ended::Stopped => "time",
        },
        expected_more: coverage.expected_more,
        why: coverage.failed.clone(),
    }
}

/// How many accounts have a finding.
fn concerned(report: &AuditReport) -> usize {
    let mut accounts: Vec<(&str, &str)> =
        report.findings.iter().map(|f| (&*f.system, f.account.as_str())).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts.len()
}
