//! What must last for years: keys that change and versions that change.

use strongpass_history::{History, HistoryError};

use crate::place::{Place, account, day, make_private, record, remembered, system, uses};

#[test]
fn old_keys_verify_and_the_newest_seals() {
    let place = Place::new("rotate");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    record(&mut history, "k.harper", "vpn", "Kestrel!92", "2026-09-01");
    record(&mut history, "k.harper", "email", "Lantern?41", "2026-09-01");
    let old = history.status().unwrap().keys[0].id;
    let new = history.rotate_key(day("2026-10-01")).unwrap();
    assert_ne!(old, new);
    let keys = |history: &mut History| {
        let keys = history.status().unwrap().keys;
        keys.iter().map(|key| (key.id, key.made.to_string(), key.uses)).collect::<Vec<_>>()
    };
    let made = ["2026-10-01".to_owned(), "2026-09-01".to_owned()];
    assert_eq!(keys(&mut history), [(new, made[0].clone(), 0), (old, made[1].clone(), 4)]);
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92").len(), 2);

    // Seen again on one system, it is sealed anew on both; and so is the name of the account.
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-10-02");
    assert_eq!(keys(&mut history), [(new, made[0].clone(), 3), (old, made[1].clone(), 1)]);
    assert_eq!(history.drop_unused_keys().unwrap(), 0);
    record(&mut history, "k.harper", "email", "Lantern?41", "2026-10-02");
    assert_eq!(history.drop_unused_keys().unwrap(), 1);
    assert_eq!(keys(&mut history), [(new, made[0].clone(), 4)]);
    drop(history);
    let mut history = place.open();
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92").len(), 2);
    assert_eq!(uses(&mut history, "k.harper", "Lantern?41").len(), 1);
    history.verify().unwrap();
}

#[test]
fn a_process_that_missed_the_rotation_still_answers() {
    let place = Place::new("missed");
    let mut early = place.create();
    record(&mut early, "k.harper", "network", "Kestrel!92", "2026-09-01");
    let mut other = place.open();
    other.rotate_key(day("2026-10-01")).unwrap();
    // Now the account is under a pseudonym that the early one has never heard of.
    record(&mut other, "k.harper", "network", "Kestrel!92", "2026-10-01");
    assert_eq!(uses(&mut early, "k.harper", "Kestrel!92").len(), 1);
    other.rotate_key(day("2026-11-01")).unwrap();
    record(&mut early, "k.harper", "email", "Lantern?41", "2026-11-01");
    let status = early.status().unwrap();
    assert_eq!((status.accounts, status.records, status.keys.len()), (1, 2, 3));
}

#[test]
fn a_rotation_that_was_cut_off_is_harmless() {
    let place = Place::new("cut-off");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    // The file was replaced, the database was not told: as if killed in between.
    let database = std::fs::read(place.config().store).unwrap();
    drop(history);
    let before = std::fs::read(place.config().store).unwrap();
    let mut history = place.open();
    history.rotate_key(day("2026-10-01")).unwrap();
    drop(history);
    std::fs::write(place.config().store, before).unwrap();
    assert!(database.len() >= 4096);

    let mut early = place.open();
    let mut history = place.open();
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92").len(), 1);
    record(&mut history, "k.harper", "email", "Lantern?41", "2026-10-01");
    assert_eq!(uses(&mut early, "k.harper", "Lantern?41").len(), 1);
    let status = history.status().unwrap();
    assert_eq!((status.accounts, status.records), (1, 2));
    assert_eq!(status.keys[0].uses, 2, "the newest key of the file seals");
    // A half-written draft of the file of keys is not in the way either.
    std::fs::write(place.path().join("keys/history.keys.new"), "strongpass-ke").unwrap();
    history.rotate_key(day("2026-10-02")).unwrap();
    assert!(!place.path().join("keys/history.keys.new").exists());
}

/// A history of version 1, made by hand: one flat table, the salt in each record, and one record
/// twice.
fn version_1(place: &Place) {
    use std::os::unix::fs::PermissionsExt as _;
    let config = place.config();
    for (path, content) in
        [(&config.store, None), (&config.keys, Some(include_str!("../fixtures/version-1.keys")))]
    {
        make_private(path.parent().unwrap());
        std::fs::write(path, content.unwrap_or_default()).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let database = rusqlite::Connection::open(&config.store).unwrap();
    database.execute_batch(include_str!("../fixtures/version-1.sql")).unwrap();
}

#[test]
fn version_1_is_brought_up_without_loss() {
    let place = Place::new("migrate");
    version_1(&place);
    let mut history = place.open();
    history.verify().unwrap();
    let status = history.status().unwrap();
    assert_eq!((status.accounts, status.records), (2, 4));
    assert_eq!(status.latest, day("2025-12-05"));
    assert_eq!(
        remembered(&mut history, "k.harper"),
        ["network 2025-12-05", "email 2025-11-20", "network 2025-09-01"]
    );
    assert_eq!(remembered(&mut history, "j.osei"), ["network 2025-10-10"]);
    for (name, password) in [
        ("k.harper", "Kestrel!92"),
        ("k.harper", "Kestrel!91"),
        ("SCHOOL\\k.harper", "Lantern#41"),
        ("j.osei", "Kestrel!92"),
    ] {
        assert_eq!(uses(&mut history, name, password).len(), 1, "{name} {password}");
    }
    // It lives on as any other.
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    assert_eq!(history.status().unwrap().records, 4);
    assert_eq!(history.forget_on(&account("k.harper"), &system("network")).unwrap(), 2);
    drop(history);
    assert_eq!(place.open().status().unwrap().records, 2);
}

#[test]
fn a_migration_that_cannot_finish_changes_nothing() {
    let place = Place::new("half-migrated");
    version_1(&place);
    let database = rusqlite::Connection::open(place.config().store).unwrap();
    // A day of the wrong type, which the strict tables of version 2 refuse.
    database.execute_batch("UPDATE record SET day = 'soon' WHERE rowid = 3").unwrap();
    let content = |database: &rusqlite::Connection| {
        let mut select = database.prepare("SELECT * FROM record ORDER BY rowid").unwrap();
        let rows = select.query_map([], |row| row.get::<_, rusqlite::types::Value>("day")).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>()
    };
    let before = content(&database);
    let error = History::open(&place.config()).unwrap_err();
    assert!(
        matches!(error, HistoryError::Damaged { .. } | HistoryError::Database { .. }),
        "{error}"
    );
    assert_eq!(content(&database), before);
    let version: u32 = database.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 1);
    database.execute_batch("UPDATE record SET day = 20344 WHERE rowid = 3").unwrap();
    drop(database);
    assert_eq!(place.open().status().unwrap().records, 4);
}

#[test]
fn two_processes_migrate_once() {
    let place = Place::new("migrate-twice");
    version_1(&place);
    let config = place.config();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                assert_eq!(History::open(&config).unwrap().status().unwrap().records, 4);
            });
        }
    });
}
