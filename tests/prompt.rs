//! The hidden question in a terminal: whatever ends or stops the program while it waits, the
//! terminal shows again what is typed, and the program ends as any other does.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod terminal;

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};

use rustix::io::ioctl_fionread;
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};
use terminal::{Terminal, ended, wait_until};

const STRONGPASS: &str = env!("CARGO_BIN_EXE_strongpass");
const CHECK: [&str; 3] = ["check", "--policy", "birchington"];
const QUESTION: &str = "Password to test (it is not shown): ";
const MENU: &str = "Enter to end: ";
const WEAK: &str = "Xk9#h0rse!";
const STRONG: &str = "vT7$kq2zWp4&";

const ENDING: [Signal; 4] = [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT];

/// A terminal with the question in it, and the program that asks.
#[track_caller]
fn asked() -> (Terminal, Child) {
    let mut terminal = Terminal::open();
    let child = terminal.start(STRONGPASS, &CHECK);
    terminal.wait_for(QUESTION, 1);
    terminal.wait_until_hidden();
    (terminal, child)
}

fn send(pid: u32, signal: Signal) {
    kill_process(Pid::from_raw(pid.try_into().unwrap()).unwrap(), signal).unwrap();
}

#[track_caller]
fn ended_by(signal: Signal, status: ExitStatus, terminal: &Terminal) {
    assert_eq!(status.signal(), Some(signal.as_raw()), "{signal:?}: {status}");
    assert!(!status.core_dumped(), "{signal:?} left a core dump");
    assert!(terminal.echoes(), "{signal:?} left the echo off");
}

#[test]
fn a_signal_of_another_program() {
    for signal in ENDING {
        let (terminal, mut child) = asked();
        send(child.id(), signal);
        ended_by(signal, ended(&mut child), &terminal);
    }
}

#[test]
fn a_signal_when_half_of_it_is_typed() {
    for signal in ENDING {
        let (mut terminal, mut child) = asked();
        terminal.type_text(&STRONG.as_bytes()[..5]);
        send(child.id(), signal);
        ended_by(signal, ended(&mut child), &terminal);
        assert!(!terminal.screen().contains(&STRONG[..5]), "{signal:?}");
    }
}

#[test]
fn a_key_that_sends_a_signal() {
    for (key, signal) in [(b"\x03", Signal::INT), (b"\x1c", Signal::QUIT)] {
        let (mut terminal, mut child) = asked();
        terminal.type_text(key);
        ended_by(signal, ended(&mut child), &terminal);
    }
}

#[test]
fn a_window_that_is_closed() {
    let (mut terminal, mut child) = asked();
    terminal.close_window();
    assert_eq!(ended(&mut child).signal(), Some(Signal::HUP.as_raw()));
}

/// Under a shell: the program stops with the terminal in order, and asks again when it goes on.
#[track_caller]
fn stopped_and_continued(stop: impl Fn(&mut Terminal, u32)) {
    let mut terminal = Terminal::open();
    let script = r#"set -m; "$@"; echo "stopped $?"; read -r line; fg; echo "ended $?""#;
    let args = [&["-c", script, "sh", STRONGPASS][..], &CHECK].concat();
    let mut shell = terminal.start("/bin/sh", &args);
    for time in 1..=2 {
        terminal.wait_for(QUESTION, time);
        terminal.wait_until_hidden();
        if time == 2 {
            break;
        }
        stop(&mut terminal, child_of(shell.id()));
        terminal.wait_for("stopped 147", 1);
        assert!(terminal.echoes(), "the echo is off while the program is stopped");
        terminal.type_text(b"\n");
    }
    terminal.type_text(format!("{STRONG}\n").as_bytes());
    terminal.wait_for("ended 0", 1);
    assert!(ended(&mut shell).success());
    assert!(terminal.echoes());
    assert!(!terminal.screen().contains(STRONG));
}

#[test]
fn the_key_that_stops_a_program() {
    stopped_and_continued(|terminal, _| terminal.type_text(b"\x1a"));
}

#[test]
fn another_program_stops_it() {
    stopped_and_continued(|_, pid| send(pid, Signal::TSTP));
}

/// The only child of a process.
#[track_caller]
fn child_of(parent: u32) -> u32 {
    let parent_of = |pid: u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name before it may hold anything.
        stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse::<u32>().ok()
    };
    let mut child = None;
    wait_until("it has a child", || {
        let all = fs::read_dir("/proc").unwrap();
        let mut all = all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        child = all.find(|&pid| parent_of(pid) == Some(parent));
        child.is_some()
    });
    child.unwrap()
}

/// No shell waits behind it who could continue it.
#[test]
fn alone_in_its_session_it_does_not_stop() {
    let (mut terminal, mut child) = asked();
    terminal.type_text(b"\x1a");
    terminal.wait_for(QUESTION, 2);
    terminal.wait_until_hidden();
    terminal.type_text(format!("{STRONG}\n").as_bytes());
    assert_eq!(ended(&mut child).code(), Some(0));
    assert!(terminal.echoes());
}

#[test]
fn a_stop_that_nobody_can_catch() {
    let (mut terminal, mut child) = asked();
    send(child.id(), Signal::STOP);
    send(child.id(), Signal::CONT);
    terminal.wait_for(QUESTION, 2);
    terminal.wait_until_hidden();
    terminal.type_text(format!("{STRONG}\n").as_bytes());
    assert_eq!(ended(&mut child).code(), Some(0));
}

#[test]
fn what_is_typed() {
    let long = "x".repeat(600);
    for (typed, code, said) in [
        (STRONG.to_owned() + "\n", 0, "Strong by the policy"),
        (STRONG.to_owned() + "horse\x7f\x7f\x7f\x7f\x7f\n", 0, "Strong by the policy"),
        ("horse\x15".to_owned() + STRONG + "\n", 0, "Strong by the policy"),
        // The end of input ends a line that was begun when it comes once more.
        (STRONG.to_owned() + "\x04\x04", 0, "Strong by the policy"),
        ("\x04".into(), 3, "nothing was typed"),
        (long + "\n", 1, "512"),
    ] {
        let (mut terminal, mut child) = asked();
        terminal.type_text(typed.as_bytes());
        if code == 1 {
            terminal.wait_for(MENU, 1);
            terminal.type_text(b"\n");
        }
        terminal.wait_for(said, 1);
        assert_eq!(ended(&mut child).code(), Some(code), "{typed:?}");
        assert!(terminal.echoes());
        assert!(!terminal.screen().contains(STRONG));
    }
}

/// A terminal with the menu in it, after a weak password.
#[track_caller]
fn refused() -> (Terminal, Child) {
    let (mut terminal, child) = asked();
    terminal.type_text(format!("{WEAK}\n").as_bytes());
    terminal.wait_for(MENU, 1);
    terminal.wait_until_hidden();
    (terminal, child)
}

#[test]
fn a_signal_at_the_menu() {
    for signal in ENDING {
        let (mut terminal, mut child) = refused();
        assert!(!terminal.screen().contains(WEAK));
        send(child.id(), signal);
        ended_by(signal, ended(&mut child), &terminal);
    }
}

/// And while the part that failed is on the screen, which is wiped.
#[test]
fn a_signal_while_a_part_is_shown() {
    for signal in ENDING {
        let mut terminal = Terminal::open();
        let obeying = [&["TERM=xterm", STRONGPASS][..], &CHECK].concat();
        let mut child = terminal.start("/usr/bin/env", &obeying);
        terminal.wait_for(QUESTION, 1);
        terminal.wait_until_hidden();
        terminal.type_text(format!("{WEAK}\n").as_bytes());
        terminal.wait_for(MENU, 1);
        terminal.type_text(b"s");
        terminal.wait_for("^^^^^", 1);
        send(child.id(), signal);
        ended_by(signal, ended(&mut child), &terminal);
        terminal.wait_for("\u{1b}[?1049l", 1);
    }
}

#[test]
fn keys_at_the_menu() {
    let (mut terminal, mut child) = refused();
    // What is no key of the menu is not heard.
    terminal.type_text(b"x");
    terminal.type_text(b"s");
    terminal.wait_for(WEAK, 1);
    assert!(terminal.screen().contains("^^^^^"));
    terminal.type_text(b"q");
    terminal.wait_for(MENU, 2);
    terminal.type_text(b"H");
    terminal.wait_for("make up a sentence", 1);
    terminal.wait_for(MENU, 3);
    terminal.type_text(b"g");
    terminal.wait_for("This one is strong", 1);
    terminal.type_text(b"g");
    terminal.wait_for("This one is strong", 2);
    terminal.type_text(b" ");
    terminal.wait_for(MENU, 4);
    terminal.type_text(b"t");
    terminal.wait_for(QUESTION, 2);
    wait_until("a line is read", || shows_line_ends(&terminal));
    terminal.type_text(format!("{STRONG}\n").as_bytes());
    terminal.wait_for("Strong by the policy", 1);
    assert_eq!(ended(&mut child).code(), Some(0));
    assert!(terminal.echoes());
    assert!(!terminal.screen().contains(STRONG));
    assert_eq!(terminal.screen().matches(WEAK).count(), 1);
}

/// The verdict on the last one that was tried is the exit code.
#[test]
fn the_last_one_decides() {
    for (next, code) in [(Some("horse"), 1), (Some(STRONG), 0), (None, 1)] {
        let (mut terminal, mut child) = refused();
        terminal.type_text(b"t");
        terminal.wait_for(QUESTION, 2);
        wait_until("a line is read", || shows_line_ends(&terminal));
        match next {
            Some(next) => terminal.type_text(format!("{next}\n").as_bytes()),
            None => terminal.type_text(b"\x04"),
        }
        if next == Some("horse") {
            terminal.wait_for(MENU, 2);
            terminal.type_text(b"\x04");
        }
        assert_eq!(ended(&mut child).code(), Some(code), "{next:?}");
        assert!(terminal.echoes());
    }
}

/// A password that is typed again while the first is judged is not shown, not taken for an answer and
/// not left to the shell.
#[test]
fn what_is_typed_too_early() {
    for (typed, code) in [(WEAK, 1), (STRONG, 0)] {
        let (mut terminal, mut child) = asked();
        // The window takes no output, so that the work does not end.
        terminal.type_text(b"\x13");
        terminal.type_text(format!("{typed}\n").as_bytes());
        wait_until("it is at work", || !shows_line_ends(&terminal));
        terminal.type_text(format!("{typed}\n").as_bytes());
        wait_until("the terminal has it", || waiting(&terminal) > 0);
        terminal.type_text(b"\x11");
        if code == 1 {
            terminal.wait_for(MENU, 1);
            terminal.type_text(b"\n");
        }
        assert_eq!(ended(&mut child).code(), Some(code));
        assert!(terminal.echoes());
        assert_eq!(waiting(&terminal), 0, "{typed} is left to the shell");
        assert!(!terminal.screen().contains(typed));
        assert_eq!(terminal.screen().matches(QUESTION).count(), 1);
    }
}

/// Who waits for an answer can end or stop the program, and the terminal is in order then.
#[test]
fn a_signal_while_it_works() {
    for signal in ENDING {
        let (mut terminal, mut child) = asked();
        terminal.type_text(b"\x13");
        terminal.type_text(format!("{WEAK}\n").as_bytes());
        wait_until("it is at work", || !shows_line_ends(&terminal));
        // The key that sends a signal lets the output go on; a signal alone does not.
        terminal.type_text(b"\x11");
        send(child.id(), signal);
        ended_by(signal, ended(&mut child), &terminal);
        assert_eq!(waiting(&terminal), 0);
    }
}

/// Whether the end of a line is shown, and nothing else: then a line is read.
fn shows_line_ends(terminal: &Terminal) -> bool {
    tcgetattr(terminal.line()).unwrap().local_modes.contains(LocalModes::ECHONL)
}

/// How much of what was typed nobody has read.
fn waiting(terminal: &Terminal) -> u64 {
    ioctl_fionread(terminal.line()).unwrap()
}
