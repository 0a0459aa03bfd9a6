//! Only used on one system: the lines `check` and `record` of a stack, and what is remembered.

use std::fmt::Write as _;
use std::fs;

use strongpass_history::{Account, Config, Day, History};

use crate::host::{self, Place, as_text};

pub(crate) const OLD: [&str; 2] = ["vT7$kq2zWn", "vT7$kq2zWn"];
pub(crate) const NEW: [&str; 2] = ["hG4&xr9m!Jb", "hG4&xr9m!Jb"];

/// A place with two services that set the passwords of two systems, and a history of both.
pub(crate) fn two_systems(settings: &str) -> (Place, Config) {
    let place = Place::new();
    let mut text = format!("store = \"{}\"\n", as_text(&place.path("store/history.db")));
    writeln!(text, "keys = \"{}\"\n{settings}", as_text(&place.path("keys/history.keys"))).unwrap();
    text += "[kdf]\nmemory_kib = 7168\npasses = 6\n\
             [systems]\nnetwork = \"the school network\"\nemail = \"email\"\n\
             [pam]\nnetwork-passwd = \"network\"\nemail-passwd = \"email\"\n";
    place.write("history.toml", &text);
    let config = Config::from_toml(&text).unwrap();
    for service in ["network-passwd", "email-passwd", "unknown-passwd"] {
        stack(&place, service, "record");
    }
    (place, config)
}

pub(crate) fn create(config: &Config) -> History {
    let today = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    History::create(config, Day::from_unix_seconds(today)).unwrap()
}

pub(crate) fn line(place: &Place, more: &str) -> String {
    format!("policy=birchington history_config={} {more}", as_text(&place.path("history.toml")))
}

fn stack(place: &Place, service: &str, record: &str) {
    place.stack(service, &[("requisite", &line(place, "")), ("optional", &line(place, record))]);
}

#[track_caller]
fn remembers(config: &Config, expected: &[&str]) {
    let account: Account = "k.harper".parse().unwrap();
    let uses = History::open(config).unwrap().uses(&account).unwrap();
    let mut systems: Vec<&str> = uses.iter().map(|used| used.system.id()).collect();
    systems.sort_unstable();
    assert_eq!(systems, expected);
}

#[test]
fn a_second_system_refuses_the_same_password() {
    let (place, config) = two_systems("");
    drop(create(&config));
    place.change("network-passwd", &OLD).is(host::SUCCESS, 2, &[]);
    remembers(&config, &["network"]);
    let change = place.change("email-passwd", &[OLD[0], NEW[0], NEW[1]]);
    assert_eq!((change.code, change.errors.len()), (host::SUCCESS, 1), "{change:?}");
    let told = &change.errors[0];
    assert!(
        told.starts_with("BAD PASSWORD: It is already used for the school network (since 20")
            && told.ends_with("Use a different password for each system."),
        "{told}"
    );
    remembers(&config, &["email", "network"]);
    // Nor the same system again: a new password is a new one.
    assert_eq!(place.change("network-passwd", &OLD).code, host::MAXTRIES);
    // Someone else may have it.
    let change = place.change_of("j.fenn", "email-passwd", 0, &OLD);
    change.is(host::SUCCESS, 2, &[]);
}

#[test]
fn a_near_copy_is_refused() {
    let (place, config) = two_systems("near_budget_ms = 600000");
    drop(create(&config));
    let first = "vT7$kq2z91";
    place.change("network-passwd", &[first, first]).is(host::SUCCESS, 2, &[]);
    let change = place.change("email-passwd", &["vT7$kq2z92", NEW[0], NEW[1]]);
    let message = "BAD PASSWORD: It is nearly the same as a password used for the school network. \
                   Make a new one. Changing a number or the ending is easy to guess.";
    change.is(host::SUCCESS, 3, &[message]);
}

#[test]
fn without_a_budget_near_copies_are_not_looked_for() {
    let (place, config) = two_systems("near_budget_ms = 0");
    drop(create(&config));
    place.change("network-passwd", &["vT7$kq2z91"; 2]).is(host::SUCCESS, 2, &[]);
    place.change("email-passwd", &["vT7$kq2z92"; 2]).is(host::SUCCESS, 2, &[]);
}

/// The second line stands for the module that stores, and does not store.
#[test]
fn only_what_was_stored_is_recorded() {
    let (place, config) = two_systems("");
    drop(create(&config));
    place.write("strict.toml", "min_length = 20\none_system = \"off\"\n");
    let failing = format!("policy={} use_authtok", as_text(&place.path("strict.toml")));
    place.stack(
        "network-passwd",
        &[
            ("requisite", &line(&place, "")),
            ("requisite", &failing),
            ("optional", &line(&place, "record")),
        ],
    );
    assert_eq!(place.change("network-passwd", &OLD).code, host::AUTHTOK_ERR);
    remembers(&config, &[]);
    // Nor a weak one, nor one that was mistyped.
    stack(&place, "network-passwd", "record");
    assert_eq!(place.change("network-passwd", &["horse"; 3]).code, host::MAXTRIES);
    assert_eq!(place.change("network-passwd", &[OLD[0], "x"]).code, host::AUTHTOK_ERR);
    remembers(&config, &[]);
    place.change("network-passwd", &OLD).is(host::SUCCESS, 2, &[]);
    remembers(&config, &["network"]);
}

#[test]
fn the_argument_decides_before_the_service() {
    let (place, config) = two_systems("");
    drop(create(&config));
    let both = |more: &str| {
        let (check, record) = (line(&place, more), line(&place, &format!("record {more}")));
        place.stack("network-passwd", &[("requisite", &check), ("optional", &record)]);
    };
    both("system=email");
    place.change("network-passwd", &OLD).is(host::SUCCESS, 2, &[]);
    remembers(&config, &["email"]);
    both("system=emial");
    let change = place.change("network-passwd", &NEW);
    assert_eq!((change.code, change.prompts.len()), (host::TRY_AGAIN, 0), "{change:?}");
    assert!(
        change.errors[1].ends_with("no system has that name: did you mean `email`?"),
        "{change:?}"
    );
}

#[test]
fn a_service_without_a_system_is_checked_and_not_recorded() {
    let (place, config) = two_systems("");
    drop(create(&config));
    place.change("network-passwd", &OLD).is(host::SUCCESS, 2, &[]);
    assert_eq!(place.change("unknown-passwd", &OLD).code, host::MAXTRIES);
    place.change("unknown-passwd", &NEW).is(host::SUCCESS, 2, &[]);
    remembers(&config, &["network"]);
    // Unless the stack insists, and then before anybody types.
    stack(&place, "unknown-passwd", "record=required");
    place.stack("unknown-passwd", &[("required", &line(&place, "record=required"))]);
    let change = place.change("unknown-passwd", &NEW);
    assert_eq!((change.code, change.prompts.len()), (host::TRY_AGAIN, 0), "{change:?}");
}

#[test]
fn a_history_that_cannot_be_read_is_announced() {
    let (place, config) = two_systems("wait_ms = 30");
    let not_made = place.change("network-passwd", &OLD);
    assert_eq!((not_made.code, not_made.prompts.len()), (host::TRY_AGAIN, 0), "{not_made:?}");
    assert!(not_made.errors[1].contains("there is no history at"), "{not_made:?}");
    assert!(not_made.errors[1].contains("strongpass history init"), "{not_made:?}");

    drop(create(&config));
    place.change("network-passwd", &OLD).is(host::SUCCESS, 2, &[]);
    let lock = fs::File::open(place.path("store/history.db.lock")).unwrap();
    lock.lock().unwrap();
    // Looking needs no turn, and is truthful; that nothing is recorded, the log says.
    assert_eq!(place.change("network-passwd", &OLD).code, host::MAXTRIES);
    place.change("network-passwd", &NEW).is(host::SUCCESS, 2, &[]);
    remembers(&config, &["network"]);
    // Where the stack insists, it is said before anybody types.
    place.stack("insisting", &[("required", &line(&place, "system=network record=required"))]);
    let busy = place.change("insisting", &NEW);
    assert_eq!((busy.code, busy.prompts.len()), (host::AUTHTOK_LOCK_BUSY, 0), "{busy:?}");
    assert!(busy.errors[0].contains("try again in a moment"), "{busy:?}");
    drop(lock);

    fs::remove_file(place.path("keys/history.keys")).unwrap();
    let no_keys = place.change("network-passwd", &NEW);
    assert_eq!((no_keys.code, no_keys.prompts.len()), (host::TRY_AGAIN, 0), "{no_keys:?}");
    assert!(no_keys.errors[1].contains("the keys are missing"), "{no_keys:?}");
}

/// What can be seen only when there is someone to look up.
#[test]
fn a_password_that_cannot_be_compared_is_refused() {
    let (place, config) = two_systems("");
    drop(create(&config));
    // No account name: the history has nobody to compare with.
    let change = place.change_of("@school", "network-passwd", 0, &NEW);
    assert_eq!((change.code, change.prompts.len()), (host::SYSTEM_ERR, 1), "{change:?}");
    assert!(change.errors[0].starts_with("The password could not be checked"), "{change:?}");
    // Nor does it reach modules behind this one, were the stack to go on.
    let lenient = format!("{} use_authtok audit_only", place.policy());
    place.stack("leaky", &[("optional", &line(&place, "")), ("required", &lenient)]);
    let change = place.change_of("@school", "leaky", 0, &NEW);
    assert_eq!((change.code, change.prompts.len()), (host::AUTHTOK_ERR, 1), "{change:?}");
    remembers(&config, &[]);
}
