//! Finds out which format a list of new accounts has.

use strongpass_tables::headings::ChosenColumns;
use strongpass_tables::{Dialect, RowError, Rows, content, not_a_table};

use super::columns::Columns;
use super::format::AccountsFormat;

/// What is where in a file.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) format: AccountsFormat,
    pub(super) shape: Dialect,
    /// The first byte behind the heading, and its line.
    pub(super) begin: (usize, usize),
    pub(super) columns: Columns,
}

const NOT_KNOWN: &str = "\
does not look like a list of accounts. A CSV file needs a heading with a column called Password, \
such as Account,First name,Last name,Email,Password; a file for chpasswd has lines of the form \
name:password. `--format` says which it is to be";
const WINDOWS_LINES: &str = "ends as lines do on Windows; newusers and chpasswd would take that for \
                             a part of the line. Remove it first, with `tr -d '\\r'`";
const MARK: &str = "begins with a byte order mark; newusers and chpasswd would take that for a \
                    part of the name. Save the file as UTF-8 without it";
const UTF16: &str = "is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\")";
const NOT_TEXT: &str = "contains a zero byte, so it is not a text file; save it as CSV in UTF-8";

impl Layout {
    /// Finds out what the file is; errors never repeat a line, which may hold passwords.
    pub(super) fn from_bytes(
        file: &[u8],
        wanted: Option<AccountsFormat>,
        chosen: &ChosenColumns,
    ) -> Result<Self, RowError> {
        let problem = |line, why| Err(RowError { line, why });
        if let Some(why) = not_a_table(file) {
            return problem(1, why);
        }
        if file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff") {
            return problem(1, UTF16);
        }
        if let Some(at) = file.iter().position(|&byte| byte == 0) {
            let before = file.get(..at).unwrap_or_default();
            return problem(1 + newlines(before), NOT_TEXT);
        }
        let marked = file.starts_with(b"\xef\xbb\xbf");
        let start = (if marked { 3 } else { 0 }, 1);
        let colons = [Some(AccountsFormat::Newusers), Some(AccountsFormat::Chpasswd)];
        if !colons.contains(&wanted) {
            if let Some(layout) = with_heading(file, start, chosen)? {
                let fits = wanted.is_none_or(|w| w == layout.format || w == AccountsFormat::Csv);
                return if fits { Ok(layout) } else { problem(1, NOT_KNOWN) };
            }
            if wanted.is_some() {
                return problem(1, NOT_KNOWN);
            }
        }
        let Some(layout) = of_colons(file, start, wanted)? else { return problem(1, NOT_KNOWN) };
        if marked {
            return problem(1, MARK);
        }
        match file.windows(2).position(|pair| pair == b"\r\n") {
            Some(at) => problem(1 + newlines(file.get(..at).unwrap_or_default()), WINDOWS_LINES),
            None => Ok(layout),
        }
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.split(|&byte| byte == b'\n').skip(1).count()
}

/// A file with a heading, if the file has one that we understand.
fn with_heading(
    file: &[u8],
    start: (usize, usize),
    chosen: &ChosenColumns,
) -> Result<Option<Layout>, RowError> {
    let mut broken = None;
    for delimiter in *b",;\t" {
        let shape = Dialect::Quoted(delimiter);
        let mut rows = Rows::new(file, shape, start);
        let mut is_entra = false;
        let columns = loop {
            match rows.next_row() {
                Err(error) => {
                    broken.get_or_insert(error);
                    break None;
                }
                Ok(None) => break None,
                Ok(Some(row)) => {
                    let first = row.cells.first().map(|cell| content(file, cell));
                    if !is_entra && first.is_some_and(|first| first.starts_with(b"version:")) {
                        is_entra = true;
                        continue;
                    }
                    break Columns::from_heading(file, &row, chosen)?;
                }
            }
        };
        if let Some((columns, is_google)) = columns {
            let format = match (is_entra, is_google) {
                (true, _) => AccountsFormat::Entra,
                (false, true) => AccountsFormat::Google,
                (false, false) => AccountsFormat::Csv,
            };
            return Ok(Some(Layout { format, shape, begin: rows.place(), columns }));
        }
    }
    broken.map_or(Ok(None), Err)
}

/// A file for `newusers` or `chpasswd`, if its first line looks like one.
fn of_colons(
    file: &[u8],
    begin: (usize, usize),
    wanted: Option<AccountsFormat>,
) -> Result<Option<Layout>, RowError> {
    let mut rows = Rows::new(file, Dialect::Colons(usize::MAX), begin);
    let Some(row) = rows.next_row()? else { return Ok(None) };
    let cells: Vec<&[u8]> = row.cells.iter().map(|cell| content(file, cell)).collect();
    let is_path = |cell: &[u8]| cell.is_empty() || cell.starts_with(b"/");
    let seven = matches!(cells.as_slice(), [_, _, _, _, _, home, shell]
        if is_path(home) && is_path(shell.trim_ascii_end()));
    let is_name = |name: &&[u8]| {
        let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-@$\\".contains(byte);
        !name.is_empty() && name.iter().all(fits)
    };
    let format = match wanted {
        Some(format) => format,
        None if seven => AccountsFormat::Newusers,
        None if cells.len() >= 2 && cells.first().is_some_and(is_name) => AccountsFormat::Chpasswd,
        None => return Ok(None),
    };
    let (shape, count, names) = match format {
        AccountsFormat::Newusers => (Dialect::Colons(usize::MAX), 7, vec![4]),
        AccountsFormat::Chpasswd
        | AccountsFormat::Csv
        | AccountsFormat::Google
        | AccountsFormat::Entra => (Dialect::Colons(2), 2, Vec::new()),
    };
    let (accounts, password) = (vec![0], 1);
    let columns = Columns { count, password, accounts, names, ..Columns::default() };
    Ok(Some(Layout { format, shape, begin, columns }))
}

#[cfg(test)]
mod tests {
    use strongpass_tables::headings::ChosenColumn;

    use super::*;

    #[track_caller]
    fn check(
        file: &str,
        format: AccountsFormat,
        password: usize,
        accounts: &[usize],
        names: &[usize],
    ) {
        let layout = Layout::from_bytes(file.as_bytes(), None, &ChosenColumns::default()).unwrap();
        let columns = layout.columns;
        let found = (layout.format, columns.password, columns.accounts, columns.names);
        assert_eq!(found, (format, password, accounts.to_vec(), names.to_vec()), "{file}");
    }

    #[test]
    fn formats_are_told_apart() {
        use AccountsFormat::{Chpasswd, Csv, Entra, Google, Newusers};
        check("Account,First name,Last name,Email,Password\n", Csv, 4, &[0, 3], &[1, 2]);
        check("\u{feff}PASSWORD;E-Mail;Fore_name\r\n", Csv, 0, &[1], &[2]);
        check("Year group\tSurname\tInitial Password\tUsername\n", Csv, 2, &[3], &[1]);
        check("Email,Password,Change password,Reset password\n", Csv, 1, &[0], &[]);
        check("UPN,Username,Forename,Password\n", Csv, 3, &[1], &[2]);
        check("Forename,AD Username,Password\n", Csv, 2, &[1], &[0]);
        check("UPN,Email,Password\n", Csv, 2, &[1], &[]);
        let google = "First Name [Required],Last Name [Required],Email Address [Required],\
                      Password [Required],Password Hash Function [UPLOAD ONLY],Recovery Email\n";
        check(google, Google, 3, &[2], &[0, 1]);
        let entra = "version:v1.0,,\nName [displayName] Required,User name [userPrincipalName] \
                     Required,Initial password [passwordProfile] Required\n";
        check(entra, Entra, 2, &[1], &[0]);
        check("k.harper:x:::Kate Harper:/home/k:/bin/sh\n", Newusers, 1, &[0], &[4]);
        check("k.harper::::::\n", Newusers, 1, &[0], &[4]);
        check("\nk.harper:a:b\n", Chpasswd, 1, &[0], &[]);
        check("k.harper:a:b:c:d:e:f\n", Chpasswd, 1, &[0], &[]);
    }

    #[test]
    fn what_may_be_either_is_asked_about() {
        let file = b"UPN,Forename,Password\nA823432109876,Kate,x\n";
        let why = Layout::from_bytes(file, None, &ChosenColumns::default()).unwrap_err();
        assert_eq!((why.line, why.why), (1, super::super::columns::WHICH_UPN));
        let chosen = |text: &str| vec![text.parse::<ChosenColumn>().unwrap()].into();
        let columns = |text| Layout::from_bytes(file, None, &chosen(text)).map(|it| it.columns);
        assert_eq!(columns("account=UPN").unwrap().accounts, [0]);
        assert_eq!(columns("account=Forename").unwrap().accounts, [1]);
        assert!(columns("account=Login").unwrap_err().why.contains("--column"));
        let two = b"Account,Password,New password\n";
        assert!(Layout::from_bytes(two, None, &ChosenColumns::default()).is_err());
        let layout = Layout::from_bytes(two, None, &chosen("password=new password")).unwrap();
        assert_eq!(layout.columns.password, 2);
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        let why = |file: &[u8]| {
            let layout = Layout::from_bytes(file, None, &ChosenColumns::default());
            layout.map(|layout| layout.format).unwrap_err()
        };
        let error = |line, why| RowError { line, why };
        assert!(why(b"PK\x03\x04[Content_Types].xml").why.contains("CSV UTF-8"));
        assert_eq!(why(b""), error(1, NOT_KNOWN));
        assert_eq!(why(b"\n \n"), error(1, NOT_KNOWN));
        assert_eq!(why(b"k.harper,Kate,Ab:12!x\n"), error(1, NOT_KNOWN));
        assert_eq!(why(b"Kate Harper:Ab12!x\n"), error(1, NOT_KNOWN));
        assert_eq!(why(b"Account,Name\nk,Kate\n"), error(1, NOT_KNOWN));
        assert_eq!(why(b"Account,Password,Passwd\n").line, 1);
        assert_eq!(why(b"\xff\xfek\0:\0"), error(1, UTF16));
        assert_eq!(why(b"k:a\nb\0:c\n"), error(2, NOT_TEXT));
        assert_eq!(why(b"k:a\nl:b\r\n"), error(2, WINDOWS_LINES));
        assert_eq!(why(b"\xef\xbb\xbfk:a\n"), error(1, MARK));
        assert_eq!(why(b"Account,\"Password\n").line, 1);
    }

    #[test]
    fn a_format_that_was_named_is_kept_to() {
        let of = |file: &str, wanted| {
            Layout::from_bytes(file.as_bytes(), Some(wanted), &ChosenColumns::default())
        };
        let heading = "Account,Password\n";
        assert_eq!(of(heading, AccountsFormat::Csv).unwrap().format, AccountsFormat::Csv);
        assert!(of(heading, AccountsFormat::Google).is_err());
        assert!(of("k:a\n", AccountsFormat::Csv).is_err());
        assert_eq!(of("k:a\n", AccountsFormat::Newusers).unwrap().columns.count, 7);
        let pairs = of("k:a:::::\n", AccountsFormat::Chpasswd).unwrap();
        assert_eq!(pairs.format, AccountsFormat::Chpasswd);
    }
}
