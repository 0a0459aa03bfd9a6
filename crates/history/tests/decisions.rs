//! What the gate decides: with a history, without one, and with one that fails.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use strongpass_gate::{Decision, Gate, InForce, Purpose, Question, Trust, today};
use strongpass_history::{ConfiguredHistory, History, Kdf};
use strongpass_policy::{Password, Rule};
use tempfile::TempDir;

const USED: &str = "vT7$kq2zWn";
const NEAR: &str = "vT7$kq2zWn1";
const NEW: &str = "hG4&xr9m!Jb";
const WEAK: &str = "Xk9#horse!";

/// A policy, and a history in which k.harper has a password on the network.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(policy: &str) -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        set_mode(place.folder.path(), 0o700);
        // An empty file is not a policy; a comment is the preset.
        place.write("policy.toml", &format!("# As it is.\n{policy}"));
        let root = place.folder.path().display();
        place.write(
            "history.toml",
            &format!(
                "store = \"{root}/store/history.db\"\nkeys = \"{root}/keys/history.keys\"\n\
                 near_budget_ms = 600000\nwait_ms = 20\n\
                 [systems]\nnetwork = \"the network\"\nemail = \"email\"\n[pam]\nsshd = \"email\"\n"
            ),
        );
        let memory = place.memory("network");
        let today = today().unwrap();
        drop(History::create(&memory.config, today).unwrap());
        memory.record("k.harper", &password(USED), today).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
        set_mode(&self.path(name), 0o644);
    }

    /// The history for that system, hashing as little as Argon2id can: this is about all else.
    fn memory(&self, system: &str) -> ConfiguredHistory {
        let memory = ConfiguredHistory::needed(&self.path("history.toml"), Trust::Machine).unwrap();
        let mut memory = memory.of_system(Some(system), None).unwrap();
        memory.config.kdf = Kdf::new(8, 1, 1).unwrap();
        memory
    }

    fn gate(&self) -> Gate {
        let policy = self.path("policy.toml");
        let in_force = InForce::find(policy.to_str(), Trust::Machine).unwrap();
        Gate::new(in_force, &[]).unwrap()
    }

    fn asking(&self, system: &str) -> Gate {
        self.gate().with_memory(self.memory(system), 1)
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn password(text: &str) -> Password {
    Password::new(text.as_bytes())
}

/// `accepted`, `refused` with the rules, or `could not check`.
fn decide(gate: &Gate, text: &str, purpose: Purpose) -> String {
    let question = Question { accounts: &["k.harper"], purpose, ..Question::default() };
    outcome(&gate.decide(&password(text), &question))
}

fn outcome(decision: &Decision) -> String {
    // Whatever tells a verdict tells the decision.
    let id = decision.verdict().outcome().id();
    match decision {
        Decision::Accepted(accepted) => {
            assert_eq!((id, decision.reasons().len()), ("accept", 0));
            assert!(accepted.verdict().violations().is_empty());
            "accepted".into()
        }
        Decision::Refused(refused) => {
            assert_eq!(id, "reject");
            let rules = refused.verdict().violations().iter().map(|violation| violation.rule.id());
            format!("refused: {}", rules.collect::<Vec<_>>().join(" "))
        }
        Decision::CouldNotCheck(unchecked) => {
            assert_eq!(id, "unchecked");
            assert!(!unchecked.reasons().is_empty());
            "could not check".into()
        }
    }
}

#[track_caller]
fn judges(gate: &Gate, text: &str, expected: &str) {
    assert_eq!(decide(gate, text, Purpose::Judge), expected, "{text}");
}

#[test]
fn without_a_history() {
    let gate = Place::new("").gate();
    judges(&gate, NEW, "accepted");
    judges(&gate, WEAK, "refused: dictionary-word");
    // Nothing can be recorded, and so nothing is accepted to be.
    assert_eq!(decide(&gate, NEW, Purpose::JudgeAndRecord), "could not check");
    let required = Place::new("one_system = \"required\"").gate();
    judges(&required, NEW, "could not check");
    judges(&required, WEAK, "refused: dictionary-word");
}

#[test]
fn with_a_history() {
    let place = Place::new("");
    for system in ["network", "email"] {
        let gate = place.asking(system);
        judges(&gate, NEW, "accepted");
        judges(&gate, USED, "refused: one-system");
        judges(&gate, NEAR, "refused: similar");
        judges(&gate, WEAK, "refused: dictionary-word");
    }
    let allowed = Place::new("former_passwords = \"allowed\"");
    judges(&allowed.asking("network"), USED, "accepted");
    judges(&allowed.asking("network"), NEAR, "accepted");
    judges(&allowed.asking("email"), USED, "refused: one-system");
    judges(&allowed.asking("email"), NEAR, "refused: similar");
    let off = Place::new("one_system = \"off\"");
    judges(&off.asking("email"), USED, "accepted");
}

#[test]
fn what_is_accepted_is_recorded_once() {
    let place = Place::new("");
    let gate = place.asking("email");
    for text in [USED, NEAR, WEAK] {
        assert!(decide(&gate, text, Purpose::JudgeAndRecord).starts_with("refused"));
    }
    let uses = || {
        let mut history = place.memory("email").open().unwrap();
        history.uses(&"k.harper".parse().unwrap()).unwrap().len()
    };
    assert_eq!(uses(), 1);
    assert_eq!(decide(&gate, NEW, Purpose::JudgeAndRecord), "accepted");
    assert_eq!(uses(), 2);
    assert_eq!(decide(&gate, NEW, Purpose::JudgeAndRecord), "refused: one-system");
}

/// A search takes as long as the configuration allows, and is of no use then.
#[test]
fn who_is_refused_anyway_does_not_wait_for_near_copies() {
    let place = Place::new("");
    let gate = place.asking("email");
    let question = Question { accounts: &["k.harper"], ..Question::default() };
    for (text, is_searched) in [(NEW, true), (NEAR, true), (WEAK, false), (USED, false)] {
        let decision = gate.decide(&password(text), &question);
        assert_eq!(decision.near().is_some(), is_searched, "{text}");
        let similar = decision.verdict().clauses().find(|(rule, _)| *rule == Rule::Similar);
        assert!(similar.is_some(), "{text}");
    }
}

#[test]
fn the_old_password_is_compared_without_a_history_too() {
    let place = Place::new("");
    let old = password("qN6%wz3&Jr");
    let question = Question { accounts: &["k.harper"], old: Some(&old), ..Question::default() };
    for gate in [place.gate(), place.asking("network")] {
        let decided = |text| outcome(&gate.decide(&password(text), &question));
        assert_eq!(decided("qN6%wz3&Jr"), "refused: similar");
        assert_eq!(decided("qN6%wz4&Jr"), "refused: similar");
        assert_eq!(decided(NEW), "accepted");
    }
}

#[test]
fn no_fault_of_the_history_is_a_yes() {
    type Fault = fn(&Place);
    let faults: [(&str, Fault); 11] = [
        ("missing", |place| fs::remove_file(place.path("store/history.db")).unwrap()),
        ("emptied", |place| fs::write(place.path("store/history.db"), "").unwrap()),
        ("zeroed", |place| fs::write(place.path("store/history.db"), [0; 8_192]).unwrap()),
        ("truncated", |place| {
            let whole = fs::read(place.path("store/history.db")).unwrap();
            fs::write(place.path("store/history.db"), &whole[..whole.len() - 1]).unwrap();
        }),
        ("newer", |place| {
            // The version of the schema, in the header of the database.
            let mut whole = fs::read(place.path("store/history.db")).unwrap();
            whole[63] = 9;
            fs::write(place.path("store/history.db"), whole).unwrap();
        }),
        ("readable", |place| set_mode(&place.path("store/history.db"), 0o644)),
        ("linked", |place| {
            fs::rename(place.path("store/history.db"), place.path("store/other.db")).unwrap();
            symlink("other.db", place.path("store/history.db")).unwrap();
        }),
        ("no keys", |place| fs::remove_file(place.path("keys/history.keys")).unwrap()),
        ("open keys", |place| set_mode(&place.path("keys/history.keys"), 0o644)),
        ("other keys", |place| {
            let other = Place::new("");
            fs::copy(other.path("keys/history.keys"), place.path("keys/history.keys")).unwrap();
        }),
        ("linked log", |place| {
            symlink("/none", place.path("store/history.db-wal")).unwrap();
        }),
    ];
    for (name, fault) in faults {
        for policy in ["", "one_system = \"required\"", "former_passwords = \"allowed\""] {
            let place = Place::new(policy);
            let gate = place.asking("email");
            fault(&place);
            judges(&gate, NEW, "could not check");
            judges(&gate, USED, "could not check");
            judges(&gate, WEAK, "refused: dictionary-word");
            assert_eq!(decide(&gate, NEW, Purpose::JudgeAndRecord), "could not check", "{name}");
            let question = Question { accounts: &["k.harper"], ..Question::default() };
            let decision = gate.decide(&password(NEW), &question);
            let said = decision.reasons()[0].to_string();
            assert!(said.contains(place.folder.path().to_str().unwrap()), "{name}: {said}");
            assert!(said.contains("; "), "{name}: {said}");
        }
        // What a policy does not ask for it can do without, but nothing is recorded in vain.
        let place = Place::new("one_system = \"off\"");
        let gate = place.asking("email");
        fault(&place);
        judges(&gate, NEW, "accepted");
        assert_eq!(decide(&gate, NEW, Purpose::JudgeAndRecord), "could not check", "{name}");
    }
}

#[test]
fn a_writer_that_takes_long_stops_writers_only() {
    let place = Place::new("");
    let gate = place.asking("email");
    let holder = fs::File::open(place.path("store/history.db.lock")).unwrap();
    holder.lock().unwrap();
    judges(&gate, NEW, "accepted");
    judges(&gate, USED, "refused: one-system");
    judges(&gate, NEAR, "refused: similar");
    assert_eq!(decide(&gate, NEW, Purpose::JudgeAndRecord), "could not check");
    holder.unlock().unwrap();
    assert_eq!(decide(&gate, NEW, Purpose::JudgeAndRecord), "accepted");
}

#[test]
fn nobody_cannot_be_asked_about() {
    let place = Place::new("");
    let gate = place.asking("email");
    for accounts in [&[][..], &["@school"], &["k.harper\nroot"]] {
        let question = Question { accounts, ..Question::default() };
        assert_eq!(outcome(&gate.decide(&password(NEW), &question)), "could not check");
    }
    let memory = ConfiguredHistory::needed(&place.path("history.toml"), Trust::Machine).unwrap();
    let gate = place.gate().with_memory(memory, 1);
    judges(&gate, NEW, "accepted");
    assert_eq!(decide(&gate, NEW, Purpose::JudgeAndRecord), "could not check");
}

#[test]
fn what_is_no_text_is_refused() {
    let place = Place::new("");
    let question = Question { accounts: &["k.harper"], ..Question::default() };
    for (bytes, rule) in [(&b"vT7$kq2z\xff"[..], "encoding"), (&[b'x'; 513], "too-long")] {
        let decision = place.asking("email").decide(&Password::new(bytes), &question);
        assert_eq!(outcome(&decision), format!("refused: {rule}"));
    }
}
