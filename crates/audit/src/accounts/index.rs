//! All accounts of one audit, and whose they are.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, Hasher, RandomState};

use super::name::local;
use super::number::{index, number};
use super::people::People;
use crate::exports::{Credential, Export};

/// All exports of one audit: each credential has a number, each person too.
#[derive(Debug)]
pub(crate) struct AccountIndex<'a> {
    pub(crate) exports: &'a [Export],
    pub(super) people: &'a People,
    /// The number of the first credential of each export.
    first: Vec<u32>,
    /// The person of each credential.
    person: Vec<u32>,
    /// (person, credential), sorted.
    of_person: Vec<(u32, u32)>,
    /// What those are called who have many passwords, made once: it is asked for each of them.
    called: HashMap<u32, Called>,
}

/// Accounts, then names.
type Called = (Vec<String>, Vec<String>);

/// Of a person with more stored passwords than this, former ones included, only this many are tried
/// with what was found on another, and this many are asked what the person is called. It is not a
/// person then, and work for each pair of them would never end.
pub(crate) const MOST_OF_PERSON: usize = 256;

/// A person with more accounts or names than this has a list, not names.
const MOST_CALLED: usize = 32;

/// So few are looked through each time.
const FEW: usize = 8;

impl<'a> AccountIndex<'a> {
    /// Joins accounts to persons: by `people` where it names them, else by the account's name.
    pub(crate) fn new(exports: &'a [Export], people: &'a People) -> Self {
        let mut first = Vec::with_capacity(exports.len());
        let mut keys = Vec::new();
        let hashers = [RandomState::new(), RandomState::new()];
        for export in exports {
            first.push(number(keys.len()));
            for credential in &export.credentials {
                let account = export.text(credential.account);
                let key = match people.person(&export.system, account) {
                    Some(person) => format!("\0{person}").into_bytes(),
                    None => folded(account),
                };
                // 128 bits of two keyed hashes: nobody can make two names meet.
                let key = hashers.each_ref().map(|hasher| {
                    let mut hasher = hasher.build_hasher();
                    hasher.write(&key);
                    hasher.finish()
                });
                keys.push((key, number(keys.len())));
            }
        }
        let mut person = vec![0; keys.len()];
        keys.sort_unstable();
        // The first credential of a person is the person's number: the order of the files.
        let mut current = None;
        for (key, credential) in keys {
            if current.is_none_or(|(known, _)| known != key) {
                current = Some((key, credential));
            }
            if let (Some(person), Some((_, first))) = (person.get_mut(index(credential)), current) {
                *person = first;
            }
        }
        let mut of_person: Vec<(u32, u32)> = (0..).zip(&person).map(|(c, p)| (*p, c)).collect();
        of_person.sort_unstable();
        let mut index = Self { exports, people, first, person, of_person, called: HashMap::new() };
        let many = index.of_person.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > FEW);
        let many: Vec<u32> = many.filter_map(|same| Some(same.first()?.0)).collect();
        index.called = many.into_iter().map(|person| (person, index.names_of(person))).collect();
        index
    }

    /// How many persons have more stored passwords than are compared with one another.
    pub(crate) fn crowds(&self) -> usize {
        let persons = self.of_person.chunk_by(|a, b| a.0 == b.0);
        persons.filter(|same| same.len() > MOST_OF_PERSON).count()
    }

    /// How many credentials there are.
    pub(crate) fn len(&self) -> usize {
        self.person.len()
    }

    /// Every credential with its number and its export.
    pub(crate) fn credentials(&self) -> impl Iterator<Item = (u32, &'a Export, &'a Credential)> {
        let exports = self.exports.iter();
        let all = exports.flat_map(|export| export.credentials.iter().map(move |c| (export, c)));
        (0..).zip(all).map(|(id, (export, credential))| (id, export, credential))
    }

    /// A credential and its export.
    pub(crate) fn credential(&self, id: u32) -> Option<(&'a Export, &'a Credential)> {
        let export = self.export_of(id)?;
        let within = id.checked_sub(*self.first.get(export)?)?;
        let export = self.exports.get(export)?;
        Some((export, export.credentials.get(index(within))?))
    }

    /// Which export a credential is from.
    pub(crate) fn export_of(&self, id: u32) -> Option<usize> {
        self.first.partition_point(|first| *first <= id).checked_sub(1)
    }

    /// The person of a credential.
    pub(crate) fn person(&self, id: u32) -> u32 {
        self.person.get(index(id)).copied().unwrap_or(id)
    }

    /// All credentials of a person.
    pub(crate) fn credentials_of(&self, person: u32) -> impl Iterator<Item = u32> + '_ {
        let start = self.of_person.partition_point(|(known, _)| *known < person);
        let rest = self.of_person.get(start..).unwrap_or_default().iter();
        rest.take_while(move |(known, _)| *known == person).map(|(_, credential)| *credential)
    }

    /// Every person, by the number of the first credential.
    pub(crate) fn persons(&self) -> impl Iterator<Item = u32> + '_ {
        self.of_person.chunk_by(|a, b| a.0 == b.0).filter_map(|c| Some(c.first()?.0))
    }

    /// What a person is called, in all exports and in the list of people: accounts, then names.
    pub(crate) fn called(&self, person: u32) -> Called {
        self.called.get(&person).cloned().unwrap_or_else(|| self.names_of(person))
    }

    fn names_of(&self, person: u32) -> Called {
        let (mut accounts, mut names) = (BTreeSet::new(), BTreeSet::new());
        for id in self.credentials_of(person).take(MOST_OF_PERSON) {
            let Some((export, credential)) = self.credential(id) else { continue };
            let account = export.text(credential.account);
            let more = self.people.names(&export.system, account);
            for name in export.names(credential).chain(more) {
                if names.len() < MOST_CALLED && !names.contains(name) {
                    names.insert(name.to_owned());
                }
            }
            if accounts.len() < MOST_CALLED && !accounts.contains(account) {
                accounts.insert(account.to_owned());
            }
        }
        (accounts.into_iter().collect(), names.into_iter().collect())
    }

    /// Whether the export or the list of people gives the account more than others have.
    pub(crate) fn privileged(&self, id: u32) -> bool {
        self.credential(id).is_some_and(|(export, credential)| {
            let account = export.text(credential.account);
            credential.privileged || self.people.privileged(&export.system, account)
        })
    }
}

/// The name that joins accounts of one person on several systems.
fn folded(account: &str) -> Vec<u8> {
    local(account).to_lowercase().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::ReadOptions;

    #[test]
    fn a_crowd_is_counted_and_its_names_are_few() {
        let lines = |accounts: usize| -> String {
            let line = |n: usize| format!("SCHOOL{}\\kharper:$NT${n:032x}\n", n % accounts);
            (0..2_000).map(line).collect()
        };
        for (accounts, called) in [(1, 1), (2_000, MOST_CALLED)] {
            let file = lines(accounts).into_bytes();
            let exports = [Export::read("network", "a", file, &ReadOptions::default())];
            let people = People::default();
            let joined = AccountIndex::new(&exports, &people);
            assert_eq!(joined.persons().count(), 1);
            assert_eq!(joined.called(0).0.len(), called, "{accounts} accounts");
            assert_eq!(joined.crowds(), 1);
        }
    }
}
