//! Moving a history to another host as text.

use strongpass_history::{Day, History, HistoryError, Kdf};

use crate::place::{
    Place, account, day, fingerprint, make_private, record, remembered, system, uses,
};

fn export(history: &mut History) -> String {
    let mut text = Vec::new();
    history.export(&mut text).unwrap();
    String::from_utf8(text).unwrap()
}

fn today() -> Day {
    day("2026-10-02")
}

/// A second host with the keys of the first.
fn second_host(first: &Place) -> Place {
    let second = Place::new("second");
    make_private(&second.path().join("keys"));
    std::fs::copy(first.config().keys, second.config().keys).unwrap();
    second
}

fn filled(place: &Place) -> History {
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!91", "2026-08-31");
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    record(&mut history, "k.harper", "email", "Lantern?41", "2026-09-02");
    record(&mut history, "j.osei", "network", "Pebble#77", "2026-09-03");
    history
}

#[test]
fn everything_arrives() {
    let first = Place::new("first");
    let mut history = filled(&first);
    let text = export(&mut history);
    assert_eq!(text.lines().count(), 6);
    for word in ["harper", "Kestrel", "osei"] {
        assert!(!text.contains(word));
    }
    let second = second_host(&first);
    let mut moved = second.create();
    assert_eq!(moved.import(&text, today()).unwrap(), 4);
    assert_eq!(export(&mut moved), text);
    for (name, password) in [
        ("k.harper", "Kestrel!91"),
        ("k.harper", "Kestrel!92"),
        ("k.harper", "Lantern?41"),
        ("j.osei", "Pebble#77"),
    ] {
        assert_eq!(uses(&mut moved, name, password).len(), 1, "{password}");
    }
    assert_eq!(moved.status().unwrap().latest, day("2026-09-03"));

    // Again, after it went on living there: nothing is twice, the later day stays.
    record(&mut moved, "k.harper", "email", "Lantern?41", "2026-10-01");
    assert_eq!(moved.import(&text, today()).unwrap(), 4);
    assert_eq!(moved.status().unwrap().records, 4);
    assert_eq!(remembered(&mut moved, "k.harper")[0], "email 2026-10-01");
}

#[track_caller]
fn refuse(history: &mut History, text: &str, line: usize, what: &str) {
    let error = history.import(text, today()).unwrap_err();
    assert!(
        matches!(&error, HistoryError::Import { line: found, what: said }
            if (*found, said.as_str()) == (line, what)),
        "{error}"
    );
}

#[test]
fn all_or_nothing_arrives() {
    let first = Place::new("mistakes");
    let text = export(&mut filled(&first));
    let second = second_host(&first);
    let mut moved = second.create();
    refuse(&mut moved, "", 1, "it must be `strongpass-history 1`");
    refuse(&mut moved, &text.replace("end 4", "end 3"), 6, "4 records came before it");
    refuse(&mut moved, &text.replace("end 4\n", ""), 6, "the export is cut off: `end` is missing");
    refuse(&mut moved, &format!("{text}more\n"), 7, "it is after the end");
    let refused = "it must be `record` and ten values, or `end` and a count";
    refuse(&mut moved, &text.replace(" email ", " e mail "), 4, refused);
    refuse(&mut moved, &text.replace(" email ", " EMAIL "), 4, "the system is not a valid id");
    refuse(&mut moved, &text.replace("-09-02", "-09-32"), 4, "the day is not YYYY-MM-DD");
    refuse(&mut moved, &text.replace("-09-02 8 1 1", "-09-02 x 1 1"), 4, "a number was expected");
    let line = text.lines().nth(3).unwrap();
    let tag = line.rsplit(' ').next().unwrap();
    let cut = text.replace(tag, tag.get(1..).unwrap());
    refuse(&mut moved, &cut, 4, "the tag is not of the right length in hex");
    assert_eq!(moved.status().unwrap().records, 0, "nothing of it was taken");

    // The keys of another host do not fit, and that is noticed.
    let stranger = Place::new("stranger");
    let error = stranger.create().import(&text, today()).unwrap_err();
    assert!(matches!(error, HistoryError::UnknownKey { .. }), "{error}");

    // The same person was recorded here before: two salts cannot be one account.
    record(&mut moved, "j.osei", "vpn", "Wagtail#1", "2026-09-01");
    refuse(&mut moved, &text, 5, "this account is here already, with another salt");
    assert_eq!(moved.status().unwrap().records, 1);
}

#[test]
fn an_import_is_trusted_no_more_than_a_configuration() {
    let first = Place::new("untrusted");
    let text = export(&mut filled(&first));
    let second = second_host(&first);
    let mut config = second.config();
    // As in a school: below this a configuration is refused.
    config.kdf = Kdf::default();
    let mut moved = History::create(&config, today()).unwrap();
    refuse(&mut moved, &text, 2, "too weak: memory_kib × passes must be 38912 or more");
    let with = |kdf: &str| text.replace(" 8 1 1 ", &format!(" {kdf} "));
    for costly in ["65536 255 1", "4194304 2 1"] {
        let what = "too costly: memory_kib × passes must be 4194304 or less";
        refuse(&mut moved, &with(costly), 2, what);
    }
    let sound = with("19456 2 1");
    for (day, is_taken) in [("2026-10-03", true), ("2026-10-04", false), ("9999-12-31", false)] {
        let later = sound.replace("2026-09-02", day);
        if is_taken {
            assert_eq!(moved.import(&later, today()).unwrap(), 4);
        } else {
            refuse(&mut moved, &later, 4, &format!("the day {day} is still to come"));
        }
    }
    // What was taken can be recorded on.
    moved.expire(today()).unwrap();
    let line = |n: u32, system: &str, kdf: &str| {
        let line = sound.lines().nth(1).unwrap();
        let (line, tag) = line.rsplit_once(' ').unwrap();
        let line = line.replace(" network ", &format!(" {system} ")).replace("19456 2 1", kdf);
        format!("{line} {n:08x}{}\n", tag.get(8..).unwrap())
    };
    let export = |lines: &mut dyn Iterator<Item = String>| {
        format!("strongpass-history 1\n{}end 0\n", lines.collect::<String>())
    };
    let many = export(&mut (0..1_001).map(|n| line(n, "network", "19456 2 1")));
    refuse(&mut moved, &many, 1_002, "one account has more than 1000 records");
    let hashes = export(&mut (2..11).map(|n| line(n, "network", &format!("19456 {n} 1"))));
    refuse(&mut moved, &hashes, 10, "there are more than 8 kinds of slow hash");
    let long = export(&mut std::iter::once(line(1, "network", &format!("{:0>400} 2 1", 19456))));
    refuse(&mut moved, &long, 2, "it is longer than any record");
    assert_eq!(moved.status().unwrap().records, 4, "all or nothing");
}

/// A history that an earlier version took too much into.
#[test]
fn what_was_taken_before_can_be_mended() {
    let place = Place::new("mended");
    let mut history = filled(&place);
    let database = rusqlite::Connection::open(place.config().store).unwrap();
    database.execute_batch("UPDATE store SET latest_day = 2932896").unwrap();
    database.execute_batch("UPDATE record SET day = 2932896 WHERE system = 'email'").unwrap();
    let mut found = fingerprint(&mut history, "k.harper", "Wagtail#1");
    for error in [
        history.expire(today()).unwrap_err(),
        history.record(&mut found, &system("vpn"), today()).unwrap_err(),
        history.import("strongpass-history 1\nend 0\n", today()).unwrap_err(),
    ] {
        assert!(matches!(error, HistoryError::ClockSetBack { .. }), "{error}");
        assert!(error.to_string().contains("`strongpass history expire --reset-clock`"), "{error}");
    }
    history.reset_clock(today()).unwrap();
    history.expire(today()).unwrap();
    history.record(&mut found, &system("vpn"), today()).unwrap();
    assert!(remembered(&mut history, "k.harper").contains(&"email 2026-10-02".to_owned()));

    database.execute_batch("UPDATE record SET passes = 255, memory = 65536").unwrap();
    let error = history.record(&mut found, &system("vpn"), today()).unwrap_err();
    assert!(matches!(error, HistoryError::TooCostly { .. }), "{error}");
    assert!(error.to_string().contains("`strongpass history forget ACCOUNT`"), "{error}");
    history.forget(&account("k.harper")).unwrap();
    let mut found = fingerprint(&mut history, "k.harper", "Wagtail#1");
    history.record(&mut found, &system("vpn"), today()).unwrap();
}
