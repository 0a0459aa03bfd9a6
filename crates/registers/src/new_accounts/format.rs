//! The formats of lists of new accounts.

/// What a list of new accounts may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum AccountsFormat {
    /// A heading and rows, separated by commas, semicolons or tabs.
    Csv,
    /// Google Workspace, bulk upload of users.
    Google,
    /// Microsoft Entra, bulk create.
    Entra,
    /// `name:password:uid:gid:full name:home:shell`, newusers(8).
    Newusers,
    /// `name:password`, chpasswd(8).
    Chpasswd,
}

impl AccountsFormat {
    /// The stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Google => "google",
            Self::Entra => "entra",
            Self::Newusers => "newusers",
            Self::Chpasswd => "chpasswd",
        }
    }
}
