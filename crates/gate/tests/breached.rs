//! What the gate decides with a list of breached passwords: one that answers, and none that does.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::fmt::Write as _;
use std::fs::{self, File, Permissions};
use std::io::Cursor;
use std::os::unix::fs::{FileExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use md4::Md4;
use sha1::{Digest as _, Sha1};
use strongpass_breached::{Completeness, build_index};
use strongpass_gate::{
    BreachLookUp, BreachedPasswords, Decision, Gate, GateError, InForce, Inquiry, Memory,
    MemoryError, MemoryErrorKind, Purpose, Question, Search, Trust,
};
use strongpass_policy::{Day, Exposure, Former, Password, Rule, Use};
use tempfile::TempDir;

/// In the list, and otherwise strong.
const STOLEN: &str = "vT7$kq2zWn";
/// The same, as it is composed in the list and typed by some keyboards.
const STOLEN_COMPOSED: &str = "vT7$kq2z\u{e9}";
const TYPED_APART: &str = "vT7$kq2ze\u{301}";
/// In the list, and with a word in it.
const WEAK_AND_STOLEN: &str = "Xk9#horse!";
const NEW: &str = "hG4&xr9m!Jb";

fn hex(digest: &[u8]) -> String {
    let mut text = String::new();
    for byte in digest {
        write!(text, "{byte:02X}").unwrap();
    }
    text
}

fn sha1(text: &str) -> String {
    hex(&Sha1::digest(text))
}

fn nt(text: &str) -> String {
    hex(&Md4::digest(text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()))
}

/// A list of made-up passwords and those above, sorted.
fn list(digest: fn(&str) -> String) -> Vec<u8> {
    let stolen = [STOLEN, STOLEN_COMPOSED, WEAK_AND_STOLEN].map(str::to_owned);
    let made_up = (0..3_000).map(|number| format!("made up {number}"));
    let mut lines: Vec<String> = made_up.chain(stolen).map(|text| digest(&text)).collect();
    lines.sort_unstable();
    lines
        .iter()
        .fold(String::new(), |mut text, line| {
            write!(text, "{line}:17\r\n").unwrap();
            text
        })
        .into()
}

fn index(list: &[u8]) -> Vec<u8> {
    let mut index = Cursor::new(Vec::new());
    build_index(list, &mut index, Completeness::Partial, &mut |_| true).unwrap();
    index.into_inner()
}

/// A policy that names the list beside it.
struct Place(TempDir);

impl Place {
    fn new(list: &[u8]) -> Self {
        Self::with_policy(list, "[breached]\nlist = \"stolen\"\npartial = true\n")
    }

    fn with_policy(list: &[u8], policy: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        set_mode(place.0.path(), 0o755);
        for (name, bytes) in [("policy.toml", policy.as_bytes()), ("stolen", list)] {
            fs::write(place.path(name), bytes).unwrap();
            set_mode(&place.path(name), 0o644);
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn in_force(&self, trust: Trust) -> InForce {
        InForce::find(self.path("policy.toml").to_str(), trust).unwrap()
    }

    fn gate(&self) -> Gate {
        Gate::new(self.in_force(Trust::Machine), &[]).unwrap()
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn decide(gate: &Gate, text: &str) -> Decision {
    gate.decide(&Password::new(text.as_bytes()), &Question::default())
}

fn outcome(decision: &Decision) -> String {
    match decision {
        Decision::Accepted(_) => "accepted".into(),
        Decision::Refused(refused) => {
            let rules = refused.verdict().violations().iter().map(|violation| violation.rule.id());
            format!("refused: {}", rules.collect::<Vec<_>>().join(" "))
        }
        Decision::CouldNotCheck(_) => "could not check".into(),
    }
}

/// What is strong is not accepted, what is weak is refused, and the reason names file and remedy.
#[track_caller]
fn does_not_answer(place: &Place, gate: &Gate, what: &str) {
    for text in [NEW, STOLEN] {
        let decision = decide(gate, text);
        assert_eq!(outcome(&decision), "could not check", "{what}");
        assert_eq!(decision.verdict().outcome().id(), "unchecked", "{what}");
        let [reason] = decision.reasons() else { panic!("{what}: {:?}", decision.reasons()) };
        let said = reason.to_string();
        assert!(said.contains(place.0.path().to_str().unwrap()), "{what}: {said}");
        assert!(said.contains("; ") || said.contains(": download"), "{what}: {said}");
        assert!(!reason.is_mistake(), "{what}");
    }
    let decision = decide(gate, WEAK_AND_STOLEN);
    assert_eq!(outcome(&decision), "refused: dictionary-word", "{what}");
    assert_eq!(decision.reasons().len(), 1, "{what}");
}

#[test]
fn lists_and_indices_of_either_digest_are_asked() {
    for (name, list) in [("sha1", list(sha1)), ("nt", list(nt))] {
        for (kind, bytes) in [("list", list.clone()), ("index", index(&list))] {
            let place = Place::new(&bytes);
            let gate = place.gate();
            for (text, expected) in [
                (NEW, "accepted"),
                (STOLEN, "refused: breached"),
                (STOLEN_COMPOSED, "refused: breached"),
                (TYPED_APART, "refused: breached"),
                (WEAK_AND_STOLEN, "refused: dictionary-word breached"),
                ("kq7!", "refused: length"),
            ] {
                let decision = decide(&gate, text);
                assert_eq!(outcome(&decision), expected, "{name} {kind} {text}");
                assert!(decision.reasons().is_empty());
                let said = format!("{decision:?}");
                assert!(!said.contains(text), "{said}");
            }
        }
    }
}

#[test]
fn a_list_that_nobody_configured_is_not_spoken_of() {
    let place = Place::with_policy(&list(sha1), "# as it is\n");
    let gate = place.gate();
    assert!(gate.open_breached().unwrap().is_none());
    let decision = decide(&gate, STOLEN);
    assert_eq!(outcome(&decision), "accepted");
    assert!(decision.verdict().clauses().all(|(rule, _)| rule != Rule::Breached));
}

#[test]
fn what_is_no_text_is_refused_as_such() {
    let place = Place::new(&list(nt));
    let gate = place.gate();
    for (bytes, rule) in [(&b"vT7$kq2z\xff"[..], "encoding"), (&[b'x'; 513], "too-long")] {
        let decision = gate.decide(&Password::new(bytes), &Question::default());
        assert_eq!(outcome(&decision), format!("refused: {rule}"));
    }
}

#[test]
fn no_fault_of_a_list_is_a_yes() {
    type Fault = fn(&Path);
    let cut: Fault = |path| {
        let file = File::options().write(true).open(path).unwrap();
        file.set_len(file.metadata().unwrap().len() / 2 + 5).unwrap();
    };
    let faults: [(&str, Fault); 9] = [
        ("missing", |path| fs::remove_file(path).unwrap()),
        ("empty", |path| fs::write(path, "").unwrap()),
        ("zeroed", |path| fs::write(path, [0; 8_192]).unwrap()),
        ("text", |path| fs::write(path, "password\nhorse\n").unwrap()),
        ("cut", cut),
        ("a folder", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }),
        ("writable", |path| set_mode(path, 0o666)),
        ("linked", |path| {
            fs::rename(path, path.with_file_name("other")).unwrap();
            symlink("other", path).unwrap();
        }),
        ("dangling", |path| {
            fs::remove_file(path).unwrap();
            symlink("/nowhere/stolen", path).unwrap();
        }),
    ];
    let list = list(sha1);
    for bytes in [list.clone(), index(&list)] {
        for (name, fault) in faults {
            let place = Place::new(&bytes);
            fault(&place.path("stolen"));
            let gate = place.gate();
            assert!(gate.open_breached().is_err(), "{name}");
            does_not_answer(&place, &gate, name);
            let look_up = BreachLookUp::find(&place.in_force(Trust::Machine));
            assert!(look_up.is_err(), "{name}");
        }
        // A part that is not said to be one.
        let place = Place::with_policy(&bytes, "[breached]\nlist = \"stolen\"\n");
        does_not_answer(&place, &place.gate(), "a part");
    }
}

/// A person may keep a list on another disk, behind a link.
#[test]
fn a_person_may_link() {
    let place = Place::new(&list(sha1));
    fs::rename(place.path("stolen"), place.path("other")).unwrap();
    symlink("other", place.path("stolen")).unwrap();
    let list = BreachedPasswords::find(&place.in_force(Trust::Person)).unwrap().unwrap();
    let ask = |text: &str| list.look_up(&Password::new(text.as_bytes())).unwrap();
    assert_eq!((ask(STOLEN), ask(NEW)), (Exposure::Found, Exposure::NotFound));
    assert!(list.written().is_some());
    assert!(list.to_string().contains("plain SHA-1"), "{list}");
}

/// The disk fails, or someone writes to the file, between opening and asking.
#[test]
fn a_list_that_fails_while_it_is_asked_is_no_yes() {
    let list = list(sha1);
    for (kind, bytes) in [("list", list.clone()), ("index", index(&list))] {
        for cut in [false, true] {
            let place = Place::new(&bytes);
            let gate = place.gate();
            assert!(gate.open_breached().unwrap().is_some());
            let look_up = BreachLookUp::find(&place.in_force(Trust::Machine)).unwrap();
            let file = File::options().write(true).open(place.path("stolen")).unwrap();
            if cut {
                file.set_len(0).unwrap();
            } else {
                file.write_all_at(&vec![b'x'; bytes.len()], 0).unwrap();
            }
            does_not_answer(&place, &gate, kind);
            assert!(look_up.failure().is_none());
            let exposure = look_up.ask(&Password::new(NEW.as_bytes()));
            assert_eq!(exposure, Exposure::Unavailable, "{kind}");
            let said = look_up.failure().unwrap().to_string();
            assert!(said.contains(place.0.path().to_str().unwrap()), "{said}");
        }
    }
}

/// What was put right is seen at once; what was whole is kept open.
#[test]
fn a_list_is_opened_when_it_can_be() {
    let bytes = list(nt);
    let place = Place::new(&bytes);
    fs::remove_file(place.path("stolen")).unwrap();
    let gate = place.gate();
    does_not_answer(&place, &gate, "missing");
    fs::write(place.path("stolen"), &bytes).unwrap();
    set_mode(&place.path("stolen"), 0o644);
    assert_eq!(outcome(&decide(&gate, STOLEN)), "refused: breached");
    fs::remove_file(place.path("stolen")).unwrap();
    assert_eq!(outcome(&decide(&gate, NEW)), "accepted");
}

/// A memory that knows nothing, and says that it has recorded what it never asked about.
#[derive(Debug)]
struct Careless;

impl Memory for Careless {
    fn system(&self) -> Option<&str> {
        Some("network")
    }

    fn ask<'a>(
        &'a self,
        _account: &str,
        _password: &Password,
        _former: Former,
    ) -> Result<Box<dyn Inquiry + 'a>, GateError> {
        Ok(Box::new(Self))
    }
}

impl Inquiry for Careless {
    fn uses(&mut self) -> Result<Vec<Use>, GateError> {
        Ok(Vec::new())
    }

    fn look_near(&mut self, _threads: usize) -> Result<Option<Search>, GateError> {
        Ok(None)
    }

    fn record(
        &mut self,
        _today: Day,
        _accept: &mut dyn FnMut(&[Use]) -> bool,
    ) -> Result<(), GateError> {
        Ok(())
    }
}

#[test]
fn what_was_recorded_unasked_is_not_accepted() {
    let place = Place::with_policy(b"", "one_system = \"required\"\n");
    let gate = place.gate().with_memory(Careless, 1);
    let question = Question { accounts: &["k.harper"], ..Question::default() };
    let password = Password::new(NEW.as_bytes());
    assert_eq!(outcome(&gate.decide(&password, &question)), "accepted");
    let question = Question { purpose: Purpose::JudgeAndRecord, ..question };
    assert_eq!(outcome(&gate.decide(&password, &question)), "could not check");
}

/// A memory that does not answer.
#[derive(Debug)]
struct Silent;

impl Memory for Silent {
    fn system(&self) -> Option<&str> {
        Some("network")
    }

    fn ask<'a>(
        &'a self,
        _account: &str,
        _password: &Password,
        _former: Former,
    ) -> Result<Box<dyn Inquiry + 'a>, GateError> {
        Err(MemoryError::new(MemoryErrorKind::Fault, "it is gone").into())
    }
}

#[test]
fn list_and_history_are_each_named_if_neither_answers() {
    let policy = "one_system = \"required\"\n[breached]\nlist = \"stolen\"\npartial = true\n";
    let place = Place::with_policy(b"", policy);
    let question = Question { accounts: &["k.harper"], ..Question::default() };
    for (gate, second) in [(place.gate(), "history"), (place.gate().with_memory(Silent, 1), "gone")]
    {
        let decision = gate.decide(&Password::new(NEW.as_bytes()), &question);
        assert_eq!(outcome(&decision), "could not check");
        let reasons = decision.reasons();
        assert_eq!(reasons.len(), 2, "{reasons:?}");
        assert!(reasons[0].to_string().contains("stolen"), "{reasons:?}");
        assert!(reasons[1].to_string().contains(second), "{reasons:?}");
    }
    // Nothing is recorded of what could not be checked.
    let question = Question { purpose: Purpose::JudgeAndRecord, ..question };
    let decision = place.gate().decide(&Password::new(NEW.as_bytes()), &question);
    assert_eq!(outcome(&decision), "could not check");
}
