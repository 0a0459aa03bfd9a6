//! How soon the names of a person are guessed, under a scheme where each guess is dear.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use base64ct::{Base64, Encoding as _};
use strongpass_audit::{Audit, Bounds, Export, People, ReadOptions, Shapes, Stage, Words};
use strongpass_hash::{Hash, InstructionSet, Limits};
use strongpass_policy::{Dictionary, Policy};

/// As many guesses as anybody tries on one account of a slow scheme.
const MOST: u64 = 10_000;

/// What stands before the digest: a salt of its own for each account.
fn stored(number: usize, password: &str) -> String {
    let before = format!("pbkdf2_sha256$1000$salt{number}$");
    let empty = format!("{before}{}", Base64::encode_string(&[0; 32]));
    let setting = Hash::parse(empty.as_bytes()).unwrap().setting;
    let mut digest = String::new();
    let mut hasher = setting.hasher(&Limits::default()).unwrap();
    hasher
        .digests(&[password.as_bytes()], &mut |_, bytes| digest = Base64::encode_string(bytes))
        .unwrap();
    before + &digest
}

/// How many guesses it takes to find the password of a person; more than [`MOST`] are not made.
fn guesses(
    number: usize,
    (account, name, password): (&str, &str, &str),
    dictionary: &Dictionary,
    stages: &[Stage],
) -> u64 {
    let mut file = String::from("username,name,password\n");
    writeln!(file, "{account},\"{name}\",{}", stored(number, password)).unwrap();
    let exports = [Export::read("web", "web.csv", file.into_bytes(), &ReadOptions::default())];
    assert_eq!(exports[0].credentials.len(), 1, "{:?}", exports[0].skipped);
    let audit = Audit {
        exports: &exports,
        people: &People::default(),
        policy: &Policy::birchington(),
        dictionary,
        stages,
        limits: Limits::default(),
        instructions: InstructionSet::best(),
    };
    let stop = AtomicBool::new(false);
    let bounds = Bounds { guesses: None, stop: &stop };
    let (mut hashed, mut found) = (0, 0);
    audit
        .run::<Infallible>(&bounds, None, None, &mut |progress, _| {
            (hashed, found) = (progress.hashed, progress.found.0);
            if found > 0 || hashed > MOST {
                stop.store(true, Ordering::Relaxed);
            }
        })
        .unwrap();
    if found > 0 { hashed } else { u64::MAX }
}

#[test]
fn names_as_people_use_them_are_guessed_soon() {
    let dictionary = strongpass_wordlists::dictionary().unwrap();
    let frequent = strongpass_wordlists::frequent_passwords();
    let words = Words::ranked(&dictionary, frequent, std::iter::empty::<&str>());
    let stages = [Stage { words, shapes: Shapes::usual(2026), personal: true }];
    let all = [
        ("kharper", "Kate Harper", "KateHarper1"),
        ("kharper", "Kate Harper", "Harper1!"),
        ("kharper", "Kate Harper", "Kate2026!"),
        ("p1", "Kate Harper", "HarperKate1!"),
        ("p1", "Kate Harper", "Kharper26"),
        ("p1", "Kate Harper", "KHarper123"),
        ("p1", "Kate Harper", "kate1harper"),
        ("p1", "Kate Harper", "Katherine1!"),
        ("p2", "Tom Fielding", "TFielding2026!"),
        ("p2", "Tom Fielding", "FieldingT1"),
        ("p3", "Anna Smith-Jones", "Smithjones1!"),
        ("p3", "Anna Smith-Jones", "SmithJones1!"),
        ("p4", "Jan van der Berg", "Vanderberg1!"),
        ("p5", "Sinéad O’Brien", "Obrien1!"),
        ("p6", "William Jones", "BillJones1"),
        ("19harperk", "", "Harper26!"),
        ("k.harper", "", "Harper123"),
    ];
    let late: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(at, case)| (case.2, guesses(at, *case, &dictionary, &stages)))
        .filter(|(_, guesses)| *guesses > MOST)
        .collect();
    assert!(late.is_empty(), "{late:?}");
}
