//! Runs the command as a script would, and takes down what it says.

use std::io::Write;
use std::process::{Command, Stdio};

/// What a run said and how it ended.
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The lines of standard output as JSON.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The command with an environment in which only `args` count.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.env_clear().args(args).stdin(Stdio::null());
    command
}

/// Runs `strongpass args` with `stdin` on standard input. Nothing that goes to a pipe may be
/// coloured, and no run may end in a panic.
#[track_caller]
pub(crate) fn strongpass(args: &[&str], stdin: &[u8]) -> Ran {
    let mut command = command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let stdin = stdin.to_vec();
    // Beside the reading, or both would wait for ever; it may be refused unread.
    let writer = std::thread::spawn(move || input.write_all(&stdin).ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(!stdout.contains('\u{1b}') && !stderr.contains('\u{1b}'), "{args:?}: an escape");
    assert!(!stderr.contains("panicked"), "{args:?}: {stderr}");
    Ran { status: output.status.code(), stdout, stderr }
}

/// Runs `strongpass check` under the school's sentence, whatever policy this machine has in /etc.
#[track_caller]
pub(crate) fn check(more: &[&str], stdin: &[u8]) -> Ran {
    strongpass(&[&["check", "--policy", "birchington"], more].concat(), stdin)
}
