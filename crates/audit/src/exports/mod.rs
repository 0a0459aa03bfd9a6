//! Exports of hashed passwords: a parser for each format, one [`Export`] out.

mod account_names;
mod answers;
mod builder;
mod checksum;
mod cisco;
mod columns;
mod console;
mod credential;
mod dcsync;
mod duplicates;
mod earlier;
mod expiry;
mod export;
mod foreign;
mod json;
mod kerberos;
mod kerberos_key;
mod keycloak;
mod ldif;
mod lm;
mod object;
mod options;
mod pairs;
mod pgbouncer;
mod pwdump;
mod read;
mod secret;
mod secretsdump;
mod shadow;
mod skipped;
mod smbpasswd;
mod sql;
mod table;
mod text;
mod windows;

pub(crate) use account_names::{is_of_administrators, is_title_of_administrators};
pub(crate) use answers::is_yes;
pub use credential::{AccountKind, AccountStatus, Credential};
pub use export::{Export, LineCounts};
pub use lm::Lm;
pub use options::ReadOptions;
pub use secret::Secret;
pub use skipped::{Foreign, Skipped, Unread, Why};
pub use text::Text;

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
    /// What mimikatz prints for `lsadump::dcsync /all /csv`.
    Dcsync,
    /// `userlist.txt` of `PgBouncer`.
    Pgbouncer,
    /// The configuration of a switch or router of Cisco.
    Cisco,
    /// Statements of SQL that make accounts, by `pg_dumpall --roles-only` and its like.
    Sql,
    /// A name and a hash, or a hash alone: htpasswd and the like.
    Pairs,
}

impl Format {
    /// Every format, in the order of `docs/formats.md`.
    pub const ALL: &[Self] = &[
        Self::Pwdump,
        Self::Secretsdump,
        Self::Smbpasswd,
        Self::Shadow,
        Self::Ldif,
        Self::Table,
        Self::Json,
        Self::Dcsync,
        Self::Pgbouncer,
        Self::Cisco,
        Self::Sql,
        Self::Pairs,
    ];

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
            Self::Dcsync => "dcsync",
            Self::Pgbouncer => "pgbouncer",
            Self::Cisco => "cisco",
            Self::Sql => "sql",
            Self::Pairs => "pairs",
        }
    }
}
