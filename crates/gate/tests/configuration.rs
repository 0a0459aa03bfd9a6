//! Which configuration is found, and which is refused.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use strongpass_gate::{GateError, InForce, Trust, word_list};
use tempfile::TempDir;

fn place() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    folder
}

fn write(place: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = place.path().join(name);
    fs::write(&path, bytes).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    path
}

fn policy(path: &Path) -> Result<Option<InForce>, GateError> {
    InForce::read(path, Trust::Machine)
}

#[test]
fn only_a_name_that_does_not_exist_is_not_configured() {
    let place = place();
    let none = place.path().join("none.toml");
    assert!(policy(&none).unwrap().is_none());
    assert!(policy(&place.path().join("no/folder.toml")).unwrap().is_none());
    for (name, target) in [("unmounted", "/none/policy.toml"), ("gone", "gone.toml")] {
        let link = place.path().join(name);
        symlink(target, &link).unwrap();
        for trust in [Trust::Machine, Trust::Person] {
            let said = InForce::read(&link, trust).unwrap_err().to_string();
            assert!(said.contains("which is not there; mount or restore"), "{said}");
        }
    }
    let file = write(&place, "file", b"");
    assert!(policy(&file.join("policy.toml")).is_err());
    assert!(policy(place.path()).is_err());
}

#[test]
fn mistakes_are_told_from_faults() {
    let place = place();
    for (bytes, is_mistake, says) in [
        (&b"min_lenght = 8"[..], true, "unknown key `min_lenght`: did you mean `min_length`?"),
        (b"title = \"caf\xe9\"", true, "it is not UTF-8 text; save it as UTF-8"),
        (&vec![b'#'; (1 << 20) + 1], false, "is larger than 1048576 bytes"),
    ] {
        let path = write(&place, "policy.toml", bytes);
        let error = policy(&path).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(error.is_mistake(), is_mistake, "{error}");
        assert!(!error.on_one_line().contains('\n'), "{error}");
    }
    let path = write(&place, "policy.toml", b"\xef\xbb\xbfmin_length = 9");
    assert_eq!(policy(&path).unwrap().unwrap().policy.min_length, 9);
    fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    let error = policy(&path).unwrap_err();
    assert!(!error.is_mistake() && error.to_string().contains("run `chmod go-w"), "{error}");

    let named = InForce::find(Some("birchingtom"), Trust::Machine).unwrap_err();
    assert_eq!(
        (named.to_string().as_str(), named.is_mistake()),
        ("no preset or file has that name: did you mean `birchington`?", true)
    );
}

#[test]
fn words_are_needed_once_they_are_named() {
    let place = place();
    let path = write(&place, "policy.toml", b"words = [\"school.fst\"]");
    let in_force = policy(&path).unwrap().unwrap();
    let missing = in_force.dictionary(&[]).unwrap_err().to_string();
    assert!(missing.contains("make it with `strongpass words build`"), "{missing}");
    let words = write(&place, "school.fst", b"horse");
    assert!(matches!(word_list(&words, None, Trust::Machine), Err(GateError::Words { .. })));
    assert!(in_force.dictionary(&[]).is_err());
    fs::set_permissions(&words, Permissions::from_mode(0o646)).unwrap();
    assert!(matches!(in_force.dictionary(&[]), Err(GateError::Untrusted(_))));
}

#[test]
fn a_file_that_changes_a_preset_goes_by_its_own_name() {
    let place = place();
    let path = write(&place, "ours.toml", b"min_length = 10");
    assert_eq!(policy(&path).unwrap().unwrap().policy.name, "ours");
    let path = write(&place, "same.toml", b"# As it is.\n");
    assert_eq!(policy(&path).unwrap().unwrap().policy.name, "birchington");
}

/// What a crash or a full disk leaves is not what anybody decided.
#[test]
fn an_empty_file_is_no_configuration() {
    let place = place();
    for empty in [&b""[..], b"\xef\xbb\xbf", b"\n \r\n"] {
        let path = write(&place, "empty.toml", empty);
        let error = policy(&path).unwrap_err();
        assert!(matches!(error, GateError::Empty { .. }));
        assert!(error.is_mistake() && error.to_string().contains("restore it"), "{error}");
    }
}
