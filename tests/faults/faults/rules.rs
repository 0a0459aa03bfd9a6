//! What can be wrong with a policy and its words.

use super::harm::{
    append, dangling_link, empty, flip, folder, give_away, link, open_to_all, pipe, remove,
    truncate,
};
use super::{Fault, Needs, rules};

pub(super) const POLICIES: &[&str] =
    &["etc/strongpass/policy.toml", "etc/strongpass/passcode.toml"];
/// A name that was typed is not repeated.
pub(super) const NAMES: &[&str] = &["policy.toml", "passcode.toml", "no preset or file"];
const WORDS: &[&str] = &["etc/strongpass/school.fst"];
const LIST: &[&str] = &["school.fst"];

pub(super) fn faults() -> Vec<Fault> {
    let of_policy = Fault::of_files(
        POLICIES,
        rules,
        NAMES,
        &[
            ("policy: missing", remove),
            ("policy: empty", empty),
            ("policy: truncated", |s, file| truncate(s, file, 20)),
            ("policy: bit-flipped", |s, file| flip(s, file, 1)),
            ("policy: not text", |s, file| s.write(file, b"title = \"caf\xe9\"\n")),
            ("policy: unknown setting", |s, file| append(s, file, "[min_lenght]\n")),
            ("policy: too large", |s, file| append(s, file, &"# \n".repeat(700_000))),
            ("policy: a folder", folder),
            ("policy: a pipe", pipe),
            ("policy: 0666", open_to_all),
            ("policy: 0664", |s, file| s.set_mode(file, 0o664)),
            ("policy: dangling link", dangling_link),
        ],
    );
    let of_words = Fault::of_files(
        WORDS,
        rules,
        LIST,
        &[
            ("words: missing", remove),
            ("words: empty", empty),
            ("words: truncated", |s, file| truncate(s, file, 100)),
            ("words: bit-flipped", |s, file| flip(s, file, 300)),
            ("words: a folder", folder),
            ("words: a pipe", pipe),
            ("words: 0666", open_to_all),
            ("words: dangling link", dangling_link),
        ],
    );
    // Whoever asks for themselves may keep their policy behind a link.
    let privileged = |door: &crate::doors::Door| rules(door) && door.is_privileged();
    let of_links = [
        Fault::of_files(POLICIES, privileged, NAMES, &[("policy: linked", link)]),
        Fault::of_files(WORDS, privileged, LIST, &[("words: linked", link)]),
    ];
    let of_folder = Fault::of_files(
        &["etc/strongpass"],
        |_| true,
        &["strongpass"],
        &[("configuration: folder 0777", open_to_all)],
    );
    let strange = [
        Fault::of_files(POLICIES, rules, NAMES, &[("policy: foreign", give_away)]),
        Fault::of_files(WORDS, rules, LIST, &[("words: foreign", give_away)]),
    ];
    let strange = strange.into_iter().flatten();
    let strange = strange.map(|fault| Fault { needs: Needs::Root, ..fault });
    [of_policy, of_words, of_folder].into_iter().chain(of_links).flatten().chain(strange).collect()
}
