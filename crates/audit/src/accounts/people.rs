//! Who is who, as far as someone wrote it down: a table of people and their accounts.

mod claims;
mod details;
mod fault;
mod heading;
mod missing;
mod row;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use strongpass_tables::headings::ChosenColumns;
use strongpass_tables::{LenientRow, Lines, decode, not_a_table};

use claims::{Claim, Claims};
use details::Details;
use heading::{Column, Table};
use row::Described;

pub use details::Details as PersonDetails;
pub use fault::{PeopleError, PeopleFault, PeopleNote};
pub use missing::MissingAccounts;

/// People with their accounts on several systems, names and roles: what no export knows.
///
/// A row is a person, or an account of a person whose `person` column says whose. Headings are
/// matched kindly: `person` (a number, initials), `account` (several with `;` between, or
/// `system=account`), `network account`, `system`, `first name`, `last name`, `email`, `role`,
/// `privileged`, `born`, `words`, `address`, `town`, `postcode`, and the names that other programs give these. An account without a
/// system is meant on all.
///
/// ```
/// use strongpass_audit::People;
/// use strongpass_tables::headings::ChosenColumns;
/// let table = "Account,First name,Last name,Role,Pet\n\
///              kharper;network=k.harper,Kate,Harper,Teacher,Biscuit\n\
///              tfielding,Tom,Fielding,Network Manager,\n";
/// let (people, notes) = People::read(table.as_bytes(), &ChosenColumns::default())?;
/// assert_eq!(people.len(), 2);
/// assert!(notes.is_empty());
/// # Ok::<(), strongpass_audit::PeopleError>(())
/// ```
#[derive(Debug, Default)]
pub struct People {
    persons: Vec<Person>,
    /// By what tells people apart.
    ids: HashMap<String, usize>,
    /// By account, in small letters and without a domain.
    claims: HashMap<String, Claims>,
}

#[derive(Debug)]
struct Person {
    id: String,
    names: Vec<String>,
    /// More than are used.
    has_more_names: bool,
    privileged: bool,
    details: Details,
}

/// A person with more names than this has a list, not names.
const MOST_NAMES: usize = 64;

impl People {
    /// Reads a table with a heading (CSV with commas, semicolons or tabs; UTF-8, UTF-16 or what
    /// Excel calls CSV); `chosen` says what columns hold whose headings do not. Returns what was left
    /// out, too.
    ///
    /// # Errors
    /// If there is no column of accounts, or rows cannot be read or contradict each other: a person
    /// who is silently left out would look like nobody in particular.
    pub fn read(
        file: &[u8],
        chosen: &ChosenColumns,
    ) -> Result<(Self, Vec<PeopleNote>), PeopleError> {
        if let Some(why) = not_a_table(file) {
            return Err(PeopleError { faults: vec![(1, PeopleFault::NotATable(why))] });
        }
        let file = decode(file.to_vec());
        let mut lines = Lines::new(&file);
        let mut table = Table::headed(&mut lines, chosen)?;
        let mut people = Self::default();
        let (mut faults, mut notes) = (Vec::new(), Vec::new());
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
            if let Err(fault) = people.add(line.number, &table.columns, &row, &mut notes) {
                faults.push((line.number, fault));
            }
        }
        let notes = table.notes.into_iter().chain(notes).collect();
        if faults.is_empty() { Ok((people, notes)) } else { Err(PeopleError { faults }) }
    }

    /// How many people there are.
    pub const fn len(&self) -> usize {
        self.persons.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.persons.is_empty()
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

    /// What is to be said of whose account it is: how the person is called and reached.
    pub fn details(&self, system: &str, account: &str) -> Option<&Details> {
        self.of(system, account).map(|person| &person.details)
    }

    fn of(&self, system: &str, account: &str) -> Option<&Person> {
        if self.persons.is_empty() {
            return None;
        }
        let system = system.to_lowercase();
        keys(account).find_map(|key| self.persons.get(self.claims.get(&key)?.person(&system)?))
    }

    fn add(
        &mut self,
        line: u32,
        columns: &[Column],
        row: &LenientRow<'_, '_>,
        notes: &mut Vec<PeopleNote>,
    ) -> Result<(), PeopleFault> {
        let person = Described::by(columns, row);
        if person.accounts.is_empty() && person.addresses.is_empty() {
            return Err(PeopleFault::NoAccount);
        }
        let at = self.number(line, &person);
        for (system, written) in &person.accounts {
            let Some(key) = keys(written).next() else { continue };
            let claim = Claim { person: at, line, written: written.clone() };
            let claims = self.claims.entry(key).or_default();
            claims.write(system.as_deref(), claim)?;
            if let Some(local) = keys(written).nth(1) {
                self.claims.entry(local).or_default().follow(at);
            }
        }
        for address in &person.addresses {
            for key in keys(address) {
                self.claims.entry(key).or_default().follow(at);
            }
        }
        if let Some(known) = self.persons.get_mut(at) {
            known.privileged |= person.privileged;
            known.details.complete(person.details);
            for name in person.names {
                if known.names.contains(&name) || known.has_more_names {
                    continue;
                }
                if known.names.len() < MOST_NAMES {
                    known.names.push(name);
                } else {
                    known.has_more_names = true;
                    let what =
                        format!("this person has more than {MOST_NAMES} names: no more are used");
                    notes.push(PeopleNote { line, what });
                }
            }
        }
        Ok(())
    }

    /// The person of a row: who has the same id, or without ids the same account.
    fn number(&mut self, line: u32, row: &Described) -> usize {
        let known = match &row.id {
            Some(id) => self.ids.get(id).copied(),
            None => row.accounts.iter().find_map(|(system, written)| {
                self.claims.get(&keys(written).next()?)?.written_for(system.as_deref())
            }),
        };
        known.unwrap_or_else(|| {
            let id = row.id.clone().unwrap_or_else(|| format!("line {line}"));
            let (number, names) = (self.persons.len(), Vec::new());
            self.ids.entry(id.clone()).or_insert(number);
            // What a row is numbered by is no name.
            let details = Details { id: row.id.clone(), ..Details::default() };
            let (has_more_names, privileged) = (false, false);
            self.persons.push(Person { id, names, has_more_names, privileged, details });
            number
        })
    }
}

/// What an account is looked up by: without its domain, in small letters; an address whole, then
/// by what is before its `@`.
fn keys(account: &str) -> impl Iterator<Item = String> {
    let login = account.rsplit_once('\\').map_or(account, |(_, login)| login);
    let local = login.split_once('@').map(|(local, _)| local).filter(|local| !local.is_empty());
    [Some(login), local].into_iter().flatten().map(str::to_lowercase)
}
