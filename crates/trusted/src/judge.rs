//! Whether a file or folder can be trusted, by its owner and mode alone.

use std::path::Path;

use crate::error::TrustError;
use crate::found::{Found, Kind};
use crate::trust::{Terms, Trust};

const GROUP_WRITES: u32 = 0o020;
const OTHERS_WRITE: u32 = 0o002;
const OTHERS_AT_ALL: u32 = 0o077;
const STICKY: u32 = 0o1000;

/// Judges a folder on the way, a link, or the file itself.
pub(crate) fn judge(terms: &Terms, path: &Path, found: &Found) -> Result<(), TrustError> {
    let Some(rights) = found.rights else { return Ok(()) };
    let is_folder = found.kind == Kind::Folder;
    if rights.owner != 0 && rights.owner != terms.user {
        let (path, owner, trusted) = (path.to_owned(), rights.owner, terms.user);
        return Err(TrustError::Owner { path, owner, trusted, is_folder });
    }
    // The mode of a link means nothing: who may exchange it, the folder says.
    if found.kind == Kind::Link {
        return Ok(());
    }
    // Nobody can take away or rename what another owns there, and what is there is judged next.
    if is_folder && rights.mode & STICKY != 0 {
        return Ok(());
    }
    // A group of one: on Debian and Fedora each person has one, and files are made writable by it.
    let is_alone = rights.owner != 0
        && rights.group == rights.owner
        && rights.group == terms.group
        && terms.trust == Trust::Person;
    let writers = if is_alone { OTHERS_WRITE } else { GROUP_WRITES | OTHERS_WRITE };
    if rights.mode & writers != 0 {
        let (path, mode) = (path.to_owned(), rights.mode);
        return Err(TrustError::Writable { path, mode, is_folder });
    }
    Ok(())
}

/// Judges a file, or the folder it is in, that others may not even read.
pub(crate) fn judge_private(path: &Path, found: &Found) -> Result<(), TrustError> {
    match found.rights {
        Some(rights) if rights.mode & OTHERS_AT_ALL != 0 => Err(TrustError::Exposed {
            path: path.to_owned(),
            mode: rights.mode,
            is_folder: found.kind == Kind::Folder,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::found::Rights;

    /// An opener for user and group 1000, or for root.
    fn terms(trust: Trust, user: u32) -> Terms {
        Terms { trust, user, group: user, privacy: None }
    }

    fn found(kind: Kind, owner: u32, group: u32, mode: u32) -> Found {
        let rights = Some(Rights { owner, group, mode });
        Found { kind, rights, identity: (0, 0) }
    }

    /// What the judgement of machine and person is, for root and for user 1000.
    fn judgements(found: &Found) -> String {
        let one = |trust, user| match judge(&terms(trust, user), Path::new("/x"), found) {
            Ok(()) => "ok",
            Err(TrustError::Owner { .. }) => "owner",
            Err(TrustError::Writable { .. }) => "writable",
            Err(_) => "other",
        };
        [
            one(Trust::Machine, 0),
            one(Trust::Person, 0),
            one(Trust::Machine, 1000),
            one(Trust::Person, 1000),
        ]
        .join(" ")
    }

    #[test]
    fn owners_and_modes() {
        use Kind::{File, Folder, Link};
        for (kind, owner, group, mode, expected) in [
            (File, 0, 0, 0o644, "ok ok ok ok"),
            (File, 0, 50, 0o640, "ok ok ok ok"),
            (File, 0, 0, 0o400, "ok ok ok ok"),
            (File, 1000, 1000, 0o644, "owner owner ok ok"),
            (File, 1001, 1001, 0o644, "owner owner owner owner"),
            (File, 1234, 1234, 0o666, "owner owner owner owner"),
            (File, 0, 0, 0o666, "writable writable writable writable"),
            (File, 0, 0, 0o664, "writable writable writable writable"),
            (File, 0, 1000, 0o664, "writable writable writable writable"),
            // A person's own group may write, a shared one may not.
            (File, 1000, 1000, 0o664, "owner owner writable ok"),
            (File, 1000, 50, 0o664, "owner owner writable writable"),
            (File, 1000, 1000, 0o666, "owner owner writable writable"),
            (Folder, 0, 0, 0o755, "ok ok ok ok"),
            (Folder, 0, 0, 0o775, "writable writable writable writable"),
            (Folder, 0, 0, 0o1777, "ok ok ok ok"),
            (Folder, 1001, 0, 0o1777, "owner owner owner owner"),
            (Folder, 0, 0, 0o777, "writable writable writable writable"),
            (Folder, 1000, 1000, 0o775, "owner owner writable ok"),
            // The sticky bit of a file means nothing.
            (File, 0, 0, 0o1666, "writable writable writable writable"),
            (Link, 0, 0, 0o777, "ok ok ok ok"),
            (Link, 1001, 0, 0o777, "owner owner owner owner"),
        ] {
            let found = found(kind, owner, group, mode);
            assert_eq!(judgements(&found), expected, "{kind:?} {owner} {group} {mode:04o}");
        }
    }

    #[test]
    fn private_files_are_for_their_owner_alone() {
        for (mode, is_private) in [
            (0o600, true),
            (0o400, true),
            (0o700, true),
            (0o640, false),
            (0o604, false),
            (0o620, false),
            (0o601, false),
        ] {
            let found = found(Kind::File, 0, 0, mode);
            assert_eq!(judge_private(Path::new("/k"), &found).is_ok(), is_private, "{mode:04o}");
        }
    }
}
