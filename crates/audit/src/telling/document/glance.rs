//! What the report says without names: counts, charts, and how far it looked.

use std::collections::BTreeMap;

use strongpass_policy::Rule;
use strongpass_report::{
    Bar, Bars, Block, Figure, Level, Readers, Section, Units, counted, grouped,
};

use super::{Account, Telling};
use crate::report::{AuditFinding, Coverage, Ended, FindingKind, Severity};
use crate::telling::words;

/// Counts below this can be merged on the page without names.
const SMALL: usize = 5;

/// A sign for a person: head and shoulders, in a square of 24.
const PERSON: &str =
    "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM3 21c0-5 4-7.5 9-7.5s9 2.5 9 7.5z";

/// What each kind of finding is called in a chart, and how grave it is.
const LABELS: [(FindingKind, &str, Level); 9] = [
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

impl Telling<'_> {
    pub(super) fn glance(&self) -> Section {
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
        let count = |kind| {
            let has = |account: &&Account<'_>| account.0.iter().any(|found| found.kind == kind);
            self.accounts.iter().filter(has).count()
        };
        let looked_for =
            LABELS.iter().filter(|(kind, ..)| self.report.why_not_looked_for(*kind).is_none());
        looked_for.map(|(kind, label, level)| ((*label).into(), count(*kind), *level)).collect()
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

    /// What this audit could not have found.
    fn not_checked(&self) -> Option<String> {
        let missing = LABELS.iter().filter_map(|(kind, label, _)| {
            let why = self.report.why_not_looked_for(*kind)?;
            Some(format!("{label} ({why})"))
        });
        let missing: Vec<String> = missing.collect();
        (!missing.is_empty()).then(|| format!("Not checked: {}.", missing.join("; ")))
    }

    fn coverage_sentences(&self) -> String {
        let mut sentences: Vec<String> = self.report.coverage.iter().map(sentence).collect();
        sentences.extend(self.report.coverage.iter().filter_map(longer));
        sentences.extend(self.not_checked());
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
}

fn is_guessed(finding: &AuditFinding) -> bool {
    matches!(finding.kind, FindingKind::Name | FindingKind::Guessed)
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

/// What a longer search would add, if there is more to try.
fn longer(class: &Coverage) -> Option<String> {
    let adds = match class.expected_more? {
        0 => "hardly any more".to_owned(),
        more => format!("some {} more", grouped(more)),
    };
    let how = if class.ended == Ended::Limit { "as many guesses" } else { "as long" };
    Some(format!(
        "{}: {} stored as {} ({}), {} each; ten times {how} would be expected to find {adds} (an \
         estimate).",
        class.systems.join(", "),
        counted(class.accounts, "password", "passwords"),
        class.scheme.name(),
        class.cost,
        counted(usize::try_from(class.guesses).unwrap_or(usize::MAX), "guess", "guesses"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_more_would_add_is_said_of_time_or_of_guesses() {
        let mut class = Coverage {
            scheme: strongpass_hash::Scheme::Sha512crypt,
            cost: strongpass_hash::Cost::Rounds(5_000),
            systems: vec!["email".into(), "server".into()],
            accounts: 40,
            found: 7,
            guesses: 1_200,
            ended: Ended::Stopped,
            expected_more: Some(3),
            failed: None,
        };
        let start = "email, server: 40 passwords stored as SHA-512 crypt (5,000 rounds), 1,200 guesses each;";
        let said = format!(
            "{start} ten times as long would be expected to find some 3 more (an estimate)."
        );
        assert_eq!(longer(&class), Some(said));
        (class.ended, class.expected_more) = (Ended::Limit, Some(0));
        let said = format!(
            "{start} ten times as many guesses would be expected to find hardly any more (an \
             estimate)."
        );
        assert_eq!(longer(&class), Some(said));
        class.expected_more = None;
        assert_eq!(longer(&class), None);
    }
}
