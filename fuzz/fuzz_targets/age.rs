//! Encrypted files from anywhere: understood or refused, never a panic, and never more than what was
//! sealed.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use strongpass_age::{AgeError, Key, open, seal, wants_passphrase};

static KEY: LazyLock<[Key; 1]> = LazyLock::new(|| {
    let text = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
    [Key::Identity(text.parse().expect("a key"))]
});

fuzz_target!(|bytes: &[u8]| {
    let wanted = wants_passphrase(bytes);
    match open(bytes, KEY.as_slice()) {
        // Nobody seals by chance: this is a file of the corpus, whole.
        Ok(plain) => assert!(plain.len() < bytes.len()),
        Err(error) => {
            let no_age = matches!(wanted, Err(AgeError::NotAge));
            assert_eq!(error == AgeError::NotAge, no_age);
        }
    }
    // What is sealed is opened, whatever it is.
    let [Key::Identity(identity)] = &*KEY else { unreachable!() };
    let sealed = seal(bytes, &[identity.recipient()]).expect("random bytes");
    assert_eq!(*open(&sealed, KEY.as_slice()).expect("opened"), bytes);
});
