//! Reads the people of a list: what each is called, and which password each is to have.

use std::ops::Range;

use strongpass_policy::Context;
use strongpass_tables::{Cell, Row, RowError, Rows, content, is_blank, text, undoubled};
use zeroize::Zeroizing;

use super::format::AccountsFormat;
use super::layout::Layout;

/// More than any school has staff and pupils.
const MOST_ROWS: usize = 100_000;

/// A row.
pub(super) struct NewAccount<'f> {
    pub(super) line: usize,
    /// What the row has as account names and addresses; the first stands for it.
    pub(super) accounts: Vec<String>,
    /// What the row has as names of the person.
    pub(super) names: Vec<String>,
    /// Where the password is in the file.
    pub(super) place: Range<usize>,
    pub(super) secret: Secret<'f>,
}

/// What is in the place of the password.
pub(super) enum Secret<'f> {
    /// A password that was in the file, quotation marks single again.
    Given(Given<'f>),
    /// One that was made here.
    Made(Zeroizing<String>),
    /// Nothing.
    Blank,
    /// Google's `****`: the account keeps the password it has.
    Kept,
    /// The hash of a password.
    Hashed,
    /// The row has more or fewer cells than it should, so that what is where is not known.
    Misplaced(&'static str),
}

/// A password from the file, copied only if it had to be.
pub(super) enum Given<'f> {
    InFile(&'f [u8]),
    Copied(Zeroizing<Vec<u8>>),
}

impl Secret<'_> {
    /// The password, if there is one.
    pub(super) fn password(&self) -> Option<&[u8]> {
        match self {
            Self::Given(Given::InFile(bytes)) => Some(bytes),
            Self::Given(Given::Copied(bytes)) => Some(bytes),
            Self::Made(text) => Some(text.as_bytes()),
            Self::Blank | Self::Kept | Self::Hashed | Self::Misplaced(_) => None,
        }
    }
}

impl NewAccount<'_> {
    /// What to call the row.
    pub(super) fn name(&self) -> &str {
        let mut called = self.accounts.iter().chain(&self.names);
        called.next().map_or("", String::as_str)
    }

    /// What a password of this row may not hold.
    pub(super) fn context(&self) -> Context<'static> {
        let context = Context::default();
        let context = self.accounts.iter().fold(context, |context, name| context.account(name));
        self.names.iter().fold(context, |context, name| context.name(name))
    }
}

/// Everybody in the file.
pub(super) fn read<'f>(file: &'f [u8], layout: &Layout) -> Result<Vec<NewAccount<'f>>, RowError> {
    let mut rows = Rows::new(file, layout.shape, layout.begin);
    let mut accounts = Vec::new();
    while let Some(row) = rows.next_row()? {
        if accounts.len() == MOST_ROWS {
            let why = "there are more than 100,000 rows; split the file";
            return Err(RowError { line: row.line, why });
        }
        accounts.push(account(file, layout, &row));
    }
    Ok(accounts)
}

fn account<'f>(file: &'f [u8], layout: &Layout, row: &Row<'_>) -> NewAccount<'f> {
    let columns = &layout.columns;
    let texts = |numbers: &[usize]| -> Vec<String> {
        let cells = numbers.iter().filter_map(|&number| row.cells.get(number));
        cells.map(|cell| text(file, cell)).filter(|text| !text.is_empty()).collect()
    };
    let (line, place) = (row.line, 0..0);
    let (Some(cell), None) = (row.cells.get(columns.password), misplaced(layout, row)) else {
        // Any cell may be the password: none is looked at or shown.
        let secret = Secret::Misplaced(misplaced(layout, row).unwrap_or(TOO_FEW));
        return NewAccount { line, accounts: Vec::new(), names: Vec::new(), place, secret };
    };
    let mut names = texts(&columns.names);
    if layout.format == AccountsFormat::Newusers {
        // "Full name,room,telephone": only the name is one.
        for name in &mut names {
            name.truncate(name.find(',').unwrap_or(name.len()));
        }
    }
    let secret = secret(file, layout, row, cell);
    let place = cell.place.clone();
    let mut accounts = texts(&columns.accounts);
    accounts.extend(texts(&columns.upns).into_iter().filter(|upn| upn.contains('@')));
    NewAccount { line, accounts, names, place, secret }
}

const TOO_FEW: &str = "The row has no place for a password; nothing in it was checked.";
const TOO_MANY: &str = "The row has more columns than the heading; nothing in it was checked. A \
                        value with the separator in it needs quotation marks around it.";
const NOT_SEVEN: &str = "The line has not seven fields; nothing in it was checked, and newusers \
                         would make none of the accounts.";

/// Why it is not known what is where in a row, if so. Spreadsheets leave out empty cells at the end
/// of a row; that shifts nothing.
fn misplaced(layout: &Layout, row: &Row<'_>) -> Option<&'static str> {
    let (cells, columns) = (row.cells.len(), layout.columns.count);
    match layout.format {
        AccountsFormat::Newusers => (cells != columns).then_some(NOT_SEVEN),
        AccountsFormat::Chpasswd => (cells != columns).then_some(TOO_FEW),
        AccountsFormat::Csv | AccountsFormat::Google | AccountsFormat::Entra => {
            (cells > columns).then_some(TOO_MANY)
        }
    }
}

fn secret<'f>(file: &'f [u8], layout: &Layout, row: &Row<'_>, cell: &Cell) -> Secret<'f> {
    let bytes = content(file, cell);
    let is_hash =
        |number: usize| row.cells.get(number).is_some_and(|cell| !is_blank(content(file, cell)));
    let of_unix = matches!(layout.format, AccountsFormat::Newusers | AccountsFormat::Chpasswd);
    if is_blank(bytes) {
        Secret::Blank
    } else if layout.format == AccountsFormat::Google && bytes == b"****" {
        Secret::Kept
    } else if layout.columns.hash.is_some_and(is_hash) || of_unix && is_crypt(bytes) {
        Secret::Hashed
    } else if cell.doubled {
        Secret::Given(Given::Copied(undoubled(bytes)))
    } else {
        Secret::Given(Given::InFile(bytes))
    }
}

/// Whether it has the form of a hash by crypt(3): `$y$…$…$…`, `$6$…$…`.
fn is_crypt(bytes: &[u8]) -> bool {
    let parts: Vec<&[u8]> = bytes.split(|&byte| byte == b'$').collect();
    match parts.as_slice() {
        [b"", scheme, .., hash] => {
            parts.len() >= 4 && (1..=4).contains(&scheme.len()) && hash.len() >= 20
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_told_from_passwords() {
        assert!(is_crypt(b"$y$j9T$abcdefghijklmnop$ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
        assert!(is_crypt(b"$6$salt$abcdefghijklmnopqrstuvwxyz"));
        for password in [&b"$1$a$short"[..], b"Ab$6$x$abcdefghijklmnopqrstuvw", b"$$$$", b"$", b""]
        {
            assert!(!is_crypt(password));
        }
    }
}
