//! One stored password of one account.

use super::lm::Lm;
use super::secret::Secret;
use super::text::Text;

/// One stored password of one account. An account may have several.
#[derive(Debug)]
#[non_exhaustive]
pub struct Credential {
    /// The account's name as the export writes it, with its domain.
    pub account: Text,
    /// The line of the file, from 1.
    pub line: u32,
    /// First and one past the last of the account's names in the export's list of names.
    pub(crate) names: (u32, u32),
    /// What is stored.
    pub secret: Secret,
    /// `0` for the password in use, `n` for the n-th before it.
    pub previous: u8,
    /// Whose it is.
    pub kind: AccountKind,
    /// Whether it can be used.
    pub status: AccountStatus,
    /// The export says that it may do more than others.
    pub privileged: bool,
    /// What is known from an LM hash that is stored beside it.
    pub lm: Lm,
    /// The account's number in its domain or on its computer; 0 if it is not said.
    pub(crate) rid: u32,
}

/// Whose account it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum AccountKind {
    /// A person's, as far as the export says.
    #[default]
    Person,
    /// A computer's: its name ends in `$`.
    Machine,
    /// The system's own or a service's (`krbtgt`, `www-data`).
    Service,
}

/// Whether the account can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum AccountStatus {
    /// The export says that it can, or does not say.
    #[default]
    Enabled,
    /// Disabled or locked; its hash can be tested all the same.
    Disabled,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Skipped;

    #[test]
    fn a_million_accounts_fit() {
        assert!(size_of::<Credential>() <= 56, "{}", size_of::<Credential>());
        assert!(size_of::<Skipped>() <= 32, "{}", size_of::<Skipped>());
    }
}
