//! The register of passcodes, as the command audits and replaces it. The people are made up.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::HashSet;
use std::fs;

use serde_json::Value;

#[path = "passcode/desk.rs"]
mod desk;

use desk::*;

/// What is to be found in it, by line.
const EXPECTED: [(usize, &str); 27] = [
    (3, "too-short"),
    (4, "pattern"),
    (5, "common"),
    (6, "context"),
    (7, "context"),
    (8, "context"),
    (9, "weak"),
    (10, "duplicate"),
    (11, "duplicate"),
    (12, "near-duplicate"),
    (13, "near-duplicate"),
    (14, "near-duplicate"),
    (15, "near-duplicate"),
    (16, "near-duplicate"),
    (17, "near-duplicate"),
    (18, "many-knowers"),
    (19, "many-knowers"),
    (20, "holder-left"),
    (21, "knower-left"),
    (23, "too-old"),
    (24, "missing"),
    (25, "undated"),
    (26, "undated"),
    (27, "listed-twice"),
    (28, "listed-twice"),
    (34, "not-checked"),
    (35, "not-checked"),
];

fn expected() -> Vec<(usize, String)> {
    EXPECTED.iter().map(|(line, kind)| (*line, (*kind).to_owned())).collect()
}

#[test]
fn every_planted_fault_is_found_once_and_nothing_else() {
    let desk = Desk::new();
    let json = desk.json(&["--csv", "report.csv"]);
    let skipped = |(_, kind): &(usize, String)| kind == "not-checked";
    let (not_checked, found): (Vec<_>, Vec<_>) = expected().into_iter().partition(skipped);
    assert_eq!(kinds(&json), found);
    let skipped: Vec<_> =
        json["skipped"].as_array().unwrap().iter().map(|row| row["line"].as_u64()).collect();
    assert_eq!(skipped, [Some(34), Some(35)]);
    assert_eq!(not_checked.len(), 2);
    // Every row is accounted for.
    assert_eq!((&json["rows"], &json["devices"]), (&33.into(), &31.into()));
    assert_eq!(json["summary"]["acting"], 25);
    assert_eq!(json["summary"]["may_be_dates"], 2);
    assert_eq!(json["version"], 1);

    // The table says the same.
    let table = desk.text("report.csv");
    let rows = table.strip_prefix('\u{feff}').unwrap().lines().skip(1);
    let rows: Vec<(usize, String)> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            (cells[0].parse().unwrap(), cells[3].to_owned())
        })
        .collect();
    assert_eq!(rows, expected());
}

/// What is not known, or is of the same day, counts against a code.
#[test]
fn a_code_is_changed_after_the_day_of_leaving_or_not_at_all() {
    for (set_on, leaving, found) in [
        ("2026-07-21", "2026-07-22", true),
        ("2026-07-22", "2026-07-22", true),
        ("2026-07-23", "2026-07-22", false),
        ("2026-07-23", "", true),
        ("", "2026-07-22", true),
    ] {
        let row = format!("Phone 1,Ada Brook,839174,{set_on},Greta Gone\n");
        let desk =
            Desk::holding(format!("Device,Holder,Passcode,Set on,Known by\n{row}").as_bytes());
        desk.write("left.csv", format!("Name,Left on\nGreta Gone,{leaving}\n").as_bytes());
        let ran = desk.run(&["register.csv", "--leavers", "left.csv", "--json"]);
        assert_eq!(ran.out.contains("knower-left"), found, "{set_on} {leaving}");
        assert_eq!(ran.code, i32::from(found));
    }
}

#[test]
fn without_what_is_asked_for_less_is_found_and_that_is_said() {
    let desk = Desk::new();
    let ran = desk.run(&["register.csv", "--as-of", "2026-11-22"]);
    let text = ran.out.replace('\n', " ");
    assert!(
        text.contains("Not checked: whether someone has left (no --leavers); whether a code is")
    );
    for finding in ["the holder has left", "older than allowed"] {
        assert!(!ran.out.contains(finding), "{finding}");
    }
    let desk = Desk::holding(b"Device,Passcode\nPhone 1,839174\n");
    let ran = desk.run(&["register.csv"]);
    assert_eq!(ran.code, 0);
    let text = ran.out.replace('\n', " ");
    assert!(text.contains("who holds a device (there is no column Holder); who else knows a code"));
}

#[test]
fn exit_codes() {
    let of = |rows: &str| {
        Desk::holding(format!("Device,Passcode\n{rows}").as_bytes()).run(&["register.csv"]).code
    };
    // Without a device nothing was checked.
    assert_eq!(of(""), 3);
    assert_eq!(of("Phone 1,839174\n"), 0);
    assert_eq!(of("Phone 1,123456\n"), 1);
    assert_eq!(of("Phone 1,839174\nPhone 2,205716,x\n"), 3);
    assert_eq!(of("Phone 1,123456\nPhone 2,205716,x\n"), 3);
    assert_eq!(of("Phone 1,\"839174\n"), 3);
    let desk = Desk::new();
    for args in [&["none.csv"][..], &["register.csv", "--leavers", "none.csv"]] {
        assert_eq!(desk.run(args).code, 3, "{args:?}");
    }
    for args in [
        &["register.csv", "--html", "none/report.html"][..],
        &["register.csv", "--policy", "birchington"],
        &["register.csv", "--max-age", "soon"],
        &["register.csv", "--as-of", "22/11/2026"],
        &["register.csv", "--length", "8"],
        &["register.csv", "--replace", "new.csv", "--length", "5"],
        &["register.csv", "--json", "--csv", "-"],
        &["register.csv", "--encrypt-to", "k.harper", "--html", "report.html"],
        &["register.csv", "--html", "r", "--csv", "r"],
    ] {
        let ran = desk.run(args);
        assert!(
            ran.code == 2 || ran.code == 3 && args.contains(&"k.harper"),
            "{args:?} {}",
            ran.code
        );
        assert_eq!(ran.out, "", "{args:?}");
    }
    assert_eq!(desk.files(), ["left.csv", "register.csv"]);
}

/// Nothing that is said or written has a code in it, whole or as digits.
#[test]
fn no_output_and_no_file_has_a_code() {
    let desk = Desk::new();
    let files = ["--html", "r.html", "--csv", "r.csv", "--json=r.json"];
    let mut said = vec![desk.with(&files)];
    for more in [
        &["--json"][..],
        &["--csv", "-"],
        &["--html", "-"],
        &["--policy", "passcode-legacy-4"],
        &["--html", "none/r.html"],
    ] {
        said.push(desk.with(more));
    }
    assert_eq!(desk.files(), ["left.csv", "r.csv", "r.html", "r.json", "register.csv"]);
    assert_eq!(fs::read_dir(desk.temporary.path()).unwrap().count(), 0);
    let mut texts: Vec<String> = said.into_iter().flat_map(|ran| [ran.out, ran.err]).collect();
    texts.extend(["r.csv", "r.html", "r.json"].map(|name| desk.text(name)));
    let register = String::from_utf8(PLANTED.to_vec()).unwrap();
    let mut secrets = codes(&register);
    assert_eq!(secrets.len(), 31);
    secrets.push("826409");
    for text in &texts {
        for secret in &secrets {
            assert!(!text.contains(secret), "{secret} is in {text}");
            let backwards: String = secret.chars().rev().collect();
            assert!(!text.contains(&backwards), "{secret} is in {text}, backwards");
        }
        // Not which pattern, nor how long: with that a code could be guessed.
        for hint in ["keypad", " shape", "in order", "telephone", "sequence", "own-number"] {
            let told = text.split("What to look at on the devices").next().unwrap();
            assert!(!told.contains(hint), "{hint} is in {told}");
        }
    }
    // All codes look the same.
    let json: Value = serde_json::from_str(&desk.text("r.json")).unwrap();
    let masks: HashSet<&str> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["kind"] != "missing")
        .map(|finding| finding["passcode"].as_str().unwrap())
        .collect();
    assert_eq!(masks, HashSet::from(["••••••"]));
}

/// Follows both registers side by side: they are the same but for a code in each of these places.
#[track_caller]
fn replaced(before: &str, after: &str, lines: &[usize], length: usize) -> Vec<String> {
    let mut fresh = Vec::new();
    assert_eq!(before.split('\n').count(), after.split('\n').count());
    for ((number, before), after) in (1..).zip(before.split('\n')).zip(after.split('\n')) {
        if !lines.contains(&number) {
            assert_eq!(before, after);
            continue;
        }
        let same = before.bytes().zip(after.bytes()).take_while(|(one, two)| one == two).count();
        // What is the same may go on by chance into the code; it begins where the cell does.
        let start = before.get(..same).unwrap().rfind([',', '"']).unwrap() + 1;
        let code = after.get(start..start + length).unwrap();
        let (left, right) = (after.get(..start).unwrap(), after.get(start + length..).unwrap());
        assert!(before.starts_with(left) && before.ends_with(right), "{before}: {after}");
        assert!(
            code.bytes().all(|byte| byte.is_ascii_digit()) && !code.starts_with('0'),
            "{after}"
        );
        fresh.push(code.to_owned());
    }
    fresh
}

#[test]
fn fresh_codes_replace_what_is_bad_and_nothing_else() {
    let desk = Desk::new();
    let ran = desk.with(&["--replace", "new.csv"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("new.csv: written; only you can read it"), "{}", ran.err);
    assert!(ran.out.contains("21 fresh codes are"), "{}", ran.out);
    let unchanged = ["undated", "listed-twice", "not-checked"];
    let lines: Vec<usize> = EXPECTED
        .iter()
        .filter(|(_, kind)| !unchanged.contains(kind))
        .map(|(line, _)| *line)
        .collect();
    let before = String::from_utf8(PLANTED.to_vec()).unwrap();
    let after = desk.text("new.csv");
    let fresh = replaced(&before, &after, &lines, 6);
    assert_eq!(fresh.iter().collect::<HashSet<_>>().len(), 21);
    for said in [&ran.out, &ran.err] {
        assert!(fresh.iter().all(|code| !said.contains(code)), "{said}");
    }
    // Of the new register only what a code does not mend is found.
    desk.write("register.csv", after.as_bytes());
    let again = kinds(&desk.json(&[]));
    let mended: Vec<&(usize, String)> = again
        .iter()
        .filter(|(_, kind)| {
            !["many-knowers", "holder-left", "knower-left", "too-old"].contains(&kind.as_str())
        })
        .collect();
    assert!(mended.iter().all(|(_, kind)| unchanged.contains(&kind.as_str())), "{mended:?}");
}

#[test]
fn codes_keep_their_place_in_every_kind_of_file() {
    for (register, length) in [
        ("\u{feff}Device;Code;Holder\r\n\"Phone 1\";\"123456\";\"a;b\"\r\nPhone 2;;x\r\n", 8),
        ("Our phones\n\nDevice\tPIN\nPhone 1\t123456\nPhone 2\t 1234 \n", 10),
        ("Device,Passcode\nPhone 1,\"=\"\"123456\"\"\"\nPhone 2,'1234\n", 6),
        ("Device,Passcode\rPhone 1,123456\rPhone 2,1234", 7),
    ] {
        let desk = Desk::holding(register.as_bytes());
        let length = length.to_string();
        let ran =
            desk.run(&["register.csv", "--replace", "new.csv", "--length", &length, "--json"]);
        assert_eq!(ran.code, 1, "{register}");
        let json: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(json["replaced"], 2);
        let after = desk.text("new.csv");
        let plain = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        assert_eq!(plain(&after), plain(register));
        desk.write("register.csv", after.as_bytes());
        assert_eq!(desk.run(&["register.csv"]).code, 0, "{after}");
    }
}
