//! Lists of new accounts, as the command checks and fills them. The people are made up.
//!
//! `tests/starters` has a list for each format and each thing that goes wrong in lists; `.expected`
//! is what the command says of it. To write down what it says now:
//! `SNAPSHOTS=overwrite cargo test --test starters`, then read the difference.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{fs, iter};

use serde_json::Value;
use snapbox::data::DataFormat;
use tempfile::TempDir;

/// The passwords that the lists hold; none may be in anything that the command says.
const SECRETS: [&str; 14] = [
    "Xk9#horse!",
    "9!Amyzqx#4",
    "vT7$kq",
    "qN6%wz3&Jr",
    "0123456789abcdef",
    "Birchington#92",
    "Marsh!92qz",
    "9!Josephzq#",
    "vT7:$kq2z",
    "abcdefghijklmnop",
    "Summer!2026",
    "vT7£",
    "9#rene!qqz",
    "=horse",
];

fn list(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/starters").join(name)
}

fn run_in(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"))
        .arg("starters")
        .args(["--policy", "birchington"])
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early does not read its input.
    command.stdin.take().unwrap().write_all(input).ok();
    command.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

/// A list copied into a folder of its own.
struct Desk(TempDir);

impl Desk {
    fn with(name: &str) -> Self {
        Self::holding(name, &fs::read(list(name)).unwrap())
    }

    fn holding(name: &str, bytes: &[u8]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::write(desk.0.path().join(name), bytes).unwrap();
        desk
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let done = run_in(self.0.path(), args, b"");
        let (out, err) = (text(&done.stdout).to_owned(), text(&done.stderr).to_owned());
        (done.status.code().unwrap(), out, err)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.path().join(name)).unwrap()
    }

    fn files(&self) -> usize {
        fs::read_dir(self.0.path()).unwrap().count()
    }
}

/// What the command says of a list, and its exit code; then that filling it in changes nothing but
/// the `blank` places, which are given as what is on their left and right.
#[track_caller]
fn check(name: &str, code: i32, blank: &[(&str, &str)]) {
    let desk = Desk::with(name);
    let (found, out, err) = desk.run(&[name]);
    let expected =
        snapbox::Data::read_from(&list(name).with_extension("expected"), Some(DataFormat::Text));
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    assert.eq(format!("{out}{err}"), expected);
    assert_eq!(found, code, "{name}");

    let (_, json, _) = desk.run(&[name, "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["version"], 1);
    let lines = |text: &str| text.lines().count();
    assert_eq!(json["findings"].as_array().unwrap().len(), lines(&out), "{name}");

    let (_, filled_out, filled_err) = desk.run(&[name, "--fill", "-o", "out", "--slips", "s.html"]);
    let (before, after) = (desk.read(name), desk.read("out"));
    let passwords = passwords_put_in(&before, &after, blank);
    let different: HashSet<&String> = passwords.iter().collect();
    assert_eq!((passwords.len(), different.len()), (blank.len(), blank.len()), "{name}");
    for said in [&out, &err, &filled_out, &filled_err, &json.to_string()] {
        let secrets = SECRETS.into_iter().chain(passwords.iter().map(String::as_str));
        for secret in secrets {
            assert!(!said.contains(secret), "{name}: {secret} is in {said}");
        }
        assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']) || said.starts_with('{'));
    }
    // What was filled in is as strong as the rest was asked to be.
    let (_, again, _) = desk.run(&["out", "--format", json["format"].as_str().unwrap()]);
    assert!(!again.contains("There is no password"), "{name}: {again}");
    assert_eq!(lines(&again), lines(&out) - blank.len(), "{name}: {again}");
}

/// Follows both files side by side: they are the same but for a password in each blank place.
#[track_caller]
fn passwords_put_in(before: &[u8], after: &[u8], blank: &[(&str, &str)]) -> Vec<String> {
    let (mut before, mut after) = (before, after);
    let mut passwords = Vec::new();
    for &(left, right) in blank {
        let place = format!("{left}{right}");
        let at = before.windows(place.len()).position(|part| part == place.as_bytes());
        let at = at.unwrap_or_else(|| unreachable!("no {place}")) + left.len();
        assert_eq!(before[..at], after[..at]);
        let password = text(&after[at..at + 12]);
        assert!(!password.starts_with(['=', '+', '-', '@']));
        assert!(password.chars().all(|c| c.is_ascii_graphic() && !",;:\"\\".contains(c)));
        passwords.push(password.to_owned());
        (before, after) = (&before[at..], &after[at + 12..]);
    }
    assert_eq!(before, after);
    passwords
}

#[test]
fn own_columns() {
    let last = ("23,K.Harper,Kim,Harper,kim@birchington.example,\"", "");
    let desk = Desk::with("own.csv");
    desk.run(&["own.csv", "--fill", "-o", "out"]);
    // A cell of one space is blank, and the space is not a part of the password.
    let out = String::from_utf8(desk.read("out")).unwrap();
    let row = out.lines().find(|line| line.starts_with("23,")).unwrap();
    assert_eq!(row.len(), last.0.len() + 12 + 2);
    assert!(row.starts_with(last.0) && row.ends_with("\","));

    let text = fs::read_to_string(list("own.csv")).unwrap().replace("\" \"", "\"\"");
    let desk = Desk::holding("own.csv", text.as_bytes());
    desk.run(&["own.csv", "--fill", "-o", "out"]);
    let kate = ("k.harper@birchington.example,", ",\"King");
    let passwords = passwords_put_in(text.as_bytes(), &desk.read("out"), &[kate, last]);
    assert_eq!(passwords.len(), 2);

    let desk = Desk::with("own.csv");
    let (code, out, err) = desk.run(&["own.csv"]);
    let expected = snapbox::Data::read_from(&list("own.expected"), Some(DataFormat::Text));
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    assert.eq(format!("{out}{err}"), expected);
    assert_eq!(code, 1);
}

#[test]
fn semicolons_windows_lines_and_a_byte_order_mark() {
    check("excel.csv", 1, &[("Kate;Harper;kharper;", ";\"a;b\""), ("jmarsh;\"", "\";")]);
}

#[test]
fn google_workspace() {
    // Three: what is only a hash could not be checked.
    check("google.csv", 3, &[("k.harper@birchington.example,", ",,/Staff")]);
}

#[test]
fn microsoft_entra() {
    check("entra.csv", 1, &[("k.harper@birchington.example,", ",No")]);
}

#[test]
fn newusers() {
    check("newusers.txt", 1, &[("kharper:", ":::Kate")]);
}

#[test]
fn chpasswd() {
    check("chpasswd.txt", 3, &[("kharper:", "\n")]);
}

#[test]
fn terminal_escapes_markup_and_formulas() {
    check("hostile.csv", 1, &[("</script>,", ",=cmd")]);
    let desk = Desk::with("hostile.csv");
    desk.run(&["hostile.csv", "--fill", "-o", "out", "--slips", "slips.html"]);
    let slips = String::from_utf8(desk.read("slips.html")).unwrap();
    assert!(slips.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!slips.contains("<script") && !slips.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn names_in_an_old_encoding() {
    check("latin1.csv", 1, &[("O'Neill,", "\r\n")]);
}

#[test]
fn rows_that_are_too_long_or_too_short() {
    check("columns.csv", 3, &[("b.lee,Ben,", ",b.lee")]);
}

#[test]
fn a_strong_list_is_all_right() {
    let desk = Desk::holding("good.csv", b"Account,Password\nk.harper,qN6%wz3&Jr\n");
    let (code, out, err) = desk.run(&["good.csv"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "1 row, 0 with something to change\n");
    // From standard input, and with nothing in it but a heading: nothing was checked.
    assert_eq!(run_in(desk.0.path(), &["-"], b"Account,Password\n").status.code(), Some(3));
    let weak = run_in(desk.0.path(), &["-"], b"k.harper:horse\n");
    assert_eq!(weak.status.code(), Some(1));
    assert!(text(&weak.stdout).starts_with("-:1: k.harper: length, numbers, symbols, "));
}

#[test]
fn slips_are_for_those_who_have_a_strong_password() {
    let desk = Desk::with("own.csv");
    let (_, _, err) = desk.run(&["own.csv", "--fill", "-o", "out.csv", "--slips", "slips.html"]);
    // Kate and Kim share an account, Ben and Cy a password; Jo's and Amy's are weak.
    assert!(err.starts_with("slips.html: 1 slip on 1 sheet of A4\n"), "{err}");
    let slips = String::from_utf8(desk.read("slips.html")).unwrap();
    assert_eq!(slips.matches("<section class=\"slip\">").count(), 1);
    assert!(
        slips.contains("<bdi><span>Zoë</span> <span>O&#39;Neill</span></bdi>")
            && slips.contains("qN6%wz3&amp;Jr")
    );
    assert!(slips.contains("break-after: page"));
    for outside in ["http:", "https:", "src=", "href=", "@import", "url("] {
        assert!(!slips.contains(outside), "{outside}");
    }
}

#[test]
fn slips_are_eight_a_sheet_of_either_paper_with_the_name_of_the_school() {
    let rows: Vec<String> = (0..9).map(|i| format!("k{i},Kim Harper-Lee,\n")).collect();
    let rows = rows.concat();
    let desk = Desk::holding("list.csv", format!("Account,Name,Password\n{rows}").as_bytes());
    for (paper, size) in [("a4", "210mm 297mm"), ("letter", "215.9mm 279.4mm")] {
        let (out, slips) = (format!("{paper}.csv"), format!("{paper}.html"));
        let school = "Elm <b>Primary</b> & \u{202e}Nursery";
        let args = ["list.csv", "--fill", "-o", &out, "--slips", &slips];
        let (code, _, err) =
            desk.run(&[&args[..], &["--school", school, "--paper", paper]].concat());
        assert_eq!(code, 0, "{err}");
        assert!(
            err.to_lowercase().contains(&format!(": 9 slips on 2 sheets of {paper}\n")),
            "{err}"
        );
        let page = String::from_utf8(desk.read(&slips)).unwrap();
        assert!(page.contains(&format!("@page {{ size: {size}; margin: 0; }}")));
        let sheets: Vec<&str> = page.split("<div class=\"sheet\">").skip(1).collect();
        let on_each = sheets.iter().map(|sheet| sheet.matches("<section class=\"slip\">").count());
        assert_eq!(on_each.collect::<Vec<_>>(), [8, 1]);
        let head = "&lt;b&gt;Primary&lt;/b&gt;</span> <span>&amp;</span> <span>\u{fffd}Nursery</span></bdi>: Your";
        assert_eq!(page.matches(head).count(), 9);
        // Not broken at its hyphen.
        assert_eq!(page.matches("<span>Harper-Lee</span>").count(), 9);
        // Each has its own password once, and that of nobody else.
        let filled = String::from_utf8(desk.read(&out)).unwrap();
        for row in filled.lines().skip(1) {
            let (left, password) = row.rsplit_once(',').unwrap();
            let account = left.split(',').next().unwrap();
            let written = password
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('\'', "&#39;");
            let slip = page.split("<section").find(|slip| slip.contains(&format!(">{account}<")));
            assert!(slip.unwrap().contains(&format!(">{written}</p>")), "{row}");
            assert_eq!(page.matches(&written).count(), 1, "{row}");
        }
    }
    assert_eq!(desk.run(&["list.csv", "--school", "Elm"]).0, 2);
    assert_eq!(desk.run(&["list.csv", "--paper", "a4"]).0, 2);
}

#[test]
fn files_are_for_their_owner_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with("excel.csv");
    let args = ["excel.csv", "--fill", "-o", "out.csv", "--slips", "slips.html"];
    assert_eq!(desk.run(&args).0, 0);
    let written = ["out.csv", "slips.html"].map(|name| {
        let mode = fs::metadata(desk.0.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        desk.read(name)
    });
    let (code, out, err) = desk.run(&args);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("out.csv already exists; not overwritten"), "{err}");
    // The list itself is not written over, either; and if one file cannot be written, none is.
    for args in [
        ["--output", "excel.csv", "--slips", "b.html"],
        ["--output", "b.csv", "--slips", "slips.html"],
        ["--output", "b.csv", "--slips", "b.csv"],
        ["--output", "b.csv", "--slips", "none/b.html"],
    ] {
        let (code, out, _) = desk.run(&[&["excel.csv", "--fill"][..], &args].concat());
        assert!(code >= 2, "{args:?}");
        assert_eq!(out, "");
    }
    assert_eq!(desk.files(), 3);
    assert_eq!(written, ["out.csv", "slips.html"].map(|name| desk.read(name)));
}

#[test]
fn what_is_no_list_is_refused_with_its_place() {
    let utf16: Vec<u8> = "\u{feff}Account,Password\nk,Xk9#horse!\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let many = format!("Account,Password\n{}", "k,\n".repeat(100_001));
    let large = vec![b'x'; (10 << 20) + 1];
    let cases: [(&[u8], &str); 11] = [
        (b"", "list:1: does not look like a list of accounts"),
        (b"k.harper,Kate,Xk9#horse!\n", "list:1: does not look like a list of accounts"),
        (b"Account,Name\nk,Kate\n", "list:1: does not look like a list of accounts"),
        (b"Account,Password\nk,a\nl,\"Xk9#horse!\nm,b\n", "list:3: a quotation mark opens here"),
        (b"Account,Password\nk,\"Xk9\"#horse!\n", "list:2: something follows a closing"),
        (b"Password,Account,Pwd\n", "list:1: two columns look like the password"),
        (b"k:Xk9#horse!\r\n", "list:1: ends as lines do on Windows"),
        (b"\xef\xbb\xbfk:Xk9#horse!\n", "list:1: begins with a byte order mark"),
        (&utf16, "list:1: is UTF-16; save it as UTF-8"),
        (many.as_bytes(), "list:100002: there are more than 100,000 rows"),
        (&large, "list: is larger than 10 MB"),
    ];
    for (bytes, expected) in cases {
        let desk = Desk::holding("list", bytes);
        let (code, out, err) = desk.run(&["list", "--fill", "-o", "out"]);
        assert_eq!((code, out.as_str()), (3, ""), "{expected}: {err}");
        assert!(err.starts_with(&format!("strongpass: {expected}")), "{expected}: {err}");
        assert!(!err.contains("horse") && err.lines().count() == 1, "{err}");
        assert_eq!(desk.files(), 1, "{expected}");
    }
    let desk = Desk::holding("list", b"k:a\n");
    assert_eq!(desk.run(&["none"]).0, 3);
    assert_eq!(desk.run(&["list", "--fill"]).0, 2);
    assert_eq!(desk.run(&["list", "--length", "12"]).0, 2);
    assert_eq!(desk.run(&["list", "--fill", "--length", "5", "-o", "out"]).0, 2);
    assert_eq!(desk.files(), 1);
}

#[test]
fn new_passwords_hold_no_name_and_are_all_different() {
    // Each so short that chance would put it into one of these passwords in a thousand.
    let names = "Amy Bev Cid Dov Eva Fay Gus Hal Ida Jan Kim Meg Ned Ned Pam Ras Sam Tia Una Val Wyn Yve Zac";
    let rows = (0..5_000).map(|i| format!("user{i},{names},\n"));
    let list: String = iter::once("Account,First name,Password\n".to_owned()).chain(rows).collect();
    let desk = Desk::holding("list.csv", list.as_bytes());
    let (code, _, err) = desk.run(&["list.csv", "--fill", "--length", "10", "-o", "out.csv"]);
    assert_eq!(
        (code, err.as_str()),
        (0, "5000 rows, 5000 filled in, 0 with something to change\n")
    );
    let out = String::from_utf8(desk.read("out.csv")).unwrap();
    let passwords: Vec<&str> =
        out.lines().skip(1).filter_map(|row| row.split(',').nth(2)).collect();
    assert!(passwords.iter().all(|password| password.len() == 10));
    assert_eq!(passwords.iter().collect::<HashSet<_>>().len(), 5_000);
    assert!(passwords.iter().all(|password| !password.starts_with(['+', '-', '=', '@'])));
    assert_eq!(desk.run(&["out.csv"]).0, 0);

    // Of codes of four digits there are not so many.
    let args = ["list.csv", "--fill", "-o", "codes.csv", "--policy", "passcode-legacy-4"];
    let more: String = list.lines().map(|row| format!("{row}\nx{row}\n")).skip(1).collect();
    let desk = Desk::holding("list.csv", format!("Account,First name,Password\n{more}").as_bytes());
    let done = Command::new(env!("CARGO_BIN_EXE_strongpass"))
        .arg("starters")
        .args(args)
        .current_dir(desk.0.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(3));
    assert!(text(&done.stderr).contains("not enough different passwords"));
    assert_eq!(desk.files(), 1);
}

#[test]
fn a_policy_that_needs_the_history_leaves_given_passwords_unchecked() {
    let desk = Desk::holding("list.csv", b"Account,Password\nk.harper,qN6%wz3&Jr\nj.marsh,\n");
    fs::write(desk.0.path().join("p.toml"), "one_system = \"required\"\n").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_strongpass"))
        .args(["starters", "list.csv", "--json", "--policy", "p.toml"])
        .args(["--fill", "-o", "out.csv"])
        .current_dir(desk.0.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(3));
    let json: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(json["filled"], 1);
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!((&findings[0]["kind"], &findings[0]["line"]), (&"unchecked".into(), &2.into()));
}
