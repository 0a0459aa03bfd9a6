//! Who may change what a verdict rests on: as the doors see it that open these files.

use std::path::Path;

use strongpass_trusted::{Opener, Trust};

use crate::finding::Finding;

/// Whether links on the way to a file are followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Links {
    /// By libpam, to its modules and its own configuration.
    Followed,
    /// By no door that acts for everybody.
    Refused,
}

/// Whether everybody on this computer can read a file that everybody's verdict rests on.
/// `None` where this is not looked at.
pub(crate) fn everybody_reads(path: &Path) -> Option<Finding> {
    let what = format!("everybody can read {}", path.display());
    let lacks = |path: &Path, bits: u32| mode(path).is_some_and(|mode| mode & bits != bits);
    mode(path)?;
    let closed = path.ancestors().skip(1).find(|folder| lacks(folder, 0o001));
    let (closed, bits) = match closed {
        Some(folder) => (folder, "o+x"),
        None if lacks(path, 0o004) => (path, "o+r"),
        None => return Some(Finding::good("owners", what)),
    };
    let why = format!(
        "{} is closed to others: `strongpass check` says to them that it could not check.",
        closed.display()
    );
    let remedy = format!("chmod {bits} {}", closed.display());
    Some(Finding::bad("owners", what, why, remedy))
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(path.symlink_metadata().ok()?.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_path: &Path) -> Option<u32> {
    None
}

/// Whether nobody but root can change or exchange a file; one that is not of the system (below
/// `/etc`, `/lib`, `/usr`) may also belong to whoever runs this.
pub(crate) fn only_administrators_write(path: &Path, links: Links) -> Finding {
    let what = format!("only administrators can change {}", path.display());
    if !cfg!(unix) {
        return Finding::note("owners", what, "This is not looked at on this system.", "");
    }
    let opener = Opener::new(match links {
        Links::Followed => Trust::Person,
        Links::Refused => Trust::Machine,
    });
    let is_of_system = ["/etc", "/lib", "/lib64", "/usr"].iter().any(|top| path.starts_with(top));
    let opener = if is_of_system { opener.for_root() } else { opener };
    match opener.check(path) {
        Ok(true) => Finding::good("owners", what),
        Ok(false) => Finding::bad("owners", what, "It is not there.", ""),
        Err(error) => Finding::failed("owners", what, error),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_that_others_cannot_reach_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        fs::write(&path, "# As it is.\n").unwrap();
        for (of_folder, of_file, is_good) in [
            (0o755, 0o644, true),
            (0o755, 0o600, false),
            (0o750, 0o644, false),
            (0o711, 0o604, true),
        ] {
            fs::set_permissions(&path, Permissions::from_mode(of_file)).unwrap();
            fs::set_permissions(folder.path(), Permissions::from_mode(of_folder)).unwrap();
            assert_eq!(
                everybody_reads(&path).unwrap().is_good(),
                is_good,
                "{of_folder:o} {of_file:o}"
            );
        }
    }
}
