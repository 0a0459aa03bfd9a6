//! Accounts of the list of people that are in no export: misspelt, or of systems that are not
//! audited.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use super::{People, keys};
use crate::exports::Export;

/// Accounts of a list of people that are in no export.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingAccounts<'a> {
    /// How many are on systems of which there is no export.
    pub elsewhere: usize,
    /// These systems.
    pub systems: BTreeSet<&'a str>,
    /// The others, as they are written, in the order of the list: often misspelt.
    pub unknown: Vec<&'a str>,
}

/// So many are named.
const NAMED: usize = 5;

impl People {
    /// The accounts that are in none of the exports of their system.
    pub fn missing_from(&self, exports: &[Export]) -> MissingAccounts<'_> {
        let audited: BTreeSet<String> = exports.iter().map(|e| e.system.to_lowercase()).collect();
        let mut seen = HashSet::new();
        for export in exports {
            let system = export.system.to_lowercase();
            for credential in &export.credentials {
                for key in keys(export.text(credential.account)) {
                    let claims = self.claims.get(&key);
                    let on = claims.and_then(|claims| claims.on(&system));
                    let all = claims.and_then(super::Claims::on_all);
                    seen.extend(on.into_iter().chain(all).map(std::ptr::from_ref));
                }
            }
        }
        let mut missing =
            MissingAccounts { elsewhere: 0, systems: BTreeSet::new(), unknown: Vec::new() };
        let mut unknown = Vec::new();
        for (system, claim) in self.claims.values().flat_map(super::Claims::written) {
            match system {
                _ if seen.contains(&std::ptr::from_ref(claim)) => {}
                Some(system) if !audited.contains(system) => {
                    missing.elsewhere += 1;
                    missing.systems.insert(system);
                }
                Some(_) | None => unknown.push((claim.line, claim.written.as_str())),
            }
        }
        unknown.sort_unstable();
        missing.unknown = unknown.into_iter().map(|(_, written)| written).collect();
        missing
    }
}

impl fmt::Display for MissingAccounts<'_> {
    /// A line for each of the two, none if there is none; file and system are for the caller to say.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_are = |count| if count == 1 { "account is" } else { "accounts are" };
        if self.elsewhere > 0 {
            let systems: Vec<&str> = self.systems.iter().copied().collect();
            let (count, are) = (self.elsewhere, is_are(self.elsewhere));
            write!(f, "{count} {are} on systems not audited: {}", systems.join(", "))?;
        }
        if self.elsewhere > 0 && !self.unknown.is_empty() {
            f.write_str("\n")?;
        }
        let named = self.unknown.iter().take(NAMED).copied();
        match self.unknown.len() {
            0 => Ok(()),
            count => {
                let named: Vec<&str> = named.collect();
                let more = if count > NAMED { " …" } else { "" };
                let (are, named) = (is_are(count), named.join(", "));
                write!(f, "{count} {are} in no export; look for slips in: {named}{more}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use strongpass_tables::headings::ChosenColumns;

    use super::*;
    use crate::exports::ReadOptions;

    fn told(people: &str) -> String {
        let hash = "$NT$567667e52888a59d0abcf0c066db867b";
        let file = format!("SCHOOL\\kharper:{hash}\nlchen:{hash}\n").into_bytes();
        let export = Export::read("network", "a", file, &ReadOptions::default());
        let (people, _) = People::read(people.as_bytes(), &ChosenColumns::default()).unwrap();
        people.missing_from(&[export]).to_string()
    }

    #[test]
    fn systems_that_are_not_audited_are_one_line() {
        let rows: Vec<String> = (0..90).map(|n| format!("p{n};kharper{n};w{n};e{n}\n")).collect();
        let rows = rows.concat();
        let table =
            format!("person;network account;web account;email account\nKH;kharper;k;k@x\n{rows}");
        assert_eq!(
            told(&table),
            "182 accounts are on systems not audited: email, web\n\
             90 accounts are in no export; look for slips in: kharper0, kharper1, kharper2, \
             kharper3, kharper4 …"
        );
    }

    #[test]
    fn misspelt_accounts_are_named() {
        let table = "account,email\nKHarper,x@y\nkharpr,\nweb=lchen,\nnetwork=lchen,\n";
        assert_eq!(
            told(table),
            "1 account is on systems not audited: web\n\
             1 account is in no export; look for slips in: kharpr"
        );
        assert_eq!(told("account\nKHARPER\n"), "");
    }
}
