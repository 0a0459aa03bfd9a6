//! What can be wrong with a computer × every door: no cell says yes.
//!
//! A cell is one door asked while one thing is wrong. It may refuse for a true reason or say that it
//! could not check; then it names what is wrong and what to do. It never panics, hangs, or repeats
//! the password. The first row is a healthy computer, on which every door says yes.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "what is made up for a test is not a secret")]

mod ask;
mod doors;
mod faults;
#[path = "../libpam/mod.rs"]
mod libpam;
mod sandbox;
mod terminal;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ask::{Answer, Under};
use doors::{DOORS, Door};
use faults::{BEHIND_A_LINK, Fault, Must, Needs};
use sandbox::Sandbox;

/// Without root there are as many.
const LEAST_FAULTS: usize = 20;

/// Words of which a sentence that says what to do has one.
const REMEDIES: [&str; 34] = [
    "restore",
    "run `",
    "make ",
    "chmod",
    "chown",
    "correct",
    "save it",
    "set ",
    "see ",
    "give ",
    "again",
    "use ",
    "update",
    "remove",
    "delete",
    "move ",
    "mount",
    "close ",
    "choose",
    "export",
    "split",
    "put ",
    "did you mean",
    "point ",
    "raise",
    "keep ",
    "declare",
    "expected",
    // Of what was named on the command line, or is a stream, this is all that there is to say.
    "No such file",
    "Is a directory",
    "No space left",
    "needs ",
    "never closed",
    "nothing was checked",
];

/// What the test did not like about a cell, if anything.
fn wrong(fault: &Fault, door: &Door, sandbox: &Sandbox, answer: &Answer) -> Option<String> {
    let said = &answer.said;
    let is_signal = matches!(fault.under, Under::Signal(_));
    if answer.hung {
        return Some("hangs".into());
    }
    if said.contains("panicked at") || said.contains("RUST_BACKTRACE") {
        return Some("panics".into());
    }
    let (password, passcode) = (sandbox.probe.password(), sandbox.probe.passcode());
    if said.contains(password) || said.contains(passcode) {
        return Some("repeats the password".into());
    }
    let code = match (answer.code, answer.signal) {
        (Some(code), _) => code,
        (None, Some(_)) if is_signal => return None,
        (None, signal) => return Some(format!("died of signal {signal:?}")),
    };
    if fault.must != Must::Accept && sandbox.path("filled.csv").exists() {
        return Some("wrote passwords".into());
    }
    if sandbox.path(BEHIND_A_LINK).exists() {
        return Some("made a file at the end of a link".into());
    }
    let is_right = match fault.must {
        Must::Accept => code == 0,
        Must::Refuse => code == 1,
        Must::NotAccept => (1..=3).contains(&code),
        Must::NotCheck => code == 2 || code == 3,
    };
    if !is_right {
        return Some(format!("says {code}"));
    }
    // Of an answer that went nowhere nothing can be asked.
    if fault.must != Must::NotCheck || fault.says.is_empty() {
        return None;
    }
    let names = |line: &str| fault.says.iter().any(|name| line.contains(name));
    let name = |line: &str| names(line) || door.file().is_some_and(|file| line.contains(file));
    let Some(line) = said.lines().find(|line| name(line)) else {
        return Some("does not say what".into());
    };
    let rest = said.split_once(line).map_or("", |(_, rest)| rest);
    let is_told = REMEDIES.iter().any(|word| line.contains(word) || rest.contains(word));
    (!is_told).then(|| "does not say what to do".into())
}

fn cell(fault: &Fault, door: &Door) -> Option<String> {
    let sandbox = Sandbox::new(fault.probe, fault.named);
    fault.apply(&sandbox, door);
    let held = fault.locked.then(|| sandbox.lock_history());
    let call = (door.call)(&sandbox);
    let answer = ask::ask(&call, &sandbox, fault.under);
    drop(held);
    let wrong = wrong(fault, door, &sandbox, &answer)?;
    let said = answer.said.trim_end().replace('\n', "\n        ");
    Some(format!("{wrong}\n        {said}"))
}

#[test]
fn no_door_says_yes_while_something_is_wrong() {
    let is_held = |fault: &&Fault| match fault.needs {
        Needs::Nothing => true,
        Needs::Mounts => ask::mounts().is_some(),
        Needs::Root => rustix::process::geteuid().is_root(),
    };
    let all = [faults::controls(), faults::all()].concat();
    let held: Vec<&Fault> = all.iter().filter(is_held).collect();
    let cells: Vec<(&Fault, &Door)> = held
        .iter()
        .flat_map(|fault| DOORS.iter().map(move |door| (*fault, door)))
        .filter(|(fault, door)| (fault.concerns)(door))
        .collect();

    let (next, found) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        while let Some((fault, door)) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
            let wrong = cell(fault, door);
            found.lock().unwrap().insert((fault.name, door.name), wrong);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let found = found.into_inner().unwrap();

    println!("{}", matrix(&held, &found));
    println!(
        "{} of {} rows × {} doors: {} cells were held",
        held.len(),
        all.len(),
        DOORS.len(),
        cells.len()
    );
    let without_root =
        faults::all().iter().filter(|fault| matches!(fault.needs, Needs::Nothing)).count();
    assert!(without_root > LEAST_FAULTS, "{without_root}");
    assert_eq!(found.len(), cells.len());

    let mut wrong = String::new();
    for ((fault, door), what) in &found {
        if let Some(what) = what {
            writeln!(wrong, "    {fault} × {door}: {what}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{} cells are wrong:\n{wrong}", found.values().flatten().count());
}

/// A line for each fault: `.` a right cell, `#` a wrong one.
fn matrix(held: &[&Fault], found: &BTreeMap<(&str, &str), Option<String>>) -> String {
    let mut text = String::new();
    for (number, door) in DOORS.iter().enumerate() {
        let bars = "│ ".repeat(number);
        writeln!(text, "{:46}{bars}┌ {}", "", door.name).unwrap();
    }
    for fault in held {
        let cells = DOORS.iter().map(|door| match found.get(&(fault.name, door.name)) {
            None => "  ",
            Some(None) => ". ",
            Some(Some(_)) => "# ",
        });
        writeln!(text, "{:46}{}", fault.name, cells.collect::<String>()).unwrap();
    }
    text
}
