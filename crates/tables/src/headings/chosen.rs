//! Which column has what, where someone said so.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use super::lookup::meaning;
use super::meaning::{Meaning, TableKind};
use super::plain::{plain, plain_whole};

/// A column and what it holds, as someone says it: `account=AD Username`.
///
/// ```
/// use strongpass_tables::headings::ChosenColumn;
///
/// assert!("account=Network login".parse::<ChosenColumn>().is_ok());
/// assert!("shoe size=9".parse::<ChosenColumn>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChosenColumn {
    meaning: Meaning,
    /// Without spaces, capitals and signs.
    heading: String,
}

/// A text that names no column, or nothing that a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ChosenColumnError;

impl fmt::Display for ChosenColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "write what the column holds and its heading, such as account=Username; it may hold: ",
        )?;
        let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        f.write_str(&names.join(", "))
    }
}

impl Error for ChosenColumnError {}

const NAMES: [(&str, Meaning); 14] = [
    ("account", Meaning::Account),
    ("email", Meaning::Email),
    ("first-name", Meaning::FirstName),
    ("last-name", Meaning::LastName),
    ("name", Meaning::FullName),
    ("person", Meaning::PersonId),
    ("role", Meaning::Role),
    ("address", Meaning::Address),
    ("password", Meaning::Password),
    ("device", Meaning::Device),
    ("holder", Meaning::Holder),
    ("passcode", Meaning::Passcode),
    ("set-on", Meaning::SetOn),
    ("known-by", Meaning::KnownBy),
];

impl FromStr for ChosenColumn {
    type Err = ChosenColumnError;

    fn from_str(text: &str) -> Result<Self, ChosenColumnError> {
        let (name, heading) = text.split_once('=').ok_or(ChosenColumnError)?;
        let known = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim()));
        let (_, meaning) = known.ok_or(ChosenColumnError)?;
        let heading = compared(heading);
        if heading.is_empty() {
            Err(ChosenColumnError)
        } else {
            Ok(Self { meaning: *meaning, heading })
        }
    }
}

/// All columns that someone chose. What was chosen for a meaning has it, and no other column has.
#[derive(Clone, Default, Debug)]
pub struct ChosenColumns(Vec<ChosenColumn>);

impl From<Vec<ChosenColumn>> for ChosenColumns {
    fn from(columns: Vec<ChosenColumn>) -> Self {
        Self(columns)
    }
}

impl ChosenColumns {
    /// What a heading, as it is written, means in a table of that kind.
    pub fn meaning(&self, table: TableKind, heading: &str) -> Option<Meaning> {
        self.of(heading).or_else(|| {
            // What is in brackets names the system of an account in a table of people.
            let is_whole = table == TableKind::People;
            let plain = if is_whole { plain_whole(heading.as_bytes()) } else { plain(heading) };
            meaning(table, &plain).filter(|meaning| !self.has(*meaning))
        })
    }

    /// The column with this meaning, by headings as they are written; of several that might be it
    /// the one whose name stands first in the list.
    pub fn find(&self, wanted: Meaning, table: TableKind, headings: &[String]) -> Option<usize> {
        if self.has(wanted) {
            return headings.iter().position(|heading| self.of(heading) == Some(wanted));
        }
        // What was chosen for something else is not looked at.
        let plain: Vec<String> = headings
            .iter()
            .map(|heading| if self.of(heading).is_some() { String::new() } else { plain(heading) })
            .collect();
        wanted.find(table, &plain)
    }

    /// Whether a heading was chosen that is none of these.
    pub fn is_missing(&self, headings: &[String]) -> bool {
        let headings: Vec<String> = headings.iter().map(|heading| compared(heading)).collect();
        !self.0.iter().all(|chosen| headings.contains(&chosen.heading))
    }

    /// Whether a column was chosen for that.
    pub fn has(&self, meaning: Meaning) -> bool {
        self.0.iter().any(|chosen| chosen.meaning == meaning)
    }

    /// What someone chose a column for.
    pub fn of(&self, heading: &str) -> Option<Meaning> {
        let heading = compared(heading);
        self.0.iter().find(|chosen| chosen.heading == heading).map(|chosen| chosen.meaning)
    }
}

/// As headings are compared: letters and digits of any script, in small letters.
fn compared(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(texts: &[&str]) -> ChosenColumns {
        texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<ChosenColumn>>().into()
    }

    #[test]
    fn what_is_chosen_is_meant_and_nothing_else() {
        let none = ChosenColumns::default();
        let upn = chosen(&["account=U.P.N."]);
        let of = |chosen: &ChosenColumns, heading| chosen.meaning(TableKind::NewAccounts, heading);
        assert_eq!(of(&none, "Username"), Some(Meaning::Account));
        assert_eq!(of(&none, "UPN"), Some(Meaning::Upn));
        assert_eq!(of(&upn, "UPN"), Some(Meaning::Account));
        assert_eq!(of(&upn, "Username"), None);
        assert_eq!(of(&upn, "Surname"), Some(Meaning::LastName));

        let headings = ["Passcode", "Old code", "Phone"].map(str::to_owned);
        let old = chosen(&["passcode=old code"]);
        let find =
            |chosen: &ChosenColumns, meaning| chosen.find(meaning, TableKind::Register, &headings);
        assert_eq!(find(&none, Meaning::Passcode), Some(0));
        assert_eq!(find(&old, Meaning::Passcode), Some(1));
        assert_eq!(find(&chosen(&["holder=Phone"]), Meaning::Device), None);
        assert!(!old.is_missing(&headings));
        assert!(chosen(&["holder=Teacher"]).is_missing(&headings));
    }

    #[test]
    fn what_is_no_column_is_refused() {
        for text in ["", "account", "account=", "account= - ", "shoes=9", "=Username"] {
            assert_eq!(text.parse::<ChosenColumn>(), Err(ChosenColumnError), "{text}");
        }
        assert!(ChosenColumnError.to_string().ends_with("set-on, known-by"));
    }
}
