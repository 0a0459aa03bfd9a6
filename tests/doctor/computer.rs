//! A computer of its own: a configuration of PAM, modules, and a history if it is made.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::run::{Ran, strongpass};

/// What `doctor` is let loose on.
pub(crate) struct Computer {
    pub(crate) folder: TempDir,
}

const MODULES: [&str; 14] = [
    "pam_deny.so",
    "pam_permit.so",
    "pam_localuser.so",
    "pam_succeed_if.so",
    "pam_unix.so",
    "pam_sss.so",
    "pam_winbind.so",
    "pam_krb5.so",
    "pam_ldap.so",
    "pam_pwquality.so",
    "pam_passwdqc.so",
    "pam_systemd_home.so",
    "pam_gnome_keyring.so",
    "pam_strongpass.so",
];

/// What `pam-auth-update` makes of Debian's stack with our profiles.
pub(crate) const DEBIAN: &str = "\
password requisite pam_strongpass.so retry=3
password [success=1 default=ignore] pam_unix.so obscure use_authtok try_first_pass yescrypt
password requisite pam_deny.so
password required pam_permit.so
password optional pam_strongpass.so record
";

impl Computer {
    pub(crate) fn new() -> Self {
        let computer = Self { folder: tempfile::tempdir().unwrap() };
        fs::set_permissions(computer.path(""), Permissions::from_mode(0o755)).unwrap();
        for folder in ["pam.d", "modules"] {
            fs::create_dir(computer.path(folder)).unwrap();
            fs::set_permissions(computer.path(folder), Permissions::from_mode(0o755)).unwrap();
        }
        let mark = format!("\x7fELF\0pam_strongpass version {}, \0", env!("CARGO_PKG_VERSION"));
        for module in MODULES {
            computer.write(&format!("modules/{module}"), &mark);
        }
        computer
    }

    /// With the stack in `common-password`, for `passwd`.
    pub(crate) fn with(stack: &str) -> Self {
        let computer = Self::new();
        computer.write("pam.d/common-password", stack);
        computer.write("pam.d/passwd", "@include common-password\n");
        computer
    }

    /// With the stacks of a folder in `tests/pam`.
    pub(crate) fn like(name: &str) -> Self {
        let computer = Self::new();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pam").join(name);
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            computer.write(&format!("pam.d/{name}"), &fs::read_to_string(&path).unwrap());
        }
        computer
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
        fs::set_permissions(self.path(name), Permissions::from_mode(0o644)).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// Makes a history that knows the service `passwd`.
    pub(crate) fn remember(&self) {
        fs::create_dir(self.path("keys")).unwrap();
        let (store, keys) = (self.path("store/history.db"), self.path("keys/history.keys"));
        let (store, keys) = (store.display(), keys.display());
        let config = format!(
            "store = \"{store}\"\nkeys = \"{keys}\"\n[systems]\nnetwork = \"the network\"\n\
             [pam]\npasswd = \"network\"\nsshd = \"network\"\nchpasswd = \"network\"\n"
        );
        self.write("history.toml", &config);
        let config = self.path("history.toml");
        let ran =
            strongpass(&["history", "init", "--history-config", config.to_str().unwrap()], b"");
        assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    }

    pub(crate) fn doctor(&self, more: &[&str]) -> Ran {
        let (stacks, modules) = (self.path("pam.d"), self.path("modules"));
        let mut args = vec!["doctor", "--policy", "birchington"];
        let history = self.path("history.toml");
        if history.exists() {
            args.extend(["--history-config", history.to_str().unwrap()]);
        }
        if !more.contains(&"--pam-config") {
            args.extend(["--pam-config", stacks.to_str().unwrap()]);
        }
        args.extend(["--pam-modules", modules.to_str().unwrap()]);
        args.extend(more);
        strongpass(&args, b"")
    }

    /// What is said of PAM and of files, but for what is good: `pam-asked fails`.
    #[track_caller]
    pub(crate) fn complaints(&self, more: &[&str]) -> Vec<String> {
        let ran = self.doctor(&[more, &["--json"]].concat());
        assert_eq!(ran.stderr, "");
        let said = ran.json().remove(0);
        let findings = said["findings"].as_array().unwrap();
        let states: Vec<&str> =
            findings.iter().map(|finding| finding["state"].as_str().unwrap()).collect();
        let code = match &states {
            states if states.contains(&"fails") => 1,
            states if states.contains(&"unknown") => 3,
            _ => 0,
        };
        assert_eq!(ran.status, Some(code), "{states:?}");
        assert_eq!(said["in_order"], code == 0);
        findings
            .iter()
            .filter(|finding| finding["state"] != "ok")
            .map(|finding| format!("{} {}", finding["check"], finding["state"]).replace('"', ""))
            .collect()
    }
}

#[track_caller]
pub(crate) fn expect(stack: &str, expected: &[&str]) {
    assert_eq!(Computer::with(stack).complaints(&[]), expected, "{stack}");
}

#[track_caller]
pub(crate) fn expect_with_history(stack: &str, expected: &[&str]) {
    let computer = Computer::with(stack);
    computer.remember();
    assert_eq!(computer.complaints(&[]), expected, "{stack}");
}

/// A stack with one line changed.
#[track_caller]
pub(crate) fn changed(from: &str, to: &str) -> String {
    assert_eq!(DEBIAN.matches(from).count(), 1, "{from}");
    DEBIAN.replace(from, to)
}
