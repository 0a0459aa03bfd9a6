//! Moving a history to another host as text.

use strongpass_history::{History, HistoryError};

use crate::place::{Place, day, make_private, record, remembered, uses};

fn export(history: &mut History) -> String {
    let mut text = Vec::new();
    history.export(&mut text).unwrap();
    String::from_utf8(text).unwrap()
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
    assert_eq!(moved.import(&text).unwrap(), 4);
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
    assert_eq!(moved.import(&text).unwrap(), 4);
    assert_eq!(moved.status().unwrap().records, 4);
    assert_eq!(remembered(&mut moved, "k.harper")[0], "email 2026-10-01");
}

#[track_caller]
fn refuse(history: &mut History, text: &str, line: usize, what: &str) {
    let error = history.import(text).unwrap_err();
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
    refuse(&mut moved, &text.replace(" email ", " EMAIL "), 4, "the system is no id");
    refuse(&mut moved, &text.replace("-09-02", "-09-32"), 4, "the day is not YYYY-MM-DD");
    refuse(&mut moved, &text.replace("-09-02 8 1 1", "-09-02 x 1 1"), 4, "a number was expected");
    let line = text.lines().nth(3).unwrap();
    let tag = line.rsplit(' ').next().unwrap();
    let cut = text.replace(tag, tag.get(1..).unwrap());
    refuse(&mut moved, &cut, 4, "the tag is not of the right length in hex");
    assert_eq!(moved.status().unwrap().records, 0, "nothing of it was taken");

    // The keys of another host do not fit, and that is noticed.
    let stranger = Place::new("stranger");
    let error = stranger.create().import(&text).unwrap_err();
    assert!(matches!(error, HistoryError::UnknownKey { .. }), "{error}");

    // The same person was recorded here before: two salts cannot be one account.
    record(&mut moved, "j.osei", "vpn", "Wagtail#1", "2026-09-01");
    refuse(&mut moved, &text, 5, "this account is here already, with another salt");
    assert_eq!(moved.status().unwrap().records, 1);
}
