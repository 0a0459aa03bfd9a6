//! Audits that are compared with earlier ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use md4::Digest as _;
use serde_json::Value;

use super::{audit, fixture, json};

/// Another audit of some of the systems, compared with earlier ones.
fn later(folder: &Path, systems: &[&str], more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.current_dir(folder).arg("audit");
    for system in systems {
        let (name, _) = system.split_once('.').unwrap();
        command.arg(format!("{name}={}", fixture(system).display()));
    }
    command.arg("--words").arg(fixture("words.txt"));
    command.args(["--policy", "birchington", "--budget", "1d", "--json"]).args(more);
    command.output().unwrap()
}

const ALL: [&str; 4] = ["network.ntds", "server.shadow", "email.ldif", "web.csv"];

/// How often each reason is given why a finding of one of two audits is not certain.
fn reasons(since: &Value) -> BTreeMap<String, usize> {
    let mut reasons = BTreeMap::new();
    for unclear in since["not_certain"].as_array().unwrap() {
        *reasons.entry(unclear["why"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    reasons
}

#[test]
fn what_was_not_audited_or_not_guessed_as_far_is_not_fixed() {
    let folder = tempfile::tempdir().unwrap();
    let before =
        audit(folder.path(), &["--json=before.json", "--guesses", "1500"]).output().unwrap();
    assert_eq!(before.status.code(), Some(1));
    // One of four systems: the findings of the others are not fixed.
    let since = ["--since", "before.json", "--guesses", "1500"];
    let report = json(&later(folder.path(), &["server.shadow"], &since));
    let since = &report["since"];
    assert_eq!(since["fixed"].as_array().unwrap().len(), 0, "{since:#}");
    assert_eq!(since["new"].as_array().unwrap().len(), 0, "{since:#}");
    let reasons_of_one = reasons(since);
    assert!(reasons_of_one["not-in-this-audit"] > 20, "{reasons_of_one:?}");
    // All systems, but only one guess: nobody changed a password.
    let since = ["--since", "before.json", "--guesses", "1"];
    let report = json(&later(folder.path(), &ALL, &since));
    let since = &report["since"];
    assert_eq!(since["fixed"].as_array().unwrap().len(), 0, "{since:#}");
    assert_eq!(since["new"].as_array().unwrap().len(), 0, "{since:#}");
    let reasons_of_few = reasons(since);
    assert!(reasons_of_few["not-looked-at-as-far"] > 0, "{reasons_of_few:?}");
    assert!(since["not_certain"].as_array().unwrap().iter().all(|f| f["when"] == "then"));
    // And the other way: what was found by a wider search is not new.
    fs::write(folder.path().join("few.json"), report.to_string()).unwrap();
    let since = ["--since", "few.json", "--guesses", "1500"];
    let report = json(&later(folder.path(), &ALL, &since));
    let since = &report["since"];
    assert_eq!(since["new"].as_array().unwrap().len(), 0, "{since:#}");
    assert_eq!(since["fixed"].as_array().unwrap().len(), 0, "{since:#}");
    let reasons_of_more = reasons(since);
    assert!(reasons_of_more["looked-further"] > 0, "{reasons_of_more:?}");
}

#[test]
fn a_password_that_was_changed_is_fixed_and_a_weak_one_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let run = |file: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
        command.current_dir(folder.path()).args(["audit", &format!("network={file}"), "--json"]);
        command.args(["--policy", "birchington", "--no-defaults", "--wordlist", "words"]);
        json(&command.args(more).output().unwrap())
    };
    let nt = |account: &str, password: &str| {
        let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let digest: [u8; 16] = md4::Md4::digest(password).into();
        format!("{account}:$NT${:032x}\n", u128::from_be_bytes(digest))
    };
    let file = |name: &str, accounts: [(&str, &str); 4]| {
        let lines = accounts.map(|(account, password)| nt(account, password)).concat();
        fs::write(folder.path().join(name), lines).unwrap();
    };
    fs::write(folder.path().join("words"), "Kestrel7!\nMargate8!\n").unwrap();
    let strong = ["vT7$kq2zPw", "9fGh+oqaMx"];
    file(
        "then",
        [
            ("awren", "Kestrel7!"),
            ("bfinch", strong[0]),
            ("cteal", "Margate8!"),
            ("old", "Kestrel7!"),
        ],
    );
    file(
        "now",
        [
            ("awren", strong[1]),
            ("bfinch", "Kestrel7!"),
            ("cteal", "Margate8!"),
            ("young", "Margate8!"),
        ],
    );
    fs::write(folder.path().join("before.json"), run("then", &[]).to_string()).unwrap();
    let report = run("now", &["--since", "before.json"]);
    let told = |what: &str| -> Vec<String> {
        let findings = report["since"][what].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut told: Vec<String> = findings
            .map(|f| format!("{} {} {}", text(&f["account"]), text(&f["kind"]), text(&f["why"])))
            .collect();
        told.sort_unstable();
        told
    };
    assert_eq!(told("fixed"), ["awren guessed ", "awren shared "]);
    assert_eq!(told("new"), ["bfinch guessed ", "cteal shared "]);
    assert_eq!(
        told("not_certain"),
        [
            "old guessed account-gone",
            "old shared account-gone",
            "young guessed account-new",
            "young shared account-new"
        ]
    );
    assert_eq!(report["since"]["open"], 1);
}

#[test]
fn several_earlier_audits_are_a_trend_and_the_last_is_compared() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, made: &str, mut report: Value| {
        report["header"]["made"] = made.into();
        fs::write(folder.path().join(name), report.to_string()).unwrap();
    };
    let few = json(&later(folder.path(), &["server.shadow"], &["--guesses", "1"]));
    let all = json(&later(folder.path(), &ALL, &["--guesses", "1500"]));
    // One from before reports said how far they looked.
    let mut older = all.clone();
    older.as_object_mut().unwrap().remove("extent");
    older["summary"]["kinds"]["breached"] = 0.into();
    write("3.json", "2026-07-01T08:00:00Z", all);
    write("2.json", "2026-04-01T08:00:00Z", few);
    write("1.json", "2026-01-07T08:00:00Z", older);
    let since =
        ["--since", "2.json", "--since", "3.json", "--since", "1.json", "--guesses", "1500"];
    let report = json(&later(folder.path(), &ALL, &since));
    let since = &report["since"];
    assert_eq!(since["made"], "2026-07-01T08:00:00Z");
    assert_eq!(since["open"].as_u64().unwrap(), told_all(&report));
    assert_eq!(since["not_certain"].as_array().unwrap().len(), 0, "{since:#}");
    let trend = since["earlier"].as_array().unwrap();
    let made: Vec<&str> =
        trend.iter().map(|audit| audit["made"].as_str().unwrap().split_at(7).0).collect();
    assert_eq!(made, ["2026-01", "2026-04", "2026-07"]);
    for (audit, accounts) in
        trend.iter().zip([&report["summary"]["accounts"], &trend[1]["accounts"]])
    {
        assert_eq!(&audit["accounts"], accounts);
    }
    assert!(trend[0]["must_act"].as_u64() > trend[1]["must_act"].as_u64());
    assert!(trend.iter().all(|audit| audit["kinds"]["breached"].is_null()), "{trend:#?}");
    assert!(trend[1]["kinds"]["reused"].is_null());
    assert!(trend[0]["kinds"]["reused"].as_u64() > Some(0));
    assert!(trend[2]["coverage"][0]["guesses"].as_u64() > Some(0));
}

/// How many findings a report has.
fn told_all(report: &Value) -> u64 {
    u64::try_from(report["findings"].as_array().unwrap().len()).unwrap()
}

#[test]
fn an_older_report_and_one_that_names_nobody_are_compared_with_reservations() {
    let folder = tempfile::tempdir().unwrap();
    let mut older = json(&later(folder.path(), &ALL, &["--guesses", "1500"]));
    older.as_object_mut().unwrap().remove("extent");
    fs::write(folder.path().join("older.json"), older.to_string()).unwrap();
    let since = ["--since", "older.json", "--guesses", "1", "--html=report.html"];
    let output = later(folder.path(), &["server.shadow"], &since);
    let error = String::from_utf8_lossy(&output.stderr);
    let said = "older version and does not say how far it looked";
    assert!(error.contains(said), "{error}");
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.contains(said));
    let report = json(&output);
    let since = &report["since"];
    assert_eq!(since["said_how_far"], false);
    assert_eq!(since["fixed"].as_array().unwrap().len(), 0, "{since:#}");
    let reasons = reasons(since);
    assert!(reasons["not-said"] > 0 && reasons["not-in-this-audit"] > 20, "{reasons:?}");

    let numbered = ["--guesses", "1500", "--pseudonymise", "key.csv"];
    let numbered = json(&later(folder.path(), &ALL, &numbered));
    assert!(numbered["extent"].is_null(), "who was audited is not to be had from it");
    fs::write(folder.path().join("numbered.json"), numbered.to_string()).unwrap();
    let output = later(folder.path(), &ALL, &["--since", "numbered.json", "--guesses", "1"]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("names nobody"), "{error}");
    let report = json(&output);
    let since = &report["since"];
    assert!(since["open"].is_null());
    for list in ["new", "fixed", "not_certain"] {
        assert_eq!(since[list].as_array().unwrap().len(), 0, "{since:#}");
    }
    // A report with numbers may be compared with one that has names: the names stay out.
    let full = json(&later(folder.path(), &ALL, &["--guesses", "1500"]));
    fs::write(folder.path().join("full.json"), full.to_string()).unwrap();
    let numbered = ["--since", "full.json", "--guesses", "1", "--pseudonymise", "key2.csv"];
    let report = json(&later(folder.path(), &ALL, &numbered));
    let unclear = report["since"]["not_certain"].as_array().unwrap();
    assert!(!unclear.is_empty());
    for finding in unclear {
        let account = finding["account"].as_str().unwrap();
        assert!(account.starts_with("person-") || account.starts_with("account-"), "{account}");
    }
}
