//! What can be wrong with the list of breached passwords that the policy names.

use super::harm::{
    dangling_link, empty, flip, folder, give_away, link, open_to_all, pipe, remove, truncate,
};
use super::{Fault, Needs, looks_up};
use crate::sandbox::Sandbox;

const LIST: &[&str] = &["etc/strongpass/stolen.idx"];
const NAME: &[&str] = &["stolen.idx"];

pub(super) fn faults() -> Vec<Fault> {
    let of_index = Fault::of_files(
        LIST,
        looks_up,
        NAME,
        &[
            ("breached: missing", remove),
            ("breached: empty", empty),
            ("breached: truncated", |s, file| truncate(s, file, 900)),
            ("breached: head bit-flipped", |s, file| flip(s, file, 20)),
            ("breached: end bit-flipped", |s, file| flip(s, file, s.read(file).len() - 1)),
            ("breached: something else", |s, file| s.write(file, "kestrel\nhorse\n")),
            ("breached: a folder", folder),
            ("breached: a pipe", pipe),
            ("breached: 0666", open_to_all),
            ("breached: dangling link", dangling_link),
            ("breached: a part, not said to be one", not_said_to_be_a_part),
            ("breached: the list, truncated", |s, file| {
                s.with_the_list();
                truncate(s, file, 50_000);
            }),
            ("breached: the list, unsorted", |s, file| {
                s.with_the_list();
                let list = s.read(file);
                s.write(file, [&list[45_000..], &list[..45_000]].concat());
            }),
        ],
    );
    // An audit that found no password has none to look up.
    let of_groups = Fault::of_files(
        LIST,
        |door| looks_up(door) && door.name != "audit",
        NAME,
        &[("breached: every group bit-flipped", flip_groups)],
    );
    let privileged = |door: &crate::doors::Door| looks_up(door) && door.is_privileged();
    let of_links = Fault::of_files(LIST, privileged, NAME, &[("breached: linked", link)]);
    let strange = Fault::of_files(LIST, looks_up, NAME, &[("breached: foreign", give_away)]);
    let strange = strange.into_iter().map(|fault| Fault { needs: Needs::Root, ..fault });
    of_index.into_iter().chain(of_groups).chain(of_links).chain(strange).collect()
}

/// Header and directory are whole, and so it opens; whichever group is read is damaged.
fn flip_groups(sandbox: &Sandbox, file: &str) {
    let mut bytes = sandbox.read(file);
    let end = bytes.len() - 64;
    bytes[200..end].iter_mut().step_by(7).for_each(|byte| *byte ^= 1);
    sandbox.write(file, bytes);
}

fn not_said_to_be_a_part(sandbox: &Sandbox, _: &str) {
    let policy = "etc/strongpass/policy.toml";
    let text = String::from_utf8(sandbox.read(policy)).unwrap();
    sandbox.write(policy, text.replace("partial = true\n", ""));
}
