//! Who may change what a verdict rests on: owners and modes of files and their folders.

use std::path::Path;

use super::Finding;

/// Whether nobody but root can change or exchange a file; one that is not of the system (below
/// `/etc`, `/lib`, `/usr`) may also belong to the owner of its folder, who put it there.
#[cfg(unix)]
pub(super) fn only_administrators_write(path: &Path) -> Finding {
    use std::os::unix::fs::MetadataExt;

    let what = format!("only administrators can change {}", path.display());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let looked = |path: &Path| {
        let found = std::fs::metadata(path)?;
        Ok(Found { owner: found.uid(), mode: found.mode() })
    };
    let found = looked(folder).and_then(|folder| Ok((folder, looked(path)?)));
    let (of_folder, of_file) = match found {
        Ok(found) => found,
        Err(error) => return Finding::failed("owners", what, &std::io::Error::into(error)),
    };
    let is_of_system = ["/etc", "/lib", "/lib64", "/usr"].iter().any(|top| path.starts_with(top));
    let trusted = if is_of_system { 0 } else { of_folder.owner };
    let wrong = fault(folder, of_folder, trusted).or_else(|| fault(path, of_file, trusted));
    match wrong {
        None => Finding::good("owners", what),
        Some((why, remedy)) => Finding::bad("owners", what, why, remedy),
    }
}

#[cfg(not(unix))]
pub(super) fn only_administrators_write(path: &Path) -> Finding {
    let what = format!("only administrators can change {}", path.display());
    Finding::note("owners", what, "This is not looked at on this system.", "")
}

/// What is known of a file.
#[cfg(unix)]
#[derive(Clone, Copy)]
struct Found {
    owner: u32,
    mode: u32,
}

/// What is wrong with it, and the command that sets it right.
#[cfg(unix)]
fn fault(path: &Path, found: Found, trusted: u32) -> Option<(String, String)> {
    const OTHERS_WRITE: u32 = 0o022;
    const STICKY: u32 = 0o1000;
    let name = path.display();
    if found.owner != 0 && found.owner != trusted {
        let why = format!("{name} belongs to user {}, who can change it.", found.owner);
        return Some((why, format!("Run: chown root {name}")));
    }
    // In a sticky folder everybody may write, but not over another's file.
    if found.mode & OTHERS_WRITE != 0 && found.mode & STICKY == 0 {
        let why = format!("Others can change {name}, too (mode {:04o}).", found.mode & 0o7777);
        return Some((why, format!("Run: chmod go-w {name}")));
    }
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[track_caller]
    fn judge(owner: u32, mode: u32, trusted: u32) -> Option<String> {
        fault(Path::new("/x"), Found { owner, mode }, trusted).map(|(_, remedy)| remedy)
    }

    #[test]
    fn strangers_own_nothing_and_others_write_nothing() {
        assert_eq!(judge(0, 0o100_644, 0), None);
        assert_eq!(judge(0, 0o100_600, 1000), None);
        assert_eq!(judge(1000, 0o100_644, 1000), None);
        assert_eq!(judge(1000, 0o100_644, 0).unwrap(), "Run: chown root /x");
        assert_eq!(judge(1001, 0o100_644, 1000).unwrap(), "Run: chown root /x");
        assert_eq!(judge(0, 0o100_664, 0).unwrap(), "Run: chmod go-w /x");
        assert_eq!(judge(0, 0o100_646, 0).unwrap(), "Run: chmod go-w /x");
        // /tmp
        assert_eq!(judge(0, 0o041_777, 0), None);
    }
}
