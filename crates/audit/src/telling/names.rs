//! What accounts are called in a report: their names, or numbers that only a key file resolves.

use std::borrow::Cow;
use std::collections::BTreeMap;

use strongpass_report::Csv;

use crate::report::Report;

/// The name of each account in a report.
#[derive(Debug, Default)]
pub struct Names {
    /// By (system, account): the pseudonym; empty if names are shown.
    pseudonyms: BTreeMap<(String, String), String>,
    is_pseudonymous: bool,
}

impl Names {
    /// Pseudonyms for all accounts of a report: `person-017`, the same on every system.
    pub fn pseudonyms(report: &Report) -> Self {
        let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
        let mut pseudonyms = BTreeMap::new();
        for finding in &report.findings {
            let next = numbers.len() + 1;
            let number = *numbers.entry(finding.person).or_insert(next);
            let key = (finding.system.to_string(), finding.account.clone());
            pseudonyms.insert(key, format!("person-{number:03}"));
        }
        for export in &report.exports {
            for account in export.skipped.iter().filter_map(|(_, account)| account.as_ref()) {
                let next = pseudonyms.len() + 1;
                let key = (export.system.clone(), account.clone());
                pseudonyms.entry(key).or_insert_with(|| format!("account-{next:03}"));
            }
        }
        Self { pseudonyms, is_pseudonymous: true }
    }

    /// Gives numbers to further accounts, which come with their systems.
    pub fn add<'n>(&mut self, accounts: impl Iterator<Item = (&'n str, &'n str)>) {
        if !self.is_pseudonymous {
            return;
        }
        for (account, system) in accounts {
            let next = self.pseudonyms.len() + 1;
            let key = (system.to_owned(), account.to_owned());
            self.pseudonyms.entry(key).or_insert_with(|| format!("account-{next:03}"));
        }
    }

    /// What the report calls an account.
    pub fn account<'a>(&'a self, account: &'a str, system: &str) -> Cow<'a, str> {
        if !self.is_pseudonymous {
            return account.into();
        }
        let key = (system.to_owned(), account.to_owned());
        // Never the name by mistake.
        self.pseudonyms.get(&key).map_or("person", String::as_str).into()
    }

    /// Whether accounts are called by numbers.
    pub(super) const fn are_pseudonyms(&self) -> bool {
        self.is_pseudonymous
    }

    /// Who is who: to be kept apart from the report.
    pub fn key(&self) -> Csv {
        let mut csv = Csv::new(&["pseudonym", "system", "account"]);
        for ((system, account), pseudonym) in &self.pseudonyms {
            csv.row(&[pseudonym, system, account]);
        }
        csv
    }
}
