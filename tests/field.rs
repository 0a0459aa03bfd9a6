//! What people in the field hand in, as the command reads it: a folder each in `tests/field`, whose
//! `log.tsv` says where it comes from and what its user wanted.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/field")
}

/// What another command than the audit says: exit code, then findings or clauses, or why not.
fn told_of(case: &Path, arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_strongpass"))
        .args(arguments.lines())
        .arg("--json")
        .current_dir(case)
        .output()
        .unwrap();
    let mut told = format!("exit {}\n", output.status.code().unwrap());
    let Ok(report) = serde_json::from_slice::<Value>(&output.stdout) else {
        let error = String::from_utf8_lossy(&output.stderr);
        let error = error.lines().find(|line| line.starts_with("strongpass:")).unwrap();
        return told + error + "\n";
    };
    let all = |name: &str| report[name].as_array().cloned().unwrap_or_default();
    for finding in all("findings") {
        let who = finding.get("device").unwrap_or_else(|| &finding["account"]).as_str().unwrap();
        let kind = finding["kind"].as_str().unwrap();
        writeln!(told, "{} {who} {kind}", finding["line"]).unwrap();
    }
    for managed in all("managed") {
        writeln!(told, "{}", managed["name"].as_str().unwrap()).unwrap();
        for clause in managed["clauses"].as_array().unwrap() {
            let name = clause["clause"].as_str().unwrap();
            writeln!(told, "{name} {}", clause["enforced"]).unwrap();
        }
    }
    told
}

/// Exit code, formats, counts, then findings and skipped lines, sorted.
fn told(case: &Path) -> String {
    if let Ok(arguments) = fs::read_to_string(case.join("command.txt")) {
        return told_of(case, &arguments);
    }
    let private = tempfile::tempdir().unwrap();
    let words = private.path().join("words.txt");
    fs::write(&words, "Gentle-Wombat41\ncisco\n").unwrap();
    let files = fs::read_dir(case).unwrap().map(|file| file.unwrap().path());
    let is_export = |file: &PathBuf| file.file_name().is_some_and(|name| name != "expected.txt");
    let [export] = files.filter(is_export).collect::<Vec<_>>().try_into().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_strongpass"))
        .args(["audit", "--json", "--policy", "birchington", "--no-defaults", "--wordlist"])
        .arg(&words)
        .arg(format!("s={}", export.display()))
        .output()
        .unwrap();
    let mut told = format!("exit {}\n", output.status.code().unwrap());
    let Ok(report) = serde_json::from_slice::<Value>(&output.stdout) else {
        let error = String::from_utf8_lossy(&output.stderr);
        let error = error.lines().find(|line| line.starts_with("strongpass:")).unwrap();
        let (_, why) = error.rsplit_once(&*export.file_name().unwrap().to_string_lossy()).unwrap();
        return format!("{told}{}\n", why.trim_start_matches(':'));
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let export = &report["exports"][0];
    let formats: Vec<String> = export["formats"].as_array().unwrap().iter().map(text).collect();
    write!(told, "{}: {} accounts", formats.join(" "), export["accounts"]).unwrap();
    writeln!(told, ", {} former", export["former"]).unwrap();
    for skipped in export["skipped"].as_array().unwrap() {
        let account = text(&skipped["account"]);
        writeln!(told, "skipped {} {account} {}", skipped["line"], text(&skipped["reason"]))
            .unwrap();
    }
    let findings = report["findings"].as_array().unwrap().iter();
    let mut findings: Vec<String> = findings
        .map(|finding| {
            let marks = ["disabled", "privileged"]
                .map(|mark| if finding[mark] == true { format!(" {mark}") } else { String::new() });
            format!("{} {}{}\n", text(&finding["account"]), text(&finding["kind"]), marks.concat())
        })
        .collect();
    findings.sort_unstable();
    told + &findings.concat()
}

#[test]
fn every_case_is_as_its_user_wanted() {
    let log = fs::read_to_string(folder().join("log.tsv")).unwrap();
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in log.lines().skip(1) {
        let [id, _, _] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let case = folder().join(id);
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        let told = told(&case);
        cases += 1;
        if told != expected {
            wrong.push(format!("{id}: expected\n{expected}told\n{told}"));
        }
    }
    let folders = fs::read_dir(folder()).unwrap().filter(|it| it.as_ref().unwrap().path().is_dir());
    assert_eq!(cases, folders.count(), "a case is not in log.tsv");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
