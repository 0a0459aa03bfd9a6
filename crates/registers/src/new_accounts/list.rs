//! A list of new accounts: read, filled in, judged, and written again.

use std::collections::HashSet;
use std::fmt;

use strongpass_tables::headings::ChosenColumns;
use zeroize::Zeroizing;

use super::account::{self, NewAccount, Secret};
use super::finding::NewAccountFinding;
use super::format::AccountsFormat;
use super::layout::Layout;
use super::slips::{self, Paper};
use super::{fill, judge};
use crate::checker::Checker;
use crate::error::{GeneratorError, RegisterError};
use crate::generator::Generator;

/// The rows of a file of new accounts. It holds secrets and the names of people.
///
/// ```
/// use strongpass_policy::{Dictionary, Policy};
/// use strongpass_registers::{Checker, ChosenColumns, NewAccountFindingKind, NewAccounts};
///
/// let file = b"Account,Password\nk.harper,short\n";
/// let accounts = NewAccounts::from_bytes(file, None, &ChosenColumns::default())?;
/// let (policy, dictionary) = (Policy::birchington(), Dictionary::default());
/// let findings = accounts.findings(Checker::new(&policy, &dictionary));
/// assert_eq!((findings[0].line, findings[0].kind), (2, NewAccountFindingKind::Weak));
/// # Ok::<(), strongpass_registers::RegisterError>(())
/// ```
pub struct NewAccounts<'f> {
    file: &'f [u8],
    format: AccountsFormat,
    rows: Vec<NewAccount<'f>>,
    filled: usize,
}

impl fmt::Debug for NewAccounts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccounts").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

impl<'f> NewAccounts<'f> {
    /// Reads a file of that format, or of whichever format it has; `chosen` says what columns hold
    /// whose headings do not.
    ///
    /// # Errors
    /// If the file is not understood, or lists nobody.
    pub fn from_bytes(
        file: &'f [u8],
        format: Option<AccountsFormat>,
        chosen: &ChosenColumns,
    ) -> Result<Self, RegisterError> {
        let layout = Layout::from_bytes(file, format, chosen)?;
        let rows = account::read(file, &layout)?;
        if rows.is_empty() {
            return Err(RegisterError::NoAccount);
        }
        Ok(Self { file, format: layout.format, rows, filled: 0 })
    }

    /// The format of the file.
    pub fn format(&self) -> AccountsFormat {
        self.format
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// How many rows were given a new password.
    pub fn filled(&self) -> usize {
        self.filled
    }

    /// How many rows say that the account keeps the password that it has.
    pub fn kept(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.secret, Secret::Kept)).count()
    }

    /// Gives a password to every row that has none: one that the policy accepts for that person,
    /// that no other row has, and that no spreadsheet takes for a formula.
    ///
    /// # Errors
    /// If no more passwords can be made.
    pub fn fill(&mut self, generator: Generator<'_>) -> Result<(), GeneratorError> {
        self.filled = fill::fill(&mut self.rows, generator)?;
        Ok(())
    }

    /// All that is wrong, in the order of the rows.
    pub fn findings(&self, checker: Checker<'_>) -> Vec<NewAccountFinding<'_>> {
        judge::findings(&self.rows, checker)
    }

    /// The file with the new passwords in their places, and otherwise as it was.
    pub fn filled_in(&self) -> Zeroizing<Vec<u8>> {
        fill::filled_in(self.file, &self.rows)
    }

    /// Sheets of `paper` to print, with a slip for each row that has a password and no finding, and how
    /// many slips there are. On each is the name of the `school`.
    pub fn slips(
        &self,
        findings: &[NewAccountFinding<'_>],
        school: Option<&str>,
        paper: Paper,
    ) -> (Zeroizing<String>, usize) {
        let found: HashSet<usize> = findings.iter().map(|finding| finding.line).collect();
        let is_good =
            |row: &&NewAccount<'_>| row.secret.password().is_some() && !found.contains(&row.line);
        let good: Vec<&NewAccount<'_>> = self.rows.iter().filter(is_good).collect();
        (slips::page(&good, school, paper), good.len())
    }
}
