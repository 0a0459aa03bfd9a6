//! The files that the audit of passcodes reads and writes: private, whole, encrypted, hostile. The
//! people are made up.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Stdio;
use std::{fs, iter};

use strongpass_age::{Identity, Key};

#[path = "passcode/desk.rs"]
mod desk;

use desk::*;

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
        assert!(ran.err.contains("already exists; not overwritten"), "{}", ran.err);
    }
    assert_eq!(desk.with(&["--replace", "register.csv"]).code, 2);
    // If one cannot be written, none is.
    assert_eq!(desk.with(&["--replace", "b.csv", "--html", "none/b.html"]).code, 2);
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
    assert_eq!(ran.code, 3, "{}", ran.err);
    // What was found is said all the same.
    assert!(ran.out.starts_with("Register of passcodes"), "{}", ran.out);
    assert!(ran.err.contains("too large for that disk"), "{}", ran.err);
    assert_eq!(desk.files(), ["left.csv", "register.csv"]);
    assert_eq!(fs::read_dir(desk.temporary.path()).unwrap().count(), 0);
}

#[test]
fn an_encrypted_register_is_read_and_stays_encrypted() {
    let identity: Identity = KEY.parse().unwrap();
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
    let identity: Identity = KEY.parse().unwrap();
    let recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    assert_eq!(recipient.parse(), Ok(identity.recipient()));
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
    assert!(
        ran.err.contains("not enough codes of that length for all devices; use a larger --length")
    );
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
