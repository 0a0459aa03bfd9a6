//! The report of an audit for people: first without names, then who must act, then for those who
//! run the systems.

use std::collections::{BTreeMap, HashMap};

use strongpass_report::{
    Block, Document, Figure, Header, Level, Readers, Row, Section, Table, counted, grouped,
};

use super::finding::FindingJson;
use super::names::Names;
use super::since::Changes;
use super::words;
use crate::report::{AuditFinding, Ended, FindingKind, Report};

mod glance;
mod tables;

/// A report as it is told to people: as a page, as a table, in letters.
#[derive(Debug)]
pub struct Telling<'a> {
    report: &'a Report,
    names: &'a Names,
    changes: Option<&'a Changes<'a>>,
    merge_small: bool,
    /// All that have a finding, in the order of the findings: the most urgent first.
    accounts: Vec<Account<'a>>,
}

/// An account with all that is the matter with it.
#[derive(Debug)]
struct Account<'a>(Vec<&'a AuditFinding>);

impl<'a> Account<'a> {
    /// What its person must mend. How a system stores passwords is not for them to mend.
    fn own(&self) -> impl Iterator<Item = &'a AuditFinding> {
        self.0.iter().copied().filter(|finding| finding.kind != FindingKind::WeakScheme)
    }
}

impl<'a> Telling<'a> {
    /// `changes` since an earlier audit, if one was given; `merge_small` shows counts under 5 as
    /// such, so that nobody is recognised by them.
    pub fn new(
        report: &'a Report,
        names: &'a Names,
        changes: Option<&'a Changes<'a>>,
        merge_small: bool,
    ) -> Self {
        let mut places: HashMap<(&str, &str), usize> = HashMap::new();
        let mut accounts: Vec<Account<'_>> = Vec::new();
        for finding in &report.findings {
            let place =
                *places.entry((&finding.system, &finding.account)).or_insert(accounts.len());
            match accounts.get_mut(place) {
                Some(account) => account.0.push(finding),
                None => accounts.push(Account(vec![finding])),
            }
        }
        Self { report, names, changes, merge_small, accounts }
    }
}

impl Telling<'_> {
    /// The whole report.
    pub fn document(&self, header: &Header) -> Document {
        let mut sections = vec![self.glance()];
        if let Some(changes) = self.changes {
            sections.push(Self::since(changes));
        }
        sections.push(self.who());
        sections.push(self.administrators());
        sections.extend(self.skipped());
        Document {
            title: "Password audit".into(),
            answer: self.answer(),
            header: header.clone(),
            sections,
        }
    }

    fn total(&self) -> usize {
        self.report.exports.iter().map(|export| export.accounts).sum()
    }

    /// Accounts whose people must act, each with the gravest of its findings.
    fn concerned(&self) -> impl Iterator<Item = (&Account<'_>, &AuditFinding)> {
        self.accounts.iter().filter_map(|account| Some((account, account.own().next()?)))
    }

    fn answer(&self) -> String {
        let (all, concerned) = (self.total(), self.concerned().count());
        let found = match (concerned, all) {
            (0, _) => "Nothing was found".to_owned(),
            (1, 1) => return "The account needs another password.".into(),
            (concerned, all) if concerned == all => {
                return format!(
                    "All {} need another password.",
                    counted(all, "account", "accounts")
                );
            }
            (concerned, all) => format!(
                "{} of {} {} another password",
                grouped(concerned),
                counted(all, "account", "accounts"),
                if concerned == 1 { "needs" } else { "need" }
            ),
        };
        let rest = match (concerned, all.saturating_sub(concerned)) {
            (0, 1) => "the password is strong",
            (0, _) => "the passwords are strong",
            (_, 1) => "the other one is strong",
            _ => "the others are strong",
        };
        format!("{found}. That does not prove that {rest}: see how far it looked.")
    }

    fn since(changes: &Changes<'_>) -> Section {
        let figure = |count, label: &str, level| Figure { count, label: label.into(), level };
        let row = |finding: &FindingJson<'_>, what: &str, level| Row {
            level: Some(level),
            cells: vec![
                what.to_owned(),
                finding.account.to_string(),
                finding.system.to_string(),
                finding.kind.to_string(),
            ],
        };
        let new = changes.new.iter().map(|finding| row(finding, "new", Level::Act));
        let fixed = changes.fixed.iter().map(|finding| row(finding, "fixed", Level::Good));
        let not_certain = changes.not_certain.iter();
        let not_certain = not_certain.map(|it| row(&it.finding, it.why.in_words(), Level::Look));
        let mut blocks = vec![Block::Text(changes.in_words())];
        if let Some(open) = changes.open {
            blocks.push(Block::Figures(vec![
                figure(changes.fixed.len(), "fixed since then", Level::Good),
                figure(open, "still open", Level::Look),
                figure(changes.new.len(), "new", Level::Act),
                figure(
                    changes.not_certain.len(),
                    "not certain: only one audit could see it",
                    Level::Look,
                ),
            ]));
            blocks.push(Block::Table(Table {
                title: "What changed".into(),
                columns: vec!["Change", "Account", "System", "Finding"],
                rows: new.chain(fixed).chain(not_certain).collect(),
            }));
        }
        Section { title: "Since the last audit".into(), readers: Readers::Few, blocks }
    }

    fn who(&self) -> Section {
        let rows = self.concerned().map(|(account, first)| {
            let matters: Vec<String> = account.own().map(words::matter).collect();
            let mut name = self.names.account(&first.account, &first.system).into_owned();
            for (mark, said) in [
                (first.privileged, " (privileged)"),
                (first.disabled, " (disabled)"),
                (first.kind_of_account == Some("service"), " (service)"),
                (first.kind_of_account == Some("machine"), " (machine)"),
            ] {
                if mark {
                    name.push_str(said);
                }
            }
            let cells = vec![
                words::soon(first.severity).into(),
                name,
                first.system.to_string(),
                matters.join("; "),
                words::remedy(first.kind).into(),
            ];
            Row { level: Some(words::level(first.severity)), cells }
        });
        let table = Table {
            title: "The most urgent first".into(),
            columns: vec!["When", "Account", "System", "The password is", "What to do"],
            rows: rows.collect(),
        };
        let blocks = vec![
            Block::Text(
                "Groups say who shares a password: that is for those who look after accounts, and \
                 for nobody else."
                    .into(),
            ),
            Block::Table(table),
        ];
        Section { title: "Who must act".into(), readers: Readers::Few, blocks }
    }

    fn administrators(&self) -> Section {
        let mut storage: BTreeMap<(&str, &str, String), usize> = BTreeMap::new();
        let weak = |finding: &&AuditFinding| {
            matches!(finding.kind, FindingKind::WeakScheme | FindingKind::LmHash)
        };
        for finding in self.report.findings.iter().filter(weak) {
            let (name, cost) = match (finding.kind, finding.scheme, finding.cost) {
                (FindingKind::LmHash, _, _) => ("LM hash", String::new()),
                (_, Some(scheme), Some(cost)) => (scheme.name(), cost.to_string()),
                _ => ("clear text", String::new()),
            };
            *storage.entry((&finding.system, name, cost)).or_default() += 1;
        }
        let rows = storage.into_iter().map(|((system, name, cost), count)| Row {
            level: Some(Level::Look),
            cells: vec![system.into(), name.into(), cost, grouped(count)],
        });
        let storage = Table {
            title: "Stored in a weak way".into(),
            columns: vec!["System", "Stored as", "Cost", "Accounts"],
            rows: rows.collect(),
        };
        let rows = self.report.coverage.iter().map(|class| Row {
            level: class.failed.is_some().then_some(Level::Act),
            cells: vec![
                class.scheme.name().into(),
                class.cost.to_string(),
                grouped(class.accounts),
                grouped(class.found),
                grouped(usize::try_from(class.guesses).unwrap_or(usize::MAX)),
                match (&class.failed, class.ended) {
                    (Some(why), _) => why.clone(),
                    (None, Ended::Everything) => "everything was tried".into(),
                    (None, Ended::Limit) => "as many guesses as were asked for".into(),
                    (None, Ended::Stopped) if self.report.interrupted => "it was stopped".into(),
                    (None, Ended::Stopped) => "time was over".into(),
                },
            ],
        });
        let coverage = Table {
            title: "How far it looked".into(),
            columns: vec![
                "Stored as",
                "Cost",
                "Passwords",
                "Found",
                "Guesses each",
                "Why it ended",
            ],
            rows: rows.collect(),
        };
        let blocks = vec![Block::Table(storage), Block::Table(coverage)];
        Section { title: "For administrators".into(), readers: Readers::Few, blocks }
    }

    fn skipped(&self) -> Option<Section> {
        let rows = self.report.exports.iter().flat_map(|export| {
            export.skipped.iter().map(|(skipped, account)| Row {
                level: None,
                cells: vec![
                    format!("{}:{}", export.file, skipped.line),
                    account
                        .as_deref()
                        .map(|account| self.names.account(account, &export.system).into_owned())
                        .unwrap_or_default(),
                    skipped.why.to_string(),
                ],
            })
        });
        let rows: Vec<Row> = rows.collect();
        if rows.is_empty() {
            return None;
        }
        let title = format!("{} not tested", counted(rows.len(), "line", "lines"));
        let table = Table {
            title: "Every line and why".into(),
            columns: vec!["Line", "Account", "Why"],
            rows,
        };
        Some(Section { title, readers: Readers::Few, blocks: vec![Block::Table(table)] })
    }
}
