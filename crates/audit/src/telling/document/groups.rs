//! The figures by system and by role. No group is so small that it names somebody.

use std::collections::BTreeMap;

use strongpass_report::{Block, Range, Readers, Row, Section, Table, grouped};

use super::Telling;
use super::subject::{Soon, Subject, account};

/// A group with fewer is one with others.
const LEAST: usize = 5;

const OTHER_ROLES: &str = "other roles";

/// How many there are in a group, and how many of them must act.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Counts {
    pub(super) all: usize,
    pub(super) week: usize,
    pub(super) later: usize,
}

impl Counts {
    pub(super) fn add(&mut self, soon: Option<Soon>) {
        match soon {
            Some(Soon::Week) => self.week += 1,
            Some(Soon::Later) => self.later += 1,
            None => {}
        }
    }

    fn and(self, other: Self) -> Self {
        let (week, later) = (self.week + other.week, self.later + other.later);
        Self { all: self.all + other.all, week, later }
    }
}

/// Groups of `least` or more, the largest first; smaller ones are one, with a larger one if that is
/// still too small. Nothing if less than two are left: what one group says is said already.
pub(super) fn merged(
    groups: BTreeMap<String, Counts>,
    least: usize,
    others: &str,
) -> Vec<(String, Counts)> {
    let mut groups: Vec<(String, Counts)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.all));
    let mut rest: Option<Counts> = None;
    while let Some(last) = groups.last().map(|(_, counts)| *counts) {
        let is_small = last.all < least || rest.is_some_and(|rest| rest.all < least);
        if !is_small {
            break;
        }
        groups.pop();
        rest = Some(rest.unwrap_or_default().and(last));
    }
    groups.extend(rest.map(|rest| (others.to_owned(), rest)));
    if groups.len() < 2 { Vec::new() } else { groups }
}

impl Telling<'_> {
    pub(super) fn groups(&self) -> Option<Section> {
        let tables = [
            self.table("By system", ["System", "Accounts"], self.by_system(), "other systems"),
            self.table("By role", ["Role", "People"], self.by_role(), OTHER_ROLES),
        ];
        let blocks: Vec<Block> = tables.into_iter().flatten().map(Block::Table).collect();
        let title = "By system and by role".into();
        (!blocks.is_empty()).then_some(Section { title, readers: Readers::All, blocks })
    }

    /// Accounts, whoever has them.
    fn by_system(&self) -> BTreeMap<String, Counts> {
        let mut systems: BTreeMap<String, Counts> = BTreeMap::new();
        for export in &self.report.exports {
            systems.entry(export.system.clone()).or_default().all += export.accounts;
        }
        let persons = std::collections::HashMap::new();
        let accounts = Subject::all(self.report.findings.iter(), &persons, account);
        for account in &accounts {
            let system = account.findings.first().map_or("", |finding| &*finding.system);
            systems.entry(system.to_owned()).or_default().add(account.soon());
        }
        systems
    }

    /// People of the list; nobody, if it says no role.
    pub(super) fn by_role(&self) -> BTreeMap<String, Counts> {
        let role = |role: Option<&str>| role.unwrap_or("no role given").to_owned();
        let mut roles: BTreeMap<String, Counts> = BTreeMap::new();
        let persons = self.report.listed.iter().flat_map(|listed| &listed.persons);
        let persons: Vec<_> = persons.collect();
        if persons.iter().all(|person| person.details.role.is_none()) {
            return roles;
        }
        for person in persons {
            roles.entry(role(person.details.role.as_deref())).or_default().all += 1;
        }
        for subject in self.subjects.iter().filter(|subject| subject.person.is_some()) {
            let said = Some(subject.role()).filter(|role| !role.is_empty());
            roles.entry(role(said)).or_default().add(subject.soon());
        }
        roles
    }

    /// How many people of the list must act this week, and later.
    pub(in crate::telling) fn listed_to_act(&self) -> (usize, usize) {
        let mut counts = Counts::default();
        for subject in self.subjects.iter().filter(|subject| subject.person.is_some()) {
            counts.add(subject.soon());
        }
        (counts.week, counts.later)
    }

    /// Roles as the report tells them: how many people, and how many of them must act when.
    pub(in crate::telling) fn roles(&self) -> Vec<(String, [usize; 3])> {
        let roles = merged(self.by_role(), LEAST, OTHER_ROLES).into_iter();
        roles.map(|(role, counts)| (role, [counts.all, counts.week, counts.later])).collect()
    }

    fn table(
        &self,
        title: &str,
        [what, of]: [&'static str; 2],
        groups: BTreeMap<String, Counts>,
        others: &str,
    ) -> Option<Table> {
        let least = if self.merge_small { Range::WIDE } else { LEAST };
        let groups = merged(groups, least, others);
        let row = |(name, counts): (String, Counts)| {
            let mut cells = vec![name, grouped(counts.all)];
            if self.merge_small {
                // One number of each group: three would be added up.
                cells.push(Range::around(counts.week + counts.later, counts.all).to_string());
            } else {
                let rest = counts.all.saturating_sub(counts.week + counts.later);
                cells.extend([counts.week, counts.later, rest].map(grouped));
            }
            Row { level: None, cells }
        };
        let columns = if self.merge_small {
            vec![what, of, "Need another password"]
        } else {
            vec![what, of, "Must act this week", "Should act later", self.nothing_found().1]
        };
        let rows: Vec<Row> = groups.into_iter().map(row).collect();
        (!rows.is_empty()).then(|| Table { title: title.into(), columns, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_one() {
        let told = |sizes: &[(&str, usize)], least| -> Vec<(String, usize)> {
            let group = |(name, all): &(&str, usize)| {
                ((*name).to_owned(), Counts { all: *all, ..Counts::default() })
            };
            let merged = merged(sizes.iter().map(group).collect(), least, "others");
            merged.into_iter().map(|(name, counts)| (name, counts.all)).collect()
        };
        let some = [("head", 1), ("teacher", 60), ("office", 6), ("caretaker", 2)];
        let owned = |told: &[(&str, usize)]| -> Vec<(String, usize)> {
            told.iter().map(|(name, all)| ((*name).to_owned(), *all)).collect()
        };
        // The three are too few, so the office is with them.
        assert_eq!(told(&some, 5), owned(&[("teacher", 60), ("others", 9)]));
        assert_eq!(told(&[("a", 9), ("b", 5)], 5), owned(&[("a", 9), ("b", 5)]));
        assert_eq!(told(&[("a", 9), ("b", 4)], 5), []);
        assert_eq!(told(&[("a", 9)], 5), []);
    }
}
