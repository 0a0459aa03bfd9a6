//! `passcode policy`: which clauses of the policy a device management enforces, and which it does not.

use std::io::Write as _;

use anyhow::anyhow;
use strongpass_registers::{DeviceManagement, ManagementReport};
use strongpass_report::write_json;
use strongpass_terminal::text;

use crate::cli::PasscodePolicyArgs;
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::setup;

/// No policy of a device management is larger.
const MOST: u64 = 4 << 20;

pub(super) fn run(args: &PasscodePolicyArgs) -> anyhow::Result<Exit> {
    let in_force = super::known::policy(&args.policy)?;
    let file = args.file.display().to_string();
    let bytes = setup::read(&args.file, MOST)?;
    let management =
        DeviceManagement::from_bytes(&bytes).map_err(|error| anyhow!(error.in_file(&file)))?;
    let report = management.compare(&file, &in_force.policy);
    let exit = if report.enforces_all() { Exit::Yes } else { Exit::No };
    if args.json {
        return Ok(output::to_programs(exit, |out| {
            write_json(out, &report)?;
            Ok(writeln!(out)?)
        }));
    }
    Ok(output::to_people(exit, |out| write(out, &report)))
}

const INDENT: &str = "                ";

fn write(out: &mut Output, report: &ManagementReport<'_>) -> anyhow::Result<()> {
    for managed in &report.managed {
        let name = if managed.name.is_empty() { report.file } else { managed.name };
        writeln!(out, "{}:", text::printable(name))?;
        for clause in &managed.clauses {
            let mark = if clause.enforced { "  enforced      " } else { "  NOT enforced  " };
            text::indented(out, &format!("{}: {}", clause.name, clause.message), mark, INDENT)?;
        }
        for remark in &managed.remarks {
            text::indented(out, &remark.message, "  also          ", INDENT)?;
        }
        writeln!(out)?;
    }
    let cannot = format!(
        "No device management refuses what {} name (famous numbers, other patterns, what a thief \
         may know of the holder): `strongpass passcode check` and `passcode audit` do.",
        report.not_enforceable.join(", ")
    );
    text::paragraph(out, &cannot)?;
    Ok(())
}
