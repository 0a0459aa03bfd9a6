//! Files as they may lie on a disk, and what is made of each.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use strongpass_trusted::{Opener, Trust, TrustError};
use tempfile::TempDir;

const MOST: u64 = 1_000;

fn place() -> TempDir {
    // A link on the way to the folder of temporary files is not what is tested here.
    let place = tempfile::tempdir_in(std::env::temp_dir().canonicalize().unwrap()).unwrap();
    set_mode(place.path(), 0o700);
    place
}

fn file(place: &TempDir, name: &str) -> PathBuf {
    let path = place.path().join(name);
    fs::write(&path, name).unwrap();
    set_mode(&path, 0o644);
    path
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// What it is called that machine, person and a secret get: `read`, `absent`, or the error.
fn outcomes(path: &Path) -> [String; 3] {
    let one = |opener: Opener| match opener.read(path, MOST) {
        Ok(Some(_)) => "read".to_owned(),
        Ok(None) => "absent".to_owned(),
        Err(error) => {
            let text = error.to_string();
            assert!(text.ends_with(&format!("; {}", error.remedy())), "{text}");
            assert!(text.contains('/') && error.remedy().len() > 10, "{text}");
            let name = format!("{error:?}");
            name.split([' ', '{']).next().unwrap().to_lowercase()
        }
    };
    [Trust::Machine, Trust::Person]
        .map(Opener::new)
        .map(one)
        .into_iter()
        .chain([one(Opener::new(Trust::Person).private())])
        .collect::<Vec<_>>()
        .try_into()
        .unwrap()
}

#[track_caller]
fn expect(path: &Path, machine: &str, person: &str, secret: &str) {
    assert_eq!(outcomes(path), [machine, person, secret], "{}", path.display());
}

#[test]
fn what_is_there_and_what_is_not() {
    let place = place();
    let path = file(&place, "policy.toml");
    expect(&path, "read", "read", "exposed");
    set_mode(&path, 0o600);
    expect(&path, "read", "read", "read");
    expect(&place.path().join("none"), "absent", "absent", "absent");
    expect(&place.path().join("none/at/all"), "absent", "absent", "absent");
    expect(&place.path().join("./policy.toml"), "read", "read", "read");
    fs::create_dir(place.path().join("sub")).unwrap();
    expect(&place.path().join("sub/../policy.toml"), "read", "read", "read");
    // These are not absent.
    expect(&path.join("below"), "notafolder", "notafolder", "notafolder");
    expect(place.path(), "notafile", "notafile", "notafile");
    expect(Path::new("/"), "notafile", "notafile", "notafile");
    let long = place.path().join("n".repeat(300));
    expect(&long, "io", "io", "io");
}

#[test]
fn what_others_may_write() {
    let place = place();
    let path = file(&place, "words.fst");
    for (mode, secret) in [(0o666, "exposed"), (0o646, "exposed"), (0o602, "exposed")] {
        set_mode(&path, mode);
        expect(&path, "writable", "writable", secret);
    }
    set_mode(&path, 0o600);
    set_mode(place.path(), 0o777);
    expect(&path, "writable", "writable", "writable");
    // Nor is a name in such a folder found absent: whoever may write there may take it away.
    expect(&place.path().join("none"), "writable", "writable", "writable");
    set_mode(place.path(), 0o1777);
    expect(&path, "read", "read", "read");
    set_mode(place.path(), 0o700);
}

#[test]
fn a_folder_of_a_secret() {
    let place = place();
    let path = file(&place, "history.db");
    set_mode(&path, 0o600);
    let opener = Opener::new(Trust::Machine).private_with_folder();
    assert!(opener.check(&path).unwrap());
    for mode in [0o750, 0o705, 0o711, 0o1777] {
        set_mode(place.path(), mode);
        let error = opener.check(&path).unwrap_err();
        let TrustError::Exposed { is_folder: true, mode: found, .. } = error else {
            panic!("{error}")
        };
        assert_eq!(found, mode);
    }
    set_mode(place.path(), 0o700);
}

#[test]
fn links() {
    let place = place();
    let path = file(&place, "policy.toml");
    set_mode(&path, 0o600);
    let link = |name: &str, target: &str| {
        let link = place.path().join(name);
        symlink(target, &link).unwrap();
        link
    };
    expect(&link("beside", "policy.toml"), "linked", "read", "linked");
    expect(&link("whole", path.to_str().unwrap()), "linked", "read", "linked");
    expect(&link("twice", "beside"), "linked", "read", "linked");
    link("folder", ".");
    // A secret may be in a linked folder of a person; it is not a link itself.
    expect(&place.path().join("folder/policy.toml"), "linked", "read", "read");
    expect(&place.path().join("folder/none"), "linked", "absent", "absent");
    link("up", "../");
    let name = place.path().file_name().unwrap();
    expect(&place.path().join("up").join(name).join("policy.toml"), "linked", "read", "read");
    // A disk that is not mounted is not "not configured".
    expect(&link("dangling", "/none/policy.toml"), "dangling", "dangling", "dangling");
    expect(&link("near", "none.toml"), "dangling", "dangling", "dangling");
    link("unmounted", "/none/etc");
    expect(&place.path().join("unmounted/policy.toml"), "dangling", "dangling", "dangling");
    link("chain", "dangling");
    expect(&place.path().join("chain"), "dangling", "dangling", "dangling");
    link("a", "b");
    link("b", "a");
    expect(&place.path().join("a"), "dangling", "loop", "dangling");
    // What it leads to is judged as well.
    set_mode(&path, 0o666);
    expect(&place.path().join("twice"), "linked", "writable", "linked");
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let place = place();
    let pipe = place.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    expect(&pipe, "notafile", "notafile", "notafile");
    expect(Path::new("/dev/zero"), "notafile", "notafile", "notafile");
    let socket = place.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    expect(&socket, "notafile", "notafile", "notafile");
}

#[test]
fn what_is_too_large() {
    let place = place();
    let path = file(&place, "large");
    let size = |bytes: u64| fs::write(&path, vec![b'x'; usize::try_from(bytes).unwrap()]).unwrap();
    size(MOST);
    assert_eq!(Opener::new(Trust::Person).read(&path, MOST).unwrap().unwrap().len(), 1_000);
    size(MOST + 1);
    expect(&path, "toolarge", "toolarge", "exposed");
}

#[test]
fn a_lock_is_made_once_and_never_through_a_link() {
    let place = place();
    let opener = Opener::new(Trust::Machine).private_with_folder();
    let path = place.path().join("history.db.lock");
    opener.open_or_make(&path).unwrap().write_all(b"1").unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    opener.open_or_make(&path).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"1");
    assert!(matches!(opener.make(&path), Err(TrustError::Io { .. })));
    fs::remove_file(&path).unwrap();
    let target = place.path().join("made");
    symlink(&target, &path).unwrap();
    assert!(matches!(opener.open_or_make(&path), Err(TrustError::Dangling { .. })));
    assert!(opener.make(&path).is_err());
    assert!(!target.exists());
    assert!(opener.open_or_make(&place.path().join("none/lock")).is_err());
}

/// Only root can give a file away, and only root must be told.
#[test]
fn what_belongs_to_somebody_else() {
    let place = place();
    let path = file(&place, "policy.toml");
    if chown(&path, Some(1234), Some(1234)).is_err() {
        return;
    }
    set_mode(&path, 0o600);
    expect(&path, "owner", "owner", "owner");
    chown(&path, Some(0), Some(0)).unwrap();
    expect(&path, "read", "read", "read");
    let folder = place.path().join("folder");
    fs::create_dir(&folder).unwrap();
    chown(&folder, Some(1234), None).unwrap();
    fs::write(folder.join("policy.toml"), "").unwrap();
    expect(&folder.join("policy.toml"), "owner", "owner", "owner");
    // A stranger's link in a folder where everybody may make one.
    let link = place.path().join("link");
    symlink(&path, &link).unwrap();
    std::os::unix::fs::lchown(&link, Some(1234), None).unwrap();
    expect(&link, "owner", "owner", "owner");
}
