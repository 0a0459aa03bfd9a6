//! Any bytes as a compiled list, and lists that were damaged and given a right checksum: whoever
//! opens one gets an error or a dictionary whose entries can be told, and a check with it ends soon.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use strongpass_policy::{Context, Dictionary, List, Password, Policy, WordList};

fn whole() -> &'static [u8] {
    static LIST: OnceLock<Vec<u8>> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut compiler = WordList::compiler();
        for word in ["illil", "horse", "horses", "shore", "lilli", "battery", "kate", "cat"] {
            compiler.add(List::Word, word).unwrap();
        }
        compiler.add(List::Keyboard, "1qaz2wsx").unwrap();
        compiler.add_line(List::Password, "letmein1\t12").unwrap();
        compiler.finish().unwrap()
    })
}

/// As in the crate: FNV-1a over words of eight bytes, then the bytes left over.
fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let rest = rest.iter().map(|&byte| u64::from(byte));
    let words = words.iter().map(|&word| u64::from_le_bytes(word)).chain(rest);
    words.fold(0xcbf2_9ce4_8422_2325, |hash, word| {
        let hash = (hash ^ word).wrapping_mul(0x0100_0000_01b3);
        hash ^ (hash >> 32)
    })
}

/// Takes changes off the input: four bytes each, where (not in the dull middle of the
/// filter) and what.
fn damaged<'d>(mut data: &'d [u8], list: &mut Vec<u8>) -> &'d [u8] {
    const FILTER: usize = 24;
    const CELLS: usize = FILTER + (1 << 18) * 2 / 8;
    while let [low, high, value, how, rest @ ..] = data {
        data = rest;
        let at = usize::from(u16::from_le_bytes([*low, *high]));
        let at = if at < 64 { at } else { CELLS + at - 64 };
        match how % 4 {
            0 => break,
            1 => list.truncate(at),
            2 if list.len() > CELLS => list[FILTER..CELLS].fill(*value),
            _ => {
                if let Some(byte) = list.get_mut(at) {
                    *byte = *value;
                }
            }
        }
    }
    data
}

fn check(list: WordList, password: &[u8]) {
    let mut entries = 0;
    list.for_each(|_, _| entries += 1);
    assert_eq!(entries, list.len(), "every entry has its rank");
    let dictionary = Dictionary::from(list);
    let policy = Policy::birchington();
    for password in [password, b"illil111111!1!1!1l1l1i1", b"h0rse-battery.l3tmein1"] {
        let password = Password::new(password);
        let verdict = policy.check(&password, &dictionary, &Context::default());
        for found in verdict.violations().iter().flat_map(|violation| violation.matches()) {
            let text = password.expose().expect("only text has matches");
            assert!(text.get(found.span.start..found.span.end).is_some());
        }
    }
}

fuzz_target!(|data: &[u8]| {
    if let Ok(list) = WordList::open(data.to_vec()) {
        check(list, b"Horse9!");
    }
    let mut list = whole().to_vec();
    let password = damaged(data, &mut list);
    let broken = list != whole();
    if broken {
        assert!(WordList::open(list.clone()).is_err(), "damage is always found");
    }
    if list.len() >= 16 {
        let sum = checksum(&list[16..]);
        list[8..16].copy_from_slice(&sum.to_le_bytes());
    }
    if let Ok(list) = WordList::open(list) {
        check(list, password);
    }
});
