//! The public test vectors of the format, and files of our own.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;

/// A vector: what is expected, with which keys, of which file.
#[derive(Default)]
struct Vector {
    expect: String,
    payload: String,
    keys: Vec<Key>,
    file: Vec<u8>,
}

impl Vector {
    fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap();
        let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
        let (head, file) = (str::from_utf8(&bytes[..end]).unwrap(), &bytes[end + 2..]);
        let mut vector = Self { file: file.to_vec(), ..Self::default() };
        for line in head.lines() {
            let (key, value) = line.split_once(": ").unwrap();
            match key {
                "expect" => vector.expect = value.into(),
                "payload" => vector.payload = value.into(),
                "identity" => vector.keys.push(Key::Identity(value.parse().unwrap())),
                "passphrase" => vector.keys.push(passphrase(value)),
                "compressed" => {
                    assert_eq!(value, "zlib");
                    vector.file = miniz_oxide::inflate::decompress_to_vec_zlib(file).unwrap();
                }
                "armored" | "file key" | "comment" => {}
                other => unreachable!("{other}"),
            }
        }
        vector
    }
}

fn passphrase(text: &str) -> Key {
    Key::Passphrase(Passphrase::new(Zeroizing::new(text.into())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[test]
fn every_public_vector() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut count = 0;
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some() {
            continue;
        }
        count += 1;
        let vector = Vector::read(&path);
        let opened = open(&vector.file, &vector.keys);
        let name = path.display();
        match vector.expect.as_str() {
            "success" => {
                let plain = opened.unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(hex(&Sha256::digest(&*plain)), vector.payload, "{name}");
            }
            expected => {
                let errors: &[AgeError] = match expected {
                    "no match" => &[AgeError::NoMatch],
                    "HMAC failure" | "payload failure" => &[AgeError::Damaged],
                    "armor failure" => &[AgeError::Armor, AgeError::NotAge],
                    // The nonce may be taken for the end of the head or the beginning of the rest.
                    _ if path.ends_with("stream_no_nonce") => &[AgeError::Damaged],
                    _ if path.ends_with("stream_short_nonce") => &[AgeError::Damaged],
                    "header failure" => &[
                        AgeError::Header,
                        AgeError::NotAge,
                        AgeError::Version,
                        AgeError::TooCostly,
                    ],
                    other => unreachable!("{other}"),
                };
                let error = opened.expect_err(&path.to_string_lossy());
                assert!(errors.contains(&error), "{name}: {expected}: {error:?}");
            }
        }
    }
    assert_eq!(count, 123);
}

fn somebody(number: usize) -> (Identity, Recipient) {
    let text = [
        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
        "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0",
    ][number];
    let identity: Identity = text.parse().unwrap();
    let recipient = identity.recipient();
    (identity, recipient)
}

#[test]
fn recipients_are_read_or_explained() {
    let text = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    assert_eq!(text.parse(), Ok(somebody(0).1));
    let why = |text: &str| text.parse::<Recipient>().unwrap_err().to_string();
    assert!(why(&text.replace("nujwj", "nujwk")).contains("mistyped"));
    assert!(why("age1pq1xyz").contains("kind"));
    assert!(
        why("age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t")
            .contains("kind")
    );
    assert!(why("ssh-ed25519 AAAA").contains("SSH"));
    assert!(why("k.harper").contains("age1"));
    assert!(why("AGE-SECRET-KEY-1GFPYYSJ").contains("secret"));
    assert_eq!(text.parse::<Identity>().err(), Some(KeyError::NotIdentity));
}

#[test]
fn each_recipient_opens_it_and_nobody_else() {
    let (to_one, to_two) = (somebody(0).1, somebody(1).1);
    // Around the ends of chunks.
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] {
        let plain: Vec<u8> = (0..=250).cycle().take(length).collect();
        let both = seal(&plain, &[to_one, to_two]).unwrap();
        assert!(is_age(&both) && !wants_passphrase(&both).unwrap());
        assert_eq!(*open(&both, &[Key::Identity(somebody(0).0)]).unwrap(), plain);
        assert_eq!(*open(&both, &[Key::Identity(somebody(1).0)]).unwrap(), plain);
        let other = seal(&plain, &[to_two]).unwrap();
        assert_eq!(open(&other, &[Key::Identity(somebody(0).0)]).unwrap_err(), AgeError::NoMatch);
        assert_eq!(open(&other, &[passphrase("x")]).unwrap_err(), AgeError::NoMatch);
        let keys = [Key::Identity(somebody(0).0), Key::Identity(somebody(1).0)];
        assert_eq!(*open(&other, &keys).unwrap(), plain);
    }
}

#[test]
fn nothing_of_it_can_be_changed() {
    let (_, recipient) = somebody(0);
    let sealed = seal(b"A device and its code", &[recipient]).unwrap();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(open(&changed, &[Key::Identity(somebody(0).0)]).is_err(), "byte {at}");
        assert!(open(&sealed[..at], &[Key::Identity(somebody(0).0)]).is_err(), "cut at {at}");
    }
    assert_ne!(sealed, seal(b"A device and its code", &[recipient]).unwrap());
}

#[test]
fn secrets_are_not_printed() {
    let printed = format!("{:?} {:?}", Key::Identity(somebody(0).0), passphrase("kite"));
    assert_eq!(printed, "Identity(Identity(..)) Passphrase(Passphrase(..))");
}

#[test]
fn a_passphrase_opens_it() {
    let Key::Passphrase(right) = passphrase("kite string wind") else { unreachable!() };
    let sealed = seal_with(b"text", &right).unwrap();
    assert!(wants_passphrase(&sealed).unwrap());
    assert_eq!(&**open(&sealed, &[passphrase("kite string wind")]).unwrap(), b"text");
    assert_eq!(open(&sealed, &[passphrase("kite string")]).unwrap_err(), AgeError::NoMatch);
}

/// Lines as heads have them, and others.
const LINE: &str = "(-> X25519 [A-Za-z+/]{43}|-> scrypt [A-Za-z]{22} [0-9]{1,3}|[A-Za-z]{43}|\
                    --- [A-Za-z]{43}|\\PC{0,9})";

proptest! {
    #[test]
    fn anything_may_be_opened(lines in proptest::collection::vec(LINE, 0..6)) {
        let keys = [Key::Identity(somebody(0).0)];
        let lines = lines.join("\n");
        let file = format!("age-encryption.org/v1\n{lines}\nabc");
        prop_assert!(open(file.as_bytes(), &keys).is_err());
        let armor = "AGE ENCRYPTED FILE-----";
        let armored = format!("-----BEGIN {armor}\n{lines}\n-----END {armor}");
        prop_assert!(is_age(armored.as_bytes()) && open(armored.as_bytes(), &keys).is_err());
    }
}
