//! The golden exports of made-up people, audited: each report compared whole.
//!
//! The only guesses are the passwords that the exports were made of, so what is found does not
//! depend on the order of guessing. To write down what it says now:
//! `SNAPSHOTS=overwrite cargo test --test reports`, then read the difference.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use snapbox::data::DataFormat;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

/// What the command says of an export, as JSON without what differs from day to day.
fn report(export: &str, guesses: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.current_dir(folder()).args(["audit", export, "--json", "--policy", "birchington"]);
    command.arg("--wordlist").arg(guesses).arg("--no-defaults");
    if export == "server.shadow" {
        command.args(["--passwd", "server.passwd"]);
    }
    let output = command.output().unwrap();
    let Ok(mut report) = serde_json::from_slice::<Value>(&output.stdout) else {
        // Nothing in it can be tested: then it says why.
        let error = String::from_utf8_lossy(&output.stderr);
        let error = error.lines().filter(|line| line.starts_with("strongpass:"));
        return format!("{:?}\n{}\n", output.status.code(), error.collect::<Vec<_>>().join("\n"));
    };
    // What a later audit must know is other numbers with every version.
    for left_out in ["header", "extent"] {
        assert!(report.as_object_mut().unwrap().remove(left_out).is_some(), "{left_out}");
    }
    format!("{:?}\n{report:#}\n", output.status.code())
}

#[test]
fn every_golden_export_has_its_report() {
    let temporary = tempfile::tempdir().unwrap();
    let guesses = temporary.path().join("guesses");
    let passwords = fs::read_to_string(folder().join("passwords.tsv")).unwrap();
    let passwords: Vec<&str> =
        passwords.lines().filter_map(|line| line.splitn(3, '\t').nth(2)).collect();
    assert!(passwords.len() > 20);
    fs::write(&guesses, passwords.join("\n")).unwrap();
    let mut exports: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".read").map(str::to_owned))
        .collect();
    exports.sort();
    assert!(exports.len() > 15, "{exports:?}");
    for export in exports {
        let said = report(&export, &guesses);
        // Some have the name of an account as password, which is in every report.
        for password in passwords.iter().filter(|p| p.contains(|c: char| c.is_ascii_digit())) {
            assert!(!said.contains(&format!("\"{password}\"")), "{export}");
        }
        let golden = folder().join(format!("{export}.report"));
        let golden = snapbox::Data::read_from(&golden, Some(DataFormat::Text));
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(snapbox::Data::text(said), golden);
    }
}
