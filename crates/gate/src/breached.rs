//! The list of breached passwords that a policy names: opened if it can be trusted, and asked.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use strongpass_breached::{BreachFile, Completeness};
use strongpass_policy::{Day, Exposure, Password, nfc};
use strongpass_trusted::{Opener, Trust};

use crate::digest::digest;
use crate::error::{FileKind, GateError};
use crate::in_force::InForce;

/// A list of breached passwords, or an index of it, that was opened and found whole. Several threads
/// may ask it.
#[derive(Debug)]
pub struct BreachedPasswords {
    path: PathBuf,
    written: Option<Day>,
    file: Mutex<BreachFile<File>>,
}

impl BreachedPasswords {
    /// Opens the list that a policy names; `None` if it names none.
    ///
    /// # Errors
    /// If it is not there, not trusted, not whole or damaged, or cannot be read.
    pub fn find(in_force: &InForce) -> Result<Option<Self>, GateError> {
        let list = in_force.breached_list();
        list.map(|(path, whole)| Self::open(&path, whole, in_force.trust)).transpose()
    }

    /// Opens a list or an index.
    ///
    /// # Errors
    /// As [`find`](Self::find).
    pub fn open(path: &Path, whole: Completeness, trust: Trust) -> Result<Self, GateError> {
        let missing = || GateError::Missing { path: path.to_owned(), kind: FileKind::Breached };
        let file = Opener::new(trust).open(path)?.ok_or_else(missing)?;
        let written = file.metadata().and_then(|data| data.modified()).ok().and_then(day_of);
        let file = BreachFile::open(file, whole);
        let file = file.map_err(|error| GateError::Breached { path: path.to_owned(), error })?;
        // A single look-up reads no part twice, so nothing need be kept.
        let file = Mutex::new(file.keep(0));
        Ok(Self { path: path.to_owned(), written, file })
    }

    /// Its file and path, for callers that look up digests without the passwords.
    pub fn into_file(self) -> (BreachFile<File>, PathBuf) {
        (self.file.into_inner().unwrap_or_else(PoisonError::into_inner), self.path)
    }

    /// The day on which the file was written last, in UTC, if the file system knows it.
    pub fn written(&self) -> Option<Day> {
        self.written
    }

    /// Whether the list has a password, as it was typed or in NFC. What is too long or no text has no
    /// digest, and the list is not asked.
    ///
    /// # Errors
    /// If the list cannot be read, or is damaged where it was read.
    pub fn look_up(&self, password: &Password) -> Result<Exposure, GateError> {
        let Some(typed) = password.expose() else { return Ok(Exposure::NotAsked) };
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let scheme = file.scheme();
        let mut has = |text: &str| {
            let seen = file.seen(digest(scheme, text).as_ref());
            seen.map_err(|error| GateError::Breached { path: self.path.clone(), error })
        };
        let composed = nfc(typed);
        let is_found = has(typed)?.is_some() || *composed != typed && has(&composed)?.is_some();
        Ok(if is_found { Exposure::Found } else { Exposure::NotFound })
    }
}

/// Describes the list to people.
impl fmt::Display for BreachedPasswords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).fmt(f)
    }
}

/// Looks up many passwords for callers that judge without the gate, and keeps the first failure.
#[derive(Debug)]
pub struct BreachLookUp {
    list: Option<BreachedPasswords>,
    failure: OnceLock<GateError>,
}

impl BreachLookUp {
    /// Opens the list that a policy names, if it names one.
    ///
    /// # Errors
    /// As [`BreachedPasswords::find`].
    pub fn find(in_force: &InForce) -> Result<Self, GateError> {
        Ok(Self { list: BreachedPasswords::find(in_force)?, failure: OnceLock::new() })
    }

    /// Whether the list has a password.
    pub fn ask(&self, password: &Password) -> Exposure {
        let Some(list) = &self.list else { return Exposure::NotAsked };
        list.look_up(password).unwrap_or_else(|error| {
            self.failure.get_or_init(|| error);
            Exposure::Unavailable
        })
    }

    /// The first error of a look-up, if there was one.
    pub fn failure(&self) -> Option<&GateError> {
        self.failure.get()
    }
}

fn day_of(time: SystemTime) -> Option<Day> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(Day::from_unix_seconds(since.as_secs()))
}
