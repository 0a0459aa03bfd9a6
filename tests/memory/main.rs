//! Nothing of a password is in memory when the verdict is out: the whole memory of the process is
//! searched for six characters of it in a row.

#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test reads what it likes"
)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod scan;
#[path = "../terminal/mod.rs"]
mod terminal;

use std::fs;
use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Read, Write, pipe};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};

use rustix::io::{ioctl_fionbio, ioctl_fionread};
use rustix::process::{Pid, Signal, geteuid, kill_process};
use scan::{Scanner, sleeps};
use terminal::{Terminal, ended, wait_until};

const STRONGPASS: &str = env!("CARGO_BIN_EXE_strongpass");
/// In the policy's eyes weak or strong; nobody has any of them in memory by chance.
const WEAK: &str = "Zq7#horseXv2!Lk9$";
const STRONG: &str = "tN5%wB8&yK3*hJ6+dP";

/// Runs the tests where they may read the memory of a process that lets nobody read it but root;
/// for others that is a user namespace in which they are.
fn as_root(test: &str, work: impl FnOnce()) {
    if geteuid().is_root() {
        return work();
    }
    let mut again = Command::new("unshare");
    again.args(["--user", "--map-root-user"]).arg(std::env::current_exe().unwrap());
    let ran = again.args(["--exact", test]).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
}

fn strongpass(args: &[&str]) -> Command {
    let mut command = Command::new(STRONGPASS);
    command.env_clear().args(args).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// A pipe that takes nothing more: who writes to it waits.
fn full() -> (PipeReader, PipeWriter) {
    let (reader, mut writer) = pipe().unwrap();
    ioctl_fionbio(&writer, true).unwrap();
    while writer.write(&[b'.'; 4096]).is_ok() {}
    while writer.write(b".").is_ok() {}
    ioctl_fionbio(&writer, false).unwrap();
    (reader, writer)
}

/// Starts a command and hands it a secret; returns when it has read that, and waits.
fn given(command: &mut Command, secret: &[u8]) -> (Child, PipeWriter) {
    let (input, mut keys) = pipe().unwrap();
    let child = command.stdin(input.try_clone().unwrap()).spawn().unwrap();
    keys.write_all(secret).unwrap();
    waits(&child, &input);
    (child, keys)
}

#[track_caller]
fn waits(child: &Child, input: &PipeReader) {
    wait_until("it has read all and waits", || {
        ioctl_fionread(input).unwrap() == 0 && sleeps(child.id())
    });
}

#[track_caller]
fn holds_nothing(pid: u32, secret: &str) {
    let found = Scanner::for_pieces_of(secret).find_in(pid);
    assert!(found.is_empty(), "{} pieces:\n{}", found.len(), found.join("\n"));
}

#[track_caller]
fn stopped(mut child: Child) {
    // It must have been there to the end.
    assert_eq!(child.try_wait().unwrap(), None, "it had ended");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn one_password_from_a_pipe() {
    as_root("one_password_from_a_pipe", || {
        for more in [&[][..], &["--json"], &["--estimate"]] {
            for secret in [WEAK, STRONG] {
                let (_reader, writer) = full();
                let args = [&["check", "--policy", "birchington", "--stdin"], more].concat();
                let mut command = strongpass(&args);
                let (input, mut keys) = pipe().unwrap();
                let child = command.stdin(input.try_clone().unwrap()).stdout(writer).spawn();
                keys.write_all(secret.as_bytes()).unwrap();
                drop(keys);
                let child = child.unwrap();
                waits(&child, &input);
                holds_nothing(child.id(), secret);
                stopped(child);
            }
        }
    });
}

#[test]
fn a_line_of_a_batch() {
    as_root("a_line_of_a_batch", || {
        for more in [&[][..], &["--json"], &["--threads", "3"]] {
            let args = [&["check", "--policy", "birchington", "--batch", "-"], more].concat();
            let mut child =
                strongpass(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
            let mut keys = child.stdin.take().unwrap();
            let mut answers = BufReader::new(child.stdout.take().unwrap());
            for secret in [WEAK, STRONG] {
                writeln!(keys, "{secret}").unwrap();
                answers.read_line(&mut String::new()).unwrap();
                wait_until("it waits for the next line", || sleeps(child.id()));
                holds_nothing(child.id(), secret);
            }
            stopped(child);
        }
    });
}

/// The scanner finds what is there: a line that has not ended yet cannot be answered.
#[test]
fn what_a_process_holds_is_found() {
    as_root("what_a_process_holds_is_found", || {
        let args = ["check", "--policy", "birchington", "--batch", "-"];
        for (secret, pieces) in [(WEAK, WEAK.len() - 5), (STRONG, STRONG.len() - 5)] {
            let (child, _keys) = given(&mut strongpass(&args), secret.as_bytes());
            let found = Scanner::for_pieces_of(secret).find_in(child.id());
            assert!(found.len() >= pieces, "{found:?}");
            let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(Scanner::for_all_of(&wide).find_in(child.id()).is_empty());
            stopped(child);

            // And in UTF-16, from a file that is in it.
            let marked = [b"\xff\xfe", wide.as_slice()].concat();
            let (child, _keys) = given(&mut strongpass(&args), &marked);
            assert!(!Scanner::for_pieces_of(secret).find_in(child.id()).is_empty());
            stopped(child);
        }
    });
}

#[test]
fn a_line_of_a_batch_in_utf16() {
    as_root("a_line_of_a_batch_in_utf16", || {
        let args = ["check", "--policy", "birchington", "--batch", "-"];
        let mut child =
            strongpass(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut keys = child.stdin.take().unwrap();
        let line = format!("\u{feff}{WEAK}\n");
        let bytes: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
        keys.write_all(&bytes).unwrap();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
        wait_until("it waits for the next line", || sleeps(child.id()));
        holds_nothing(child.id(), WEAK);
        stopped(child);
    });
}

#[test]
fn a_hook() {
    as_root("a_hook", || {
        let (_reader, writer) = full();
        let mut command = strongpass(&["hook", "samba", "--policy", "birchington"]);
        command.env("SAMBA_CPS_ACCOUNT_NAME", "k.harper").stderr(writer);
        let (input, mut keys) = pipe().unwrap();
        let child = command.stdin(input.try_clone().unwrap()).spawn().unwrap();
        drop(command);
        keys.write_all(WEAK.as_bytes()).unwrap();
        drop(keys);
        waits(&child, &input);
        holds_nothing(child.id(), WEAK);
        stopped(child);
    });
}

#[test]
fn the_prompt() {
    as_root("the_prompt", || {
        for question in ["Password", "Passcode"] {
            let (args, secret): (&[&str], _) = match question {
                "Password" => (&["check", "--policy", "birchington"], WEAK),
                _ => (&["passcode", "check", "--policy", "passcode"], "5938559385"),
            };
            let mut terminal = Terminal::open();
            let mut child = terminal.start(STRONGPASS, args);
            terminal.wait_for(&format!("{question} to test (it is not shown): "), 1);
            terminal.wait_until_hidden();
            terminal.type_text(format!("{secret}\n").as_bytes());
            terminal.wait_for("Enter to end:", 1);
            // The part that failed can be shown, and still nothing is there as it was typed.
            assert_eq!(terminal.screen().contains("Press S to show"), question == "Password");
            wait_until("it waits for the answer", || sleeps(child.id()));
            holds_nothing(child.id(), secret);
            assert!(!terminal.screen().contains(secret));
            terminal.close_window();
            assert_eq!(ended(&mut child).signal(), Some(Signal::HUP.as_raw()));
        }
    });
}

/// One account in each format that holds clear text, and where the bytes of the file are.
fn exports() -> Vec<(&'static str, Vec<u8>, Vec<u8>)> {
    use base64ct::{Base64, Encoding as _};
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let base64 = Base64::encode_string(WEAK.as_bytes());
    let quoted = WEAK.replace('X', "\"\"");
    let escaped = WEAK.replace('q', "\\u0071");
    let cleartext = format!("\u{feff}jmarsh:CLEARTEXT:{WEAK}\r\n");
    vec![
        (
            "a.ldif",
            format!("dn: uid=jmarsh,dc=school\nuserPassword:: {base64}\n").into_bytes(),
            base64.into_bytes(),
        ),
        ("b.ntds", utf16(&cleartext), utf16(&cleartext[3..])),
        (
            "c.csv",
            format!("user,note,password\njmarsh,x,\"{{CLEARTEXT}}{quoted}\"\n").into_bytes(),
            quoted.into_bytes(),
        ),
        (
            "d.json",
            format!("[{{\"username\": \"jmarsh\", \"password\": \"{{CLEARTEXT}}{escaped}\"}}]")
                .into_bytes(),
            escaped.into_bytes(),
        ),
    ]
}

#[test]
fn an_audit_of_clear_text() {
    as_root("an_audit_of_clear_text", || {
        for (name, export, raw) in exports() {
            let folder = tempfile::tempdir().unwrap();
            let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
            // A search that does not end by itself.
            let slow = "lchen:$2b$04$abcdefghijklmnopqrstuuWl2DvZ4SMXX.yxcMtmR6F7HSjU6qOTm\n";
            let words: Vec<String> = (0..500_000).map(|number| format!("word{number}")).collect();
            fs::write(path(name), &export).unwrap();
            fs::write(path("slow"), slow).unwrap();
            fs::write(path("words"), words.join("\n")).unwrap();
            let (_reader, writer) = full();
            let (export, slow, checkpoint) = (path(name), path("slow"), path("checkpoint"));
            let args = ["audit", "--policy", "birchington", "--json", "--no-defaults"];
            let mut child = strongpass(&args)
                .args(["--wordlist", &path("words"), "--checkpoint", &checkpoint, &export, &slow])
                .stdin(Stdio::null())
                .stdout(writer)
                .spawn()
                .unwrap();
            wait_until("it searches", || {
                assert_eq!(child.try_wait().unwrap(), None, "{name}: it had ended");
                fs::exists(&checkpoint).unwrap()
            });
            // What it knows it must know to the end; of the file itself nothing is left.
            let known = Scanner::for_all_of(&raw).find_in(child.id());
            assert!(known.is_empty(), "{name}: {known:?}");
            kill_process(Pid::from_child(&child), Signal::INT).unwrap();
            wait_until("the report is under way", || sleeps(child.id()));
            holds_nothing(child.id(), &WEAK.replace('X', "\""));
            holds_nothing(child.id(), WEAK);
            stopped(child);
        }
    });
}

/// No core dump, and no debugger of the same user: its files in /proc are root's.
#[test]
fn nobody_else_may_look() {
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("strongpass");
    fs::copy(STRONGPASS, &binary).unwrap();
    for path in [folder.path(), &binary] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut command = Command::new(&binary);
    command.env_clear().args(["check", "--policy", "birchington", "--batch", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    if geteuid().is_root() {
        command.uid(65534).gid(65534);
    }
    let mut child = command.spawn().unwrap();
    let mut answers = child.stdout.take().unwrap();
    child.stdin.as_mut().unwrap().write_all(b"horse\n").unwrap();
    answers.read_exact(&mut [0]).unwrap();
    let of = |name: &str| format!("/proc/{}/{name}", child.id());
    let limits = fs::read_to_string(of("limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).collect::<Vec<_>>(), ["0", "0", "bytes"], "{core}");
    let status = fs::read_to_string(of("status")).unwrap();
    assert!(!status.contains("\nUid:\t0\t"), "{status}");
    assert_eq!(fs::metadata(of("mem")).unwrap().uid(), 0);
    drop(child.stdin.take());
    assert_eq!(ended(&mut child).code(), Some(1));
}
