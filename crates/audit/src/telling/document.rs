//! The report of an audit for people: first without names, then who must act, then for those who
//! run the systems.

use std::collections::{BTreeMap, HashMap};

use strongpass_report::{
    Block, Document, Figure, Header, Level, Lines, Range, Readers, Row, School, Section, Table,
    counted, grouped,
};

use super::finding::FindingJson;
use super::names::Names;
use super::since::Changes;
use super::since::figures::AuditFigures;
use crate::accounts::ListedPerson;
use crate::report::{AuditFinding, Coverage, Ended, FindingKind, Report};
use subject::{Soon, Subject};

mod glance;
mod groups;
mod letters;
mod looked_at;
mod subject;
mod tables;
mod who;

/// A report as it is told to people: as a page, as a table, in letters.
///
/// What is counted is people, if a list of people was given; else it is accounts, because nobody said
/// whose they are.
#[derive(Debug)]
pub struct Telling<'a> {
    report: &'a Report,
    names: &'a Names,
    changes: Option<&'a Changes<'a>>,
    merge_small: bool,
    /// By the number of findings.
    persons: HashMap<u32, &'a ListedPerson>,
    /// Everybody with a finding, the most urgent first: people of the list, accounts of all others.
    subjects: Vec<Subject<'a>>,
}

impl<'a> Telling<'a> {
    /// `changes` since an earlier audit, if one was given; `merge_small` tells counts as ranges where
    /// nobody is named, so that nobody is recognised by them.
    pub fn new(
        report: &'a Report,
        names: &'a Names,
        changes: Option<&'a Changes<'a>>,
        merge_small: bool,
    ) -> Self {
        let listed = report.listed.iter().flat_map(|listed| &listed.persons);
        let persons: HashMap<u32, &ListedPerson> =
            listed.map(|person| (person.number, person)).collect();
        let has_list = report.listed.is_some();
        let subjects = Subject::all(report.findings.iter(), &persons, |finding| {
            // Who is not in the list has one row for all accounts of that name.
            (finding.person, (!has_list).then(|| subject::account(finding)))
        });
        Self { report, names, changes, merge_small, persons, subjects }
    }
}

impl Telling<'_> {
    /// The whole report, in the name of a school if one is given.
    pub fn document(&self, header: &Header, school: Option<&School>) -> Document {
        let mut glance = self.glance();
        glance.blocks.extend(self.trend(&header.made().in_full()));
        let mut sections = vec![glance, self.actions()];
        sections.extend(self.groups());
        sections.extend([self.looked_at(), self.who()]);
        if let Some(changes) = self.changes {
            sections.push(Self::since(changes));
        }
        sections.push(self.administrators());
        sections.extend(self.skipped());
        Document {
            school: school.cloned(),
            title: "Password audit".into(),
            answer: self.answer(),
            header: header.clone(),
            sections,
        }
    }

    /// How many there are of what is counted.
    fn total(&self) -> usize {
        match &self.report.listed {
            Some(listed) => listed.persons.len() + listed.unlisted,
            None => self.report.exports.iter().map(|export| export.accounts).sum(),
        }
    }

    /// What is counted, one and many.
    fn what(&self) -> (&'static str, &'static str) {
        match &self.report.listed {
            Some(listed) if listed.unlisted == 0 => ("person", "people"),
            Some(_) => ("person or other account", "people and other accounts"),
            None => ("account", "accounts"),
        }
    }

    /// How many must act so soon.
    fn at(&self, soon: Soon) -> usize {
        self.subjects.iter().filter(|subject| subject.soon() == Some(soon)).count()
    }

    /// Those who must act, each with the gravest finding.
    fn concerned(&self) -> impl Iterator<Item = (&Subject<'_>, &AuditFinding)> {
        self.subjects.iter().filter_map(|subject| Some((subject, subject.gravest()?)))
    }

    /// The total, if counts are told as ranges of it.
    fn range_of(&self) -> Option<usize> {
        self.merge_small.then(|| self.total())
    }

    /// A count of those there are, as a number or as a range.
    fn said(&self, count: usize) -> String {
        match self.range_of() {
            Some(of) => Range::around(count, of).to_string(),
            None => grouped(count),
        }
    }

    fn answer(&self) -> String {
        let (all, concerned) = (self.total(), self.concerned().count());
        let (one, many) = self.what();
        let all_of_them = counted(all, one, many);
        let proof = "That does not prove that the others are strong: see how far it looked.";
        if let Some(of) = self.range_of() {
            let range = Range::around(concerned, of);
            return if range.says_nothing() {
                format!(
                    "How many of the {all_of_them} need another password is not shown: with fewer \
                     than {} anybody could be recognised.",
                    2 * Range::WIDE
                )
            } else {
                let said = capitalised(&range.to_string());
                format!("{said} of {all_of_them} need another password. {proof}")
            };
        }
        let need = if concerned == 1 { "needs" } else { "need" };
        match (concerned, all) {
            (0, 0 | 1) => {
                "Nothing was found. That does not prove that the password is strong: see how far \
                 it looked."
                    .into()
            }
            (0, _) => format!(
                "Nothing was found in {all_of_them}. That does not prove that the passwords are \
                 strong: see how far it looked."
            ),
            (1, 1) => format!("The {one} needs another password."),
            _ if concerned == all => format!("All {all_of_them} need another password."),
            _ if all - concerned == 1 => format!(
                "{} of {all_of_them} {need} another password. That does not prove that the other \
                 one is strong: see how far it looked.",
                grouped(concerned)
            ),
            _ => {
                format!("{} of {all_of_them} {need} another password. {proof}", grouped(concerned))
            }
        }
    }

    /// How many accounts must act, audit by audit.
    fn trend(&self, made: &str) -> Vec<Block> {
        let Some(changes) = self.changes else { return Vec::new() };
        let now = AuditFigures::now(self.report, made);
        let day = |made: &str| made.split('T').next().unwrap_or_default().to_owned();
        let counts = changes.earlier.iter().chain([&now]).map(|audit| {
            // Of its own accounts, as its own report told it.
            let of = self.merge_small.then_some(audit.accounts);
            (day(&audit.made), audit.must_act, of)
        });
        let counts: Vec<(String, usize, Option<usize>)> = counts.collect();
        vec![
            Block::Lines(Lines::new(
                "Accounts that must act this week, by audit",
                "accounts",
                &counts,
            )),
            Block::Text("An audit that looked at less, or less far, finds fewer.".into()),
        ]
    }

    /// What those without a finding are called, in a chart and at the head of a column. Of what was
    /// not tried it is not said that nothing was found.
    fn nothing_found(&self) -> (&'static str, &'static str) {
        if self.report.coverage.iter().all(Coverage::was_reached) {
            ("nothing found", "Nothing found")
        } else {
            ("nothing found, or not tried", "Nothing found, or not tried")
        }
    }

    fn since(changes: &Changes<'_>) -> Section {
        let figure = |count, label: &str, level| {
            let label = label.into();
            Figure { count, label, level, range_of: None }
        };
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

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests;
