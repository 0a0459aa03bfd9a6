//! The clause "only used on one system", from the first record to the last.

use std::sync::atomic::{AtomicUsize, Ordering};

use strongpass_history::{Effort, Scope};
use strongpass_policy::{
    Context, Dictionary, Likeness, Outcome, Password, Policy, Rule, Use, Uses, WordList,
};

use crate::place::{Place, account, day, fingerprint, holds, record, remembered, system, uses};

fn used(system: &str, day: &str, likeness: Likeness) -> Use {
    Use { system: system.into(), day: day.into(), likeness }
}

const ALL: Effort<'static> = Effort { threads: 2, proceed: &|| true };

#[test]
fn a_teacher_reuses_a_password() {
    let place = Place::new("flow");
    let mut history = place.create();
    record(&mut history, "SCHOOL\\K.Harper", "network", "Kestrel!92", "2026-09-01");

    // The same password on another system, whichever way the account is written.
    let email = system("email");
    let mut same = fingerprint(&mut history, "k.harper@school.sch.uk", "Kestrel!92");
    let found = history.uses_of(&mut same, Scope::OtherThan(&email)).unwrap();
    assert_eq!(found, [used("the school network", "2026-09-01", Likeness::Same)]);

    // The rule draws the conclusion.
    let words = WordList::open(WordList::compiler().finish().unwrap()).unwrap();
    let verdict = Policy::birchington().check(
        &Password::new(b"Kestrel!92"),
        &Dictionary::from(words),
        &Context::default().uses(Uses::Known(&found)),
    );
    assert_eq!(verdict.outcome(), Outcome::Reject);
    assert_eq!(verdict.violations()[0].rule, Rule::OneSystem);

    // On its own system it is not reuse.
    let network = system("network");
    assert_eq!(history.uses_of(&mut same, Scope::OtherThan(&network)).unwrap(), []);

    // A near copy.
    let mut near = fingerprint(&mut history, "k.harper", "Kestrel!93");
    let scope = Scope::OtherThan(&email);
    assert_eq!(history.uses_of(&mut near, scope).unwrap(), []);
    let search = history.look_near(&mut near, scope, ALL).unwrap();
    assert!(search.found && search.tried <= search.of, "{search:?}");
    let found = history.uses_of(&mut near, scope).unwrap();
    assert_eq!(found, [used("the school network", "2026-09-01", Likeness::Near)]);

    // Another password, and another teacher.
    let mut other = fingerprint(&mut history, "k.harper", "Lantern?41");
    let search = history.look_near(&mut other, scope, ALL).unwrap();
    assert_eq!((search.found, search.tried), (false, search.of));
    assert_eq!(history.uses_of(&mut other, scope).unwrap(), []);
    assert_eq!(uses(&mut history, "j.osei", "Kestrel!92"), []);

    assert_eq!(remembered(&mut history, "k.harper"), ["network 2026-09-01"]);
    assert_eq!(history.forget(&account("K.HARPER")).unwrap(), 1);
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92"), []);
    assert_eq!(remembered(&mut history, "k.harper"), [""; 0]);
}

#[test]
fn recording_again_updates_the_day() {
    let place = Place::new("again");
    let mut history = place.create();
    for today in ["2026-09-01", "2026-10-01", "2026-09-30"] {
        record(&mut history, "k.harper", "network", "Kestrel!92", today);
        drop(std::mem::replace(&mut history, place.open()));
    }
    assert_eq!(remembered(&mut history, "k.harper"), ["network 2026-10-01"]);
    // Composed and decomposed accents are one password.
    record(&mut history, "k.harper", "email", "Zoë!Kes92", "2026-10-01");
    record(&mut history, "k.harper", "email", "Zoe\u{308}!Kes92", "2026-10-02");
    assert_eq!(history.status().unwrap().records, 2);
}

/// A clock one day behind is the time zones' doing; more is a fault, see `faults.rs`.
#[test]
fn the_day_before_the_latest_is_taken() {
    let place = Place::new("zones");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-02");
    record(&mut history, "k.harper", "email", "Lantern?41", "2026-09-01");
    assert_eq!(remembered(&mut history, "k.harper"), ["network 2026-09-02", "email 2026-09-01"]);
}

#[test]
fn a_password_on_three_systems_is_found_on_all() {
    let place = Place::new("three");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    record(&mut history, "k.harper", "vpn", "Kestrel!92", "2026-09-03");
    record(&mut history, "k.harper", "email", "Kestrel!91", "2026-09-04");
    let mut found = fingerprint(&mut history, "k.harper", "Kestrel!92");
    history.look_near(&mut found, Scope::Every, ALL).unwrap();
    assert_eq!(
        history.uses_of(&mut found, Scope::Every).unwrap(),
        [
            used("the VPN", "2026-09-03", Likeness::Same),
            used("the school network", "2026-09-01", Likeness::Same),
            used("email", "2026-09-04", Likeness::Near),
        ]
    );
}

#[test]
fn judge_and_record_are_one() {
    let place = Place::new("judge");
    let mut history = place.create();
    let (network, email) = (system("network"), system("email"));
    let today = day("2026-09-01");
    // Two processes have looked before either has recorded.
    let mut other = place.open();
    let mut first = fingerprint(&mut history, "k.harper", "Kestrel!92");
    let mut second = fingerprint(&mut other, "k.harper", "Kestrel!92");
    assert_eq!(other.uses_of(&mut second, Scope::Every).unwrap(), []);
    let scope = Scope::OtherThan(&network);
    assert!(history.record_if(&mut first, &network, scope, today, <[Use]>::is_empty).unwrap());
    let scope = Scope::OtherThan(&email);
    let judged = other.record_if(&mut second, &email, scope, today, <[Use]>::is_empty).unwrap();
    assert!(!judged, "the judge was not told of what was recorded since");
    assert_eq!(remembered(&mut history, "k.harper"), ["network 2026-09-01"]);
    // What the search for near copies found is told to the judge, too.
    let mut near = fingerprint(&mut other, "k.harper", "Kestrel!93");
    other.look_near(&mut near, scope, ALL).unwrap();
    assert!(!other.record_if(&mut near, &email, scope, today, <[Use]>::is_empty).unwrap());
    // What the caller does not mind is recorded.
    assert!(other.record_if(&mut second, &email, scope, today, |_| true).unwrap());
    assert_eq!(remembered(&mut history, "k.harper").len(), 2);
}

#[test]
fn the_search_keeps_to_its_budget() {
    let place = Place::new("budget");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    let mut other = fingerprint(&mut history, "k.harper", "Lantern?41");
    for (threads, allowed) in [(1, 0), (1, 10), (0, 10), (2, 10), (64, 10)] {
        let asked = AtomicUsize::new(0);
        let proceed = || asked.fetch_add(1, Ordering::Relaxed) < allowed;
        let effort = Effort { threads, proceed: &proceed };
        let search = history.look_near(&mut other, Scope::Every, effort).unwrap();
        assert_eq!((search.tried, search.found), (allowed, false), "{threads} threads");
        assert!(search.of > 40);
    }
    // Nothing is kept of this account, so nothing is tried.
    let mut nobody = fingerprint(&mut history, "j.osei", "Kestrel!93");
    let effort = Effort { threads: 2, proceed: &|| panic!("it was asked") };
    assert_eq!(history.look_near(&mut nobody, Scope::Every, effort).unwrap().of, 0);
}

#[test]
fn a_check_leaves_no_trace() {
    let place = Place::new("trace");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    let before = history.status().unwrap();
    for name in ["k.harper", "j.osei"] {
        let mut found = fingerprint(&mut history, name, "Lantern?41");
        history.look_near(&mut found, Scope::Every, ALL).unwrap();
        history.uses_of(&mut found, Scope::Every).unwrap();
        let refuse = |_: &[Use]| false;
        let (on, today) = (system("vpn"), day("2026-12-01"));
        assert!(!history.record_if(&mut found, &on, Scope::Every, today, refuse).unwrap());
    }
    assert_eq!(history.status().unwrap(), before);
}

#[test]
fn nothing_readable_is_kept() {
    let place = Place::new("strings");
    let mut history = place.create();
    let people = [("SCHOOL\\K.Harper", "Kestrel!92"), ("j.osei@school.sch.uk", "Wagtail-Moss-41")];
    for (name, password) in people {
        record(&mut history, name, "network", password, "2026-09-01");
        record(&mut history, name, "email", &format!("{password}x"), "2026-09-01");
    }
    history.rotate_key(day("2026-09-02")).unwrap();
    // With the log full and with the log emptied.
    for _ in 0..2 {
        let bytes = place.bytes();
        assert!(holds(&bytes, b"network"), "the search itself must find what is there");
        for word in ["Harper", "Osei", "Kestrel", "Wagtail", "Moss", "School"] {
            for wanted in [word, &word.to_lowercase(), &word.to_uppercase()] {
                assert!(!holds(&bytes, wanted.as_bytes()), "{wanted}");
                let utf16: Vec<u8> = wanted.encode_utf16().flat_map(u16::to_le_bytes).collect();
                assert!(!holds(&bytes, &utf16), "{wanted} in UTF-16");
            }
        }
        drop(std::mem::replace(&mut history, place.open()));
    }
}

#[test]
fn nothing_is_printed_of_a_secret() {
    let place = Place::new("debug");
    let mut history = place.create();
    let found = fingerprint(&mut history, "k.harper", "Kestrel!92");
    assert_eq!(format!("{found:?}"), "Fingerprint(..)");
    let keys = std::fs::read_to_string(history.config().keys.clone()).unwrap();
    let secret = keys.lines().last().unwrap().split(' ').nth(3).unwrap();
    assert!(secret.len() == 64 && !format!("{history:?}").contains(secret));
}
