//! What nobody named is looked for in /etc/strongpass, and "there is none" is an answer there.

use std::fs;
use std::os::unix::fs::symlink;

use super::harm::{dangling_link, give_away, open_to_all};
use super::rules::{NAMES, POLICIES};
use super::{Fault, Needs, remembers, rules};
use crate::ask::Under;
use crate::sandbox::Sandbox;

/// The same, with the sandbox's /etc in place of the computer's.
pub(super) fn unnamed(fault: Fault) -> Fault {
    let under = Under::Mounts("mount --bind \"$F/etc\" /etc");
    Fault { needs: Needs::Mounts, named: false, under, ..fault }
}

pub(super) fn faults() -> Vec<Fault> {
    let of_policy = Fault::of_files(
        POLICIES,
        rules,
        NAMES,
        &[("policy: dangling link in /etc", dangling_link), ("policy: 0666 in /etc", open_to_all)],
    );
    let of_history = Fault::of_files(
        &["etc/strongpass/history.toml"],
        remembers,
        &["history.toml"],
        &[("history.toml: dangling link in /etc", dangling_link)],
    );
    let of_folder = Fault::of_files(
        &["etc/strongpass"],
        |_| true,
        &["strongpass"],
        &[("configuration: dangling folder in /etc", to_nowhere)],
    );
    let strange =
        Fault::of_files(POLICIES, rules, NAMES, &[("policy: foreign in /etc", give_away)]);
    let strange = strange.into_iter().map(|fault| Fault { needs: Needs::Root, ..unnamed(fault) });
    let others = [of_policy, of_history, of_folder].into_iter().flatten().map(unnamed);
    others.chain(strange).collect()
}

fn to_nowhere(sandbox: &Sandbox, folder: &str) {
    fs::remove_dir_all(sandbox.path(folder)).unwrap();
    symlink("/nowhere", sandbox.path(folder)).unwrap();
}
