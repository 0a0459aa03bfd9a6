//! The list of those who must act: a row for each, with codes for the reasons.

use std::collections::{BTreeMap, BTreeSet};

use strongpass_policy::Rule;
use strongpass_report::{Block, Code, List, Readers, Row, Section};

use super::Telling;
use super::subject::Subject;
use crate::accounts::local;
use crate::report::{AuditFinding, FindingKind};
use crate::telling::words;

/// More systems than this do not fit beside each other.
const MOST_COLUMNS: usize = 6;

/// What each kind of finding is in the list, in a word and in a sentence that begins "the password";
/// how systems store passwords is not in it.
const CODES: [(FindingKind, Code); 8] = [
    (FindingKind::Blank, code("0", "no password", "is missing")),
    (FindingKind::Name, code("N", "own name", "is made of the person's own name or account")),
    (FindingKind::Guessed, code("G", "guessed", "was guessed")),
    (FindingKind::Breached, code("B", "stolen", "is in lists of stolen passwords")),
    (
        FindingKind::Shared,
        code("S", "shared", "is also that of the other accounts with this number"),
    ),
    (
        FindingKind::Reused,
        code("R", "on another system", "is on another system too; with ~, nearly the same one is"),
    ),
    (FindingKind::LmHash, code("L", "LM hash", "is stored in the LM form of the 1990s too")),
    (FindingKind::HistoryReuse, code("F", "used again", "is one that the account had before")),
];

const fn code(sign: &'static str, label: &'static str, meaning: &'static str) -> Code {
    Code { sign, label, meaning, remedy: "" }
}

impl Telling<'_> {
    pub(super) fn who(&self) -> Section {
        let rows = self.rows();
        let concerned = || rows.iter().filter(|subject| subject.gravest().is_some());
        let mut ordered: Vec<&str> = Vec::new();
        for export in &self.report.exports {
            if !ordered.contains(&&*export.system) {
                ordered.push(&export.system);
            }
        }
        let has_roles = self.tells_persons() && concerned().any(|s| !s.role().is_empty());
        let mut columns: Vec<String> = Vec::new();
        columns.extend(self.tells_persons().then(|| "Name".into()));
        columns.extend(has_roles.then(|| "Role".into()));
        columns.push("Account".into());
        let is_wide = ordered.len() > MOST_COLUMNS;
        if is_wide {
            columns.push("The password is".into());
        } else {
            columns.extend(ordered.iter().map(|system| (*system).to_owned()));
        }
        columns.push("When".into());
        let row = |subject: &Subject<'_>| {
            let first = subject.gravest()?;
            let mut cells = Vec::new();
            if self.tells_persons() {
                cells.push(self.name(subject));
            }
            if has_roles {
                cells.push(subject.role().to_owned());
            }
            cells.push(self.accounts(subject));
            let codes = ordered.iter().map(|system| (*system, codes(subject, system)));
            if is_wide {
                let all = codes.filter(|(_, codes)| !codes.is_empty());
                let all: Vec<String> = all.map(|(on, codes)| format!("{on} {codes}")).collect();
                cells.push(all.join("; "));
            } else {
                cells.extend(codes.map(|(_, codes)| codes));
            }
            cells.push(words::soon(first.severity).to_owned());
            Some(Row { level: Some(words::level(first.severity)), cells })
        };
        let used: BTreeSet<FindingKind> =
            concerned().flat_map(Subject::own).map(|finding| finding.kind).collect();
        let key = CODES.into_iter().filter(|(kind, _)| used.contains(kind));
        let key = key.map(|(kind, code)| Code { remedy: words::remedy(kind), ..code });
        let each = if self.tells_persons() { "person" } else { "name of an account" };
        let list = List {
            title: format!("A row for each {each}, the most urgent first"),
            key: key.collect(),
            columns,
            rows: rows.iter().filter_map(row).collect(),
        };
        let text = "The numbers behind S say who shares a password: that is for those who look \
                    after accounts, and for nobody else. The table for spreadsheets (--csv) has \
                    every finding in full.";
        Section {
            title: "Who must act".into(),
            readers: Readers::Few,
            blocks: vec![Block::Text(text.into()), Block::List(list)],
        }
    }

    /// Everybody with a finding as the list shows them: without a list of people, accounts of one
    /// name are one row.
    fn rows(&self) -> Vec<Subject<'_>> {
        Subject::all(self.report.findings.iter(), &self.persons, |finding| finding.person)
    }

    /// Whether people are called by their names.
    pub(super) fn tells_persons(&self) -> bool {
        self.report.listed.is_some() && !self.names.are_pseudonyms()
    }

    /// What the person is called.
    pub(super) fn name(&self, subject: &Subject<'_>) -> String {
        let name = subject.person.and_then(|person| person.details.name());
        name.filter(|_| self.tells_persons()).unwrap_or_default()
    }

    /// The accounts in question, each once, with what is special about them.
    pub(super) fn accounts(&self, subject: &Subject<'_>) -> String {
        let mut accounts: Vec<(String, &AuditFinding)> = Vec::new();
        for finding in subject.own() {
            // Its domain says nothing more: which system it is on is told.
            let name = self.names.account(&finding.account, &finding.system);
            let name = local(&name).to_owned();
            if !accounts.iter().any(|(known, _)| *known == name) {
                accounts.push((name, finding));
            }
        }
        let accounts = accounts.into_iter().map(|(mut name, finding)| {
            for (mark, said) in [
                (finding.privileged, " (privileged)"),
                (finding.disabled, " (disabled)"),
                (finding.kind_of_account == Some("service"), " (service)"),
                (finding.kind_of_account == Some("machine"), " (machine)"),
            ] {
                name.push_str(if mark { said } else { "" });
            }
            name
        });
        accounts.collect::<Vec<_>>().join("; ")
    }
}

/// The codes of one system: `G S3 R`.
fn codes(subject: &Subject<'_>, system: &str) -> String {
    let mut found: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for finding in subject.own().filter(|finding| &*finding.system == system) {
        let known = CODES.iter().zip(0..).find(|((kind, _), _)| *kind == finding.kind);
        let Some(((_, Code { sign, .. }), place)) = known else { continue };
        let group = finding.group.map(|group| group.to_string()).unwrap_or_default();
        let nearly = finding.kind == FindingKind::Reused && finding.rules.contains(&Rule::Similar);
        let nearly = if nearly { "~" } else { "" };
        found.entry(place).or_default().insert(format!("{sign}{group}{nearly}"));
    }
    found.into_values().flatten().collect::<Vec<_>>().join(" ")
}
