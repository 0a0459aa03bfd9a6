//! An audit of twelve made-up people on four systems, as whoever runs it sees it.
//!
//! What is planted: `awren` has the same on the network and in email; `bfinch` and `cteal` share a
//! likely one, `kcrow` and `lkite` one that nobody guesses; `dharper` has the own name; `fjay` and
//! `jswift` have none; `ggull`'s is in the list of breached ones; `hrook` has the same on three
//! systems; `ilark` has nearly the same on two; `eowl`'s are four random ones.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::fs;
use std::io::{PipeWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

#[path = "audit/people.rs"]
mod people;
#[path = "audit/since.rs"]
mod since;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit").join(name)
}

/// The command on the exports of all four systems.
fn audit(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.arg("audit").current_dir(folder).env("TMPDIR", folder).env_remove("RUST_BACKTRACE");
    let exports =
        ["network=network.ntds", "server=server.shadow", "email=email.ldif", "web=web.csv"];
    for export in exports {
        let (system, file) = export.split_once('=').unwrap();
        command.arg(format!("{system}={}", fixture(file).display()));
    }
    command.args(["--policy", "birchington", "--budget", "1d"]).args(more);
    command.arg("--words").arg(fixture("words.txt"));
    if !more.iter().any(|&arg| ["--guesses", "--no-defaults"].contains(&arg)) {
        command.args(["--guesses", "200"]);
    }
    command
}

/// The same with few guesses, for what does not depend on them: to rank the usual ones takes long in
/// a build without optimisation.
fn audit_with_few(folder: &Path, more: &[&str]) -> Command {
    let mut command = audit(folder, &["--no-defaults"]);
    command.arg("--wordlist").arg(fixture("passwords.txt")).args(more);
    command
}

fn json(output: &Output) -> Value {
    let error = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON: {error}"))
}

/// `account@system kind rules`, sorted; storage left out, which has a test of its own.
fn told(report: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|finding| finding["kind"] != "weak-scheme");
    let mut told: Vec<String> = findings
        .map(|finding| {
            let account = text(&finding["account"]).replace("SCHOOL\\", "");
            let rules = finding["rules"].as_array().cloned().unwrap_or_default();
            let rules: Vec<String> = rules.iter().map(text).collect();
            let line =
                format!("{account}@{} {} ", text(&finding["system"]), text(&finding["kind"]));
            line + &rules.join(",")
        })
        .collect();
    told.sort_unstable();
    told
}

const PLANTED: [&str; 27] = [
    "awren@email guessed dictionary-word",
    "awren@email reused one-system",
    "awren@network guessed dictionary-word",
    "awren@network reused one-system",
    "bfinch@network guessed dictionary-word",
    "bfinch@network shared ",
    "cteal@network guessed dictionary-word",
    "cteal@network shared ",
    "dharper@email name dictionary-word,personal",
    "fjay@network blank ",
    "ggull@network breached ",
    "hrook@network breached ",
    "hrook@network guessed dictionary-word",
    "hrook@network reused one-system",
    "hrook@server breached ",
    "hrook@server guessed dictionary-word",
    "hrook@server reused one-system",
    "hrook@web breached ",
    "hrook@web guessed dictionary-word",
    "hrook@web reused one-system",
    "ilark@network guessed dictionary-word",
    "ilark@network reused similar",
    "ilark@web guessed dictionary-word",
    "ilark@web reused similar",
    "jswift@server blank ",
    "kcrow@network shared ",
    "lkite@network shared ",
];

fn all_lists() -> Vec<String> {
    let name = |file: &str| fixture(file).display().to_string();
    vec![
        "--people".into(),
        name("people.csv"),
        "--breached".into(),
        name("breached.txt"),
        "--breached-partial".into(),
    ]
}

#[test]
fn every_planted_fault_is_found_and_nothing_planted_as_strong() {
    let folder = tempfile::tempdir().unwrap();
    let lists = all_lists();
    let mut more: Vec<&str> = lists.iter().map(String::as_str).collect();
    more.push("--json");
    let output = audit(folder.path(), &more).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report = json(&output);
    assert_eq!(told(&report), PLANTED);
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["persons"], 12);
    for export in report["exports"].as_array().unwrap() {
        assert_eq!(export["skipped"].as_array().unwrap().len(), 0, "{export}");
    }
    // How the web and email store passwords is for administrators.
    let weak = report["findings"].as_array().unwrap().iter();
    let weak: std::collections::BTreeSet<&str> = weak
        .filter(|finding| finding["kind"] == "weak-scheme")
        .map(|finding| finding["system"].as_str().unwrap())
        .collect();
    assert_eq!(weak.into_iter().collect::<Vec<_>>(), ["email", "server", "web"]);
}

/// The list and an index of it say the same; an index how often only roughly.
#[test]
fn an_index_of_breached_passwords_finds_what_the_list_finds() {
    let folder = tempfile::tempdir().unwrap();
    let mut build = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    build
        .args(["words", "breached", "--partial", "-o", "breached.idx"])
        .arg(fixture("breached.txt"));
    let output = build.current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let reports =
        [fixture("breached.txt").display().to_string(), "breached.idx".into()].map(|file| {
            let people = fixture("people.csv").display().to_string();
            let more = ["--json", "--breached-partial", "--people", &people, "--breached", &file];
            json(&audit_with_few(folder.path(), &more).output().unwrap())
        });
    let [list, index] = &reports;
    assert_eq!(told(index), told(list));
    let breached = |report: &Value| -> Vec<Value> {
        let findings = report["findings"].as_array().unwrap().iter();
        findings.filter(|finding| finding["kind"] == "breached").cloned().collect()
    };
    assert!(breached(list).len() >= 4, "{list}");
    for (exact, banded) in breached(list).iter().zip(breached(index)) {
        let number = |value: &Value| value.as_u64().unwrap();
        let band = number(&banded["count_at_least"])..=number(&banded["count_at_most"]);
        assert!(band.contains(&number(&exact["count"])), "{exact} {banded}");
        assert_eq!((&banded["count"], &exact["count_at_least"]), (&Value::Null, &Value::Null));
    }
    for (report, said) in [(list, "breached.txt (list of"), (index, "breached.idx (index of")] {
        assert!(report["header"]["lists"].to_string().contains(said), "{}", report["header"]);
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// What no output may contain: each password, and each stored hash in each of its forms.
fn secrets() -> Vec<String> {
    let mut secrets: Vec<String> =
        fs::read_to_string(fixture("passwords.txt")).unwrap().lines().map(str::to_owned).collect();
    for line in fs::read_to_string(fixture("network.ntds")).unwrap().lines() {
        secrets.push(line.split(':').nth(3).unwrap().to_owned());
    }
    for line in fs::read_to_string(fixture("server.shadow")).unwrap().lines() {
        let hash = line.split(':').nth(1).unwrap();
        secrets.extend(hash.rsplit('$').next().filter(|tag| !tag.is_empty()).map(str::to_owned));
    }
    for line in fs::read_to_string(fixture("email.ldif")).unwrap().lines() {
        secrets.extend(line.strip_prefix("userPassword:: ").map(str::to_owned));
    }
    for line in fs::read_to_string(fixture("web.csv")).unwrap().lines().skip(1) {
        secrets.push(line.rsplit('$').next().unwrap().to_owned());
    }
    assert!(secrets.len() > 50, "{}", secrets.len());
    secrets
}

#[test]
fn no_output_has_a_password_or_a_hash() {
    let folder = tempfile::tempdir().unwrap();
    let lists = all_lists();
    let mut more: Vec<&str> = lists.iter().map(String::as_str).collect();
    let outputs = ["--html", "report.html", "--csv", "report.csv", "--json=report.json"];
    more.extend(outputs);
    more.extend(["--letters", "letters.csv", "--pseudonymise", "key.csv"]);
    let output = audit_with_few(folder.path(), &more).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    // And what is on disk while it runs.
    let (_reader, writer) = full_pipe();
    let mut child = audit(folder.path(), &["--checkpoint", "state", "--guesses", "100000"])
        .stdout(writer)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_for(&folder.path().join("state"), &mut child);
    child.kill().unwrap();
    child.wait().unwrap();

    let mut texts = vec![output.stdout, output.stderr];
    let written = files(folder.path());
    for name in ["report.html", "report.csv", "report.json", "letters.csv", "key.csv", "state"] {
        assert!(written.iter().any(|path| path.ends_with(name)), "{name} in {written:?}");
    }
    texts.extend(written.iter().map(|path| fs::read(path).unwrap()));
    for text in texts {
        let text = String::from_utf8_lossy(&text).to_lowercase();
        for secret in secrets() {
            assert!(!text.contains(&secret.to_lowercase()), "{secret} in {text}");
        }
    }
    // Names are in the key alone.
    let report = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(!report.contains("hrook") && report.contains("person-0"));
    assert!(fs::read_to_string(folder.path().join("key.csv")).unwrap().contains("hrook"));
}

/// Waits until the file is there, and says so if the process ended before.
fn wait_for(path: &Path, process: &mut Child) {
    while !path.exists() {
        assert!(process.try_wait().unwrap().is_none(), "{} was not written", path.display());
        std::thread::yield_now();
    }
}

/// A pipe that is full: who writes to it waits until it is killed.
fn full_pipe() -> (std::io::PipeReader, PipeWriter) {
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

    let (reader, mut writer) = std::io::pipe().unwrap();
    let flags = fcntl_getfl(&writer).unwrap();
    fcntl_setfl(&writer, flags | OFlags::NONBLOCK).unwrap();
    for size in [4096, 1] {
        while writer.write(&vec![b' '; size]).is_ok_and(|written| written > 0) {}
    }
    fcntl_setfl(&writer, flags).unwrap();
    (reader, writer)
}

#[test]
fn a_killed_audit_is_taken_up_and_finds_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    // It cannot be over before it is killed: its report has nowhere to go, and the checkpoint stays
    // until the report is written.
    let (_reader, writer) = full_pipe();
    let mut child = audit_with_few(folder.path(), &["--checkpoint", "state", "--json"])
        .stdout(writer)
        .spawn()
        .unwrap();
    wait_for(&state, &mut child);
    child.kill().unwrap();
    let killed = child.wait().unwrap();
    assert_eq!(killed.code(), None, "it was over before it was killed");
    let resumed =
        audit_with_few(folder.path(), &["--checkpoint", "state", "--json"]).output().unwrap();
    let whole = audit_with_few(folder.path(), &["--json"]).output().unwrap();
    assert_eq!(json(&resumed)["findings"], json(&whole)["findings"]);
    assert!(!state.exists(), "its work is done");
}

#[test]
fn a_checkpoint_that_does_not_fit_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let (_reader, writer) = full_pipe();
    let mut child = audit_with_few(folder.path(), &["--checkpoint", "state", "--json"])
        .stdout(writer)
        .spawn()
        .unwrap();
    wait_for(&state, &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    let kept = fs::read(&state).unwrap();
    let refuse = |bytes: &[u8], what: &str| {
        fs::write(&state, bytes).unwrap();
        let output = audit_with_few(folder.path(), &["--checkpoint", "state"]).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{error}");
        assert!(error.contains("state: ") && error.contains(what), "{error}");
        assert!(error.contains("delete it to start again"), "{error}");
        assert_eq!(fs::read(&state).unwrap(), bytes, "it stays as it is");
    };
    let mut changed = kept.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    refuse(&changed, "does not open with these exports");
    refuse(&kept[..kept.len() - 1], "does not open with these exports");
    let plain = br#"{"version":1,"of":7,"classes":[],"log":[{"class":0,"turn":{"kind":"Common","at":[40,12]},"targets":[0]}]}"#;
    refuse(plain, "an earlier version wrote this checkpoint");
    refuse(b"no checkpoint", "this is not a checkpoint of an audit");
    // Of the same program, but other exports.
    fs::write(&state, &kept).unwrap();
    let mut other = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    other.args(["audit", "--policy", "birchington", "--checkpoint", "state"]);
    other.arg(format!("network={}", fixture("network.ntds").display()));
    let output = other.current_dir(folder.path()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{error}");
    assert!(error.contains("give the same files in the same order"), "{error}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_a_report_of_what_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let mut child =
        audit(folder.path(), &["--checkpoint", "state", "--json", "--guesses", "1000000"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
    wait_for(&folder.path().join("state"), &mut child);
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["summary"]["complete"], false);
    let ended = report["coverage"].as_array().unwrap().iter().map(|class| &class["ended"]);
    assert!(ended.clone().any(|why| why == "interrupted"), "{report}");
    assert!(ended.into_iter().all(|why| why != "time"), "{report}");
    assert!(told(&report).contains(&"fjay@network blank ".to_owned()));
}

#[test]
fn bad_input_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let run = |file: &str, text: &[u8]| {
        fs::write(folder.path().join(file), text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_strongpass"))
            .args(["audit", "--guesses", "1", "--policy", "birchington", file])
            .current_dir(folder.path())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, error) = run("hex", b"8846f7eaee8fb117ad06bdd830b7586c\n");
    assert_eq!(code, Some(3));
    assert!(error.contains("hex:1") && error.contains("--as nt"), "{error}");
    let (code, error) = run("empty", b"");
    assert_eq!(code, Some(3));
    assert!(error.contains("empty"), "{error}");
    let (code, error) =
        run("costly", b"a:$2b$31$.OGB/.SE/ueHAeqKBO2NC.ZuVSIB.PepGxGRnfVlTByapOd7DxlyC\n");
    assert_eq!(code, Some(3));
    assert!(error.contains("costly:1") && error.contains("--max-cost"), "{error}");
}
