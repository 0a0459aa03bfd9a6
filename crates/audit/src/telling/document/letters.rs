//! Letters to those who must act, as a table to mail them from.

use strongpass_report::Csv;

use super::Telling;
use super::subject::Subject;
use crate::accounts::local;
use crate::telling::words;

/// Columns of an address: as many as a window of an envelope has lines.
const LINES: usize = 5;

const COLUMNS: [&str; 13] = [
    "account",
    "system",
    "by_when",
    "what_is_wrong",
    "what_to_do",
    "name",
    "role",
    "email",
    "address_1",
    "address_2",
    "address_3",
    "address_4",
    "address_5",
];

const WHAT_TO_DO: &str = "Choose a new password for each of these systems that you use nowhere else, \
                          and test it with `strongpass check`.";

impl Telling<'_> {
    /// A row for each person, or for each account if nobody says whose it is: what a letter to them
    /// says, and where it goes. It never says with whom they share a password.
    pub fn letters(&self) -> Csv {
        let mut csv = Csv::new(&COLUMNS);
        for (subject, first) in self.concerned() {
            let wrong = wrong(subject);
            if wrong.is_empty() || subject.own().all(|finding| !has_reader(finding)) {
                continue;
            }
            let mut accounts: Vec<String> = Vec::new();
            let mut systems: Vec<&str> = Vec::new();
            for finding in subject.own().filter(|finding| has_reader(finding)) {
                let account = self.names.account(&finding.account, &finding.system).into_owned();
                // Of one that is the same but for its domain, the first is enough.
                if !accounts.iter().any(|known| local(known) == local(&account)) {
                    accounts.push(account);
                }
                if !systems.contains(&&*finding.system) {
                    systems.push(&finding.system);
                }
            }
            let details =
                subject.person.map(|person| &person.details).filter(|_| self.tells_persons());
            let email = details.and_then(|details| details.email.as_deref()).unwrap_or_default();
            let mut address: Vec<String> =
                details.map(|details| details.address.clone()).unwrap_or_default();
            if let Some(rest) = address.get(LINES - 1..).filter(|rest| rest.len() > 1) {
                let last = rest.join(", ");
                address.truncate(LINES - 1);
                address.push(last);
            }
            address.resize(LINES, String::new());
            let (accounts, systems, name) =
                (accounts.join("; "), systems.join("; "), self.name(subject));
            let role = if self.tells_persons() { subject.role() } else { "" };
            let when = words::soon(first.severity);
            let mut row =
                vec![&*accounts, &*systems, when, &*wrong, WHAT_TO_DO, &*name, role, email];
            row.extend(address.iter().map(String::as_str));
            csv.row(&row);
        }
        csv
    }
}

/// Whether a letter about it has somebody to read it.
fn has_reader(finding: &crate::report::AuditFinding) -> bool {
    finding.kind_of_account.is_none() && !finding.disabled
}

/// Sentences, each after the systems that it is of: `On email, web: your password can be guessed.`
fn wrong(subject: &Subject<'_>) -> String {
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for finding in subject.own().filter(|finding| has_reader(finding)) {
        let Some(sentence) = words::letter(finding) else { continue };
        let system = &*finding.system;
        match said.iter_mut().find(|(known, _)| *known == sentence) {
            Some((_, systems)) if systems.contains(&system) => {}
            Some((_, systems)) => systems.push(system),
            None => said.push((sentence, vec![system])),
        }
    }
    let said: Vec<String> = said
        .into_iter()
        .map(|(sentence, systems)| format!("On {}: {sentence}", systems.join(", ")))
        .collect();
    said.join(" ")
}
