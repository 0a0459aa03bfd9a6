//! The installed `pam_strongpass.so`: where it is, and its version.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::StackError;
use crate::file;

/// The file of our module.
pub const MODULE: &str = "pam_strongpass.so";

/// No module is larger.
const MOST_BYTES: u64 = 64 << 20;

/// What the module calls itself: `pam/src/module.rs` writes it to the log if `debug` is set.
const MARK: &str = "pam_strongpass version ";

/// The folder that libpam loads modules from: of those that it may be, the one with `pam_unix.so`.
pub fn module_folder() -> Option<PathBuf> {
    let mut folders = Vec::new();
    for top in ["/usr/lib", "/usr/lib64", "/lib", "/lib64"].map(Path::new) {
        folders.push(top.join("security"));
        // Debian's, one for each architecture.
        for below in fs::read_dir(top).into_iter().flatten().flatten() {
            folders.push(below.path().join("security"));
        }
    }
    folders.into_iter().find(|folder| folder.join("pam_unix.so").exists())
}

/// The version that the module in a file names; `None` if it names none, as ours does.
///
/// # Errors
/// [`StackError`] if the file cannot be read.
pub fn module_version(path: &Path) -> Result<Option<String>, StackError> {
    file::read(path, MOST_BYTES).map(|bytes| version(&bytes))
}

/// The version that a module names somewhere in its data.
fn version(module: &[u8]) -> Option<String> {
    let at = module.windows(MARK.len()).position(|bytes| bytes == MARK.as_bytes())?;
    let rest = module.get(at.checked_add(MARK.len())?..)?;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-+".contains(byte);
    let version: Vec<u8> = rest.iter().take(32).take_while(is_part).copied().collect();
    // Strings lie side by side: only the comma tells where this one ends.
    let ends = rest.get(version.len()) == Some(&b',') && !version.is_empty();
    String::from_utf8(version).ok().filter(|_| ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_among_other_bytes() {
        let found = |bytes: &[u8]| version(bytes);
        assert_eq!(
            found(b"\x7fELF\0pam_strongpass version 1.20.3-rc.1, x").unwrap(),
            "1.20.3-rc.1"
        );
        assert_eq!(found(b"pam_strongpass version 1,"), Some("1".to_owned()));
        assert_eq!(found(b"pam_strongpass version 1called"), None);
        assert_eq!(found(b"pam_strongpass version 1"), None);
        assert_eq!(found(b"pam_strongpass version ,"), None);
        assert_eq!(found(b"pam_strongpass"), None);
        assert_eq!(found(b""), None);
    }
}
