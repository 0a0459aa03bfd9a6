//! Whether a stack remembers the new passwords, where there is a history.

use std::collections::BTreeSet;
use std::path::Path;

use strongpass_gate::{GateError, Trust};
use strongpass_history::{Config, ConfiguredHistory};
use strongpass_pam_stack::{Arguments, Flaw, Line, Ours, Task};

use super::look::Look;
use crate::finding::Finding;

const REMEMBERED: &str = "new passwords are remembered";

pub(crate) fn findings(
    look: &Look<'_>,
    services: &[String],
    flaws: &BTreeSet<Flaw>,
    file: Option<&Path>,
) -> Vec<Finding> {
    let configured = match of_lines(look, file) {
        Ok(Some(config)) => config,
        Ok(None) => return needless(look).into_iter().collect(),
        // The general part of `doctor` says it of the file that the whole computer has.
        Err(finding) => return vec![finding],
    };
    let what = format!("{}: {REMEMBERED}", look.title);
    if look.ours(Ours::Record).next().is_none() {
        let why = "There is a history, and no line `pam_strongpass.so record`.";
        let remedy = "Debian: pam-auth-update --enable strongpass-record\n\
                      Elsewhere put `password optional pam_strongpass.so record` behind what stores.";
        return vec![Finding::bad("pam-record", what, why, remedy)];
    }
    let mut findings = vec![look.about("pam-record", REMEMBERED, flaws)];
    findings.extend(without_system(look, services, &configured));
    findings
}

/// The history that the lines of the stack use, if there is one.
fn of_lines(look: &Look<'_>, file: Option<&Path>) -> Result<Option<Config>, Finding> {
    let named = look.all_ours().find_map(|line| parsed(line)?.history_config);
    let failed = |error: GateError| {
        let what = format!("{}: the history can be used", look.title);
        Finding::failed("pam-record", what, error)
    };
    let file = named.as_deref().map(Path::new).or(file);
    let found = ConfiguredHistory::find(file, Trust::of_process()).map_err(failed)?;
    Ok(found.map(|memory| memory.config))
}

fn parsed(line: &Line) -> Option<Arguments> {
    Arguments::parse(line.arguments()).ok()
}

/// Arguments that need a history where there is none: the module refuses them.
fn needless(look: &Look<'_>) -> Option<Finding> {
    let needs = |line: &&Line| {
        parsed(line).is_some_and(|arguments| {
            arguments.system.is_some() || arguments.task == Task::RecordOrFail
        })
    };
    let line = look.all_ours().find(needs)?;
    let what = format!("{}: the history that it needs is there", look.title);
    let why = format!("{} names a system or requires recording; there is no history.", line.place);
    let remedy = "Make one: strongpass history --help";
    Some(Finding::bad("pam-record", what, why, remedy))
}

/// Services of which nobody said which system they set the password of.
fn without_system(look: &Look<'_>, services: &[String], config: &Config) -> Option<Finding> {
    let all_named = look
        .ours(Ours::Record)
        .all(|line| parsed(line).is_some_and(|arguments| arguments.system.is_some()));
    // Under `other` programs run by their own names.
    let is_open = |service: &&String| *service != "other" && config.pam_system(service).is_none();
    let open: Vec<&str> = services.iter().filter(is_open).map(String::as_str).collect();
    if all_named || open.is_empty() {
        return None;
    }
    let what = format!("passwords that are set through {} are not remembered", open.join(", "));
    let why = "They are compared with the history, but nobody said of which system they are.";
    let remedy =
        "Name it under [pam] in the history's configuration, or with `system=` in the stack.";
    Some(Finding::note("pam-record", what, why, remedy))
}
