//! What can go wrong with the history, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use strongpass_trusted::TrustError;

use crate::crypto::kdf::{Kdf, KdfError};
use crate::crypto::key_id::KeyId;
use strongpass_policy::Day;

/// What went wrong. `Display` says what happened and what to do; [`remedy`](Self::remedy) is the
/// second part alone.
///
/// None of them means "never used": a door passes `Uses::Unavailable` to the policy.
#[derive(Debug)]
#[non_exhaustive]
pub enum HistoryError {
    /// There is no history yet.
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// A history already exists.
    Exists {
        /// Where it is.
        path: PathBuf,
    },
    /// Another program holds it.
    Locked {
        /// The lock.
        path: PathBuf,
        /// How long it was waited for.
        waited: Duration,
    },
    /// The disk is full.
    Full {
        /// What could not be written.
        path: PathBuf,
    },
    /// It cannot be written: the file system or the file is read-only for this user.
    ReadOnly {
        /// What could not be written.
        path: PathBuf,
    },
    /// A file or folder that others may read or exchange, or a link in its place.
    Untrusted(TrustError),
    /// It is another program's file.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It is cut off or garbled.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The file of the keys is missing.
    NoKeys {
        /// Where it should be.
        path: PathBuf,
    },
    /// The file of the keys cannot be understood.
    BadKeys {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The history was written with a key that is not in the file of the keys.
    UnknownKey {
        /// The file of the keys.
        path: PathBuf,
        /// The key.
        id: KeyId,
    },
    /// It was written by a newer strongpass.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// Today is before a day that the history has seen.
    ClockSetBack {
        /// What the caller says is today.
        today: Day,
        /// The latest day that the history has seen.
        latest: Day,
    },
    /// The password is too long or not text.
    NotText,
    /// The parameters of the slow hash are out of range or need more memory than there is.
    Hash {
        /// What is wrong.
        what: String,
    },
    /// A record of the account has a slow hash that no configuration may ask for; an import of an
    /// earlier version may have brought it.
    TooCostly {
        /// Its parameters.
        kdf: Kdf,
    },
    /// A line of an export cannot be taken.
    Import {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// The system has no random numbers to give.
    Random,
    /// The operating system refused.
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// SQLite refused for a reason that has no name here.
    Database {
        /// The file.
        path: PathBuf,
        /// SQLite's words; they hold no value of any record.
        what: String,
    },
}

impl HistoryError {
    /// What to do about it, as one sentence without a full stop.
    pub fn remedy(&self) -> String {
        match self {
            Self::Missing { .. } => "make it with `strongpass history init`".into(),
            Self::Exists { .. } => {
                "use it as it is; to start afresh, move it away first (its records are then lost)"
                    .into()
            }
            Self::Locked { path, .. } => format!(
                "try again in a moment; if that does not help, see who holds it with `fuser {}`",
                path.display()
            ),
            Self::Full { .. } => "make room on that disk, then try again; nothing is lost".into(),
            Self::ReadOnly { .. } => {
                "run as the owner of the history (root), and see that the disk is mounted for \
                 writing (`findmnt`)"
                    .into()
            }
            Self::Untrusted(error) => error.remedy(),
            Self::Foreign { .. } => "give the path of a history in the configuration".into(),
            Self::Damaged { .. } => "restore it and its `-wal` from one backup; if there is none, \
                 move it away and run `strongpass history init`"
                .into(),
            Self::NoKeys { .. } => "restore the file from the backup of that day; without it the \
                 history cannot be read: then move it away and run `strongpass history init`"
                .into(),
            Self::BadKeys { .. } => "restore the file from a backup".into(),
            Self::UnknownKey { .. } => {
                "restore the file of the keys that belongs to this history".into()
            }
            Self::Newer { .. } => "update strongpass on this computer".into(),
            Self::ClockSetBack { .. } => {
                "set the clock of this computer; if it is right and was wrong before, run \
                 `strongpass history expire --reset-clock`"
                    .into()
            }
            Self::NotText => "give a password of at most 512 bytes of UTF-8".into(),
            Self::Hash { .. } => KdfError::REMEDY.into(),
            Self::TooCostly { .. } => "forget what is kept of this account, with \
                 `strongpass history forget ACCOUNT`"
                .into(),
            Self::Import { .. } => "nothing was taken; correct it, or export again".into(),
            Self::Random => "see why getrandom(2) fails on this computer".into(),
            Self::Io { .. } => "see to that, then try again".into(),
            Self::Database { .. } => {
                "run `strongpass history status`; if it is not whole, restore it from a backup"
                    .into()
            }
        }
    }

    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let path = path.to_owned();
        if matches!(source.kind(), Kind::StorageFull | Kind::QuotaExceeded) {
            Self::Full { path }
        } else if matches!(source.kind(), Kind::ReadOnlyFilesystem | Kind::PermissionDenied) {
            Self::ReadOnly { path }
        } else {
            Self::Io { doing, path, source }
        }
    }

    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.into() }
    }

    pub(crate) fn sqlite(path: &Path, waited: Duration, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        let what = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Locked { path, waited },
            Some(Code::DiskFull) => Self::Full { path },
            Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => {
                Self::ReadOnly { path }
            }
            Some(Code::NotADatabase) => Self::Foreign { path },
            Some(Code::DatabaseCorrupt | Code::TypeMismatch) => Self::Damaged { path, what },
            _ => Self::Database { path, what },
        }
    }
}

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path } => write!(f, "there is no history at {}", path.display()),
            Self::Exists { path } => write!(f, "a history already exists at {}", path.display()),
            Self::Locked { path, waited } => write!(
                f,
                "another program holds {} (waited {:.1} s)",
                path.display(),
                waited.as_secs_f32()
            ),
            Self::Full { path } => write!(f, "the disk is full; cannot write {}", path.display()),
            Self::ReadOnly { path } => {
                write!(f, "this user cannot open or write {}", path.display())
            }
            // It says what to do itself.
            Self::Untrusted(error) => return error.fmt(f),
            Self::Foreign { path } => {
                write!(f, "{} is not a history of strongpass", path.display())
            }
            Self::Damaged { path, what } => write!(f, "{} is damaged: {what}", path.display()),
            Self::NoKeys { path } => write!(f, "the keys are missing at {}", path.display()),
            Self::BadKeys { path, line, what } => {
                write!(f, "the keys are damaged: {}:{line}: {what}", path.display())
            }
            Self::UnknownKey { path, id } => {
                write!(f, "the history was written with key {id}, which {} lacks", path.display())
            }
            Self::Newer { path, found, known } => write!(
                f,
                "{} has version {found}; this strongpass knows versions up to {known}",
                path.display()
            ),
            Self::ClockSetBack { today, latest } => {
                write!(f, "the clock says {today}, but the history has seen {latest}")
            }
            Self::NotText => f.write_str("the password is too long or not text"),
            Self::Hash { what } => write!(f, "the slow hash cannot run: {what}"),
            Self::TooCostly { kdf } => {
                write!(f, "a record of this account has a slow hash of {kdf}: that is too costly")
            }
            Self::Import { line, what } => write!(f, "line {line} of the export: {what}"),
            Self::Random => f.write_str("the system gave no random numbers"),
            Self::Io { doing, path, source } => {
                write!(f, "cannot {doing} {}: {source}", path.display())
            }
            Self::Database { path, what } => write!(f, "{}: {what}", path.display()),
        }?;
        write!(f, "; {}", self.remedy())
    }
}

// What the operating system said is a part of the sentence, and so no source of its own.
impl std::error::Error for HistoryError {}

impl From<TrustError> for HistoryError {
    fn from(error: TrustError) -> Self {
        if let TrustError::Io { doing, path, source } = error {
            Self::io(doing, &path, source)
        } else {
            Self::Untrusted(error)
        }
    }
}

impl From<KdfError> for HistoryError {
    fn from(error: KdfError) -> Self {
        Self::Hash { what: error.what }
    }
}
