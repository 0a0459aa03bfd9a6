//! `passcode policy`: which clauses of the policy a device management enforces, and which it does not.

use std::io::Write as _;

use anyhow::{Context as _, anyhow, bail};
use serde::Serialize;
use serde_json::Value;
use strongpass_report::{JSON_VERSION, write_json};

use crate::cli::PasscodePolicyArgs;
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::{setup, text};

mod clauses;
mod profile;
mod settings;

use clauses::{Clause, Remark, clauses, remarks};
use settings::{Settings, settings_of};

/// No policy of a device management is larger.
const MOST: u64 = 4 << 20;

const NOT_KNOWN: &str = "\
is neither a policy of Intune (JSON) nor a profile of Apple (.mobileconfig); export one of them";
const NO_SETTING: &str = "\
says nothing of passcodes that is known: it needs passcodeMinimumLength or passwordMinimumLength \
(Intune), a payload com.apple.mobiledevice.passwordpolicy (Apple, Jamf) or \
com.apple.configuration.passcode.settings";

pub(super) fn run(args: &PasscodePolicyArgs) -> anyhow::Result<Exit> {
    let in_force = super::known::policy(&args.policy)?;
    let passcode = in_force.policy.passcode.context("a policy for passcodes has [passcode]")?;
    let file = args.file.display().to_string();
    let bytes = setup::read(&args.file, MOST)?;
    let value = read(&bytes).map_err(|why| anyhow!("{file}{why}"))?;
    let found = settings_of(&value);
    if found.is_empty() {
        bail!("{file}: {NO_SETTING}");
    }
    let report = Report {
        version: JSON_VERSION,
        file,
        policy: &in_force.policy.name,
        not_enforceable: clauses::NOT_ENFORCEABLE,
        managed: found
            .iter()
            .map(|settings: &Settings| Managed {
                name: &settings.name,
                clauses: clauses(settings, &passcode),
                remarks: remarks(settings),
            })
            .collect(),
    };
    Ok(report.write(args.json))
}

/// What a file says, JSON or a property list; the error begins with the line if there is one.
fn read(bytes: &[u8]) -> Result<Value, String> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    match text {
        [b'{' | b'[', ..] => serde_json::from_slice(text)
            .map_err(|error| format!(":{}: is no JSON that can be read", error.line())),
        [] => Err(": is empty".into()),
        _ if profile::is_one(text) => profile::read(text).map_err(|why| format!(": {why}")),
        _ => Err(format!(": {NOT_KNOWN}")),
    }
}

/// All that is said about a file.
#[derive(Serialize)]
struct Report<'a> {
    version: u8,
    file: String,
    policy: &'a str,
    /// Clauses that no device management can enforce.
    not_enforceable: &'static [&'static str],
    managed: Vec<Managed<'a>>,
}

/// One policy in it.
#[derive(Serialize)]
struct Managed<'a> {
    name: &'a str,
    clauses: Vec<Clause>,
    remarks: Vec<Remark>,
}

impl Report<'_> {
    fn write(&self, as_json: bool) -> Exit {
        let clauses = || self.managed.iter().flat_map(|managed| &managed.clauses);
        let exit = if clauses().all(|clause| clause.enforced) { Exit::Yes } else { Exit::No };
        if as_json {
            return output::to_programs(exit, |out| {
                write_json(out, self)?;
                Ok(writeln!(out)?)
            });
        }
        output::to_people(exit, |out| self.say(out))
    }

    fn say(&self, out: &mut Output) -> anyhow::Result<()> {
        for managed in &self.managed {
            let name = if managed.name.is_empty() { &self.file } else { managed.name };
            writeln!(out, "{}:", text::printable(name))?;
            for clause in &managed.clauses {
                let mark = if clause.enforced { "  enforced      " } else { "  NOT enforced  " };
                text::indented(out, &format!("{}: {}", clause.name, clause.message), mark, INDENT)?;
            }
            for remark in &managed.remarks {
                text::indented(out, &remark.message, "  besides       ", INDENT)?;
            }
            writeln!(out)?;
        }
        let cannot = format!(
            "No device management refuses what {} name (famous numbers, other patterns, what a thief \
             may know of the holder): `strongpass passcode check` and `passcode audit` do.",
            self.not_enforceable.join(", ")
        );
        text::paragraph(out, &cannot)?;
        Ok(())
    }
}

const INDENT: &str = "                ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_something_else_are_told() {
        let why = |bytes: &[u8]| read(bytes).unwrap_err();
        assert_eq!(why(b""), ": is empty");
        assert_eq!(why(b"Device,Passcode\n"), format!(": {NOT_KNOWN}"));
        assert_eq!(why(b"{\n\"a\": }"), ":2: is no JSON that can be read");
        assert!(why(b"bplist00\xd1").contains("plutil -convert xml1"));
        assert!(why(b"<?xml version=\"1.0\"?><plist><dict>").starts_with(": "));
    }
}
