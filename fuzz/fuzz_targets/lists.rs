//! Any bytes as a table of people, as a potfile, as an index of breached passwords, and as a list of
//! them, which must answer as a search line by line does, and its index likewise.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use strongpass_audit::{People, pot_entries};
use strongpass_breached::{BreachIndex, BreachList, Completeness, Seen, build_index};

fuzz_target!(|file: &[u8]| {
    match People::read(file, &Default::default()) {
        Ok((people, _)) => {
            let _ = (people.person("network", "kharper"), people.privileged("web", "a@b"));
            assert!(people.names("network", "KH").all(|name| !name.is_empty()));
            let missing = people.missing_from(&[]);
            assert!(missing.elsewhere + missing.unknown.len() <= file.len());
        }
        Err(error) => {
            assert!(!error.faults.is_empty());
            let control = |c: char| c.is_control() && c != '\n';
            assert!(!error.to_string().contains(control), "reaches the terminal");
        }
    }

    let (guesses, faults) = pot_entries(file);
    assert!(guesses.iter().all(|guess| guess.expose().is_some_and(|guess| !guess.is_empty())));
    assert!(faults.is_sorted_by_key(|fault| fault.line));

    if let Ok(mut index) = BreachIndex::open(Cursor::new(file), Completeness::Partial) {
        let bytes = if index.scheme().id() == "nt" { 16 } else { 20 };
        let _ = (index.seen(&vec![0x5a; bytes]), index.verify(&mut |_| ()));
    }
    let mut index = Cursor::new(Vec::new());
    let built = build_index(file, &mut index, Completeness::Partial, &mut |_| true);
    if let Err(error) = &built {
        assert!(!error.to_string().contains(char::is_control), "reaches the terminal");
    }

    let entries = one_by_one(file);
    let list = BreachList::open(Cursor::new(file), Completeness::Partial);
    let Some(entries) = entries else {
        if let Ok(mut list) = list {
            // Something is wrong with it that was not looked at yet: an error or an answer, soon.
            let bytes = if list.scheme().id() == "nt" { 16 } else { 20 };
            let _ = list.count(&vec![0x5a; bytes]);
        }
        return;
    };
    let mut list = list.expect("lines in order are a list");
    let mut index = built.is_ok().then(|| {
        BreachIndex::open(index, Completeness::Partial).expect("an index that was built opens")
    });
    for (digest, count) in &entries {
        let counted = Some(*count).filter(|count| *count > 0 && !is_of_nothing(digest));
        assert_eq!(list.count(digest).unwrap(), counted);
        if let Some((index, count)) = index.as_mut().zip(counted) {
            // Hashes that have all kept bits in common are one entry with the largest count.
            let seen = index.seen(digest).unwrap().expect("every entry is found");
            assert!(seen.least >= Seen::in_band(count).least);
        }
        let mut other = digest.clone();
        other[9] ^= 1;
        let there = entries.iter().find(|(digest, _)| *digest == other).map(|(_, count)| *count);
        let there = there.filter(|count| *count > 0 && !is_of_nothing(&other));
        assert_eq!(list.count(&other).unwrap(), there);
    }
});

/// The entries of a list that is without faults.
fn one_by_one(file: &[u8]) -> Option<Vec<(Vec<u8>, u64)>> {
    let text = str::from_utf8(file).ok()?;
    let mut entries: Vec<(Vec<u8>, u64)> = Vec::new();
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        let (digits, count) = line.strip_suffix('\r').unwrap_or(line).split_once(':')?;
        let is_digits = digits.chars().all(|c| c.is_ascii_digit() || ('A'..='F').contains(&c));
        if !is_digits || !matches!(digits.len(), 32 | 40) || count.starts_with('+') {
            return None;
        }
        let pair = |at: usize| u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok();
        let digest: Vec<u8> = (0..digits.len() / 2).filter_map(pair).collect();
        let before = entries.last().map(|(digest, _)| digest);
        if before.is_some_and(|before| before.len() != digest.len() || *before >= digest) {
            return None;
        }
        entries.push((digest, count.parse().ok()?));
    }
    Some(entries)
}

fn is_of_nothing(digest: &[u8]) -> bool {
    digest.starts_with(&[0x31, 0xd6, 0xcf, 0xe0]) || digest.starts_with(&[0xda, 0x39, 0xa3, 0xee])
}
