//! Finds which column of a file with a heading holds what.

use strongpass_tables::headings::{ChosenColumns, Meaning, TableKind};
use strongpass_tables::{Row, RowError, content};

/// Numbers of columns, from 0.
#[derive(Default, PartialEq, Eq, Debug)]
pub(super) struct Columns {
    /// How many there are.
    pub(super) count: usize,
    pub(super) password: usize,
    /// What the account is called; the first of them stands for it.
    pub(super) accounts: Vec<usize>,
    /// Where an account may be, if it has an `@`; what else is called UPN is the number of a pupil.
    pub(super) upns: Vec<usize>,
    /// Names of the person.
    pub(super) names: Vec<usize>,
    /// Where it says that the password is not one but the hash of one.
    pub(super) hash: Option<usize>,
}

const TWO_PASSWORDS: &str = "two columns look like the password; say which is meant, with \
                             --column password=HEADING";
pub(super) const WHICH_UPN: &str = "\
the column UPN may be the account (the principal name of Active Directory) or not (the Unique Pupil \
Number of SIMS, Arbor and Bromcom), and nothing else names one. Say which column does: --column \
account=HEADING, or --column account=UPN if that is it";
const NO_SUCH: &str = "no column has a heading that --column names";

impl Columns {
    /// The columns of a heading, and whether it is Google's; `None` if no column has passwords.
    pub(super) fn from_heading(
        file: &[u8],
        row: &Row<'_>,
        chosen: &ChosenColumns,
    ) -> Result<Option<(Self, bool)>, RowError> {
        let mut columns = Self { count: row.cells.len(), ..Self::default() };
        let (mut passwords, mut emails) = (Vec::new(), Vec::new());
        let mut is_google = false;
        let mut headings = Vec::new();
        for (number, cell) in row.cells.iter().enumerate() {
            let heading = String::from_utf8_lossy(content(file, cell));
            is_google |= heading.contains("[Required]");
            match chosen.meaning(TableKind::NewAccounts, &heading) {
                Some(Meaning::Upn) => columns.upns.push(number),
                Some(Meaning::HashFunction) => columns.hash = Some(number),
                Some(Meaning::Password) => passwords.push(number),
                Some(Meaning::Account) => columns.accounts.push(number),
                Some(Meaning::Email) => emails.push(number),
                Some(Meaning::FirstName | Meaning::LastName | Meaning::FullName) => {
                    columns.names.push(number);
                }
                _ => {}
            }
            headings.push(heading.into_owned());
        }
        columns.accounts.append(&mut emails);
        let problem = |why| Err(RowError { line: row.line, why });
        match passwords.as_slice() {
            [] => Ok(None),
            _ if chosen.is_missing(&headings) => problem(NO_SUCH),
            [_] if columns.accounts.is_empty() && !columns.upns.is_empty() => problem(WHICH_UPN),
            [password] => Ok(Some((Self { password: *password, ..columns }, is_google))),
            _ => problem(TWO_PASSWORDS),
        }
    }
}
