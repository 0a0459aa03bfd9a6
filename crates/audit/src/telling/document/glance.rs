//! What the report says without names: the figures and charts, what to do, and for whom.

use std::collections::BTreeMap;

use strongpass_policy::Rule;
use strongpass_report::{
    Bar, Bars, Block, Figure, Level, Readers, Row, Section, Table, Units, counted,
};

use super::Telling;
use super::subject::{Soon, Subject};
use crate::report::{AuditFinding, FindingKind};
use crate::telling::words;

/// A sign for a person: head and shoulders, in a square of 24.
const PERSON: &str =
    "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM3 21c0-5 4-7.5 9-7.5s9 2.5 9 7.5z";

/// What each kind of finding is called in a chart, and how grave it is.
pub(super) const LABELS: [(FindingKind, &str, Level); 9] = [
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

/// A count with its name, as a bar is made of.
type Named = (String, usize, Level);

impl Telling<'_> {
    pub(super) fn glance(&self) -> Section {
        let (week, later) = (self.at(Soon::Week), self.at(Soon::Later));
        let all = self.total();
        let (one, many) = self.what();
        let figure = |count, label: &str, level, range_of| {
            let label = label.into();
            Figure { count, label, level, range_of }
        };
        let looked_at = format!("{} looked at", if all == 1 { one } else { many });
        let mut blocks = vec![Block::Figures(vec![
            figure(all, &looked_at, Level::Good, None),
            figure(week, "must act this week", Level::Act, self.range_of()),
            figure(later, "should act later", Level::Look, self.range_of()),
        ])];
        if !self.merge_small {
            let nothing = all.saturating_sub(week + later);
            let group = |label: &str, count, level| Bar { label: label.into(), count, level };
            blocks.push(Block::Units(Units {
                title: format!("All {many}"),
                what: many.into(),
                sign: PERSON,
                groups: vec![
                    group("must act this week", week, Level::Act),
                    group("should act later", later, Level::Look),
                    group(self.nothing_found().0, nothing, Level::Good),
                ],
            }));
        }
        blocks.push(self.bars("What was found", all, self.kinds()));
        let clauses = self.clauses();
        if !clauses.is_empty() {
            // A range says nothing of its total, which nobody else knows here.
            let of = if self.merge_small { all } else { self.guessed().count() };
            let title = "Clauses of the policy that guessed passwords break";
            blocks.push(self.bars(title, of, clauses));
        }
        let groups = self.group_sizes();
        // How many have the same one would add up.
        if !groups.is_empty() && !self.merge_small {
            let of = groups.values().sum();
            let row = |(size, count)| (format!("shared by {size} accounts"), count, Level::Look);
            let rows = groups.into_iter().map(row).collect();
            blocks.push(self.bars("Passwords that several accounts have", of, rows));
        }
        Section { title: "At a glance".into(), readers: Readers::All, blocks }
    }

    fn bars(&self, title: &str, of: usize, rows: Vec<Named>) -> Block {
        let rows = rows.into_iter().map(|(label, count, level)| Bar { label, count, level });
        let as_ranges = self.merge_small;
        Block::Bars(Bars { title: title.into(), rows: rows.collect(), of, as_ranges })
    }

    fn kinds(&self) -> Vec<Named> {
        let count = |kind| {
            let has = |subject: &&Subject<'_>| subject.findings.iter().any(|it| it.kind == kind);
            self.subjects.iter().filter(has).count()
        };
        let looked_for =
            LABELS.iter().filter(|(kind, ..)| self.report.why_not_looked_for(*kind).is_none());
        looked_for.map(|(kind, label, level)| ((*label).into(), count(*kind), *level)).collect()
    }

    /// Those of whom a password was guessed.
    fn guessed(&self) -> impl Iterator<Item = &Subject<'_>> {
        let is_guessed =
            |subject: &&Subject<'_>| subject.findings.iter().any(|finding| is_guessed(finding));
        self.subjects.iter().filter(is_guessed)
    }

    fn clauses(&self) -> Vec<Named> {
        let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
        for subject in self.guessed() {
            let guessed = subject.findings.iter().filter(|finding| is_guessed(finding));
            let mut rules: Vec<Rule> = guessed.flat_map(|it| it.rules.iter().copied()).collect();
            rules.sort_unstable();
            rules.dedup();
            for rule in rules {
                *counts.entry(rule).or_default() += 1;
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

    /// What to do this week and this term, and what governors may be told.
    pub(super) fn actions(&self) -> Section {
        let (week, later) = (self.at(Soon::Week), self.at(Soon::Later));
        let row = |level, when: &str, who: String, what: &str| Row {
            level: Some(level),
            cells: vec![when.into(), who, what.into()],
        };
        let mut rows = Vec::new();
        if week > 0 || self.merge_small {
            rows.push(row(
                Level::Act,
                "This week",
                self.those(week),
                "Each chooses a new password that is used nowhere else, first those with no \
                 password or with more rights than others. The letters tell each person what is \
                 the matter, and nobody else.",
            ));
        }
        if later > 0 || self.merge_small {
            rows.push(row(
                Level::Look,
                "This term",
                self.those(later),
                "Each changes the password when next at a computer.",
            ));
        }
        if self.report.findings.iter().any(is_of_storage) {
            rows.push(row(
                Level::Look,
                "This term",
                "whoever runs the systems".into(),
                "Change how passwords are stored where that is weak: see “For administrators”.",
            ));
        }
        rows.push(row(
            Level::Good,
            "Next term",
            "whoever made this report".into(),
            "Audit again, and compare (--since): what was changed then shows.",
        ));
        let table =
            Table { title: "Step by step".into(), columns: vec!["When", "Who", "What"], rows };
        let title = "What to do".into();
        let blocks = vec![Block::Table(table), Block::Text(self.for_governors())];
        Section { title, readers: Readers::All, blocks }
    }

    /// `12 people`, `fewer than 10 people`.
    fn those(&self, count: usize) -> String {
        let (one, many) = self.what();
        match self.said(count).as_str() {
            "not shown" => format!("those {many} who are told"),
            "1" => format!("1 {one}"),
            said => format!("{said} {many}"),
        }
    }

    /// A paragraph that can be read out: no names, no words of the trade.
    fn for_governors(&self) -> String {
        let (one, many) = self.what();
        let all = counted(self.total(), one, many);
        let week = self.at(Soon::Week);
        let found = match self.said(week).as_str() {
            "0" => "No password was found that somebody could use at once to get in.".to_owned(),
            "not shown" => "Those concerned are told what to change.".to_owned(),
            said => format!(
                "The passwords of {said} are so weak that somebody else could get in, and are to \
                 be changed this week."
            ),
        };
        let systems = self.report.exports.iter().map(|export| &*export.system);
        let systems: std::collections::BTreeSet<&str> = systems.collect();
        format!(
            "For governors: the stored passwords of {all} on {} were tested against the school's \
             policy, by guessing as a thief would who had stolen them. {found} No password was \
             shown or written down. A password that was not guessed may still be weak.",
            counted(systems.len(), "system", "systems"),
        )
    }
}

fn is_guessed(finding: &AuditFinding) -> bool {
    matches!(finding.kind, FindingKind::Name | FindingKind::Guessed)
}

fn is_of_storage(finding: &AuditFinding) -> bool {
    matches!(finding.kind, FindingKind::WeakScheme | FindingKind::LmHash)
}
