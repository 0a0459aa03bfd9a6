//! Finds which column of a file with a heading holds what.

use strongpass_tables::headings::{Meaning, TableKind, meaning, plain};
use strongpass_tables::{Row, RowError, content};

/// Numbers of columns, from 0.
#[derive(Default, PartialEq, Eq, Debug)]
pub(super) struct Columns {
    /// How many there are.
    pub(super) count: usize,
    pub(super) password: usize,
    /// What the account is called; the first of them stands for it.
    pub(super) accounts: Vec<usize>,
    /// Names of the person.
    pub(super) names: Vec<usize>,
    /// Where it says that the password is not one but the hash of one.
    pub(super) hash: Option<usize>,
}

const TWO_PASSWORDS: &str = "two columns are called Password; rename the one that is not meant";

impl Columns {
    /// The columns of a heading, and whether it is Google's; `None` if no column has passwords.
    pub(super) fn from_heading(
        file: &[u8],
        row: &Row<'_>,
    ) -> Result<Option<(Self, bool)>, RowError> {
        let mut columns = Self { count: row.cells.len(), ..Self::default() };
        let (mut passwords, mut emails) = (Vec::new(), Vec::new());
        let mut is_google = false;
        for (number, cell) in row.cells.iter().enumerate() {
            let heading = String::from_utf8_lossy(content(file, cell));
            is_google |= heading.contains("[Required]");
            let heading = plain(&heading);
            match meaning(TableKind::NewAccounts, &heading) {
                Some(Meaning::HashFunction) => columns.hash = Some(number),
                Some(Meaning::Password) => passwords.push(number),
                Some(Meaning::Account) => columns.accounts.push(number),
                Some(Meaning::Email) => emails.push(number),
                Some(Meaning::FirstName | Meaning::LastName | Meaning::FullName) => {
                    columns.names.push(number);
                }
                _ => {}
            }
        }
        columns.accounts.append(&mut emails);
        match passwords.as_slice() {
            [] => Ok(None),
            [password] => Ok(Some((Self { password: *password, ..columns }, is_google))),
            _ => Err(RowError { line: row.line, why: TWO_PASSWORDS }),
        }
    }
}
