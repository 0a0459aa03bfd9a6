//! Known answers: stored hashes of made-up passwords, by the programs that really write them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeSet;

use strongpass_hash::{Hash, Limits, Scheme};

/// The passwords of `vectors.tsv`, made by `vectors.py`.
const PASSWORDS: [(&str, &str); 4] = [
    ("badger", "Blue-Badger7"),
    ("accents", "Zoë£Straße9!"),
    ("empty", ""),
    (
        "long",
        "Blue-Badger7Blue-Badger7Blue-Badger7Blue-Badger7Blue-Badger7Blue-Badger7Blue-Badger7\
         Blue-Badger7abcd",
    ),
];

/// None of them is a password of `vectors.tsv`, nor the first eight characters of one.
const WRONG: [&str; 4] = ["Blue-Bidger7", "blue-badger7", "xBlue-Badger7", "Zoe£Strasse9!"];

/// The places of the guesses that are right.
#[track_caller]
fn right(hash: &Hash, guesses: &[&str]) -> Vec<usize> {
    let mut hasher = hash.setting.hasher(&Limits::default()).unwrap();
    let guesses: Vec<&[u8]> = guesses.iter().map(|guess| guess.as_bytes()).collect();
    let mut right = Vec::new();
    let mut each = |guess, digest: &[u8]| {
        if digest == hash.digest.bytes() {
            right.push(guess);
        }
    };
    hasher.digests(&guesses, &mut each).unwrap();
    right
}

/// The right password matches; no other does.
#[track_caller]
fn check(scheme: Scheme, stored: &str, password: &str) {
    let hash = Hash::parse(stored.as_bytes()).unwrap_or_else(|error| panic!("{stored}: {error}"));
    assert_eq!(hash.setting.scheme(), scheme, "{stored}");
    let fold = |guess: &str| if scheme == Scheme::Lm { guess.to_uppercase() } else { guess.into() };
    let wrong = WRONG.iter().chain([&""]).filter(|wrong| fold(wrong) != fold(password));
    let guesses: Vec<&str> = wrong.copied().chain([password]).collect();
    assert_eq!(right(&hash, &guesses), [guesses.len() - 1], "{stored}");
}

#[test]
fn what_programs_write_is_read_and_matched() {
    let mut seen = BTreeSet::new();
    for line in include_str!("vectors.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [scheme, _, name, stored] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (_, password) = PASSWORDS.into_iter().find(|(known, _)| *known == name).unwrap();
        let scheme = Scheme::from_id(scheme).unwrap();
        check(scheme, stored, password);
        seen.insert((scheme, name));
    }
    for line in include_str!("products.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [scheme, _, name, ..] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (name, _) = PASSWORDS.into_iter().find(|(known, _)| *known == name).unwrap();
        seen.insert((Scheme::from_id(scheme).unwrap(), name));
    }
    for scheme in Scheme::ALL {
        for (name, _) in PASSWORDS {
            let exempt =
                matches!((scheme, name), (Scheme::Lm, "accents") | (Scheme::Bigcrypt, "empty"));
            let exempt = exempt || (*scheme, name) == (Scheme::Ssha384, "empty");
            assert!(exempt || seen.contains(&(*scheme, name)), "no {name} of {scheme}");
        }
    }
}

/// From documents and other people's tests, with the costs of real life.
#[test]
fn published_examples() {
    for (scheme, stored, password) in [
        // crypt(5) of libxcrypt 4.4.33.
        (
            Scheme::Yescrypt,
            "$y$j9T$/6k.2IU/5UE08g.1Bsk1E2V2HEF3KQ/4Ncl4QoV5T.0$\
             IC9MPT3XVnz/QBOdPYuZO6oMRb9cdspxdH6Blf/E/8A",
            "Blue-Badger7",
        ),
        (
            Scheme::GostYescrypt,
            "$gy$j9T$/6k.2IU/5UE08g.1Bsk1E2V2HEF3KQ/4Ncl4QoV5T.0$\
             clq3UNQpC8ZV.jre4nS5CjugHCGqa1gfjysprc4ksE9",
            "Blue-Badger7",
        ),
        // slappw-argon2(5).
        (
            Scheme::Argon2i,
            "{ARGON2}$argon2i$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$\
             DKlexoEJUoZTmkAAC3SaMWk30El9/RvVhlqGo6afIng",
            "secret",
        ),
        // RFC 7914, section 12, as a PHC string.
        (
            Scheme::Scrypt,
            "$scrypt$ln=10,r=8,p=16$TmFDbA$\
             /bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA",
            "password",
        ),
        // RFC 6070 and RFC 7914, section 11, in OpenLDAP's spelling.
        (Scheme::Pbkdf2Sha1, "{PBKDF2}4096$c2FsdA$SwB5AbdlSJq.rUnZJvch0GWkKcE", "password"),
        // The reference implementation of Argon2: version 0x10.
        (
            Scheme::Argon2i,
            "$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
            "password",
        ),
        // hashcat's examples of modes 7900 and 2100.
        (Scheme::Drupal7, "$S$C20340258nzjDWpoQthrdNTR02f0pmev0K/5/Nx80WSkOQcPEQRh", "hashcat"),
        (Scheme::Dcc2, "$DCC2$10240#tom#e4e938d12fe5974dc42a90120bd9c90f", "hashcat"),
        // draft-brezak, appendix; Samba's and everybody's.
        (Scheme::Nt, "$NT$8846F7EAEE8FB117AD06BDD830B7586C", "password"),
        // Openwall's phpass.
        (Scheme::Phpass, "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "test12345"),
    ] {
        check(scheme, stored, password);
    }
}
