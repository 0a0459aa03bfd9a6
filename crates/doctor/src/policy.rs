//! The policy in force and its words.

use std::iter;
use std::path::{Path, PathBuf};

use strongpass_gate::{BreachedPasswords, InForce, Trust, word_list};

use crate::finding::Finding;
use crate::owners::{Links, everybody_reads, only_administrators_write};

/// The policy in force, the files it is made of, and who may write to them.
pub(crate) fn findings(wanted: Option<&str>) -> Vec<Finding> {
    let in_force = match InForce::find(wanted, Trust::of_process()) {
        Ok(in_force) => in_force,
        Err(error) => return vec![Finding::failed("policy", "the policy can be used", error)],
    };
    let name = &in_force.policy.name;
    let mut findings = match &in_force.file {
        None => {
            let what = format!("the policy in force is the preset \"{name}\"");
            vec![Finding::good("policy", what)]
        }
        Some(file) => {
            let what = format!("the policy in force is \"{name}\" from {}", file.display());
            vec![Finding::good("policy", what), only_administrators_write(file, Links::Refused)]
        }
    };
    findings.extend(read_by_everybody(&in_force));
    for (path, language) in in_force.words() {
        let what = format!("the word list {} is whole", path.display());
        match word_list(&path, language, in_force.trust) {
            Ok(list) => {
                let what = format!("{what}: {} entries", list.len());
                findings.push(Finding::good("policy", what));
                findings.push(only_administrators_write(&path, Links::Refused));
            }
            Err(error) => findings.push(Finding::failed("policy", what, error)),
        }
    }
    findings.extend(breached(&in_force));
    findings
}

/// What everybody's `check` reads of the policy of the whole computer. One that was named may be for
/// few.
fn read_by_everybody(in_force: &InForce) -> Vec<Finding> {
    let of_machine = Path::new(InForce::OF_MACHINE);
    let Some(file) = in_force.file.as_deref().filter(|file| *file == of_machine) else {
        return Vec::new();
    };
    let lists = in_force.words().map(|(path, _)| path);
    let lists = lists.chain(in_force.breached_list().map(|(path, _)| path));
    let files: Vec<PathBuf> = iter::once(file.to_owned()).chain(lists).collect();
    files.iter().filter_map(|path| everybody_reads(path)).collect()
}

/// The list of breached passwords, if the policy names one; its owners are looked at as it is opened.
fn breached(in_force: &InForce) -> Vec<Finding> {
    let Some((path, whole)) = in_force.breached_list() else { return Vec::new() };
    let what = format!("the list of stolen passwords {} can be asked", path.display());
    let list = match BreachedPasswords::open(&path, whole, in_force.trust) {
        Ok(list) => list,
        Err(error) => return vec![Finding::failed("breached", what, error)],
    };
    let written = list.written().map_or_else(String::new, |day| format!(", written on {day}"));
    vec![
        Finding::good("breached", format!("{what}: {list}{written}")),
        only_administrators_write(&path, Links::Refused),
    ]
}
