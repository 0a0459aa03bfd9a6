//! Why a line of an export is not tested, and what to do about it.

use std::fmt;

use strongpass_hash::HashError;

use super::text::Text;

/// A line that is not tested.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// The line of the file, from 1.
    pub line: u32,
    /// The account, if the line has one.
    pub account: Option<Text>,
    /// Why, and what to do.
    pub why: Why,
}

/// Why a line is not tested. As text it says what to do; it never repeats the line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// The hash cannot be read or tested.
    Hash(Box<HashError>),
    /// Nobody logs in with a password there: `*`, `!`, `NO NT-HASH`.
    NoPassword,
    /// The entry has no password, or it was left out of the export.
    NotExported,
    /// A column of passwords has something in it that is not a hash.
    NoHash,
    /// A table or entry with hashes, but without the name of an account.
    NoAccount,
    /// The hash field of a Windows account is not 32 digits.
    NotNt,
    /// The LM hash of nothing, which is there where no LM hash is kept.
    NoLm,
    /// A digest whose salt stands beside it, and it is not said how the two were mixed.
    SaltApart,
    /// Only the LM hash of an earlier password.
    EarlierLm,
    /// The current password again, as the first of the history.
    CurrentAgain,
    /// What an earlier line says already.
    Duplicate {
        /// That line.
        of: u32,
    },
    /// A Kerberos key.
    KerberosKey,
    /// A Kerberos key, and nothing else of the account can be tested.
    KeyAlone,
    /// A value that is made of a password and that cannot be tested, and nothing else is there.
    Unread(Unread),
    /// A secret of the computer or of Windows, which nobody chose.
    MachineSecret,
    /// A password in clear text that is not text.
    ClearBytes,
    /// The line is longer than any hash.
    TooLong,
    /// The line has NUL bytes.
    Nul,
    /// A row of a table with more or fewer cells than the heading.
    Cells {
        /// How many it has.
        has: u32,
        /// How many the heading has.
        heading: u32,
    },
    /// A heading that has a hash in it.
    HashInHeading,
    /// A quotation mark opens a cell and nothing closes it.
    OpenQuote,
    /// A value that is not the base64 it should be.
    Base64,
    /// A value that LDIF takes from another file (`:<`).
    Url,
    /// A record of changes, not of an entry.
    Change,
    /// A line of LDIF that is not an attribute.
    NotLdif,
    /// JSON that is damaged from here on.
    Json,
    /// The names of an export do not fit in 4 GiB.
    TooLarge,
    /// The whole file is something else.
    Foreign(Foreign),
    /// None of the formats is like that.
    Unrecognised,
}

/// Values that are made of a password and that are not tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unread {
    /// `krbPrincipalKey` of a KDC in a directory.
    KrbPrincipalKey,
    /// `supplementalCredentials` of Active Directory.
    SupplementalCredentials,
    /// `virtualSambaGPG` of Samba's domain.
    SambaGpg,
    /// `virtualWDigest…` of Samba's domain.
    Wdigest,
    /// `dBCSPwd` of Active Directory.
    Dbcs,
    /// `authPassword` (RFC 3112).
    AuthPassword,
}

/// Files that people hand over and that hold no export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// The database of Active Directory itself.
    NtdsDit,
    /// A hive of the Windows registry: `SAM`, `SYSTEM`.
    Hive,
    /// What `net user` prints.
    NetUser,
    /// An export of users without hashes.
    NoHashes,
    /// A packed file.
    Archive,
    /// A spreadsheet or another document.
    Document,
    /// A database file.
    Database,
    /// Statements of a database: `mysqldump`, `pg_dump`.
    Sql,
    /// Some other file that is not text.
    Binary,
    /// 4 GiB or more.
    TooLarge,
}

impl From<HashError> for Why {
    fn from(error: HashError) -> Self {
        Self::Hash(Box::new(error))
    }
}

impl Why {
    /// Whether a password may be there that was not tested. The others say that there is none to
    /// test, or that it is tested by what stands elsewhere in the export.
    pub const fn leaves_untested(&self) -> bool {
        !matches!(
            self,
            Self::NoPassword
                | Self::EarlierLm
                | Self::CurrentAgain
                | Self::Duplicate { .. }
                | Self::KerberosKey
                | Self::MachineSecret
        )
    }

    /// The stable name of the reason in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Hash(error) => hash_id(error.as_ref()),
            Self::NoPassword => "no-password",
            Self::NotExported => "not-exported",
            Self::NoHash => "no-hash",
            Self::NoAccount => "no-account",
            Self::NotNt => "not-nt",
            Self::NoLm => "no-lm",
            Self::SaltApart => "salt-apart",
            Self::EarlierLm => "earlier-lm",
            Self::CurrentAgain => "current-again",
            Self::Duplicate { .. } => "duplicate",
            Self::KerberosKey => "kerberos-key",
            Self::KeyAlone => "key-alone",
            Self::Unread(_) => "unread",
            Self::MachineSecret => "machine-secret",
            Self::ClearBytes => "clear-bytes",
            Self::TooLong => "too-long",
            Self::Nul => "nul",
            Self::Cells { .. } => "cells",
            Self::HashInHeading => "hash-in-heading",
            Self::OpenQuote => "open-quote",
            Self::Base64 => "base64",
            Self::Url => "url",
            Self::Change => "change",
            Self::NotLdif => "not-ldif",
            Self::Json => "json",
            Self::TooLarge | Self::Foreign(Foreign::TooLarge) => "too-large",
            Self::Foreign(_) => "foreign",
            Self::Unrecognised => "unrecognised",
        }
    }
}

const fn hash_id(error: &HashError) -> &'static str {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the others come while guessing")]
    match error {
        HashError::NoPassword | HashError::Empty => "no-password",
        HashError::Unknown => "unknown-hash",
        HashError::Elsewhere => "elsewhere",
        HashError::Ambiguous => "ambiguous",
        HashError::NeedsAccount { .. } => "needs-account",
        HashError::Unsupported { .. } => "unsupported",
        HashError::Malformed { .. } => "malformed",
        HashError::TooMuchMemory { .. } | HashError::TooCostly { .. } => "too-costly",
        _ => "not-computed",
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hash(error) => return error.fmt(f),
            Self::Cells { has, heading } => {
                return write!(
                    f,
                    "the row has {has} cells and the heading {heading}; put a cell that contains \
                     the separator in quotation marks",
                );
            }
            Self::Duplicate { of } => return write!(f, "line {of} says the same"),
            Self::Foreign(foreign) => foreign.remedy(),
            Self::NoPassword => "nobody can log in to this account with a password",
            Self::NotExported => {
                "no password is there: the account has none, or the export was taken without the \
                 right to read it (/usr/share/doc/strongpass/formats.md)"
            }
            Self::NoHash => {
                "this is not a hash that is known here; if it is the password itself, judge it with \
                 `strongpass check --batch`"
            }
            Self::NoAccount => "the account has no name",
            Self::NotNt => "the NT hash is not 32 hexadecimal digits; export it again",
            Self::NoLm => {
                "Windows keeps no LM hash of this account (it is that of nothing); export its NT \
                 hash"
            }
            Self::SaltApart => {
                "the salt is in another column, and MD5 is mixed with it in many ways; if it is \
                 that of salt and password side by side, say --as md5"
            }
            Self::EarlierLm => "only the LM hash of an earlier password is there",
            Self::CurrentAgain => "the history begins with the password in use, which is tested",
            Self::KerberosKey => {
                "a Kerberos key is made of the same password as the hash that is tested"
            }
            Self::KeyAlone => {
                "only Kerberos keys are there and none that can be tested: export the NT hash too, \
                 or aes256 keys with the domain before the account (school.example\\kharper)"
            }
            Self::Unread(unread) => unread.remedy(),
            Self::MachineSecret => "a secret of Windows itself, which nobody chose",
            Self::ClearBytes => "a password is stored in clear text, but is not text",
            Self::TooLong => "the line is longer than any that holds a hash",
            Self::Nul => "the line has NUL bytes; save the file as UTF-8 and try again",
            Self::HashInHeading => {
                "this heading has a hash in it; put the account on a line of its own"
            }
            Self::OpenQuote => "a quotation mark is opened here and never closed",
            Self::Base64 => "the value after `::` is not base64; export it again",
            Self::Url => "the value is in another file (`:<`); export it with its values",
            Self::Change => "this records a change; export entries, with slapcat or ldapsearch",
            Self::NotLdif => "this is not a line of LDIF; export it again",
            Self::Json => "the JSON is damaged or ends here; export it again",
            Self::TooLarge => "the names of this file are larger than 4 GiB; split it",
            Self::Unrecognised => {
                "no format of hashes is like that; /usr/share/doc/strongpass/formats.md has a \
                 sample of each"
            }
        })
    }
}

impl Unread {
    const fn remedy(self) -> &'static str {
        match self {
            Self::KrbPrincipalKey => {
                "krbPrincipalKey is encrypted by the KDC; export ipaNTHash or userPassword as \
                 well, or the keys by kdb5_util dump"
            }
            Self::SupplementalCredentials => {
                "supplementalCredentials is a packed value; export unicodePwd as well, or use \
                 secretsdump, which takes it apart"
            }
            Self::SambaGpg => {
                "virtualSambaGPG is encrypted to someone's key; ask samba-tool for unicodePwd or \
                 virtualCryptSHA512 as well"
            }
            Self::Wdigest => {
                "virtualWDigest cannot be tested; ask samba-tool for unicodePwd or \
                 virtualCryptSHA512 as well"
            }
            Self::Dbcs => "dBCSPwd is an LM hash; export unicodePwd as well",
            Self::AuthPassword => {
                "authPassword (RFC 3112) cannot be tested; export userPassword as well"
            }
        }
    }
}

impl Foreign {
    const fn remedy(self) -> &'static str {
        match self {
            Self::NtdsDit => {
                "this is the database of Active Directory; take the hashes from it first: \
                 secretsdump.py -ntds ntds.dit -system SYSTEM LOCAL"
            }
            Self::Hive => {
                "this is a part of the Windows registry; take the hashes from it first: \
                 secretsdump.py -sam SAM -system SYSTEM LOCAL"
            }
            Self::NetUser => {
                "`net user` prints no hashes; export them with secretsdump or DSInternals \
                 (/usr/share/doc/strongpass/formats.md)"
            }
            Self::NoHashes => {
                "this table has no column of hashes; use it with --people, or export the hashes \
                 too (/usr/share/doc/strongpass/formats.md)"
            }
            Self::Archive => "this file is packed; unpack it first",
            Self::Document => "this is a document; save its table as CSV",
            Self::Database => "this is a database; export its table of users as CSV",
            Self::Sql => "these are statements of a database; export its table of users as CSV",
            Self::Binary => {
                "this is not text; /usr/share/doc/strongpass/formats.md has a sample of each format"
            }
            Self::TooLarge => "the file is larger than 4 GiB; split it",
        }
    }
}
