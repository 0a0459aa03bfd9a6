//! What the gate asks a memory, and when: the rule comes first, and the search for near copies, which
//! takes as long as the configuration allows, only for a password that is accepted so far.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::{Arc, Mutex};

use strongpass_gate::{Gate, GateError, InForce, Inquiry, Memory, Question, Search, Trust};
use strongpass_policy::{Day, Former, Likeness, Outcome, Password, Use};

const NEW: &str = "hG4&xr9m!Jb";
const USED: &str = "vT7$kq2zWn";
const WEAK: &str = "Xk9#horse!";

/// Takes down what it is asked; it knows of one password in use.
#[derive(Clone, Default, Debug)]
struct Diary(Arc<Mutex<Vec<&'static str>>>);

struct Asked {
    diary: Diary,
    is_used: bool,
}

impl Diary {
    fn note(&self, what: &'static str) {
        self.0.lock().unwrap().push(what);
    }
}

impl Memory for Diary {
    fn system(&self) -> Option<&str> {
        Some("network")
    }

    fn ask<'a>(
        &'a self,
        _account: &str,
        password: &Password,
        _former: Former,
    ) -> Result<Box<dyn Inquiry + 'a>, GateError> {
        // The one slow hash that the exact password costs.
        self.note("hash");
        let is_used = password.expose() == Some(USED);
        Ok(Box::new(Asked { diary: self.clone(), is_used }))
    }
}

impl Inquiry for Asked {
    fn uses(&mut self) -> Result<Vec<Use>, GateError> {
        let (system, day) = ("email".to_owned(), "2026-11-01".to_owned());
        let used = Use { system, day, likeness: Likeness::Same };
        Ok(if self.is_used { vec![used] } else { Vec::new() })
    }

    fn look_near(&mut self, _threads: usize) -> Result<Option<Search>, GateError> {
        self.diary.note("search");
        Ok(Some(Search { tried: 40, of: 40, found: false }))
    }

    fn record(
        &mut self,
        _today: Day,
        _accept: &mut dyn FnMut(&[Use]) -> bool,
    ) -> Result<(), GateError> {
        Ok(())
    }
}

/// What came of a password, and what the memory was asked.
fn asked(policy: &str, password: &str) -> (Outcome, Vec<&'static str>) {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    let file = folder.path().join("policy.toml");
    fs::write(&file, format!("# As it is.\n{policy}")).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    let in_force = InForce::find(file.to_str(), Trust::Machine).unwrap();
    let diary = Diary::default();
    let gate = Gate::new(in_force, &[]).unwrap().with_memory(diary.clone(), 1);
    let question = Question { accounts: &["k.harper"], ..Question::default() };
    let decision = gate.decide(&Password::new(password.as_bytes()), &question);
    let noted = diary.0.lock().unwrap().clone();
    (decision.verdict().outcome(), noted)
}

#[test]
fn near_copies_are_searched_for_only_if_it_is_accepted_so_far() {
    assert_eq!(asked("", NEW), (Outcome::Accept, vec!["hash", "search"]));
    assert_eq!(asked("", WEAK), (Outcome::Reject, vec!["hash"]));
    assert_eq!(asked("", USED), (Outcome::Reject, vec!["hash"]));
    // A list that does not answer: no search makes a yes of that.
    let unlisted = "[breached]\nlist = \"gone.idx\"\n";
    assert_eq!(asked(unlisted, NEW), (Outcome::Unchecked, vec!["hash"]));
    assert_eq!(asked(unlisted, WEAK), (Outcome::Reject, vec!["hash"]));
    assert_eq!(asked("one_system = \"off\"\n", NEW), (Outcome::Accept, vec![]));
}
