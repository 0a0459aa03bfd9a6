//! What the columns of a table of people hold, and what some of their cells say.

use strongpass_tables::headings::{ChosenColumns, Meaning, TableKind};
use strongpass_tables::{LenientRows, Lines, decode_text};

use super::fault::{PeopleError, PeopleFault, PeopleNote};
use crate::exports::{is_of_administrators, is_title_of_administrators, is_yes};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What tells people apart: a number, initials.
    Person,
    /// Accounts, of the system that the heading names.
    Account(Option<String>),
    /// `UPN`: an account if it has an `@`, else the Unique Pupil Number, which tells people apart.
    Upn,
    /// The system of the row's accounts.
    System,
    /// A first or middle name of the person.
    FirstName,
    /// A last name.
    LastName,
    /// A whole name.
    Name,
    /// An address.
    Email,
    /// What the person does at school.
    Role,
    /// Whether the person may do more than others.
    Privileged,
    /// Words of the person: pet, subject.
    Words,
    /// A street or a town: a word of the person, and a line of the address.
    Place,
    /// A line of the address, or several.
    Address,
    /// A date or year of birth.
    Born,
    /// Nothing that is needed.
    Other,
}

impl Column {
    /// What a heading says, in any case and with any signs in it.
    pub(super) fn from_heading(heading: &[u8], chosen: &ChosenColumns) -> Self {
        let Some(meaning) = chosen.meaning(TableKind::People, &decode_text(heading)) else {
            let column = Self::of_system(heading);
            let is_account = matches!(column, Self::Account(_));
            return if is_account && chosen.has(Meaning::Account) { Self::Other } else { column };
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "the others are of other tables")]
        match meaning {
            Meaning::PersonId => Self::Person,
            Meaning::Account => Self::Account(None),
            Meaning::Upn => Self::Upn,
            Meaning::System => Self::System,
            Meaning::FirstName => Self::FirstName,
            Meaning::LastName => Self::LastName,
            Meaning::FullName => Self::Name,
            Meaning::Email => Self::Email,
            Meaning::Role => Self::Role,
            Meaning::Privileged => Self::Privileged,
            Meaning::Words => Self::Words,
            Meaning::Place => Self::Place,
            Meaning::Address => Self::Address,
            Meaning::Born => Self::Born,
            _ => Self::of_system(heading),
        }
    }

    /// `Network account`, `account (email)`, `username: library`.
    fn of_system(heading: &[u8]) -> Self {
        let heading = String::from_utf8_lossy(heading).to_lowercase();
        let words = heading.split(|c: char| !c.is_alphanumeric() && c != '-');
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let is_account = |word: &str| {
            matches!(word, "account" | "accounts" | "username" | "usernames" | "login" | "logon")
        };
        let (others, is_one) = match words.as_slice() {
            [others @ .., last] if is_account(last) => (others, true),
            [first, others @ ..] if is_account(first) => (others, true),
            others => (others, false),
        };
        let is_about = others.iter().any(|word| ABOUT.contains(word));
        if !is_one || others.is_empty() || is_about {
            return Self::Other;
        }
        Self::Account(Some(others.join(" ")))
    }
}

/// A table whose heading was read.
pub(super) struct Table {
    pub(super) rows: LenientRows,
    pub(super) columns: Vec<Column>,
    pub(super) notes: Vec<PeopleNote>,
}

impl Table {
    /// Reads the heading; `lines` is then after it.
    pub(super) fn headed(
        lines: &mut Lines<'_>,
        chosen: &ChosenColumns,
    ) -> Result<Self, PeopleError> {
        let mut before = lines.clone();
        while lines.clone().next().is_some_and(|line| line.bytes.trim_ascii().is_empty()) {
            lines.next();
            before = lines.clone();
        }
        let line = before.read() + 1;
        let heading = before.clone().next().map_or(b"".as_slice(), |line| line.bytes);
        // A table of one column has no separator.
        for separator in b",;\t".iter().copied().filter(|by| heading.contains(by)).chain([b',']) {
            let (mut rows, mut after) = (LenientRows::new(separator), before.clone());
            let Ok(row) = rows.read(&mut after) else { continue };
            let columns: Vec<Column> =
                row.cells().map(|heading| Column::from_heading(heading, chosen)).collect();
            let is_account = |column: &Column| matches!(column, Column::Account(_) | Column::Email);
            if !columns.iter().any(is_account) {
                if columns.contains(&Column::Upn) {
                    return Err(PeopleError { faults: vec![(line, PeopleFault::WhichUpn)] });
                }
                continue;
            }
            let headings: Vec<String> =
                row.cells().map(|heading| (*decode_text(heading)).to_owned()).collect();
            if chosen.is_missing(&headings) {
                return Err(PeopleError { faults: vec![(line, PeopleFault::NoSuchColumn)] });
            }
            let unused = columns.iter().zip(row.cells());
            let unused =
                unused.filter(|(column, name)| **column == Column::Other && !name.is_empty());
            let name = |name: &[u8]| {
                let name: String = decode_text(name).chars().take(40).collect();
                format!("`{}`", name.escape_debug())
            };
            let unused: Vec<String> = unused.map(|(_, heading)| name(heading)).collect();
            let what = match unused.as_slice() {
                [] => None,
                [one] => Some(format!("the column {one} is not used")),
                some => Some(format!("the columns {} are not used", some.join(", "))),
            };
            let notes = what.into_iter().map(|what| PeopleNote { line, what }).collect();
            *lines = after;
            return Ok(Self { rows, columns, notes });
        }
        Err(PeopleError { faults: vec![(line, PeopleFault::NoAccounts)] })
    }
}

/// Words that make an account's column one about the account: `Last login`, `Account type`.
const ABOUT: [&str; 14] = [
    "last", "date", "time", "type", "status", "created", "expires", "expiry", "enabled",
    "disabled", "locked", "active", "control", "count",
];

/// Whether a role or a mark gives someone more than others have.
pub(super) fn is_privileged(column: &Column, cell: &str) -> bool {
    let cell = cell.as_bytes();
    if *column == Column::Privileged {
        return is_yes(cell) || cell.eq_ignore_ascii_case(b"x");
    }
    is_title_of_administrators(cell) || is_of_administrators(cell)
}

/// What people make of a date: `12/03/1984` or `1984-03-12` as `1984`, `12031984`, `120384`, `1203`.
pub(super) fn dates(cell: &str) -> Vec<String> {
    let parts: Vec<&str> = cell.split(|c: char| !c.is_ascii_digit()).collect();
    let is_year = |part: &str| part.len() == 4;
    match parts.as_slice() {
        [year] if is_year(year) => vec![(*year).to_owned()],
        [day, month, year, ..] | [year, month, day, ..]
            if is_year(year) && (1..=2).contains(&day.len()) && (1..=2).contains(&month.len()) =>
        {
            let short = year.get(2..).unwrap_or_default();
            vec![
                (*year).to_owned(),
                format!("{day:0>2}{month:0>2}{year}"),
                format!("{day:0>2}{month:0>2}{short}"),
                format!("{day:0>2}{month:0>2}"),
            ]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_matched_kindly() {
        let of_system = |system: &str| Column::Account(Some(system.to_owned()));
        for (heading, expected) in [
            ("Staff ID", Column::Person),
            ("SamAccountName", Column::Account(None)),
            ("User Logon Name", Column::Account(None)),
            ("Network account", of_system("network")),
            ("account (e-mail)", of_system("e-mail")),
            ("Library username", of_system("library")),
            ("Preferred First Name", Column::FirstName),
            ("UPN", Column::Upn),
            ("Unique Pupil Number", Column::Person),
            ("First name", Column::FirstName),
            ("Surname", Column::LastName),
            ("Address Line 2", Column::Address),
            ("Postcode", Column::Address),
            ("Town", Column::Place),
            ("E-Mail Address", Column::Email),
            ("Date of Birth", Column::Born),
            ("Last login", Column::Other),
            ("Account type", Column::Other),
            ("Shoe size", Column::Other),
            ("", Column::Other),
        ] {
            assert_eq!(
                Column::from_heading(heading.as_bytes(), &ChosenColumns::default()),
                expected,
                "{heading}"
            );
        }
    }

    #[test]
    fn roles() {
        for role in ["Headteacher", "IT Technician", "Domain admin"] {
            assert!(is_privileged(&Column::Role, role), "{role}");
        }
        assert!(!is_privileged(&Column::Role, "Teacher"));
        assert!(
            is_privileged(&Column::Privileged, "yes") && is_privileged(&Column::Privileged, "X")
        );
        assert!(!is_privileged(&Column::Privileged, "no"));
    }

    #[test]
    fn what_people_make_of_dates() {
        let all = ["1984", "12031984", "120384", "1203"];
        for date in ["12/03/1984", "12.3.1984", "1984-03-12", "12-03-1984 00:00"] {
            assert_eq!(dates(date), all, "{date}");
        }
        assert_eq!(dates("1984"), ["1984"]);
        for nothing in ["", "12/03", "March", "12031984"] {
            assert!(dates(nothing).is_empty(), "{nothing}");
        }
    }
}
