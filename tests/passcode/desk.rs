//! A desk with a register of made-up people on it, and the command that audits it.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    reason = "two tests use it, each in part, and may panic"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Every fault there is, each once, between rows that have none.
pub(crate) const PLANTED: &[u8] = include_bytes!("planted.csv");
pub(crate) const LEFT: &[u8] = include_bytes!("left.csv");
pub(crate) const KEY: &str =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

/// How the planted register is audited, whatever the day.
pub(crate) const ARGS: [&str; 9] = [
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

/// A folder with the register in it, and another for temporary files.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) temporary: TempDir,
}

pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::holding(PLANTED)
    }

    pub(crate) fn holding(register: &[u8]) -> Self {
        let desk =
            Self { folder: tempfile::tempdir().unwrap(), temporary: tempfile::tempdir().unwrap() };
        desk.write("register.csv", register);
        desk.write("left.csv", LEFT);
        desk
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path().join(name);
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).env_clear().env("TMPDIR", self.temporary.path());
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn ran(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert!(!err.contains("panicked"), "{err}");
        Ran { code: output.status.code().unwrap(), out, err }
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let mut command = self.command(env!("CARGO_BIN_EXE_strongpass"));
        Self::ran(command.args(["passcode", "audit"]).args(args).output().unwrap())
    }

    pub(crate) fn with(&self, more: &[&str]) -> Ran {
        self.run(&[&ARGS, more].concat())
    }

    pub(crate) fn json(&self, more: &[&str]) -> Value {
        serde_json::from_str(&self.with(&[more, &["--json"]].concat()).out).unwrap()
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub(crate) fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub(crate) fn kinds(json: &Value) -> Vec<(usize, String)> {
    let findings = json["findings"].as_array().unwrap().iter();
    let line = |finding: &Value| usize::try_from(finding["line"].as_u64().unwrap()).unwrap();
    let kind = |finding: &Value| finding["kind"].as_str().unwrap().to_owned();
    findings.map(|finding| (line(finding), kind(finding))).collect()
}

/// The codes in a register, as they are there.
pub(crate) fn codes(register: &str) -> Vec<&str> {
    let cells = register.lines().skip(1).filter_map(|line| line.split(',').nth(2));
    cells.map(|cell| cell.trim_matches(['"', '='])).filter(|code| code.len() > 3).collect()
}
