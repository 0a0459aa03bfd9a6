//! Which history is found, and which configuration of one is refused.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use strongpass_gate::{GateError, Trust};
use strongpass_history::ConfiguredHistory;
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

fn history(path: &Path) -> Result<Option<ConfiguredHistory>, GateError> {
    ConfiguredHistory::read(path, Trust::Machine)
}

#[test]
fn only_a_name_that_does_not_exist_is_not_configured() {
    let place = place();
    assert!(history(&place.path().join("none.toml")).unwrap().is_none());
    for (name, target) in [("unmounted", "/none/history.toml"), ("gone", "gone.toml")] {
        let link = place.path().join(name);
        symlink(target, &link).unwrap();
        for trust in [Trust::Machine, Trust::Person] {
            let said = ConfiguredHistory::read(&link, trust).unwrap_err().to_string();
            assert!(said.contains("which is not there; mount or restore"), "{said}");
        }
    }
    let file = write(&place, "file", b"");
    assert!(history(&file.join("history.toml")).is_err());
}

#[test]
fn mistakes_are_told_from_faults() {
    let place = place();
    let path = write(&place, "history.toml", b"remembr = 5");
    assert!(history(&path).unwrap_err().is_mistake());
    let missing = ConfiguredHistory::needed(&place.path().join("none"), Trust::Machine);
    let missing = missing.unwrap_err();
    assert!(!missing.is_mistake(), "{missing}");
    let path = write(&place, "empty.toml", b"\n \r\n");
    let error = history(&path).unwrap_err();
    assert!(error.is_mistake() && error.to_string().contains("restore it"), "{error}");
}

#[test]
fn the_system_is_that_of_the_call_or_of_the_service() {
    let place = place();
    let text = b"[systems]\nnetwork = \"n\"\nemail = \"e\"\n[pam]\nsshd = \"email\"\n";
    let path = write(&place, "history.toml", text);
    let system = |id: Option<&str>, service: Option<&str>| {
        let memory = history(&path).unwrap().unwrap().of_system(id, service)?;
        Ok::<_, GateError>(memory.system.map(|system| system.to_string()))
    };
    assert_eq!(system(Some("network"), Some("sshd")).unwrap().as_deref(), Some("network"));
    assert_eq!(system(None, Some("sshd")).unwrap().as_deref(), Some("email"));
    assert_eq!(system(None, Some("passwd")).unwrap(), None);
    let error = system(Some("netwrok"), None).unwrap_err();
    assert!(error.is_mistake() && error.to_string().contains("did you mean `network`?"));
}
