//! The policy in force and its words.

use strongpass_gate::{InForce, Trust, word_list};

use crate::finding::Finding;
use crate::owners::{Links, only_administrators_write};

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
    findings
}
