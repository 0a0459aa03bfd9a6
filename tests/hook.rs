//! The hooks, called as Samba and `pam_exec` call them.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const STRONG: &str = "Zw!nq82#Kf";
const NEAR: &str = "Zw!nq83#Kf";

type Environment<'a> = &'a [(&'a str, &'a str)];

const KATE: Environment<'_> = &[
    ("SAMBA_CPS_ACCOUNT_NAME", "k.harper"),
    ("SAMBA_CPS_USER_PRINCIPAL_NAME", "k.harper@thanet.example"),
    ("SAMBA_CPS_FULL_NAME", "Kate Harper"),
];
const PAM: Environment<'_> =
    &[("PAM_TYPE", "password"), ("PAM_USER", "kqharper"), ("PAM_SERVICE", "passwd")];

fn run(args: &[&str], environment: Environment<'_>, input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.arg("hook").args(args).env_clear().envs(environment.iter().copied());
    if !args.contains(&"--policy") {
        command.args(["--policy", "birchington"]);
    }
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut command = command.spawn().unwrap();
    // A command that fails early does not read its input.
    command.stdin.take().unwrap().write_all(input).ok();
    command.wait_with_output().unwrap()
}

/// The exit code and what is said on standard error; standard output is silent.
fn answer(args: &[&str], environment: Environment<'_>, input: &[u8]) -> (i32, String) {
    let done = run(args, environment, input);
    assert_eq!(done.stdout, b"");
    (done.status.code().unwrap(), String::from_utf8(done.stderr).unwrap())
}

#[track_caller]
fn samba(password: &str, code: i32, rules: &[&str]) {
    judged("samba", KATE, password, code, rules);
}

#[track_caller]
fn judged(hook: &str, environment: Environment<'_>, password: &str, code: i32, rules: &[&str]) {
    let (found, said) = answer(&[hook], environment, password.as_bytes());
    let found_rules: Vec<&str> =
        said.lines().map(|line| line.split(": ").nth(3).unwrap()).collect();
    assert_eq!((found, found_rules.as_slice()), (code, rules), "{password}: {said}");
    assert!(!said.contains(password));
}

#[test]
fn samba_gets_the_verdict_of_the_policy() {
    samba(STRONG, 0, &[]);
    samba("vT7£kq2ö", 0, &[]);
    samba("Xk9#horse!", 1, &["dictionary-word"]);
    samba("horse", 1, &["length", "numbers", "symbols", "dictionary-word"]);
    // What is known of the person, from each of the three variables.
    samba("9!Katezq#", 1, &["dictionary-word", "personal"]);
    samba("k.harper#92q", 1, &["dictionary-word", "personal"]);
    samba("7#Thanetqq", 1, &["dictionary-word", "personal"]);
}

#[test]
fn the_reason_is_a_line_each_and_cannot_be_forged() {
    let (code, said) = answer(&["samba"], KATE, b"horse");
    assert_eq!(code, 1);
    let first = "strongpass: k.harper: refused: length: It is too short: it needs at least 8 \
                 characters. Make it longer.";
    assert_eq!(said.lines().next(), Some(first));
    let hostile = [("SAMBA_CPS_ACCOUNT_NAME", "eve\nstrongpass: k.harper: accepted\u{1b}[2J")];
    let (_, said) = answer(&["samba"], &hostile, b"Xk9#horse!");
    assert_eq!(said.lines().count(), 1);
    assert!(!said.contains('\u{1b}'));
}

#[test]
fn what_did_not_arrive_is_refused() {
    let (code, said) = answer(&["samba"], KATE, b"");
    assert_eq!(code, 3);
    assert_eq!(said, "strongpass: no password came on standard input: refused\n");
    for empty in [&b""[..], b"\0"] {
        let (code, said) = answer(&["pam-exec"], PAM, empty);
        assert_eq!(code, 3);
        assert!(said.contains("from Linux-PAM 1.6.0 on"), "{said}");
    }
    let (code, said) = answer(&["samba"], &[], STRONG.as_bytes());
    assert_eq!(code, 2);
    assert!(said.contains("SAMBA_CPS_ACCOUNT_NAME is not set"), "{said}");
    // Nobody listens to the reason: it is still a no.
    let command = "exec 2>&-; printf horse | \"$0\" hook samba --policy birchington";
    let mut deaf = Command::new("/bin/sh");
    deaf.args(["-c", command, env!("CARGO_BIN_EXE_strongpass")]);
    assert_eq!(deaf.envs(KATE.iter().copied()).status().unwrap().code(), Some(1));
    // It is as Samba stores it: a line end is a part of it.
    assert_eq!(answer(&["samba"], KATE, b"Zw!nq82#Kf\n").0, 1);
    assert_eq!(answer(&["samba"], KATE, b"\xff\xfeZw!nq82#Kf").0, 1);
    assert_eq!(answer(&["samba"], KATE, &[b'x'; 10_000]).0, 1);
}

#[test]
fn what_cannot_be_checked_is_refused() {
    let wrong = |args: &[&str]| answer(&[&["samba"], args].concat(), KATE, STRONG.as_bytes());
    assert_eq!(wrong(&["--policy", "brichington"]).0, 2);
    assert_eq!(wrong(&["--words", "/none.fst"]).0, 3);
    assert_eq!(wrong(&["--history", "--system", "x", "--history-config", "/none"]).0, 3);
    assert_eq!(wrong(&["--record"]).0, 2);
    assert_eq!(wrong(&["Xk9#horse!"]).0, 2);
}

#[test]
fn machines_pass_whatever_the_policy() {
    let random = "qWzRkVnXpT".repeat(12);
    let named = |account: &str, secret: &str, args: &[&str]| {
        let environment = [("SAMBA_CPS_ACCOUNT_NAME", account)];
        answer(&[&["samba"], args].concat(), &environment, secret.as_bytes())
    };
    for account in ["PC17$", "dns-dc1", "krbtgt"] {
        // Not even a policy file that is broken keeps computers off the network.
        assert_eq!(named(account, &random, &["--policy", "/none"]), (0, String::new()));
        assert_eq!(named(account, "Password1!", &[]).0, 1);
    }
    assert_eq!(named("k.harper", &random, &[]).0, 1);
}

#[test]
fn there_is_an_answer_before_samba_gives_up() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"))
        .args(["hook", "samba"])
        .envs(KATE.iter().copied())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Standard input stays open, and nothing comes.
    let stdin = command.stdin.take();
    // That this ends is the test; that 8 s are less than Samba's 10 s is tested beside the figures.
    let done = command.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(3));
    assert!(String::from_utf8(done.stderr).unwrap().contains("no answer within 8s: refused"));
    drop(stdin);
}

#[test]
fn pam_exec_gets_the_same_verdict() {
    judged("pam-exec", PAM, STRONG, 0, &[]);
    judged("pam-exec", PAM, "Xk9#horse!", 1, &["dictionary-word"]);
    judged("pam-exec", PAM, "9!kqharper", 1, &["dictionary-word", "personal"]);
    // With the end of a C string, and only one.
    assert_eq!(answer(&["pam-exec"], PAM, b"Zw!nq82#Kf\0").0, 0);
    assert_eq!(answer(&["pam-exec"], PAM, b"Zw!nq82#Kf\0\0").0, 1);
    // A computer's password does not come this way.
    let machine = [("PAM_TYPE", "password"), ("PAM_USER", "PC17$")];
    assert_eq!(answer(&["pam-exec"], &machine, &[b'x'; 120]).0, 1);
}

#[test]
fn pam_exec_answers_for_password_lines_alone() {
    for environment in [
        &[("PAM_TYPE", "auth"), ("PAM_USER", "kqharper")][..],
        &[("PAM_TYPE", ""), ("PAM_USER", "kqharper")],
        &[("PAM_USER", "kqharper")],
        &[("PAM_TYPE", "password")],
        &[],
    ] {
        assert_eq!(answer(&["pam-exec"], environment, STRONG.as_bytes()).0, 2);
    }
}

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
    // A former password of the same system is no new one either.
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
        "is no history of ours",
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
