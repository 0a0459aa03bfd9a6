//! The people of the list whose accounts are audited.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::index::AccountIndex;
use super::people::PersonDetails;

/// Whom a list of people names, as far as the exports have accounts of them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Listed {
    /// Everybody with an account in the exports, in the order of the exports.
    pub persons: Vec<ListedPerson>,
    /// How many names of accounts are in no row of the list: nobody knows whose they are.
    pub unlisted: usize,
    /// How many people of the list have no account in the exports.
    pub absent: usize,
}

/// A person of the list with accounts in the exports.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ListedPerson {
    /// The number that findings have too.
    pub number: u32,
    /// How the person is called and reached.
    pub details: PersonDetails,
    /// The accounts, each with its system.
    pub accounts: Vec<(Arc<str>, String)>,
}

impl AccountIndex<'_> {
    /// Whom the list of people names; `None` without a list.
    pub(crate) fn listed(&self) -> Option<Listed> {
        if self.people.is_empty() {
            return None;
        }
        let mut listed = Listed { persons: Vec::new(), unlisted: 0, absent: 0 };
        for number in self.persons() {
            let current = || {
                let all = self.credentials_of(number).filter_map(|id| self.credential(id));
                let current = all.filter(|(_, credential)| credential.previous == 0);
                current.map(|(export, it)| (Arc::clone(&export.system), export.text(it.account)))
            };
            let details = current().find_map(|(system, it)| self.people.details(&system, it));
            match details {
                None => listed.unlisted += usize::from(current().next().is_some()),
                Some(details) => {
                    let mut seen = BTreeSet::new();
                    let accounts = current().filter(|account| seen.insert(account.clone()));
                    let accounts = accounts.map(|(system, it)| (system, it.to_owned())).collect();
                    listed.persons.push(ListedPerson {
                        number,
                        details: details.clone(),
                        accounts,
                    });
                }
            }
        }
        listed.absent = self.people.len().saturating_sub(listed.persons.len());
        Some(listed)
    }
}

#[cfg(test)]
mod tests {
    use strongpass_tables::headings::ChosenColumns;

    use super::*;
    use crate::{Export, People, ReadOptions};

    #[test]
    fn accounts_of_four_systems_are_one_person() {
        let hash = "$NT$567667e52888a59d0abcf0c066db867b";
        let export = |system: &str, accounts: &[&str]| {
            let lines: String = accounts.iter().flat_map(|a| [a, ":", hash, "\n"]).collect();
            Export::read(system, system, lines.into_bytes(), &ReadOptions::default())
        };
        let exports = [
            export("network", &["SCHOOL\\kharper", "guest", "tfielding"]),
            export("email", &["kate.h", "guest"]),
        ];
        let table = b"person,network account,email account,first name,role\n\
                      KH,kharper,kate.h,Kate,Teacher\nTF,tfielding,,,\nLC,lchen,,,\n";
        let chosen = ChosenColumns::default();
        let (people, _) = People::read(table, &chosen).unwrap();
        let listed = AccountIndex::new(&exports, &people).listed().unwrap();
        let told: Vec<(String, usize)> = listed
            .persons
            .iter()
            .map(|person| (person.details.name().unwrap(), person.accounts.len()))
            .collect();
        assert_eq!(told, [("Kate".to_owned(), 2), ("TF".to_owned(), 1)]);
        assert_eq!((listed.unlisted, listed.absent), (1, 1));
        assert!(AccountIndex::new(&exports, &People::default()).listed().is_none());
    }
}
