//! An export as read: every line is a credential, is skipped with its reason, or holds no password.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use strongpass_hash::{Hash, Limits, Scheme};
use strongpass_policy::Password;
use zeroize::Zeroizing;

use crate::formats;
use crate::skipped::Skipped;

/// All that one export holds: what can be tested, what cannot, and how its lines were used.
///
/// The file itself is wiped once it is read. What stays are names, and hashes as bytes: a million
/// accounts of a domain fit in 80 MB.
///
/// ```
/// use strongpass_audit::{Export, ReadOptions, Secret};
///
/// let file = b"kharper:1104:aad3b435b51404eeaad3b435b51404ee:567667e52888a59d0abcf0c066db867b:::\n\
///              Room 12:\n";
/// let export = Export::read("network", "dc1.txt", file.to_vec(), &ReadOptions::default());
///
/// let credential = &export.credentials[0];
/// assert_eq!(export.text(credential.account), "kharper");
/// assert!(matches!(credential.secret, Secret::Nt(_)));
/// assert_eq!((export.skipped[0].line, export.lines.all), (2, 2));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Export {
    /// Where its accounts are: `network`, `email` …
    pub system: Arc<str>,
    /// The file it came from, for messages.
    pub file: String,
    /// The formats that were met, in the order of their first line.
    pub formats: Vec<Format>,
    /// How the lines of the file were used.
    pub lines: Lines,
    /// What can be tested, in the order of the file.
    pub credentials: Vec<Credential>,
    /// What cannot, and why, in the order of the file.
    pub skipped: Vec<Skipped>,
    /// Every name that a credential or a skipped line refers to.
    pub(crate) text: String,
    /// The names of people and addresses beside accounts.
    pub(crate) names: Vec<Text>,
    /// What a checkpoint of it is sealed with.
    pub(crate) sum: Sum,
}

/// SHA-256 of the file: whoever has it could try passwords on a small export.
#[derive(Default)]
pub(crate) struct Sum(Zeroizing<[u8; 32]>);

impl Sum {
    fn of(file: &[u8]) -> Self {
        Self(Zeroizing::new(Sha256::digest(file).into()))
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl fmt::Debug for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sum(..)")
    }
}

/// What an export does not say itself.
#[derive(Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "a plain set of options that callers fill in")]
pub struct ReadOptions {
    /// The scheme of hashes in hexadecimal that do not name theirs (`--as nt`).
    pub assume: Option<Scheme>,
    /// What one guess may cost at the most; a hash that asks for more is skipped.
    pub limits: Limits,
    /// The `/etc/passwd` that belongs to an `/etc/shadow`: full names, and who is the system's.
    pub passwd: Option<Vec<u8>>,
}

/// A format that an export may be in; `docs/formats.md` has a sample of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `name:rid:lm:nt:::`, by secretsdump, `pwdump`, `DSInternals`, Metasploit.
    Pwdump,
    /// What secretsdump writes beside it: clear text, keys, cached logons.
    Secretsdump,
    /// `smbpasswd(5)`, also by `pdbedit -L -w`.
    Smbpasswd,
    /// `shadow(5)`, `passwd(5)` and `master.passwd(5)`.
    Shadow,
    /// LDIF (RFC 2849).
    Ldif,
    /// A table with a heading, separated by commas, semicolons or tabs.
    Table,
    /// JSON, by Django's `dumpdata` and by database tools.
    Json,
    /// A name and a hash, or a hash alone: htpasswd and the like.
    Pairs,
}

impl Format {
    /// The stable name of the format in JSON and documents.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pwdump => "pwdump",
            Self::Secretsdump => "secretsdump",
            Self::Smbpasswd => "smbpasswd",
            Self::Shadow => "shadow",
            Self::Ldif => "ldif",
            Self::Table => "table",
            Self::Json => "json",
            Self::Pairs => "pairs",
        }
    }
}

/// How the lines of a file were used: `all` is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lines {
    /// All lines of the file, as an editor counts them.
    pub all: u32,
    /// Lines with something that can be tested.
    pub loaded: u32,
    /// Lines that were skipped with a reason.
    pub skipped: u32,
    /// Empty lines.
    pub blank: u32,
    /// Comments, and what programs say beside their results.
    pub comments: u32,
    /// Headings, names and other parts of an entry that hold no password.
    pub beside: u32,
}

/// A piece of an export's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

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
    pub kind: Kind,
    /// Whether it can be used.
    pub status: Status,
    /// The export says that it may do more than others.
    pub privileged: bool,
    /// What is known from an LM hash that is stored beside it.
    pub lm: Lm,
}

/// What is stored for a password.
#[derive(Debug)]
#[non_exhaustive]
pub enum Secret {
    /// Nothing: whoever asks gets in.
    Blank,
    /// The NT hash; apart from the others because there may be millions.
    Nt([u8; 16]),
    /// Any other hash.
    Hash(Box<Hash>),
    /// The password itself, or something that can be turned back into it.
    Clear(Box<Password>),
}

/// What is known from an LM hash beside the NT hash ([MS-SAMR] 3.1.1.8.11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Lm {
    /// None is stored.
    #[default]
    Absent,
    /// Its second half is that of nothing: the password has 7 characters at most.
    Short,
    /// Both halves are there.
    Whole,
}

/// Whose account it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Kind {
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
pub enum Status {
    /// The export says that it can, or does not say.
    #[default]
    Enabled,
    /// Disabled or locked; its hash can be tested all the same.
    Disabled,
}

impl Export {
    /// Reads an export. It cannot fail: what cannot be read is skipped, with its line and reason.
    ///
    /// `bytes` are the whole file, of any encoding that Windows or Unix tools write; they are
    /// wiped. `system` and `file` are kept for the report.
    pub fn read(system: &str, file: &str, bytes: Vec<u8>, options: &ReadOptions) -> Self {
        let sum = Sum::of(&bytes);
        Self { sum, ..formats::read(system, file, bytes, options) }
    }

    /// A piece of the export's text. It comes from outside: escape it where it is shown.
    pub fn text(&self, text: Text) -> &str {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let (start, len) = (place(text.start), place(text.len));
        self.text.get(start..start.saturating_add(len)).unwrap_or_default()
    }

    /// The names and addresses that the export gives beside an account.
    pub fn names(&self, credential: &Credential) -> impl Iterator<Item = &str> {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let (first, end) = credential.names;
        let names = self.names.get(place(first)..place(end)).unwrap_or_default();
        names.iter().map(|name| self.text(*name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_accounts_fit() {
        assert!(size_of::<Credential>() <= 56, "{}", size_of::<Credential>());
        assert!(size_of::<Skipped>() <= 32, "{}", size_of::<Skipped>());
    }
}
