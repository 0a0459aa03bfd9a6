//! The history, asked by the hooks, in order and with everything that can be wrong with it.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{KATE, PAM, STRONG, answer};

const NEAR: &str = "Zw!nq83#Kf";

/// A configuration of a history in that folder.
fn configured(folder: &Path, near_budget: u32) -> PathBuf {
    let root = folder.display();
    let config = format!(
        "store = \"{root}/store/history.db\"\nkeys = \"{root}/keys/history.keys\"\n\
         near_budget_ms = {near_budget}\n[systems]\nnetwork = \"the network\"\nemail = \"email\"\n\
         [pam]\npasswd = \"network\"\n"
    );
    let file = folder.join("history.toml");
    fs::write(&file, config).unwrap();
    // Whatever the umask is: what a group may write is not trusted.
    set_mode(&file, 0o644);
    set_mode(folder, 0o755);
    file
}

#[test]
fn the_history_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = configured(folder.path(), 20_000);
    let file = file.to_str().unwrap();
    let history = |args: &[&str], input: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"))
            .arg("history")
            .args(args)
            .args(["--history-config", file])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        command.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        let done = command.wait_with_output().unwrap();
        assert!(done.status.success());
        String::from_utf8(done.stdout).unwrap()
    };
    history(&["init"], "");
    history(&["record", "--account", "k.harper", "--system", "email"], STRONG);
    history(&["record", "--account", "kqharper", "--system", "email"], STRONG);

    let with = |hook: &str, more: &[&str], environment, password: &str| {
        let args = [&[hook, "--history", "--history-config", file], more].concat();
        answer(&args, environment, password.as_bytes())
    };
    let network = ["--system", "network"];
    let (code, said) = with("samba", &network, KATE, STRONG);
    assert_eq!(code, 1);
    assert!(said.contains("refused: one-system: It is already used for email"), "{said}");
    let (code, said) = with("samba", &network, KATE, NEAR);
    assert_eq!(code, 1);
    assert!(said.contains("refused: similar:"), "{said}");
    // A former password of the same system is not a new one either.
    assert_eq!(with("samba", &["--system", "email"], KATE, STRONG).0, 1);
    assert_eq!(with("samba", &["--system", "netwrok"], KATE, STRONG).0, 2);
    // Samba does not say for which system; PAM does, by the service.
    assert_eq!(with("samba", &[], KATE, STRONG).0, 2);
    assert_eq!(with("pam-exec", &[], PAM, STRONG).0, 1);
    let other = [("PAM_TYPE", "password"), ("PAM_USER", "kqharper"), ("PAM_SERVICE", "other")];
    assert_eq!(with("pam-exec", &[], &other, STRONG).0, 2);

    // Asked only, nothing is recorded; with `--record`, what is accepted is.
    assert_eq!(with("samba", &network, KATE, "mR7$vk4!xQ").0, 0);
    assert_eq!(history(&["uses", "k.harper"], "").lines().count(), 1);
    let record = ["--system", "network", "--record"];
    assert_eq!(with("samba", &record, KATE, STRONG).0, 1);
    assert_eq!(with("samba", &record, KATE, "Xk9#horse!").0, 1);
    assert_eq!(history(&["uses", "k.harper"], "").lines().count(), 1);
    assert_eq!(with("samba", &record, KATE, "mR7$vk4!xQ").0, 0);
    assert_eq!(history(&["uses", "k.harper"], "").lines().count(), 2);

    // A history that cannot answer refuses, whether the policy requires it or not.
    let policy = folder.path().join("policy.toml");
    fs::write(&policy, "one_system = \"required\"\n").unwrap();
    set_mode(&policy, 0o644);
    let required = ["--system", "network", "--policy", policy.to_str().unwrap()];
    assert_eq!(with("samba", &required, KATE, "qN6%wz3&Jr").0, 0);
    fs::remove_file(folder.path().join("keys/history.keys")).unwrap();
    let (code, said) = with("samba", &required, KATE, "qN6%wz3&Jr");
    assert_eq!(code, 3);
    assert!(said.contains("refused: one-system: The history could not be read."), "{said}");
    assert_eq!(with("samba", &record, KATE, "qN6%wz3&Jr").0, 3);
    assert_eq!(with("samba", &network, KATE, "qN6%wz3&Jr").0, 3);
}

/// A history of k.harper in a folder of its own.
struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        configured(folder.path(), 0);
        let kept = Self { folder };
        kept.history(&["init"], "");
        kept.history(&["record", "--account", "k.harper", "--system", "email"], STRONG);
        kept
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn history(&self, args: &[&str], input: &str) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"))
            .arg("history")
            .args(args)
            .arg("--history-config")
            .arg(self.path("history.toml"))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        command.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        assert!(command.wait().unwrap().success());
    }

    /// What the hook and `check` answer of the network, with what they say on standard error.
    fn answers(&self, password: &str, more: &[&str]) -> [(i32, String); 2] {
        let config = self.path("history.toml");
        let history = ["--history", "--history-config", config.to_str().unwrap()];
        let args = [&history[..], &["--system", "network"], more].concat();
        let hook = answer(&[&["samba"], &args[..]].concat(), KATE, password.as_bytes());
        let mut check = Command::new(env!("CARGO_BIN_EXE_strongpass"));
        check.args(["check", "--json", "--stdin", "--account", "k.harper"]).args(&args);
        if !more.contains(&"--policy") {
            check.args(["--policy", "birchington"]);
        }
        let mut check = check
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        check.stdin.take().unwrap().write_all(password.as_bytes()).ok();
        let done = check.wait_with_output().unwrap();
        let code = done.status.code().unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        let verdict = match code {
            0 => "\"verdict\":\"accept\"",
            1 => "\"verdict\":\"reject\"",
            _ => "\"verdict\":\"unchecked\"",
        };
        // A policy that cannot be loaded gives no verdict.
        assert!(said.contains(verdict) || said.is_empty() && code > 1, "{code}: {said}");
        [hook, (code, String::from_utf8(done.stderr).unwrap())]
    }
}

/// Something that goes wrong with a history; what is said of it names the file and what to do.
type Fault = (&'static str, fn(&Kept), &'static str);

const FAULTS: [Fault; 12] = [
    (
        "database missing",
        |kept| fs::remove_file(kept.path("store/history.db")).unwrap(),
        "strongpass history init",
    ),
    (
        "folder missing",
        |kept| fs::remove_dir_all(kept.path("store")).unwrap(),
        "strongpass history init",
    ),
    ("database emptied", |kept| fs::write(kept.path("store/history.db"), "").unwrap(), "is empty"),
    (
        "database truncated",
        |kept| {
            let path = kept.path("store/history.db");
            let file = fs::File::options().write(true).open(path).unwrap();
            file.set_len(file.metadata().unwrap().len() / 2).unwrap();
        },
        "is damaged",
    ),
    (
        "another file in its place",
        |kept| fs::write(kept.path("store/history.db"), "k.harper:x".repeat(900)).unwrap(),
        "is not a history of strongpass",
    ),
    (
        "keys missing",
        |kept| fs::remove_file(kept.path("keys/history.keys")).unwrap(),
        "restore the file",
    ),
    ("keys readable", |kept| set_mode(&kept.path("keys/history.keys"), 0o644), "run `chmod 0600"),
    (
        "database readable",
        |kept| set_mode(&kept.path("store/history.db"), 0o644),
        "run `chmod 0600",
    ),
    ("folder open", |kept| set_mode(&kept.path("store"), 0o777), "run `chmod"),
    ("database linked", |kept| move_and_link(kept, "store/history.db"), "links are not followed"),
    ("keys linked", |kept| move_and_link(kept, "keys/history.keys"), "links are not followed"),
    (
        "database's disk not mounted",
        |kept| {
            fs::remove_file(kept.path("store/history.db")).unwrap();
            symlink("/none/history.db", kept.path("store/history.db")).unwrap();
        },
        "mount or restore",
    ),
];

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn move_and_link(kept: &Kept, name: &str) {
    let away = kept.path("away");
    fs::rename(kept.path(name), &away).unwrap();
    symlink(away, kept.path(name)).unwrap();
}

#[test]
fn a_history_that_fails_is_never_a_yes() {
    for (name, fault, says) in FAULTS {
        let kept = Kept::new();
        assert_eq!(kept.answers("qN6%wz3&Jr", &[]).map(|answer| answer.0), [0, 0], "{name}");
        fault(&kept);
        for more in [&[][..], &["--record"]] {
            for (code, said) in kept.answers("qN6%wz3&Jr", more) {
                assert_eq!(code, 3, "{name} {more:?}: {said}");
                assert!(said.contains(says), "{name}: {said}");
                assert!(said.contains(kept.folder.path().to_str().unwrap()), "{name}: {said}");
            }
        }
        // What is weak anyway is refused as such.
        assert_eq!(kept.answers("horse", &[]).map(|answer| answer.0), [1, 1], "{name}");
    }
}

/// Reading needs no turn; recording does, and says that there was none.
#[test]
fn a_lock_that_another_program_holds_stops_recording_only() {
    let kept = Kept::new();
    let holder = fs::File::open(kept.path("store/history.db.lock")).unwrap();
    holder.lock().unwrap();
    assert_eq!(kept.answers("qN6%wz3&Jr", &[]).map(|answer| answer.0), [0, 0]);
    assert_eq!(kept.answers(STRONG, &[]).map(|answer| answer.0), [1, 1]);
    for (code, said) in kept.answers("qN6%wz3&Jr", &["--record"]) {
        assert_eq!(code, 3, "{said}");
        assert!(said.contains("another program holds"), "{said}");
    }
    holder.unlock().unwrap();
    assert_eq!(kept.answers("qN6%wz3&Jr", &["--record"])[0].0, 0);
}

/// Nothing is made where a link leads.
#[test]
fn a_linked_lock_is_not_followed() {
    let kept = Kept::new();
    let (lock, target) = (kept.path("store/history.db.lock"), kept.path("target"));
    fs::remove_file(&lock).unwrap();
    symlink(&target, &lock).unwrap();
    for (code, said) in kept.answers("qN6%wz3&Jr", &["--record"]) {
        assert_eq!(code, 3, "{said}");
        assert!(said.contains("is a link to"), "{said}");
    }
    assert!(!target.exists());
}

#[test]
fn configuration_that_others_may_write_is_not_trusted() {
    let kept = Kept::new();
    let policy = kept.path("policy.toml");
    fs::write(&policy, "dictionary = \"off\"\none_system = \"off\"\n").unwrap();
    let named = ["--policy", policy.to_str().unwrap()];
    let codes = |more: &[&str]| kept.answers("password#7", more).map(|answer| answer.0);
    set_mode(&policy, 0o644);
    assert_eq!(codes(&named), [0, 0]);
    set_mode(&policy, 0o666);
    for (code, said) in kept.answers("password#7", &named) {
        assert_eq!(code, 3, "{said}");
        assert!(said.contains("run `chmod go-w"), "{said}");
    }
    set_mode(&policy, 0o644);
    // Only root can give a file away.
    if chown(&policy, Some(1234), Some(1234)).is_ok() {
        for (code, said) in kept.answers("password#7", &named) {
            assert_eq!(code, 3, "{said}");
            assert!(said.contains("belongs to user 1234"), "{said}");
        }
        chown(&policy, Some(0), Some(0)).unwrap();
    }
    assert_eq!(codes(&named), [0, 0]);

    // Its folder, and the other files.
    set_mode(kept.folder.path(), 0o777);
    assert_eq!(codes(&named), [3, 3]);
    set_mode(kept.folder.path(), 0o755);
    set_mode(&kept.path("history.toml"), 0o666);
    assert_eq!(codes(&[]), [3, 3]);
    set_mode(&kept.path("history.toml"), 0o644);
    assert_eq!(codes(&["--policy", "aspire"]), [1, 1]);

    // A link that leads nowhere is not "there is none".
    for name in ["policy.toml", "history.toml"] {
        fs::remove_file(kept.path(name)).unwrap();
        symlink("/none/at/all.toml", kept.path(name)).unwrap();
        for (code, said) in kept.answers("qN6%wz3&Jr", &named) {
            assert_eq!(code, 3, "{said}");
            assert!(said.contains("which is not there; mount or restore"), "{said}");
        }
    }
}
