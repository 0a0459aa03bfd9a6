//! "Is only used on one system", as the command tells it: recorded, found, forgotten.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use strongpass_history::Day;

const PASSWORD: &str = "Zw!nq82#Kf";
const NEAR: &str = "Zw!nq83#Kf";
const OTHER: &str = "mR7$vk4!xQ";

/// As long as a configuration allows, however slow the machine is.
const PATIENT: &str = "near_budget_ms = 600000\nwait_ms = 600000\n";

/// A history of its own in a temporary folder, removed at the end.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "strongpass-history-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let place = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&place.0).unwrap();
        place.configure("history.toml", "store", PATIENT);
        place
    }

    fn with_history() -> Self {
        let place = Self::new();
        assert!(place.history(&["init"], "").status.success());
        place
    }

    fn configure(&self, file: &str, store: &str, more: &str) {
        let root = self.0.display();
        let text = format!(
            "store = \"{root}/{store}/history.db\"\nkeys = \"{root}/keys/history.keys\"\n{more}\
             [systems]\nnetwork = \"the school network\"\nemail = \"email\"\nvpn = \"the VPN\"\n"
        );
        fs::write(self.0.join(file), text).unwrap();
    }

    fn run(&self, args: &[&str], file: &str, input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"))
            .args(args)
            .arg("--history-config")
            .arg(self.0.join(file))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that fails early does not read its input.
        command.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        command.wait_with_output().unwrap()
    }

    fn history(&self, args: &[&str], input: &str) -> Output {
        self.run(&[&["history"], args].concat(), "history.toml", input)
    }

    fn record(&self, account: &str, system: &str, password: &str) {
        let done = self.history(&["record", "--account", account, "--system", system], password);
        assert!(done.status.success(), "{}", text(&done.stderr));
    }

    /// Exit code and JSON of a check; `more` are further arguments.
    fn check(&self, account: &str, system: &str, password: &str, more: &[&str]) -> (i32, Value) {
        let args = ["check", "--json", "--history", "--account", account, "--system", system];
        let done = self.run(&[&args, more].concat(), "history.toml", password);
        let json = serde_json::from_slice(&done.stdout).unwrap_or(Value::Null);
        (done.status.code().unwrap(), json)
    }

    fn store(&self) -> PathBuf {
        self.0.join("store/history.db")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

fn today() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Day::from_unix_seconds(now.as_secs()).to_string()
}

fn rules(json: &Value) -> Vec<&str> {
    let violations = json["violations"].as_array().unwrap();
    violations.iter().map(|violation| violation["rule"].as_str().unwrap()).collect()
}

#[test]
fn the_same_password_is_refused_elsewhere_until_it_is_forgotten() {
    let place = Place::with_history();
    let before = today();
    place.record("k.harper", "network", PASSWORD);

    let (code, json) = place.check("k.harper", "email", PASSWORD, &[]);
    assert_eq!((code, rules(&json)), (1, vec!["one-system"]));
    let violation = &json["violations"][0];
    assert_eq!(violation["system"], "the school network");
    let day = violation["day"].as_str().unwrap();
    assert!(before.as_str() <= day && day <= today().as_str());
    let expected = format!("It is already used for the school network (since {day}).");
    assert_eq!(violation["message"], expected.as_str());

    let (code, json) = place.check("k.harper", "email", NEAR, &[]);
    assert_eq!((code, rules(&json)), (1, vec!["similar"]));
    assert_eq!(json["violations"][0]["system"], "the school network");

    // Nor is it new on its own system, unless the policy allows former ones; another one is free;
    // another teacher may use it.
    let (code, json) = place.check("k.harper", "network", PASSWORD, &[]);
    assert_eq!((code, rules(&json)), (1, vec!["one-system"]));
    let policy = place.0.join("lenient.toml");
    fs::write(&policy, "former_passwords = \"allowed\"\n").unwrap();
    let lenient = ["--policy", policy.to_str().unwrap()];
    assert_eq!(place.check("k.harper", "network", PASSWORD, &lenient).0, 0);
    assert_eq!(place.check("k.harper", "network", NEAR, &lenient).0, 0);
    assert_eq!(place.check("k.harper", "email", PASSWORD, &lenient).0, 1);
    assert_eq!(place.check("k.harper", "email", OTHER, &[]).0, 0);
    assert_eq!(place.check("j.marsh", "email", PASSWORD, &[]).0, 0);

    assert_eq!(text(&place.history(&["forget", "k.harper"], "").stdout), "forgot 1 records\n");
    assert_eq!(place.check("k.harper", "email", PASSWORD, &[]).0, 0);
    assert_eq!(place.check("k.harper", "email", NEAR, &[]).0, 0);
}

#[test]
fn one_person_has_one_account_however_it_is_written() {
    let place = Place::with_history();
    place.record("BIRCHINGTON\\K.Harper", "network", PASSWORD);
    for account in ["k.harper", "K.HARPER", "k.harper@birchington.kent.sch.uk"] {
        assert_eq!(place.check(account, "email", PASSWORD, &[]).0, 1, "{account}");
    }
    let uses = place.history(&["uses", "k.harper@school.uk", "--json"], "");
    let uses: Value = serde_json::from_slice(&uses.stdout).unwrap();
    assert_eq!(uses["account"], "k.harper");
    assert_eq!(uses["uses"][0]["system"], "network");
    assert_eq!(uses["uses"][0]["title"], "the school network");
    assert_eq!(uses["uses"].as_array().unwrap().len(), 1);
}

#[test]
fn check_and_record_in_one_step() {
    let place = Place::with_history();
    let uses = |account: &str| text(&place.history(&["uses", account], "").stdout).lines().count();
    // Rejected by another clause: not recorded.
    assert_eq!(place.check("k.harper", "email", "Kestrel!92", &["--record"]).0, 1);
    assert_eq!(uses("k.harper"), 0);
    // Accepted: recorded; then it is a former one.
    assert_eq!(place.check("k.harper", "email", PASSWORD, &["--record"]).0, 0);
    let (code, json) = place.check("k.harper", "email", PASSWORD, &["--record"]);
    assert_eq!((code, rules(&json)), (1, vec!["one-system"]));
    assert_eq!(uses("k.harper"), 1);
    // Refused on a second system: not recorded there.
    let (code, json) = place.check("k.harper", "vpn", PASSWORD, &["--record"]);
    assert_eq!((code, rules(&json)), (1, vec!["one-system"]));
    assert_eq!(uses("k.harper"), 1);
}

#[test]
fn near_copies_are_searched_for_as_long_as_allowed() {
    let place = Place::with_history();
    place.record("k.harper", "network", PASSWORD);
    let (code, json) = place.check("k.harper", "email", NEAR, &["--near-budget", "0"]);
    assert_eq!(code, 0);
    let similar = json["clauses"].as_array().unwrap().iter().find(|c| c["rule"] == "similar");
    assert_eq!(similar.unwrap()["met"], Value::Null);
    assert!(json.get("near").is_none());

    let (_, json) = place.check("k.harper", "email", OTHER, &[]);
    assert_eq!(json["near"]["tried"], json["near"]["of"]);
    assert!(json["near"]["of"].as_u64().unwrap() >= 20);

    let (_, json) = place.check("k.harper", "email", OTHER, &["--near-budget", "1ms"]);
    assert!(json["near"]["tried"].as_u64() < json["near"]["of"].as_u64());
    let args = ["check", "--history", "--account", "k.harper", "--system", "email"];
    let told = place.run(&[&args[..], &["--near-budget", "1ms"]].concat(), "history.toml", OTHER);
    assert!(text(&told.stdout).contains("In the time allowed, "));
}

#[test]
fn what_could_not_be_asked_is_never_strong() {
    let place = Place::with_history();
    let policy = place.0.join("policy.toml");
    fs::write(&policy, "one_system = \"required\"\n").unwrap();
    let required = ["--policy", policy.to_str().unwrap()];
    assert_eq!(place.check("k.harper", "email", PASSWORD, &required).0, 0);

    let faults: [fn(&Place); 4] = [
        |place| fs::remove_file(place.0.join("keys/history.keys")).unwrap(),
        |place| {
            let open = fs::Permissions::from_mode(0o644);
            fs::set_permissions(place.0.join("keys/history.keys"), open).unwrap();
        },
        |place| fs::write(place.store(), b"not a database, though long enough to be one").unwrap(),
        |place| {
            let whole = fs::read(place.store()).unwrap();
            fs::write(place.store(), &whole[..whole.len() / 2]).unwrap();
        },
    ];
    for (i, fault) in faults.into_iter().enumerate() {
        let place = Place::with_history();
        place.record("k.harper", "network", OTHER);
        fault(&place);
        let (code, json) = place.check("k.harper", "email", PASSWORD, &required);
        assert_eq!((code, &json["verdict"]), (3, &Value::from("unchecked")), "fault {i}");
        // Also where the policy can do without a history: this one was asked for.
        let (code, json) = place.check("k.harper", "email", PASSWORD, &[]);
        assert_eq!((code, &json["verdict"]), (3, &Value::from("unchecked")), "fault {i}");
        let clause = json["clauses"].as_array().unwrap().iter().find(|c| c["rule"] == "one-system");
        assert_eq!(clause.unwrap()["met"], Value::Null);
        assert_eq!(clause.unwrap()["why"], "The history could not be read.");
        // Nothing is recorded that way, and nothing is said to be.
        assert_eq!(place.check("k.harper", "email", PASSWORD, &["--record"]).0, 3, "fault {i}");
        assert_eq!(place.check("k.harper", "email", "horse", &required).0, 1, "fault {i}");
    }
}

#[test]
fn wrong_calls_are_told_apart_from_faults() {
    let place = Place::with_history();
    let args = ["check", "--history", "--account", "k.harper", "--system", "emial"];
    let done = place.run(&args, "history.toml", PASSWORD);
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(text(&done.stderr), "strongpass: no system has that name: did you mean `email`?\n");

    let again = place.history(&["init"], "");
    assert_eq!(again.status.code(), Some(3));
    let missing = place.run(&["history", "status"], "none.toml", "");
    assert_eq!(missing.status.code(), Some(3));
    place.configure("wrong.toml", "store", "remembr = 5\n");
    let wrong = place.run(&["history", "status"], "wrong.toml", "");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("wrong.toml:3:1: unknown key `remembr`"));
    let unbound = Command::new(env!("CARGO_BIN_EXE_strongpass"))
        .args(["check", "--history", "--stdin"])
        .output()
        .unwrap();
    assert_eq!(unbound.status.code(), Some(2));
}

#[test]
fn keys_rotate_and_records_move_to_another_host() {
    let place = Place::with_history();
    place.record("k.harper", "network", PASSWORD);
    let rotated = place.history(&["rotate-key", "--drop-unused"], "");
    assert!(text(&rotated.stdout).ends_with("dropped 0 older keys\n"));
    assert_eq!(place.check("k.harper", "email", PASSWORD, &[]).0, 1);
    // Recorded again, it is under the new key, and the old one can go.
    place.record("k.harper", "network", PASSWORD);
    let rotated = place.history(&["rotate-key", "--drop-unused"], "");
    assert!(text(&rotated.stdout).ends_with("dropped 1 older keys\n"));

    let export = place.history(&["export"], "");
    assert!(export.status.success());
    place.configure("other.toml", "other", PATIENT);
    assert!(place.run(&["history", "init"], "other.toml", "").status.success());
    let import = place.run(&["history", "import", "-"], "other.toml", text(&export.stdout));
    assert_eq!(text(&import.stdout), "1 records are new\n");
    let args = ["check", "--history", "--account", "k.harper", "--system", "email"];
    assert_eq!(place.run(&args, "other.toml", PASSWORD).status.code(), Some(1));

    let status = place.history(&["status", "--json"], "");
    let status: Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!((status["records"].as_u64(), status["accounts"].as_u64()), (Some(1), Some(1)));
    assert_eq!(status["weaker"], 0);
    assert_eq!(status["keys"].as_array().unwrap().len(), 2);
}

#[test]
fn expiry_forgets_nothing_of_today() {
    let place = Place::with_history();
    place.record("k.harper", "network", PASSWORD);
    assert_eq!(text(&place.history(&["expire"], "").stdout), "forgot 0 records\n");
    let done = place.history(&["expire", "--reset-clock"], "");
    assert_eq!(text(&done.stdout), "forgot 0 records\n");
    assert_eq!(place.check("k.harper", "email", PASSWORD, &[]).0, 1);
    let done = place.history(&["forget", "k.harper", "--system", "vpn"], "");
    assert_eq!(text(&done.stdout), "forgot 0 records\n");
    let done = place.history(&["forget", "k.harper", "--system", "network"], "");
    assert_eq!(text(&done.stdout), "forgot 1 records\n");
}

#[test]
fn no_file_and_no_output_holds_a_name_or_a_password() {
    let place = Place::with_history();
    place.record("k.harperley", "network", PASSWORD);
    let outputs = [
        place.history(&["status"], ""),
        place.history(&["export"], ""),
        place.run(
            &["check", "--history", "--account", "k.harperley", "--system", "email"],
            "history.toml",
            NEAR,
        ),
        place.history(&["record", "--account", "k.harperley", "--system", "vpn"], OTHER),
    ];
    let mut written: Vec<Vec<u8>> =
        outputs.into_iter().flat_map(|output| [output.stdout, output.stderr]).collect();
    let mut files = 0;
    for folder in ["store", "keys"] {
        for file in fs::read_dir(place.0.join(folder)).unwrap() {
            written.push(fs::read(file.unwrap().path()).unwrap());
            files += 1;
        }
    }
    assert!(files >= 2);
    for secret in ["harperley", PASSWORD, NEAR, OTHER] {
        for content in &written {
            let found = content.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} is in {:?}", String::from_utf8_lossy(content));
        }
    }
}

#[test]
fn many_at_once_lose_nothing() {
    let place = Place::with_history();
    let accounts: Vec<String> = (0..10).map(|i| format!("teacher{i}")).collect();
    std::thread::scope(|scope| {
        for account in &accounts {
            let place = &place;
            scope.spawn(move || {
                for (system, password) in [("network", PASSWORD), ("email", OTHER)] {
                    let (code, json) =
                        place.check(account, system, password, &["--record", "--near-budget", "0"]);
                    assert_eq!(code, 0, "{json}");
                }
            });
        }
    });
    for account in &accounts {
        let uses = place.history(&["uses", account], "");
        assert_eq!(text(&uses.stdout).lines().count(), 2, "{account}");
    }
    assert!(place.history(&["status"], "").status.success());
    assert!(Path::new(&place.store()).exists());
}
