//! Forgetting, until no byte is left.

use crate::place::{Place, account, day, holds, quick, record, remembered, system, uses};
use strongpass_history::{Config, History, Kdf};

/// The tags of an account on a system, read past the library.
fn tags(place: &Place, on: &str) -> Vec<Vec<u8>> {
    let database = rusqlite::Connection::open(place.config().store).unwrap();
    let mut select = database.prepare("SELECT tag FROM record WHERE system = ?1").unwrap();
    let tags = select.query_map([on], |row| row.get(0)).unwrap();
    tags.map(Result::unwrap).collect()
}

#[test]
fn no_byte_of_the_tags_is_left() {
    let place = Place::new("erase");
    let mut history = place.create();
    for number in 0..200 {
        let name = format!("teacher{number}");
        record(&mut history, &name, "network", &format!("Kestrel!{number}"), "2026-09-01");
    }
    for on in ["email", "vpn"] {
        record(&mut history, "k.harper", on, &format!("Wagtail#{on}"), "2026-09-01");
    }
    let before = place.bytes();
    let (email, vpn) = (tags(&place, "email"), tags(&place, "vpn"));
    assert!(holds(&before, &email[0]) && holds(&before, &vpn[0]));

    // Another process has the history open all the while.
    let mut other = place.open();
    assert_eq!(remembered(&mut other, "k.harper").len(), 2);

    assert_eq!(history.forget_on(&account("k.harper"), &system("email")).unwrap(), 1);
    // Half a tag would be enough to test guesses.
    for piece in email[0].chunks(8) {
        assert!(!holds(&place.bytes(), piece), "a part of the tag is still there");
    }
    assert!(holds(&place.bytes(), &vpn[0]));
    assert_eq!(remembered(&mut other, "k.harper"), ["vpn 2026-09-01"]);

    let salt: Vec<u8> = rusqlite::Connection::open(place.config().store)
        .unwrap()
        .query_row("SELECT salt FROM account ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
        .unwrap();
    assert!(holds(&place.bytes(), &salt));
    assert_eq!(history.forget(&account("k.harper")).unwrap(), 1);
    for piece in vpn[0].chunks(8).chain([salt.as_slice()]) {
        assert!(!holds(&place.bytes(), piece), "a part is still there");
    }
    assert_eq!(history.forget(&account("k.harper")).unwrap(), 0);
    history.verify().unwrap();
    assert_eq!(history.status().unwrap().accounts, 200);
    assert_eq!(uses(&mut history, "teacher7", "Kestrel!7").len(), 1);
}

#[test]
fn records_expire_and_their_bytes_with_them() {
    let place = Place::new("expire");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2025-01-01");
    record(&mut history, "j.osei", "network", "Pebble#77", "2025-01-01");
    record(&mut history, "j.osei", "network", "Pebble#77", "2025-01-02");
    record(&mut history, "k.harper", "email", "Lantern?41", "2025-06-01");
    let tags = tags(&place, "network");
    assert_eq!(tags.len(), 2);
    // 400 days after its last use a record is still there; a day later it is not.
    assert_eq!(history.expire(day("2026-02-05")).unwrap(), 0);
    assert_eq!(history.expire(day("2026-02-06")).unwrap(), 1);
    assert_eq!(remembered(&mut history, "k.harper"), ["email 2025-06-01"]);
    assert_eq!(remembered(&mut history, "j.osei"), ["network 2025-01-02"]);
    assert_eq!(history.expire(day("2026-02-07")).unwrap(), 1);
    assert_eq!(history.status().unwrap().accounts, 1, "nobody is kept of whom nothing is kept");
    for tag in tags {
        assert!(!holds(&place.bytes(), &tag));
    }
    assert_eq!(uses(&mut history, "k.harper", "Lantern?41").len(), 1);
}

#[test]
fn the_last_five_are_remembered() {
    let place = Place::new("remember");
    let mut history = place.create();
    let password = |number: u32| format!("Kestrel{number}!Moss");
    for number in 0..7 {
        record(&mut history, "k.harper", "network", &password(number), "2026-09-01");
    }
    record(&mut history, "k.harper", "email", "Lantern?41", "2026-09-01");
    // Used again, it is the latest, though its record is the oldest.
    record(&mut history, "k.harper", "network", &password(2), "2026-09-01");
    record(&mut history, "k.harper", "network", &password(7), "2026-09-01");
    let kept: Vec<u32> =
        (0..8).filter(|&n| !uses(&mut history, "k.harper", &password(n)).is_empty()).collect();
    assert_eq!(kept, [2, 4, 5, 6, 7]);
    assert_eq!(uses(&mut history, "k.harper", "Lantern?41").len(), 1);
    assert_eq!(history.status().unwrap().records, 6);
}

#[test]
fn what_is_no_longer_remembered_leaves_no_byte_after_the_daily_run() {
    let place = Place::new("trimmed");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    let tags = tags(&place, "network");
    for number in 0..5 {
        let password = format!("Wagtail{number}#Moss");
        record(&mut history, "k.harper", "network", &password, "2026-09-01");
    }
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92"), []);
    assert_eq!(history.expire(day("2026-09-02")).unwrap(), 0);
    for piece in tags[0].chunks(8) {
        assert!(!holds(&place.bytes(), piece), "a part of the tag is still there");
    }
}

#[test]
fn parameters_are_raised_as_passwords_are_seen() {
    let place = Place::new("raise");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    record(&mut history, "k.harper", "email", "Kestrel!92", "2026-09-01");
    record(&mut history, "k.harper", "vpn", "Lantern?41", "2026-09-01");
    record(&mut history, "j.osei", "network", "Pebble#77", "2026-09-01");
    assert_eq!(history.status().unwrap().weaker, 0);
    drop(history);

    let stronger = Kdf::new(16, 2, 1).unwrap();
    assert!(quick().is_weaker_than(&stronger));
    let mut config: Config = place.config();
    config.kdf = stronger;
    let mut history = History::open(&config).unwrap();
    assert_eq!(history.status().unwrap().weaker, 4);
    // Everything is still found under the parameters that it was recorded with.
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92").len(), 2);
    assert_eq!(uses(&mut history, "k.harper", "Lantern?41").len(), 1);
    // Seen again on one system, it is raised on both.
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-02");
    let status = history.status().unwrap();
    assert_eq!((status.weaker, status.records), (2, 4));
    for (name, password, count) in
        [("k.harper", "Kestrel!92", 2), ("k.harper", "Lantern?41", 1), ("j.osei", "Pebble#77", 1)]
    {
        assert_eq!(uses(&mut history, name, password).len(), count, "{password}");
    }
    record(&mut history, "k.harper", "vpn", "Lantern?41", "2026-09-02");
    record(&mut history, "j.osei", "network", "Pebble#77", "2026-09-02");
    let status = history.status().unwrap();
    assert_eq!((status.weaker, status.records), (0, 4));
}
