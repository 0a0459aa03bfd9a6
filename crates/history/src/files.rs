//! Private files: who may touch them, and how one is replaced as a whole.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use crate::error::HistoryError;

/// Makes a directory, unless it is there.
pub(crate) fn make_directory(path: &Path, mode: u32) -> Result<(), HistoryError> {
    DirBuilder::new()
        .recursive(true)
        .mode(mode)
        .create(path)
        .map_err(|error| HistoryError::io("make", path, error))
}

/// The directory that a file is in.
pub(crate) fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => path,
    }
}

/// The user number of whoever owns the history: of its directory.
pub(crate) fn owner_of(path: &Path) -> Result<u32, HistoryError> {
    Ok(metadata(directory_of(path))?.uid())
}

/// Refuses a history whose directory or file others may read.
pub(crate) fn check_store(path: &Path) -> Result<(), HistoryError> {
    let owner = owner_of(path)?;
    check(directory_of(path), &metadata(directory_of(path))?, owner, 0o700)?;
    check(path, &metadata(path)?, owner, 0o600)
}

/// Refuses a file of keys that others may read, or that others could exchange; `owner` owns the
/// history. The open file is looked at, so that it cannot be exchanged in between.
pub(crate) fn check_keys(path: &Path, file: &File, owner: u32) -> Result<(), HistoryError> {
    let of_file = file.metadata().map_err(|error| HistoryError::io("look at", path, error))?;
    check(path, &of_file, owner, 0o600)?;
    check(directory_of(path), &metadata(directory_of(path))?, owner, 0o755)
}

/// Writes a private file as a whole: after a crash there is the old one or the new one.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), HistoryError> {
    let draft = beside(path, "new");
    // Left over from a crash; it was never in use.
    match std::fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(HistoryError::io("remove", &draft, error));
        }
        _ => {}
    }
    let mut file = create_new(&draft)?;
    file.write_all(content)
        .and_then(|()| file.sync_all())
        .and_then(|()| std::fs::rename(&draft, path))
        .map_err(|error| HistoryError::io("write", path, error))?;
    sync_directory(path)
}

/// Makes an empty private file, which must not be there yet.
pub(crate) fn create_new(path: &Path) -> Result<File, HistoryError> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| HistoryError::io("make", path, error))
}

/// Makes the name of a new file survive a power cut.
pub(crate) fn sync_directory(path: &Path) -> Result<(), HistoryError> {
    let directory = directory_of(path);
    File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(|error| HistoryError::io("write", directory, error))
}

/// `history.db` → `history.db.new`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// The write-ahead log that SQLite keeps beside the database.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// The file that writers lock.
pub(crate) fn lock_of(path: &Path) -> PathBuf {
    beside(path, "lock")
}

fn metadata(path: &Path) -> Result<Metadata, HistoryError> {
    std::fs::metadata(path).map_err(|error| HistoryError::io("look at", path, error))
}

fn check(path: &Path, found: &Metadata, wanted: u32, at_most: u32) -> Result<(), HistoryError> {
    judge(path, found.uid(), found.mode(), wanted, at_most)
}

/// The judgement by itself, because only root can make a file that belongs to somebody else.
fn judge(
    path: &Path,
    owner: u32,
    mode: u32,
    wanted: u32,
    at_most: u32,
) -> Result<(), HistoryError> {
    let path = path.to_owned();
    // Whatever the owner's own bits are, the others' must not exceed.
    let mode = mode & 0o7777;
    if mode & 0o077 & !at_most != 0 {
        return Err(HistoryError::Exposed { path, mode, at_most });
    }
    if owner != 0 && owner != wanted {
        return Err(HistoryError::Owner { path, owner, wanted });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_may_not_read_and_strangers_may_not_own() {
        let judge =
            |owner, mode, wanted, at_most| judge(Path::new("k"), owner, mode, wanted, at_most);
        for mode in [0o600, 0o400, 0o700] {
            assert!(judge(0, 0o100_000 | mode, 0, 0o600).is_ok());
        }
        for mode in [0o640, 0o604, 0o620, 0o601, 0o666] {
            let error = judge(0, 0o100_000 | mode, 0, 0o600).unwrap_err();
            assert!(matches!(error, HistoryError::Exposed { mode: found, .. } if found == mode));
            assert!(error.to_string().ends_with("run `chmod 0600 k`"), "{error}");
        }
        // A directory of keys may be listed by others, but not changed.
        assert!(judge(0, 0o755, 0, 0o755).is_ok());
        assert!(judge(0, 0o775, 0, 0o755).is_err());
        // Root may own everything; the owner of the history may own it; nobody else.
        assert!(judge(0, 0o600, 1000, 0o600).is_ok());
        assert!(judge(1000, 0o600, 1000, 0o600).is_ok());
        let error = judge(1001, 0o600, 1000, 0o600).unwrap_err();
        assert!(matches!(error, HistoryError::Owner { owner: 1001, wanted: 1000, .. }));
        assert!(judge(1000, 0o600, 0, 0o600).is_err());
    }
}
