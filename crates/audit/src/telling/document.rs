//! The report of an audit for people: first without names, then who must act, then for those who
//! run the systems.

use std::collections::{BTreeMap, HashMap};

use strongpass_breached::Seen;
use strongpass_policy::Rule;
use strongpass_report::{
    Bar, Bars, Block, Csv, Document, Figure, Header, Level, Readers, Row, Section, Table, Units,
    counted, grouped,
};

use super::finding::FindingJson;
use super::names::Names;
use super::since::Changes;
use super::words;
use crate::report::{AuditFinding, Coverage, FindingKind, Report, Severity};

/// Counts below this can be merged on the page without names.
const SMALL: usize = 5;

/// A sign for a person: head and shoulders, in a square of 24.
const PERSON: &str =
    "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM3 21c0-5 4-7.5 9-7.5s9 2.5 9 7.5z";

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

    /// Every finding as a row.
    pub fn csv(&self) -> Csv {
        let mut csv = Csv::new(&[
            "account",
            "system",
            "finding",
            "severity",
            "rules",
            "group",
            "systems",
            "breach_count",
            "scheme",
            "disabled",
            "privileged",
            "what",
            "remedy",
        ]);
        for finding in &self.report.findings {
            let rules: Vec<&str> = finding.rules.iter().map(|rule| rule.id()).collect();
            let yes = |yes: bool| if yes { "yes" } else { "" };
            csv.row(&[
                &self.names.account(&finding.account, &finding.system),
                &finding.system,
                finding.kind.id(),
                finding.severity.id(),
                &rules.join(" "),
                &finding.group.map(|group| group.to_string()).unwrap_or_default(),
                &finding.systems.join(" "),
                &finding.seen.map(breach_count).unwrap_or_default(),
                finding.scheme.map_or("", strongpass_hash::Scheme::id),
                yes(finding.disabled),
                yes(finding.privileged),
                &words::matter(finding),
                words::remedy(finding.kind),
            ]);
        }
        csv
    }

    /// A row for each account of a person: what a letter to them says.
    pub fn letters(&self) -> Csv {
        let mut csv = Csv::new(&["account", "system", "by_when", "what_is_wrong", "what_to_do"]);
        for (account, first) in self.concerned() {
            let said: Vec<String> = account.own().filter_map(words::letter).collect();
            if said.is_empty() || first.kind_of_account.is_some() || first.disabled {
                continue;
            }
            csv.row(&[
                &self.names.account(&first.account, &first.system),
                &first.system,
                words::soon(first.severity),
                &said.join(" "),
                "Choose a new password for this system that you use nowhere else, and test it with \
                 `strongpass check`.",
            ]);
        }
        csv
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
        let found = if concerned == 0 {
            "Nothing was found".to_owned()
        } else {
            format!(
                "{} of {} need another password",
                grouped(concerned),
                counted(all, "account", "accounts")
            )
        };
        format!("{found}. That is no proof that the others are strong: see how far it looked.")
    }

    fn glance(&self) -> Section {
        let at = |severity: Severity| {
            self.concerned().filter(|(_, gravest)| gravest.severity == severity).count()
        };
        let concerned = self.concerned().count();
        let all = self.total();
        let mut blocks = vec![Block::Figures(vec![
            Figure { count: all, label: "accounts looked at".into(), level: Level::Good },
            Figure {
                count: at(Severity::Urgent) + at(Severity::High),
                label: "must act this week".into(),
                level: Level::Act,
            },
            Figure {
                count: at(Severity::Medium) + at(Severity::Low),
                label: "should act later".into(),
                level: Level::Look,
            },
        ])];
        let unit = |label: &str, count, level| Bar { label: label.into(), count, level };
        blocks.push(Block::Units(Units {
            title: "All accounts".into(),
            what: "accounts".into(),
            sign: PERSON,
            groups: vec![
                unit("must act this week", at(Severity::Urgent) + at(Severity::High), Level::Act),
                unit("should act later", at(Severity::Medium) + at(Severity::Low), Level::Look),
                unit("nothing found", all.saturating_sub(concerned), Level::Good),
            ],
        }));
        blocks.push(self.bars("What was found", all, &self.kinds()));
        let clauses = self.clauses();
        if !clauses.is_empty() {
            let guessed =
                self.accounts.iter().filter(|account| account.0.iter().any(|f| is_guessed(f)));
            blocks.push(self.bars(
                "Clauses of the policy that guessed passwords break",
                guessed.count(),
                &clauses,
            ));
        }
        let groups = self.group_sizes();
        if !groups.is_empty() {
            let count = groups.values().sum();
            let rows: Vec<(String, usize, Level)> = groups
                .iter()
                .map(|(size, count)| (format!("shared by {size}"), *count, Level::Look))
                .collect();
            blocks.push(self.bars("Passwords that several accounts have", count, &rows));
        }
        blocks.push(Block::Text(self.coverage_sentences()));
        Section { title: "At a glance".into(), readers: Readers::All, blocks }
    }

    fn bars(&self, title: &str, of: usize, rows: &[(String, usize, Level)]) -> Block {
        let rows = rows.iter().map(|(label, count, level)| Bar {
            label: label.clone(),
            count: *count,
            level: *level,
        });
        let blurred_below = if self.merge_small { SMALL } else { 0 };
        Block::Bars(Bars { title: title.into(), rows: rows.collect(), of, blurred_below })
    }

    fn kinds(&self) -> Vec<(String, usize, Level)> {
        let labels = [
            (FindingKind::Blank, "no password", Level::Act),
            (FindingKind::Name, "own name or account", Level::Act),
            (FindingKind::Guessed, "guessed", Level::Act),
            (FindingKind::Breached, "in lists of stolen passwords", Level::Act),
            (FindingKind::Shared, "shared with another account", Level::Look),
            (FindingKind::Reused, "used on another system too", Level::Look),
            (FindingKind::LmHash, "stored as LM hash", Level::Look),
            (FindingKind::HistoryReuse, "used again", Level::Look),
            (FindingKind::WeakScheme, "stored in a weak way", Level::Look),
        ];
        let count = |kind| {
            let has = |account: &&Account<'_>| account.0.iter().any(|found| found.kind == kind);
            self.accounts.iter().filter(has).count()
        };
        let rows =
            labels.into_iter().map(|(kind, label, level)| (label.into(), count(kind), level));
        rows.collect()
    }

    fn clauses(&self) -> Vec<(String, usize, Level)> {
        let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
        for finding in self.report.findings.iter().filter(|f| is_guessed(f)) {
            for rule in &finding.rules {
                *counts.entry(*rule).or_default() += 1;
            }
        }
        let label = |rule| words::clause(rule).unwrap_or("has the person's own name");
        counts.into_iter().map(|(rule, n)| (label(rule).into(), n, Level::Act)).collect()
    }

    /// How many shared passwords there are, by the number of accounts that have one.
    fn group_sizes(&self) -> BTreeMap<usize, usize> {
        let mut members: BTreeMap<u32, usize> = BTreeMap::new();
        for group in self.report.findings.iter().filter_map(|finding| finding.group) {
            *members.entry(group).or_default() += 1;
        }
        let mut sizes = BTreeMap::new();
        for size in members.into_values() {
            *sizes.entry(size).or_default() += 1;
        }
        sizes
    }

    fn coverage_sentences(&self) -> String {
        let mut sentences: Vec<String> = self.report.coverage.iter().map(sentence).collect();
        if self.report.crowds > 0 {
            sentences.push(format!(
                "{} more than 256 stored passwords, like no person: of these not each was compared \
                 with each for near copies and own names.",
                counted(self.report.crowds, "account name has", "account names have")
            ));
        }
        sentences.push("“Nothing found” does not mean “strong”.".into());
        sentences.join(" ")
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
        let blocks = vec![
            Block::Text(format!("Compared with the audit of {}.", changes.made)),
            Block::Figures(vec![
                figure(changes.fixed.len(), "fixed since then", Level::Good),
                figure(changes.open, "still open", Level::Look),
                figure(changes.new.len(), "new", Level::Act),
            ]),
            Block::Table(Table {
                title: "What changed".into(),
                columns: vec!["Change", "Account", "System", "Finding"],
                rows: new.chain(fixed).collect(),
            }),
        ];
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
                match (&class.failed, class.complete) {
                    (Some(why), _) => why.clone(),
                    (None, true) => "everything was tried".into(),
                    (None, false) => "time was over".into(),
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

fn is_guessed(finding: &AuditFinding) -> bool {
    matches!(finding.kind, FindingKind::Name | FindingKind::Guessed)
}

/// `7`; of a band `10 to 99` (a spreadsheet would take `10-99` for a date); `10000000 or more`.
fn breach_count(seen: Seen) -> String {
    let least = seen.least;
    match seen.most {
        Some(_) if seen.is_exact() => least.to_string(),
        Some(most) => format!("{least} to {most}"),
        None => format!("{least} or more"),
    }
}

fn sentence(class: &Coverage) -> String {
    let accounts = counted(class.accounts, "password", "passwords");
    if let Some(why) = &class.failed {
        return format!("{accounts} stored as {} could not be tested: {why}.", class.scheme.name());
    }
    let guesses = match usize::try_from(class.guesses).unwrap_or(usize::MAX) {
        0 => String::new(),
        n => format!("the {} likeliest guesses, ", grouped(n)),
    };
    format!(
        "Each of the {accounts} stored as {} ({}) was tried with {guesses}its owner's names and what \
         was found elsewhere.",
        class.scheme.name(),
        class.cost,
    )
}
