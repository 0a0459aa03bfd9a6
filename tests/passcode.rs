//! The register of passcodes, as the command audits and replaces it. The people are made up.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::{fs, iter};

use serde_json::Value;
use strongpass_age::{Identity, Key, Recipient};
use tempfile::TempDir;

/// Every fault there is, each once, between rows that have none.
const PLANTED: &[u8] = include_bytes!("passcode/planted.csv");
const LEFT: &[u8] = include_bytes!("passcode/left.csv");
const KEY: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

/// How the planted register is audited, whatever the day.
const ARGS: [&str; 9] = [
    "register.csv",
    "--leavers",
    "left.csv",
    "--max-age",
    "2y",
    "--as-of",
    "2026-11-22",
    "--context",
    "01843 849000",
];

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

/// A folder with the register in it, and another for temporary files.
struct Desk {
    folder: TempDir,
    temporary: TempDir,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self::holding(PLANTED)
    }

    fn holding(register: &[u8]) -> Self {
        let desk =
            Self { folder: tempfile::tempdir().unwrap(), temporary: tempfile::tempdir().unwrap() };
        desk.write("register.csv", register);
        desk.write("left.csv", LEFT);
        desk
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path().join(name);
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).env_clear().env("TMPDIR", self.temporary.path());
        command.stdin(Stdio::null());
        command
    }

    fn ran(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert!(!err.contains("panicked"), "{err}");
        Ran { code: output.status.code().unwrap(), out, err }
    }

    fn run(&self, args: &[&str]) -> Ran {
        let mut command = self.command(env!("CARGO_BIN_EXE_strongpass"));
        Self::ran(command.args(["passcode", "audit"]).args(args).output().unwrap())
    }

    fn with(&self, more: &[&str]) -> Ran {
        self.run(&[&ARGS, more].concat())
    }

    fn json(&self, more: &[&str]) -> Value {
        serde_json::from_str(&self.with(&[more, &["--json"]].concat()).out).unwrap()
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn kinds(json: &Value) -> Vec<(usize, String)> {
    let findings = json["findings"].as_array().unwrap().iter();
    let line = |finding: &Value| usize::try_from(finding["line"].as_u64().unwrap()).unwrap();
    let kind = |finding: &Value| finding["kind"].as_str().unwrap().to_owned();
    findings.map(|finding| (line(finding), kind(finding))).collect()
}

fn expected() -> Vec<(usize, String)> {
    EXPECTED.iter().map(|(line, kind)| (*line, (*kind).to_owned())).collect()
}

/// The codes in a register, as they are there.
fn codes(register: &str) -> Vec<&str> {
    let cells = register.lines().skip(1).filter_map(|line| line.split(',').nth(2));
    cells.map(|cell| cell.trim_matches(['"', '='])).filter(|code| code.len() > 3).collect()
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
        text.contains("Not checked: whether somebody has left (no --leavers); whether a code is")
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
    assert_eq!(of(""), 0);
    assert_eq!(of("Phone 1,839174\n"), 0);
    assert_eq!(of("Phone 1,123456\n"), 1);
    assert_eq!(of("Phone 1,839174\nPhone 2,205716,x\n"), 3);
    assert_eq!(of("Phone 1,123456\nPhone 2,205716,x\n"), 3);
    assert_eq!(of("Phone 1,\"839174\n"), 3);
    let desk = Desk::new();
    for args in [
        &["none.csv"][..],
        &["register.csv", "--leavers", "none.csv"],
        &["register.csv", "--html", "none/report.html"],
    ] {
        assert_eq!(desk.run(args).code, 3, "{args:?}");
    }
    for args in [
        &["register.csv", "--policy", "birchington"][..],
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

#[test]
fn files_are_private_whole_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let args = ["--replace", "new.csv", "--html", "r.html", "--csv", "r.csv", "--json=r.json"];
    assert_eq!(desk.with(&args).code, 3);
    let names = ["new.csv", "r.csv", "r.html", "r.json"];
    let written = names.map(|name| {
        let mode = fs::metadata(desk.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        desk.read(name)
    });
    for (option, name) in ["--replace", "--csv", "--html"].into_iter().zip(names) {
        let ran = desk.with(&[option, name]);
        assert_eq!(ran.code, 2, "{option}");
        assert!(ran.err.contains("is there already and is not overwritten"), "{}", ran.err);
    }
    assert_eq!(desk.with(&["--replace", "register.csv"]).code, 2);
    // If one cannot be written, none is.
    assert_eq!(desk.with(&["--replace", "b.csv", "--html", "none/b.html"]).code, 3);
    assert_eq!(desk.files().len(), 6);
    assert_eq!(names.map(|name| desk.read(name)), written);
    assert_eq!(desk.read("register.csv"), PLANTED);
}

/// No disk is full for a test; a limit on the size of files does as much.
#[test]
fn a_full_disk_leaves_no_half_report() {
    let desk = Desk::new();
    let args = ARGS.map(|arg| format!("'{arg}'")).join(" ");
    let script = format!(
        "trap '' XFSZ; ulimit -f 1; '{}' passcode audit {args} --html r.html --replace new.csv",
        env!("CARGO_BIN_EXE_strongpass")
    );
    let ran = Desk::ran(desk.command("/bin/sh").args(["-c", &script]).output().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
    assert!(ran.err.contains("File too large"), "{}", ran.err);
    assert_eq!(desk.files(), ["left.csv", "register.csv"]);
    assert_eq!(fs::read_dir(desk.temporary.path()).unwrap().count(), 0);
}

#[test]
fn an_encrypted_register_is_read_and_stays_encrypted() {
    let identity = Identity::of(KEY).unwrap();
    let recipient = identity.recipient();
    let desk = Desk::new();
    desk.write("register.csv", &strongpass_age::seal(PLANTED, &[recipient]).unwrap());
    desk.write("key.txt", format!("# made up\n{KEY}\n").as_bytes());

    let ran = desk.with(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("say which key opens it: --identity FILE"), "{}", ran.err);
    let json = desk.json(&["--identity", "key.txt", "--replace", "new.csv"]);
    assert_eq!(kinds(&json).len(), 25);
    assert_eq!(desk.files(), ["key.txt", "left.csv", "new.csv.age", "register.csv"]);
    let sealed = desk.read("new.csv.age");
    let opened = strongpass_age::open(&sealed, &[Key::Identity(identity)]).unwrap();
    assert!(opened.starts_with(b"Device,Holder,Passcode,Set on,Known by,Room\nPhone 1,Kate"));

    let other = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
    desk.write("other.txt", other.as_bytes());
    let ran = desk.with(&["--identity", "other.txt"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("is encrypted for another key"), "{}", ran.err);
    assert_eq!(desk.with(&["--identity", "other.txt", "--identity", "key.txt"]).code, 3);
    // Cut short, it is not taken for a shorter register.
    desk.write("register.csv", sealed.get(..sealed.len() - 1).unwrap());
    let ran = desk.with(&["--identity", "key.txt"]);
    assert!(ran.err.contains("was cut short or changed"), "{}", ran.err);
    assert_eq!(desk.with(&["--identity", "register.csv"]).code, 3);
}

#[test]
fn reports_are_encrypted_to_their_readers() {
    let identity = Identity::of(KEY).unwrap();
    let recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    assert_eq!(Recipient::of(recipient), Ok(identity.recipient()));
    let desk = Desk::new();
    desk.write("readers.txt", format!("# the head\n{recipient}\n").as_bytes());
    let files = ["--html", "r.html", "--csv", "r.csv", "--json=r.json", "--replace", "new.csv.age"];
    let ran = desk.with(&[&files[..], &["--encrypt-to", "readers.txt"]].concat());
    assert!(ran.err.contains("r.html.age: written; encrypted"), "{}", ran.err);
    let names = ["new.csv.age", "r.csv.age", "r.html.age", "r.json.age"];
    assert_eq!(
        desk.files(),
        [&["left.csv"], &names[..], &["readers.txt", "register.csv"]].concat()
    );
    let keys = [Key::Identity(identity)];
    for (name, begin) in
        names.into_iter().zip(["Device", "\u{feff}line", "<!DOCTYPE", "{\"version"])
    {
        let opened = strongpass_age::open(&desk.read(name), &keys).unwrap();
        assert!(opened.starts_with(begin.as_bytes()), "{name}");
    }
    // What is said in the open names nobody, and nothing goes there that would.
    assert!(!ran.out.contains("Phone") && ran.out.contains("25 need attention"), "{}", ran.out);
    for more in [&["--json"][..], &["--csv", "-"], &[]] {
        let ran = desk.with(&[more, &["--encrypt-to", recipient]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{more:?}");
    }
}

#[test]
fn an_open_register_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let path = desk.path().join("register.csv");
    for (mode, warned) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let ran = desk.with(&[]);
        assert_eq!(ran.err.contains("age -p -o register.csv.age register.csv"), warned, "{mode:o}");
    }
    let piped = fs::File::open(&path).unwrap();
    let mut command = desk.command(env!("CARGO_BIN_EXE_strongpass"));
    let ran = Desk::ran(command.args(["passcode", "audit", "-"]).stdin(piped).output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (3, ""));
}

#[test]
fn names_are_text_at_every_door() {
    let register = "Device,Holder,Passcode\n<script>alert(1)</script>,=cmd|' /C calc'!A0,123456\n\
                    \u{1b}]0;x\u{7}\u{202e},\"\"\" onload=\"\"x\",123456\n";
    let desk = Desk::holding(register.as_bytes());
    let ran = desk.run(&["register.csv", "--html", "r.html", "--csv", "r.csv"]);
    assert!(!ran.out.contains(['\u{1b}', '\u{7}', '\u{202e}']) && ran.out.contains("<script>"));
    let page = desk.text("r.html");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("<bdi>&quot; onload=&quot;x</bdi>"));
    assert!(!page.contains("<script") && !page.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    let table = desk.text("r.csv");
    assert!(table.contains(",'=cmd|' /C calc'!A0,"), "{table}");
    assert!(!table.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    let latin1 = b"Device,Holder,Passcode\nPhone 1,Ren\xe9e D\xfcrer,123456\n";
    let desk = Desk::holding(latin1);
    assert!(desk.run(&["register.csv"]).out.contains("Renée Dürer"));
}

#[test]
fn what_is_no_register_is_refused_without_repeating_it() {
    let utf16: Vec<u8> =
        "\u{feff}Device,Passcode\nx,839174\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let many = format!("Device,Passcode\n{}", "x,1\n".repeat(200_001));
    let large = vec![b'x'; (32 << 20) + 1];
    let cases: [(&[u8], &str); 7] = [
        (b"", "register.csv:1: does not look like a register"),
        (b"Phone 1,839174\n", "register.csv:1: does not look like a register"),
        (b"Device,Passcode,PIN\nx,839174,1\n", "register.csv:1: two columns look like"),
        (b"Device,Passcode\nx,\"839174\n", "register.csv:2: a quotation mark opens here"),
        (&utf16, "register.csv:1: is UTF-16"),
        (many.as_bytes(), "register.csv:200002: there are more than 200,000 rows"),
        (&large, "register.csv: is larger than 32 MB"),
    ];
    for (bytes, expected) in cases {
        let desk = Desk::holding(bytes);
        let ran = desk.run(&["register.csv", "--replace", "new.csv", "--html", "r.html"]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{expected}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("strongpass: {expected}")), "{}", ran.err);
        assert!(!ran.err.contains("839174"));
        assert_eq!(desk.files(), ["left.csv", "register.csv"]);
    }
}

#[test]
fn there_may_be_too_few_codes() {
    let rows = (0..800).map(|n| format!("Phone {n},{n:04}\n"));
    let register: String = iter::once("Device,Passcode\n".to_owned()).chain(rows).collect();
    let desk = Desk::holding(register.as_bytes());
    let args = ["register.csv", "--policy", "passcode-legacy-4", "--replace", "new.csv"];
    let ran = desk.run(&args);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("too few codes of that length for so many devices; use --length"));
    assert_eq!(desk.files(), ["left.csv", "register.csv"]);
    assert_eq!(desk.run(&[&args[..], &["--length", "6"]].concat()).code, 1);
}

/// What the command makes is what it accepts, of every length, and uniform.
#[test]
fn what_is_generated_is_accepted() {
    let desk = Desk::new();
    let run = |args: &[&str], input: &[u8]| {
        let mut command = desk.command(env!("CARGO_BIN_EXE_strongpass"));
        let mut child = command
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut pipe, input) = (child.stdin.take().unwrap(), input.to_vec());
        let writer = std::thread::spawn(move || pipe.write_all(&input).ok());
        let ran = Desk::ran(child.wait_with_output().unwrap());
        writer.join().unwrap();
        ran
    };
    // In optimised mode as many as there are codes of six digits.
    let draws = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    for length in ["6", "8"] {
        let made =
            run(&["passcode", "generate", "-n", &draws.to_string(), "--length", length], b"");
        assert_eq!((made.code, made.out.lines().count()), (0, draws));
        assert!(made.out.lines().all(|code| code.len().to_string() == length));
        let check = run(&["check", "--policy", "passcode", "--batch", "-"], made.out.as_bytes());
        let mut answers = BTreeMap::new();
        for answer in check.out.lines() {
            *answers.entry(answer).or_insert(0) += 1;
        }
        assert_eq!(answers, BTreeMap::from([("accept", draws)]), "{length} digits");
        // The first digit is each of ten, about as often: refused codes are few.
        let mut firsts = [0_usize; 10];
        for code in made.out.bytes().step_by(length.parse::<usize>().unwrap() + 1) {
            firsts[usize::from(code - b'0')] += 1;
        }
        assert!(firsts.iter().all(|&count| count.abs_diff(draws / 10) < draws / 100), "{firsts:?}");
    }
    for args in [&["--length", "5"][..], &["--length", "11"], &["--policy", "birchington"]] {
        assert_eq!(run(&[&["passcode", "generate"], args].concat(), b"").code, 2, "{args:?}");
    }
}
