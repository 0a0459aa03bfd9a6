//! The one way in which an account name is normalised.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

/// A person's account, the same however the name was typed.
///
/// The normalisation, in order: Unicode NFKC; white space at both ends dropped; of `DOMAIN\user`
/// what follows the last `\`; of `user@domain` what precedes the first `@`; lower case; NFKC again.
/// So one person's network account and email address are one account. The price: two people who
/// have the same user name in two domains share a history. Give them distinct user names.
///
/// ```
/// use strongpass_history::Account;
/// let account: Account = "SCHOOL\\K.Harper".parse()?;
/// assert_eq!(account, "k.harper@school.sch.uk".parse()?);
/// assert_eq!(account, " K.HARPER".parse()?);
/// # Ok::<(), strongpass_history::AccountError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Account(String);

/// Why a text is not an account name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum AccountError {
    /// Nothing is left of it.
    Empty,
    /// It is longer than [`Account::MAX_BYTES`].
    TooLong,
    /// It holds a control character.
    Control,
}

impl fmt::Display for AccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the account name is empty; give the user name, such as k.harper",
            Self::TooLong => "the account name is longer than 256 bytes; give the user name alone",
            Self::Control => "the account name holds a control character; type it again",
        })
    }
}

impl std::error::Error for AccountError {}

impl Account {
    /// The longest name, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 256;

    /// The normalised name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Account {
    type Err = AccountError;

    fn from_str(name: &str) -> Result<Self, AccountError> {
        // Before anything that costs time in proportion to what a stranger typed.
        if name.len() > 4 * Self::MAX_BYTES {
            return Err(AccountError::TooLong);
        }
        let name: String = name.nfkc().collect();
        let name = name.trim();
        let name = name.rsplit_once('\\').map_or(name, |(_, user)| user);
        let name = name.split_once('@').map_or(name, |(user, _)| user);
        let name: String = name.trim().to_lowercase().nfkc().collect();
        if name.is_empty() {
            return Err(AccountError::Empty);
        }
        if name.len() > Self::MAX_BYTES {
            return Err(AccountError::TooLong);
        }
        if name.chars().any(char::is_control) {
            return Err(AccountError::Control);
        }
        Ok(Self(name))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn reads_as(name: &str, expected: Result<&str, AccountError>) {
        let account = name.parse::<Account>();
        assert_eq!(account.as_ref().map(Account::as_str), expected.as_ref().copied(), "{name}");
    }

    #[test]
    fn one_person_has_one_account() {
        for name in
            ["kharper", "KHARPER", "SCHOOL\\kharper", "kharper@school.sch.uk", "a\\b\\KHarper"]
        {
            reads_as(name, Ok("kharper"));
        }
        reads_as("SCHOOL\\Zoë@school.uk", Ok("zoë"));
        reads_as("Zoe\u{308}", Ok("zoë"));
        reads_as("ｋharper＠school", Ok("kharper"));
        reads_as("ΟΔΥΣΣΕΎΣ", Ok("οδυσσεύς"));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        reads_as("", Err(AccountError::Empty));
        reads_as("@school.uk", Err(AccountError::Empty));
        reads_as("SCHOOL\\", Err(AccountError::Empty));
        reads_as("a\0b", Err(AccountError::Control));
        reads_as(&"a".repeat(257), Err(AccountError::TooLong));
        reads_as(&"a".repeat(100_000), Err(AccountError::TooLong));
        reads_as(&"a".repeat(256), Ok(&"a".repeat(256)));
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(name in "\\PC{1,40}") {
            if let Ok(account) = name.parse::<Account>() {
                let again = account.as_str().parse();
                prop_assert_eq!(again, Ok(account));
            }
        }
    }
}
