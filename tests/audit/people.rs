//! The same audit, with a list that says who these people are.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::{audit, fixture, json};

/// The list of the fixture, with roles and addresses, in a folder.
fn list(folder: &Path) {
    let list = fs::read_to_string(fixture("people.csv")).unwrap();
    let rows = list.lines().zip(0..).map(|(line, number)| match number {
        0 => format!("{line},role,address 1,address 2,postcode\n"),
        1..=6 => format!("{line},Teacher,{number} Mill Lane,Kentbury,KB1 2CD\n"),
        _ => format!("{line},Office,{number} Mill Lane,Kentbury,KB1 2CD\n"),
    });
    fs::write(folder.join("staff.csv"), rows.collect::<String>()).unwrap();
}

fn run(folder: &Path, more: &[&str]) -> Output {
    list(folder);
    let more = [&["--people", "staff.csv", "--guesses", "20"], more].concat();
    let output = audit(folder, &more).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_report_is_about_people_if_it_is_known_who_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["--letters", "letters.csv", "--all"]);
    let told = said(&output);
    assert!(told.contains("of 12 people need another password"), "{told}");
    assert!(told.contains("Hal Rook") && told.contains("Teacher"), "{told}");
    let letters = fs::read_to_string(folder.path().join("letters.csv")).unwrap();
    let of_hal: Vec<&str> = letters.lines().filter(|line| line.contains("Hal Rook")).collect();
    // One letter, though it is about three systems.
    let [letter] = of_hal.as_slice() else { panic!("{letters}") };
    assert!(letter.contains("network; server; web"), "{letter}");
    assert!(letter.contains(",8 Mill Lane,Kentbury,KB1 2CD,"), "{letter}");
    // Of accounts alone nobody says so.
    let output = audit(folder.path(), &["--guesses", "20"]).output().unwrap();
    let told = said(&output);
    assert!(told.contains("accounts need another password"), "{told}");
}

#[test]
fn programs_are_told_of_people_too() {
    let folder = tempfile::tempdir().unwrap();
    let report = json(&run(folder.path(), &["--json"]));
    let persons = &report["persons"];
    assert_eq!((&persons["listed"], &persons["absent"]), (&12.into(), &0.into()));
    assert_eq!(persons["roles"].as_array().unwrap().len(), 2, "{persons}");
    assert_eq!(persons["roles"][0]["persons"], 6);
    let report = json(&audit(folder.path(), &["--guesses", "1", "--json"]).output().unwrap());
    assert!(report["persons"].is_null());
}

#[test]
fn remarks_on_the_list_are_a_few_lines() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (0..90).map(|n| format!("P{n},awren{n},w{n},e{n}\n")).collect();
    let rows = rows.concat();
    let table = format!("person,network account,shop account,till account,a,b,c\n{rows}");
    let table = table.replace('\n', ",,,\n").replacen(",a,b,c,,,", ",a,b,c", 1);
    fs::write(folder.path().join("list.csv"), table).unwrap();
    let more = ["--people", "list.csv", "--guesses", "1"];
    let output = audit(folder.path(), &more).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    let about: Vec<&str> = error.lines().filter(|line| line.starts_with("list.csv")).collect();
    assert_eq!(
        about,
        [
            "list.csv:1: the columns `a`, `b`, `c` are not used",
            "list.csv: 180 accounts are on systems not audited: shop, till",
            "list.csv: 90 accounts are in no export; look for slips in: awren0, awren1, awren2, \
             awren3, awren4 …",
        ]
    );
}

#[test]
fn an_answer_fits_into_a_window_until_all_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let told = said(&run(folder.path(), &["--html", "report.html"]));
    assert!(told.lines().count() <= 40, "{told}");
    assert!(told.contains("All of it is in report.html, and here with --all"), "{told}");
    assert!(told.contains("Who must act"), "{told}");
    let all = said(&run(folder.path(), &["--all"]));
    assert!(all.lines().count() > 60, "{all}");
}

#[test]
fn a_report_bears_the_name_and_the_logo_of_the_school() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";
    put("logo.png", png);
    put("of-school.toml", b"[school]\nname = \"Quillfeather <School>\"\nlogo = \"logo.png\"\n");
    let policy = ["--policy", "of-school.toml"];
    let page = |name: &str| {
        let mut more = policy.to_vec();
        more.extend(["--html", name, "--guesses", "1"]);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_strongpass"));
        command.arg("audit").current_dir(folder.path());
        command.arg(format!("network={}", fixture("network.ntds").display())).args(more);
        let output = command.output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), error, fs::read_to_string(folder.path().join(name)))
    };
    let (code, error, report) = page("report.html");
    assert_eq!(code, Some(1), "{error}");
    let report = report.unwrap();
    assert!(report.contains("Quillfeather &lt;School&gt;"));
    assert!(report.contains("src=\"data:image/png;base64,"));
    // Its rules are those of the preset, and so is its name.
    assert!(report.contains("<dd>birchington: "));
    // What is no picture stops the audit before it begins.
    put("logo.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>");
    let (code, error, report) = page("second.html");
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("logo.png: a logo is a PNG or JPEG picture"), "{error}");
    assert!(report.is_err());
    fs::remove_file(folder.path().join("logo.png")).unwrap();
    let (code, error, _) = page("third.html");
    assert!(code == Some(2) && error.contains("there is no such logo"), "{error}");
}

#[test]
fn counts_are_ranges_where_small_ones_may_not_be_worked_out() {
    let folder = tempfile::tempdir().unwrap();
    let told = said(&run(folder.path(), &["--merge-small", "--all"]));
    let (without_names, _) = told.split_once("Who must act").unwrap();
    assert!(without_names.contains("How many of the 12 people"), "{without_names}");
    let digits = without_names.lines().filter(|line| line.contains("must act this week"));
    for line in digits {
        assert!(line.contains("not shown"), "{line}");
    }
}

/// In the narrowest windows too.
#[cfg(target_os = "linux")]
#[test]
fn lines_are_no_wider_than_the_window() {
    for columns in ["38", "60", "120"] {
        let folder = tempfile::tempdir().unwrap();
        list(folder.path());
        let command = audit(folder.path(), &["--people", "staff.csv", "--guesses", "1"]);
        let program = command.get_program().to_str().unwrap().to_owned();
        let quoted = command.get_args().map(|arg| format!("'{}'", arg.to_str().unwrap()));
        let line = format!(
            "stty cols {columns} rows 24; '{program}' {} 2>/dev/null",
            quoted.collect::<Vec<_>>().join(" ")
        );
        // A terminal of its own.
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &line, "/dev/null"]).current_dir(folder.path());
        let output = script.env("SHELL", "/bin/sh").output().unwrap();
        let told = said(&output);
        let told = told.replace("\r\n", "\n");
        let columns: usize = columns.parse().unwrap();
        let width = |line: &str| line.replace('\u{1b}', "").chars().count();
        assert!(told.contains("people need"), "{told}");
        for line in anstream::adapter::strip_str(&told).to_string().lines() {
            assert!(width(line) <= columns, "{columns}: {line}");
        }
    }
}
