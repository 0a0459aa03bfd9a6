//! Files that are written whole, or not at all.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use tempfile::NamedTempFile;

/// Whether two names are of one file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// Writes a file so that there is either the old one or the new one, never half of one.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = || path.display().to_string();
    let mut file = beside(path)?;
    file.write_all(bytes).with_context(name)?;
    keep(file, path)
}

/// A file beside that one, which is gone when it is dropped.
pub(super) fn beside(path: &Path) -> anyhow::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    NamedTempFile::new_in(folder).with_context(|| path.display().to_string())
}

/// Gives a file that was written whole its name.
pub(super) fn keep(file: NamedTempFile, path: &Path) -> anyhow::Result<()> {
    let name = || path.display().to_string();
    file.as_file().sync_all().with_context(name)?;
    readable_by_all(file.as_file()).with_context(name)?;
    file.persist(path).map_err(|error| error.error).with_context(name)?;
    Ok(())
}

/// A word list is not a secret, and everybody's `check` reads it.
fn readable_by_all(file: &File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    let _ = file;
    Ok(())
}
