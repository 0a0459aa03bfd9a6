//! Asks a door while something is wrong, and takes down all that it says.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use crate::doors::Call;
use crate::sandbox::{self, Sandbox};
use crate::terminal;

/// Only a door that hangs takes as long.
pub(crate) const MOST_TIME: Duration = Duration::from_mins(2);

/// How the process is run.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Under {
    /// As always.
    Usual,
    /// With limits of prlimit(1).
    Limit(&'static str),
    /// On a computer that the shim makes misbehave.
    Shim(&'static str, &'static str),
    /// Through a line of shell, which ends in `exec "$@"`.
    Shell(&'static str),
    /// With mounts of its own, made by lines of shell; `$F` is the sandbox.
    Mounts(&'static str),
    /// The reader of standard output has gone.
    ReaderGone,
    /// It gets a signal before an answer.
    Signal(&'static str),
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) hung: bool,
    /// On both streams, or at the terminal.
    pub(crate) said: String,
}

pub(crate) fn ask(call: &Call, sandbox: &Sandbox, under: Under) -> Answer {
    let mut command = command(call, sandbox, under);
    if call.at_terminal {
        return terminal::converse(command, &call.input, under);
    }
    let (said, told) = (sandbox.path("stdout"), sandbox.path("stderr"));
    command.stdin(Stdio::piped()).stderr(File::create(&told).unwrap());
    if matches!(under, Under::ReaderGone) {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        command.stdout(writer);
    } else {
        command.stdout(File::create(&said).unwrap());
    }
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take();
    if let Under::Signal(name) = under {
        wait_until_runs(&child, &call.program);
        send(&child, name);
    } else {
        // A door that fails early does not read its input.
        stdin.take().unwrap().write_all(&call.input).ok();
    }
    let (status, hung) = end(&mut child);
    drop(stdin);
    let text = |path| String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
    Answer { code: status.code(), signal: status.signal(), hung, said: text(said) + &text(told) }
}

/// The command with all that goes before it.
fn command(call: &Call, sandbox: &Sandbox, under: Under) -> Command {
    let mut line: Vec<OsString> = Vec::new();
    let mut shell = |script: String| {
        line.extend(["sh", "-ec", &script, "sh"].map(OsString::from));
    };
    match under {
        Under::Usual | Under::Shim(..) | Under::ReaderGone => {}
        // Who started the test may ignore signals, and that is inherited.
        Under::Signal(_) => line.extend(["env", "--default-signal"].map(OsString::from)),
        Under::Limit(limit) => line.extend(["prlimit", limit].map(OsString::from)),
        Under::Shell(script) => shell(script.into()),
        Under::Mounts(script) => {
            shell(format!("{script}\nexec \"$@\""));
            line.splice(0..0, mounts().unwrap().iter().map(OsString::from));
        }
    }
    if call.at_terminal {
        line.splice(0..0, ["setsid", "--ctty"].map(OsString::from));
    }
    line.push(call.program.clone());
    line.extend(call.args.iter().cloned());
    let mut command = Command::new(&line[0]);
    command.args(&line[1..]).current_dir(sandbox.folder()).env_clear().envs(call.env.clone());
    command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("F", sandbox.folder());
    if let Under::Shim(name, value) = under {
        command.env("LD_PRELOAD", sandbox::shim()).env(name, value);
    }
    command
}

/// How to get mounts of one's own, if the system lets us: root does, others perhaps.
pub(crate) fn mounts() -> Option<&'static [&'static str]> {
    static KNOWN: OnceLock<Option<&'static [&'static str]>> = OnceLock::new();
    *KNOWN.get_or_init(|| {
        let ways: [&[&str]; 2] = [&["unshare", "-m"], &["unshare", "-rm"]];
        ways.into_iter().find(|way| {
            let trial = ["sh", "-ec", "mount -t tmpfs tmpfs /mnt"];
            let output = Command::new(way[0]).args(&way[1..]).args(trial).output();
            output.is_ok_and(|output| output.status.success())
        })
    })
}

/// Before that it is `env`, which may still ignore what the test was started to ignore.
fn wait_until_runs(child: &Child, program: &OsString) {
    let (link, program) = (format!("/proc/{}/exe", child.id()), fs::canonicalize(program).unwrap());
    let begun = Instant::now();
    while fs::read_link(&link).ok().as_ref() != Some(&program) && begun.elapsed() < MOST_TIME {
        thread::sleep(Duration::from_millis(2));
    }
}

pub(crate) fn send(child: &Child, signal: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
}

/// Waits for its end, and brings it about in the end.
pub(crate) fn end(child: &mut Child) -> (std::process::ExitStatus, bool) {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return (status, false);
        }
        if begun.elapsed() > MOST_TIME {
            child.kill().unwrap();
            return (child.wait().unwrap(), true);
        }
        thread::sleep(Duration::from_millis(2));
    }
}
