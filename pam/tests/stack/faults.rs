//! A history, a policy or a list that is not in order is said before anybody types, and is never a
//! yes.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::Path;

use crate::history::{NEW, OLD, create, line, two_systems};
use crate::host::{self, Place};

/// What goes wrong, how, and what is said of it.
type Fault = (&'static str, fn(&Place), &'static str);

const FAULTS: [Fault; 14] = [
    ("database missing", |place| remove(place, "store/history.db"), "strongpass history init"),
    ("database emptied", |place| overwrite(place, ""), "is damaged: it is empty"),
    ("database truncated", truncate, "is damaged"),
    ("another file", |place| overwrite(place, &"x".repeat(9_000)), "not a history of strongpass"),
    ("database readable", |place| set_mode(place, "store/history.db", 0o640), "run `chmod 0600"),
    ("folder readable", |place| set_mode(place, "store", 0o755), "run `chmod 0700"),
    ("database linked", |place| link(place, "store/history.db"), "links are not followed"),
    ("keys missing", |place| remove(place, "keys/history.keys"), "restore the file"),
    ("keys readable", |place| set_mode(place, "keys/history.keys", 0o644), "run `chmod 0600"),
    ("keys linked", |place| link(place, "keys/history.keys"), "links are not followed"),
    ("configuration writable", |place| set_mode(place, "history.toml", 0o666), "run `chmod go-w"),
    ("configuration linked", |place| link(place, "history.toml"), "links are not followed"),
    ("configuration not mounted", |place| unmount(place, "history.toml"), "mount or restore"),
    ("database not mounted", |place| unmount(place, "store/history.db"), "mount or restore"),
];

fn remove(place: &Place, name: &str) {
    fs::remove_file(place.path(name)).unwrap();
}

fn overwrite(place: &Place, text: &str) {
    fs::write(place.path("store/history.db"), text).unwrap();
}

fn set_mode(place: &Place, name: &str, mode: u32) {
    fs::set_permissions(place.path(name), Permissions::from_mode(mode)).unwrap();
}

fn truncate(place: &Place) {
    let file = fs::File::options().write(true).open(place.path("store/history.db")).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
}

fn link(place: &Place, name: &str) {
    fs::rename(place.path(name), place.path("away")).unwrap();
    symlink(place.path("away"), place.path(name)).unwrap();
}

fn unmount(place: &Place, name: &str) {
    remove(place, name);
    symlink(Path::new("/none").join(name), place.path(name)).unwrap();
}

#[track_caller]
fn is_announced(place: &Place, says: &str) {
    let change = place.change("network-passwd", &NEW);
    assert_eq!((change.code, change.prompts.len()), (host::TRY_AGAIN, 0), "{says}: {change:?}");
    let told = change.errors.get(1).unwrap();
    assert!(told.starts_with("For IT: ") && told.contains(says), "{says}: {told}");
    let folder = place.path("");
    assert!(told.contains(folder.to_str().unwrap().trim_end_matches('/')), "{told}");
}

#[test]
fn a_history_that_fails_is_announced() {
    for (name, fault, says) in FAULTS {
        let (place, config) = two_systems("near_budget_ms = 0");
        drop(create(&config));
        place.change("network-passwd", &OLD).is(host::SUCCESS, 2, &[]);
        fault(&place);
        assert!(!says.is_empty(), "{name}");
        is_announced(&place, says);
    }
}

#[test]
fn a_policy_that_others_may_write_is_not_used() {
    let place = Place::new();
    place.write("policy.toml", "dictionary = \"off\"\none_system = \"off\"\n");
    place.stack("network-passwd", &[("requisite", &place.policy())]);
    let weak = ["password#7", "password#7"];
    set_mode(&place, "policy.toml", 0o644);
    place.change("network-passwd", &weak).is(host::SUCCESS, 2, &[]);
    set_mode(&place, "policy.toml", 0o666);
    is_announced(&place, "run `chmod go-w");
    set_mode(&place, "policy.toml", 0o644);
    set_mode(&place, "", 0o777);
    is_announced(&place, "run `chmod go-w");
    set_mode(&place, "", 0o755);
    // Only root can give a file away.
    if host::is_root() {
        chown(place.path("policy.toml"), Some(1234), Some(1234)).unwrap();
        is_announced(&place, "belongs to user 1234");
        chown(place.path("policy.toml"), Some(0), Some(0)).unwrap();
    }
    place.change("network-passwd", &weak).is(host::SUCCESS, 2, &[]);
    link(&place, "policy.toml");
    is_announced(&place, "links are not followed");
    unmount(&place, "policy.toml");
    is_announced(&place, "mount or restore");
}

/// Nothing is made where a link leads, by whomever the lock is needed.
#[test]
fn a_linked_lock_is_not_followed() {
    let (place, config) = two_systems("near_budget_ms = 0");
    drop(create(&config));
    remove(&place, "store/history.db.lock");
    symlink(place.path("made"), place.path("store/history.db.lock")).unwrap();
    // The line that records only logs it.
    place.change("network-passwd", &OLD).is(host::SUCCESS, 2, &[]);
    place.stack("network-passwd", &[("required", &line(&place, "record=required"))]);
    is_announced(&place, "is a link to");
    assert!(!place.path("made").exists());
}
