//! What can be wrong with a history, its configuration, lock and keys.

use std::fs;

use super::harm::{
    append, dangling_link, empty, find, flip, folder, give_away, link, open_to_all, pipe, remove,
    truncate, write_at,
};
use super::{Fault, Must, Needs, compares, records, remembers};
use crate::sandbox::Probe;

const CONFIG: &[&str] = &["etc/strongpass/history.toml"];
const STORE: &[&str] = &["store/history.db"];
const LOCK: &[&str] = &["store/history.db.lock"];
const KEYS: &[&str] = &["keys/history.keys"];

pub(super) fn faults() -> Vec<Fault> {
    let mut all = of_configuration();
    all.extend(of_store());
    all.extend(of_keys());
    all.extend(of_lock());
    let strange = [
        Fault::of_files(
            CONFIG,
            remembers,
            &["history.toml"],
            &[("history.toml: foreign", give_away)],
        ),
        Fault::of_files(STORE, remembers, &["history.db"], &[("store: foreign", give_away)]),
        Fault::of_files(
            &["store/history.db", "store"],
            remembers,
            &["/store"],
            &[("store: foreign, with its folder", give_away)],
        ),
        Fault::of_files(KEYS, remembers, &["history.keys"], &[("keys: foreign", give_away)]),
    ];
    let strange = strange.into_iter().flatten();
    all.extend(strange.map(|fault| Fault { needs: Needs::Root, ..fault }));
    all
}

fn of_configuration() -> Vec<Fault> {
    let mut all = Fault::of_files(
        CONFIG,
        remembers,
        // An empty one declares no system.
        &["history.toml", "history is not configured", "no system"],
        &[
            ("history.toml: missing", remove),
            ("history.toml: empty", empty),
            ("history.toml: truncated", |s, file| truncate(s, file, 20)),
            ("history.toml: not text", |s, file| append(s, file, "mis = \"caf\u{0}\"\n")),
            ("history.toml: unknown setting", |s, file| append(s, file, "[pan]\n")),
            ("history.toml: a folder", folder),
            ("history.toml: a pipe", pipe),
            ("history.toml: 0666", open_to_all),
            ("history.toml: dangling link", dangling_link),
        ],
    );
    let privileged = |door: &crate::doors::Door| remembers(door) && door.is_privileged();
    let says = &["history.toml"];
    all.extend(Fault::of_files(CONFIG, privileged, says, &[("history.toml: linked", link)]));
    all
}

fn of_store() -> Vec<Fault> {
    Fault::of_files(
        STORE,
        remembers,
        &["history.db", "/store"],
        &[
            ("store: missing", remove),
            ("store: empty", empty),
            ("store: truncated", |s, file| truncate(s, file, 5_000)),
            ("store: garbled", |s, file| s.write(file, [0x5a; 8_192])),
            ("store: bit-flipped", |s, file| flip(s, file, find(s, file, b"CREATE TABLE"))),
            // SQLite's user version, in the header.
            ("store: newer", |s, file| write_at(s, file, 60, &[0, 0, 0, 99])),
            ("store: a folder", folder),
            ("store: a pipe", pipe),
            ("store: 0666", open_to_all),
            ("store: folder 0777", |s, _| open_to_all(s, "store")),
            ("store: linked", link),
            ("store: dangling link", dangling_link),
            ("store: folder missing", |s, _| fs::remove_dir_all(s.path("store")).unwrap()),
        ],
    )
}

fn of_keys() -> Vec<Fault> {
    Fault::of_files(
        KEYS,
        remembers,
        &["history.keys", "/keys"],
        &[
            ("keys: missing", remove),
            ("keys: empty", empty),
            ("keys: truncated", |s, file| truncate(s, file, 60)),
            ("keys: bit-flipped", |s, file| flip(s, file, s.read(file).len() - 9)),
            ("keys: of another history", |s, _| s.with_other_keys()),
            ("keys: a folder", folder),
            ("keys: a pipe", pipe),
            ("keys: 0644", |s, file| s.set_mode(file, 0o644)),
            ("keys: folder 0777", |s, _| open_to_all(s, "keys")),
            ("keys: linked", link),
            ("keys: dangling link", dangling_link),
        ],
    )
}

/// Who only reads needs no lock.
fn of_lock() -> Vec<Fault> {
    let mut all = Fault::of_files(
        LOCK,
        records,
        &["history.db.lock", "/store"],
        &[
            ("lock: a folder", folder),
            ("lock: a pipe", |s, file| {
                empty(s, file);
                pipe(s, file);
            }),
            ("lock: linked", |s, file| {
                empty(s, file);
                link(s, file);
            }),
            ("lock: dangling link", dangling_link),
        ],
    );
    let held = Fault::new("lock: held, to record", records, &["history.db"]);
    all.push(Fault { locked: true, ..held });
    all.push(Fault {
        locked: true,
        probe: Probe::Used,
        must: Must::NotAccept,
        ..Fault::new("lock: held, to compare", compares, &[])
    });
    all
}
