//! Files that hold secrets or findings about people: for their owner alone, never over another file,
//! whole or not at all.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anyhow::Context as _;

use crate::exit::UsageError;

/// Complains if there is something at that path, if nothing can be made there, or if its name is one of
/// a workbook: spreadsheets do not open text of that name. Whoever works long before writing asks first.
pub(crate) fn must_be_new(path: &Path) -> anyhow::Result<()> {
    let end = path.extension().unwrap_or_default().to_ascii_lowercase();
    if WORKBOOKS.iter().any(|workbook| end == *workbook) {
        let path = path.display();
        let message = format!(
            "{path}: strongpass writes text, not workbooks; choose a name that ends in .csv"
        );
        return Err(UsageError(message).into());
    }
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => can_be_made(path),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
        Ok(_) => Err(is_there(path)),
    }
}

/// Makes a file without a name in the folder, and drops it.
fn can_be_made(path: &Path) -> anyhow::Result<()> {
    let folder = folder_of(path);
    let Err(error) = tempfile::tempfile_in(folder) else { return Ok(()) };
    let (path, folder) = (path.display(), folder.display());
    #[expect(clippy::wildcard_enum_match_arm, reason = "the system says others in its own words")]
    let what = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            format!("there is no folder {folder}; make it first")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            format!("you may not write in the folder {folder}; choose another place")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("the disk of {folder} is full; make room, or choose another place")
        }
        _ => return Err(error).with_context(|| path.to_string()),
    };
    Err(UsageError(format!("{path}: {what}")).into())
}

const WORKBOOKS: [&str; 4] = ["xlsx", "xlsm", "xls", "ods"];

fn is_there(path: &Path) -> anyhow::Error {
    let path = path.display();
    UsageError(format!("{path} already exists; not overwritten: choose another name")).into()
}

/// Writes all files or none.
pub(crate) fn write_all(files: &[(&Path, &[u8])]) -> anyhow::Result<()> {
    for (number, &(path, bytes)) in files.iter().enumerate() {
        if let Err(error) = write(path, bytes) {
            for (written, _) in files.iter().take(number) {
                fs::remove_file(written).ok();
            }
            if error.kind() == ErrorKind::AlreadyExists {
                return Err(is_there(path));
            }
            return Err(error).with_context(|| path.display().to_string());
        }
    }
    Ok(())
}

/// Writes a file that there may be already, for its owner alone: there is either the old one or the
/// new one, never half of one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = || path.display().to_string();
    let mut file = tempfile::Builder::new()
        .prefix(".strongpass-")
        .tempfile_in(folder_of(path))
        .with_context(name)?;
    file.write_all(bytes).with_context(name)?;
    file.as_file().sync_all().with_context(name)?;
    file.persist(path).map_err(|error| error.error).with_context(name)?;
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if let Some(done) = write_unnamed(path, bytes) {
        return done;
    }
    write_named(path, bytes)
}

/// Writes a file that has no name, and gives it one when it is whole: if the power fails before,
/// nothing is left. `None` if this file system or kernel cannot.
#[cfg(target_os = "linux")]
fn write_unnamed(path: &Path, bytes: &[u8]) -> Option<io::Result<()>> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};

    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let mut file = fs::File::from(open(folder_of(path), flags, Mode::RUSR | Mode::WUSR).ok()?);
    if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
        return Some(Err(error));
    }
    let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
    match linkat(CWD, unnamed, CWD, path, AtFlags::SYMLINK_FOLLOW) {
        Ok(()) => Some(Ok(())),
        Err(rustix::io::Errno::EXIST) => Some(Err(ErrorKind::AlreadyExists.into())),
        Err(_) => None,
    }
}

/// Writes a file beside it, and gives it its name when it is whole.
fn write_named(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // The crate makes it for its owner alone.
    let mut file = tempfile::Builder::new().prefix(".strongpass-").tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or_else(|| Path::new("."))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
mod tests {
    use super::*;

    #[test]
    fn both_ways_write_for_the_owner_and_never_over_a_file() {
        let folder = tempfile::tempdir().unwrap();
        for (i, way) in [write, write_named].into_iter().enumerate() {
            let path = folder.path().join(i.to_string());
            way(&path, b"first").unwrap();
            assert_eq!(way(&path, b"second").unwrap_err().kind(), ErrorKind::AlreadyExists);
            assert_eq!(fs::read(&path).unwrap(), b"first");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            }
            assert!(must_be_new(&path).is_err());
        }
        let none = must_be_new(&folder.path().join("none/c")).unwrap_err().to_string();
        assert!(none.ends_with("/none; make it first"), "{none}");
        assert!(must_be_new(&folder.path().join("c")).is_ok());
        assert!(write(&folder.path().join("none/c"), b"").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn both_files_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&second, "kept").unwrap();
        assert!(write_all(&[(&first, b"x"), (&second, b"y")]).is_err());
        assert!(!first.exists());
        assert_eq!(fs::read(&second).unwrap(), b"kept");
    }
}
