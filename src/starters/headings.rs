//! Which column of a file with a heading holds what.

use crate::rows::{Row, RowError, content, plain};

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

/// Headings without spaces, capitals and signs.
const PASSWORD: [&str; 14] = [
    "password",
    "initialpassword",
    "temporarypassword",
    "temppassword",
    "defaultpassword",
    "startingpassword",
    "firstpassword",
    "newpassword",
    "networkpassword",
    "userpassword",
    "passwd",
    "pwd",
    "passcode",
    "pin",
];
const ACCOUNT: [&str; 16] = [
    "account",
    "accountname",
    "username",
    "usernames",
    "user",
    "userid",
    "login",
    "loginname",
    "loginid",
    "logon",
    "logonname",
    "userlogonname",
    "networkusername",
    "samaccountname",
    "userprincipalname",
    "upn",
];
const EMAIL: [&str; 6] =
    ["email", "emailaddress", "mail", "schoolemail", "workemail", "primaryemail"];
const NAME: [&str; 25] = [
    "first",
    "firstname",
    "firstnames",
    "forename",
    "forenames",
    "givenname",
    "givennames",
    "christianname",
    "legalforename",
    "preferredname",
    "preferredforename",
    "preferredfirstname",
    "knownas",
    "middlename",
    "middlenames",
    "last",
    "lastname",
    "surname",
    "familyname",
    "legalsurname",
    "preferredsurname",
    "name",
    "fullname",
    "displayname",
    "staffname",
];

const TWO_PASSWORDS: &str = "two columns are called Password; rename the one that is not meant";

impl Columns {
    /// The columns of a heading, and whether it is Google's; `None` if no column has passwords.
    pub(super) fn of(file: &[u8], row: &Row<'_>) -> Result<Option<(Self, bool)>, RowError> {
        let mut columns = Self { count: row.cells.len(), ..Self::default() };
        let (mut passwords, mut emails) = (Vec::new(), Vec::new());
        let mut is_google = false;
        for (number, cell) in row.cells.iter().enumerate() {
            let heading = String::from_utf8_lossy(content(file, cell));
            is_google |= heading.contains("[Required]");
            let heading = plain(&heading);
            match heading.as_str() {
                "passwordhashfunction" => columns.hash = Some(number),
                heading if PASSWORD.contains(&heading) => passwords.push(number),
                heading if ACCOUNT.contains(&heading) => columns.accounts.push(number),
                heading if EMAIL.contains(&heading) => emails.push(number),
                heading if NAME.contains(&heading) => columns.names.push(number),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_without_their_trimmings() {
        assert_eq!(plain("Initial password [passwordProfile] Required"), "initialpassword");
        assert_eq!(plain("First Name [Required]"), "firstname");
        assert_eq!(plain(" E-Mail_Address (work) "), "emailaddress");
        assert_eq!(plain("PASSWORD"), "password");
        assert_eq!(plain("]["), "");
        // Not the password itself.
        for heading in ["Change Password at Next Sign-In", "Reset password", "Password set"] {
            assert!(!PASSWORD.contains(&plain(heading).as_str()), "{heading}");
        }
    }
}
