//! How a file that decides about passwords is opened.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use crate::error::TrustError;
use crate::folder::How;
use crate::found::{Found, Kind};
use crate::judge::{judge, judge_private};
use crate::trust::{Privacy, Terms, Trust};
use crate::walk::{Reached, walk};

/// Opens files for the effective user; see the [crate](crate).
#[derive(Clone, Debug)]
pub struct Opener {
    terms: Terms,
}

impl Opener {
    /// For the effective user of this process.
    pub fn new(trust: Trust) -> Self {
        Self { terms: Terms::new(trust) }
    }

    /// The same, as root would see it: what belongs to anybody else is not trusted.
    #[must_use]
    pub fn for_root(self) -> Self {
        Self { terms: Terms { user: 0, group: 0, ..self.terms } }
    }

    /// The same for secrets: others may not read the file, and it is not a link.
    #[must_use]
    pub fn private(self) -> Self {
        Self { terms: Terms { privacy: Some(Privacy::File), ..self.terms } }
    }

    /// The same for secrets whose folder, too, is for its owner alone.
    #[must_use]
    pub fn private_with_folder(self) -> Self {
        Self { terms: Terms { privacy: Some(Privacy::FileAndFolder), ..self.terms } }
    }

    /// Looks at a file without opening it; `false` if there is none.
    ///
    /// # Errors
    /// If it, or a folder on the way, cannot be trusted.
    pub fn check(&self, path: &Path) -> Result<bool, TrustError> {
        Ok(self.reach(path)?.is_some_and(|reached| reached.found.is_some()))
    }

    /// Opens a file; `None` if there is none.
    ///
    /// # Errors
    /// If it, or a folder on the way, cannot be trusted, or it cannot be read.
    pub fn open(&self, path: &Path) -> Result<Option<File>, TrustError> {
        match self.reach(path)? {
            Some(reached @ Reached { found: Some(_), .. }) => {
                self.open_reached(&reached, How::Read).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Reads a file of at most `most` bytes; `None` if there is none.
    ///
    /// # Errors
    /// As [`open`](Self::open), or if it is larger.
    #[expect(clippy::disallowed_methods, reason = "policies, words and settings are not secrets")]
    pub fn read(&self, path: &Path, most: u64) -> Result<Option<Vec<u8>>, TrustError> {
        let Some(file) = self.open(path)? else { return Ok(None) };
        let failed = |error| TrustError::io("read", path, error);
        let length = file.metadata().map_err(failed)?.len();
        let mut bytes = Vec::new();
        if length <= most {
            bytes.reserve_exact(usize::try_from(length).unwrap_or_default());
        }
        file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
        if u64::try_from(bytes.len()).is_ok_and(|read| read > most) {
            return Err(TrustError::TooLarge { path: path.to_owned(), most });
        }
        Ok(Some(bytes))
    }

    /// Opens a file for reading and writing, and makes it, empty and for its owner alone, if there
    /// is none.
    ///
    /// # Errors
    /// As [`open`](Self::open), or if it cannot be made.
    pub fn open_or_make(&self, path: &Path) -> Result<File, TrustError> {
        let missing = || TrustError::io("make", path, ErrorKind::NotFound.into());
        loop {
            let reached = self.reach(path)?.ok_or_else(missing)?;
            if reached.found.is_some() {
                return self.open_reached(&reached, How::Write);
            }
            match self.make_in(&reached) {
                // Another process made it since.
                Err(TrustError::Io { source, .. }) if source.kind() == ErrorKind::AlreadyExists => {
                }
                made => return made,
            }
        }
    }

    /// Makes an empty file for its owner alone.
    ///
    /// # Errors
    /// If there is anything of that name, or a folder on the way cannot be trusted.
    pub fn make(&self, path: &Path) -> Result<File, TrustError> {
        let missing = || TrustError::io("make", path, ErrorKind::NotFound.into());
        self.make_in(&self.reach(path)?.ok_or_else(missing)?)
    }

    fn make_in(&self, reached: &Reached) -> Result<File, TrustError> {
        let made = reached.folder.make(&reached.name);
        let (file, found) = made.map_err(|error| TrustError::io("make", &reached.path, error))?;
        self.judge_file(reached, &found)?;
        Ok(file)
    }

    fn reach(&self, path: &Path) -> Result<Option<Reached>, TrustError> {
        let reached = walk(&self.terms, path)?;
        if let Some(reached) = &reached {
            if self.terms.privacy == Some(Privacy::FileAndFolder) {
                judge_private(&reached.beside, &reached.of_folder)?;
            }
            if let Some(found) = &reached.found {
                self.judge_file(reached, found)?;
            }
        }
        Ok(reached)
    }

    fn open_reached(&self, reached: &Reached, how: How) -> Result<File, TrustError> {
        let opened = reached.folder.open(&reached.name, how);
        let (file, found) = opened.map_err(|error| TrustError::io("open", &reached.path, error))?;
        if reached.found.is_some_and(|before| before.identity != found.identity) {
            return Err(TrustError::Changed { path: reached.path.clone() });
        }
        self.judge_file(reached, &found)?;
        Ok(file)
    }

    fn judge_file(&self, reached: &Reached, found: &Found) -> Result<(), TrustError> {
        let path = &reached.path;
        if found.kind != Kind::File {
            return Err(TrustError::not_a_file(path, found.kind));
        }
        if self.terms.privacy.is_some() {
            judge_private(path, found)?;
        }
        judge(&self.terms, path, found)
    }
}
