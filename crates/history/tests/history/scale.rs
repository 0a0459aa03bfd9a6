//! A whole school and more: 10,000 accounts with 30 records each.

use std::fmt::Write as _;

use crate::place::{Place, day, record, remembered, uses};

#[test]
fn ten_thousand_accounts() {
    let place = Place::new("scale");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    let key = history.status().unwrap().keys[0].id;
    // The tags are of nothing: what they cost to keep and to pass over is the same.
    let mut text = String::from("strongpass-history 1\n");
    for account in 0..10_000 {
        for number in 0..30 {
            let system = ["network", "email", "vpn", "mis", "phone", "remote-learning"][number % 6];
            writeln!(
                text,
                "record {account:064x} {key} {account:032x} {system} 2026-{:02}-01 8 1 1 {key} \
                 {account:032x}{number:032x}",
                number % 8 + 1
            )
            .unwrap();
        }
    }
    text.push_str("end 300000\n");
    assert_eq!(history.import(&text, day("2026-09-01")).unwrap(), 300_000);
    let status = history.status().unwrap();
    assert_eq!((status.accounts, status.records), (10_001, 300_001));
    assert_eq!(status.oldest, Some(day("2026-01-01")));
    assert!(status.bytes < 90_000_000, "{}", status.bytes);

    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92").len(), 1);
    record(&mut history, "j.osei", "email", "Pebble#77", "2026-09-02");
    assert_eq!(remembered(&mut history, "j.osei"), ["email 2026-09-02"]);
    assert_eq!(history.expire(day("2027-02-10")).unwrap(), 40_000);
    history.verify().unwrap();
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92").len(), 1);
}
