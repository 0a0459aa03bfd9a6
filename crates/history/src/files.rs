//! Private files: where they are, and how one is replaced as a whole.

use std::fs::{DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use strongpass_trusted::{Opener, Trust};

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

/// Whether there is a history; refuses one that others may read or exchange, and links.
///
/// The files are not opened for this: to close a second handle of them would let go of the locks
/// that SQLite holds in this process.
pub(crate) fn check_store(path: &Path, trust: Trust) -> Result<bool, HistoryError> {
    let opener = Opener::new(trust).private_with_folder();
    // SQLite follows no link to these, and would say that it cannot open the database.
    for beside in [log_of(path), index_of(path)] {
        opener.check(&beside)?;
    }
    Ok(opener.check(path)?)
}

/// Writes a private file as a whole: after a crash there is the old one or the new one.
pub(crate) fn replace(path: &Path, content: &[u8], trust: Trust) -> Result<(), HistoryError> {
    let draft = with(path, ".new");
    // Left over from a crash; it was never in use.
    match std::fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(HistoryError::io("remove", &draft, error));
        }
        _ => {}
    }
    let mut file = Opener::new(trust).private().make(&draft)?;
    file.write_all(content)
        .and_then(|()| file.sync_all())
        .and_then(|()| std::fs::rename(&draft, path))
        .map_err(|error| HistoryError::io("write", path, error))?;
    sync_directory(path)
}

/// Makes the name of a new file survive a power cut.
pub(crate) fn sync_directory(path: &Path) -> Result<(), HistoryError> {
    let directory = directory_of(path);
    File::open(directory)
        .and_then(|directory| directory.sync_all())
        .map_err(|error| HistoryError::io("write", directory, error))
}

/// `history.db` → `history.db.new`.
fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The write-ahead log that SQLite keeps beside the database.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    with(path, "-wal")
}

/// The index of the log.
fn index_of(path: &Path) -> PathBuf {
    with(path, "-shm")
}

/// The file that writers lock.
pub(crate) fn lock_of(path: &Path) -> PathBuf {
    with(path, ".lock")
}
