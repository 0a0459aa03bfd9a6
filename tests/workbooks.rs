//! Workbooks as people hand them in: a register, new accounts, people. All are made up.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn workbook(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/tables/tests/workbooks").join(name)
}

/// Runs the command beside a copy of that workbook: its exit code and what it said.
fn ran(folder: &Path, name: &str, args: &[&str]) -> (Option<i32>, String) {
    use std::os::unix::fs::PermissionsExt;
    let copy = folder.join(name);
    fs::copy(workbook(name), &copy).unwrap();
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o600)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.current_dir(folder).env("TMPDIR", folder).env_remove("RUST_BACKTRACE");
    let output = command.args(args).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn a_register() {
    let folder = tempfile::tempdir().unwrap();
    let audit = ["passcode", "audit", "openpyxl.xlsx", "--as-of", "2026-11-22"];
    let (code, said) =
        ran(folder.path(), "openpyxl.xlsx", &[&audit[..], &["--max-age", "9y", "--json"]].concat());
    assert_eq!(code, Some(1), "{said}");
    let json: serde_json::Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    let findings = json["findings"].as_array().unwrap();
    let found =
        |line: u64, kind: &str| findings.iter().any(|it| it["line"] == line && it["kind"] == kind);
    // The second and the third have 0042: one as text, one as a number that is shown so.
    assert!(found(5, "too-short") && found(6, "too-short"), "{said}");
    assert!(found(5, "duplicate") && found(6, "duplicate"), "{said}");
    assert!(found(8, "undated") && !found(4, "undated"), "{said}");
    assert!(!said.contains("839174") && !said.contains("0042"), "{said}");

    // What is written is CSV, and is so called.
    let (code, said) =
        ran(folder.path(), "openpyxl.xlsx", &[&audit[..], &["--replace", "new.xlsx"]].concat());
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("new.xlsx: strongpass writes text, not workbooks"), "{said}");
    let (code, said) =
        ran(folder.path(), "openpyxl.xlsx", &[&audit[..], &["--replace", "new.csv"]].concat());
    assert_eq!(code, Some(1), "{said}");
    let new = fs::read_to_string(folder.path().join("new.csv")).unwrap();
    assert!(new.contains("\n\"Tablet, library\",Lin Chen,205716,, nobody ,\n"), "{new}");
    assert!(!new.contains("0042"), "{new}");
}

#[test]
fn two_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) =
        ran(folder.path(), "two-sheets.xlsx", &["passcode", "audit", "two-sheets.xlsx"]);
    assert_eq!(code, Some(3), "{said}");
    let why =
        "two-sheets.xlsx: the workbook has 2 sheets that contain data (Autumn 2025, Spring 2026)";
    assert!(said.contains(why), "{said}");
}

#[test]
fn new_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let check = ["new-accounts", "accounts.xlsx", "--policy", "birchington"];
    let (code, said) = ran(folder.path(), "accounts.xlsx", &check);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("accounts.xlsx:2: k.harper: "), "{said}");
    assert!(said.contains("accounts.xlsx:3: j.marsh: dictionary-word: "), "{said}");
    let fill = [&check[..], &["--fill", "-o", "ready.csv"]].concat();
    let (code, said) = ran(folder.path(), "accounts.xlsx", &fill);
    assert_eq!(code, Some(1), "{said}");
    let ready = fs::read_to_string(folder.path().join("ready.csv")).unwrap();
    let lines: Vec<&str> = ready.lines().collect();
    assert_eq!(lines.len(), 3, "{ready}");
    assert!(lines[1].starts_with("k.harper,Kate,Harper,k.harper@school.example,"), "{ready}");
    assert!(lines[1].len() > "k.harper,Kate,Harper,k.harper@school.example,".len() + 11);
    assert_eq!(lines[2], "j.marsh,Jo,Marsh,j.marsh@school.example,Xk9#horse!");
}

#[test]
fn people() {
    let folder = tempfile::tempdir().unwrap();
    // MD5 of Harper1984, which a name and a date of birth lead to.
    let export = "username,password\nkharper,5d0bb24e2ce284322510c8ab13a767bc\n";
    fs::write(folder.path().join("web.csv"), export).unwrap();
    let audit = ["audit", "web.csv", "--policy", "birchington", "--as", "md5"];
    let found = |more: &[&str]| {
        let args = [&audit[..], &["--guesses", "2000", "--json"], more].concat();
        let (code, said) = ran(folder.path(), "people.xlsx", &args);
        assert_eq!(code, Some(1), "{said}");
        (said.contains("\"kind\":\"name\""), said)
    };
    assert!(!found(&[]).0);
    let (found, said) = found(&["--people", "people.xlsx"]);
    assert!(found, "{said}");
    assert!(said.contains("in no export; look for slips in: nobody.known"), "{said}");
}
