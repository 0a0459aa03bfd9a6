//! Who is who, as far as somebody wrote it down: a table of people and their accounts.

mod fault;
mod heading;
mod row;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use strongpass_tables::{LenientRow, Lines, decode};

use crate::exports::Export;
use heading::{Column, Table};
use row::Described;

pub use fault::{PeopleError, PeopleFault, PeopleNote};

/// People with their accounts on several systems, names and roles: what no export knows.
///
/// A row is a person, or an account of a person whose `person` column says whose. Headings are
/// matched kindly: `person` (a number, initials), `account` (several with `;` between, or
/// `system=account`), `network account`, `system`, `first name`, `last name`, `email`, `role`,
/// `privileged`, `born`, `words`, and the names that other programs give these. An account without a
/// system is meant on all.
///
/// ```
/// use strongpass_audit::People;
/// let table = "Account,First name,Last name,Role,Pet\n\
///              kharper;network=k.harper,Kate,Harper,Teacher,Biscuit\n\
///              tfielding,Tom,Fielding,Network Manager,\n";
/// let (people, notes) = People::read(table.as_bytes())?;
/// assert_eq!(people.len(), 2);
/// assert!(notes.is_empty());
/// # Ok::<(), strongpass_audit::PeopleError>(())
/// ```
#[derive(Debug, Default)]
pub struct People {
    persons: Vec<Person>,
    /// By account, in small letters and without a domain.
    claims: HashMap<String, Vec<Claim>>,
}

#[derive(Debug)]
struct Person {
    id: String,
    names: Vec<String>,
    privileged: bool,
}

/// Somebody has an account.
#[derive(Debug)]
struct Claim {
    /// On that system, in small letters, or on all.
    system: Option<String>,
    person: usize,
    line: u32,
    /// As it is written; `None` if it only follows from an address.
    written: Option<String>,
}

impl People {
    /// Reads a table with a heading (CSV with commas, semicolons or tabs; UTF-8, UTF-16 or what
    /// Excel calls CSV). Returns what was left out, too.
    ///
    /// # Errors
    /// If there is no column of accounts, or rows cannot be read or contradict each other: a person
    /// who is silently left out would look like nobody in particular.
    pub fn read(file: &[u8]) -> Result<(Self, Vec<PeopleNote>), PeopleError> {
        let file = decode(file.to_vec());
        let mut lines = Lines::new(&file);
        let mut table = Table::headed(&mut lines)?;
        let mut people = Self::default();
        let mut faults = Vec::new();
        while let Some(line) = lines.clone().next() {
            if line.bytes.trim_ascii().is_empty() {
                lines.next();
                continue;
            }
            let row = match table.rows.read(&mut lines) {
                Ok(row) if row.len() == table.columns.len() => row,
                Ok(row) => {
                    let (has, heading) = (row.len(), table.columns.len());
                    faults.push((line.number, PeopleFault::Cells { has, heading }));
                    continue;
                }
                Err(error) => {
                    faults.push((line.number, error.into()));
                    continue;
                }
            };
            if let Err(fault) = people.add(line.number, &table.columns, &row) {
                faults.push((line.number, fault));
            }
        }
        if faults.is_empty() { Ok((people, table.notes)) } else { Err(PeopleError { faults }) }
    }

    /// How many people there are.
    pub const fn len(&self) -> usize {
        self.persons.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    /// The accounts, as they are written, that are in none of the exports of their system: often
    /// misspelt.
    pub fn unknown_to(&self, exports: &[Export]) -> Vec<&str> {
        let mut seen = HashSet::new();
        for export in exports {
            let system = export.system.to_lowercase();
            for credential in &export.credentials {
                for key in keys(export.text(credential.account)) {
                    for (at, claim) in self.claims.get(&key).into_iter().flatten().enumerate() {
                        if claim.system.as_ref().is_none_or(|claimed| *claimed == system) {
                            seen.insert((key.clone(), at));
                        }
                    }
                }
            }
        }
        let claims = self.claims.iter();
        let each = claims.flat_map(|(key, claims)| (0..).zip(claims).map(move |c| (key, c)));
        let unknown = each.filter(|(key, (at, _))| !seen.contains(&((*key).clone(), *at)));
        let mut unknown: Vec<(u32, &str)> = unknown
            .filter_map(|(_, (_, claim))| Some((claim.line, claim.written.as_deref()?)))
            .collect();
        unknown.sort_unstable();
        unknown.into_iter().map(|(_, written)| written).collect()
    }

    /// Whose account it is: a text that is one person's alone.
    pub fn person(&self, system: &str, account: &str) -> Option<&str> {
        self.of(system, account).map(|person| person.id.as_str())
    }

    /// The names and words of whose account it is; some are dates and years.
    pub fn names(&self, system: &str, account: &str) -> impl Iterator<Item = &str> {
        let names = self.of(system, account).map(|person| person.names.as_slice());
        names.unwrap_or_default().iter().map(String::as_str)
    }

    /// Whether whose account it is may do more than others.
    pub fn privileged(&self, system: &str, account: &str) -> bool {
        self.of(system, account).is_some_and(|person| person.privileged)
    }

    fn of(&self, system: &str, account: &str) -> Option<&Person> {
        if self.persons.is_empty() {
            return None;
        }
        let system = system.to_lowercase();
        keys(account).find_map(|key| {
            let claims = self.claims.get(&key)?;
            let find = |of: Option<&String>, written: bool| {
                let mut fitting = claims.iter().filter(|claim| {
                    claim.system.as_ref() == of && claim.written.is_some() == written
                });
                let first = fitting.next()?;
                // What follows from addresses of two people says nothing.
                fitting.all(|claim| claim.person == first.person).then_some(first.person)
            };
            let found = find(Some(&system), true).or_else(|| find(None, true));
            self.persons.get(found.or_else(|| find(None, false))?)
        })
    }

    fn add(
        &mut self,
        line: u32,
        columns: &[Column],
        row: &LenientRow<'_, '_>,
    ) -> Result<(), PeopleFault> {
        let person = Described::by(columns, row);
        if person.accounts.is_empty() && person.addresses.is_empty() {
            return Err(PeopleFault::NoAccount);
        }
        let at = self.number(line, &person);
        for (system, written) in &person.accounts {
            let Some(key) = keys(written).next() else { continue };
            self.claim(key, system.as_deref(), at, line, Some(written))?;
            if let Some(local) = keys(written).nth(1) {
                self.claim(local, None, at, line, None)?;
            }
        }
        for address in &person.addresses {
            for key in keys(address) {
                self.claim(key, None, at, line, None)?;
            }
        }
        if let Some(known) = self.persons.get_mut(at) {
            known.privileged |= person.privileged;
            for name in person.names {
                if !known.names.contains(&name) {
                    known.names.push(name);
                }
            }
        }
        Ok(())
    }

    /// The person of a row: who has the same id, or without ids the same account.
    fn number(&mut self, line: u32, row: &Described) -> usize {
        let known = match &row.id {
            Some(id) => self.persons.iter().position(|person| person.id == *id),
            None => row.accounts.iter().find_map(|(system, written)| {
                let claims = self.claims.get(&keys(written).next()?)?;
                let same = claims.iter().find(|claim| {
                    claim.written.is_some() && meets(claim.system.as_deref(), system.as_deref())
                });
                same.map(|claim| claim.person)
            }),
        };
        known.unwrap_or_else(|| {
            let id = row.id.clone().unwrap_or_else(|| format!("line {line}"));
            self.persons.push(Person { id, names: Vec::new(), privileged: false });
            self.persons.len() - 1
        })
    }

    fn claim(
        &mut self,
        key: String,
        system: Option<&str>,
        person: usize,
        line: u32,
        written: Option<&str>,
    ) -> Result<(), PeopleFault> {
        let claims = self.claims.entry(key).or_default();
        let is_other = |claim: &&Claim| {
            written.is_some()
                && claim.written.is_some()
                && claim.person != person
                && meets(claim.system.as_deref(), system)
        };
        if let Some(other) = claims.iter().find(is_other) {
            return Err(PeopleFault::Claimed { by: other.line });
        }
        let (system, written) = (system.map(str::to_owned), written.map(str::to_owned));
        claims.push(Claim { system, person, line, written });
        Ok(())
    }
}

/// Whether an account on one is an account on the other: on the same system, or on all.
fn meets(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// What an account is looked up by: without its domain, in small letters; an address whole, then
/// by what is before its `@`.
fn keys(account: &str) -> impl Iterator<Item = String> {
    let login = account.rsplit_once('\\').map_or(account, |(_, login)| login);
    let local = login.split_once('@').map(|(local, _)| local).filter(|local| !local.is_empty());
    [Some(login), local].into_iter().flatten().map(str::to_lowercase)
}
