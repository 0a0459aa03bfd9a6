//! What a key makes: tags of passwords and pseudonyms of accounts, by HMAC-SHA-256 (RFC 2104).

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::derived::Derived;
use super::ring::Key;
use crate::config::account::Account;
use crate::crypto::mac::mac;

/// The tag of a password: `HMAC(key, "strongpass tag 1\0" ‖ system ‖ 0 ‖ Argon2id(password))`.
///
/// The system is in it so that a thief of the database alone cannot see, from two equal tags, that
/// someone uses one password on two systems, and so that a record cannot be moved to another
/// system. It costs nothing: the slow hash is still run once for all systems.
pub(crate) fn tag(key: &Key, system: &str, derived: &Derived) -> [u8; 32] {
    tag_mac(key, system, derived).finalize().into_bytes().into()
}

/// Whether a tag is of that password, compared in constant time.
pub(crate) fn verify(key: &Key, system: &str, derived: &Derived, tag: &[u8; 32]) -> bool {
    tag_mac(key, system, derived).verify_slice(tag).is_ok()
}

/// What stands for an account in the database.
pub(crate) fn pseudonym(key: &Key, account: &Account) -> [u8; 32] {
    let name = account.as_str().as_bytes();
    mac(&key.name, &[b"strongpass account 1\0", name]).finalize().into_bytes().into()
}

fn tag_mac(key: &Key, system: &str, derived: &Derived) -> Hmac<Sha256> {
    mac(&key.tag, &[b"strongpass tag 1\0", system.as_bytes(), b"\0", derived.hash.as_slice()])
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;
    use crate::crypto::kdf::Kdf;
    use crate::crypto::key_id::KeyId;
    use crate::keys::derived::Salt;

    #[test]
    fn everything_counts() {
        let key = |byte| Key {
            id: KeyId([0; 8]),
            made: crate::Day::from_unix_seconds(0),
            tag: Zeroizing::new([byte; 32]),
            name: Zeroizing::new([byte; 32]),
        };
        let derived = |byte| Derived {
            salt: Salt([0; 16]),
            kdf: Kdf::default(),
            hash: Zeroizing::new([byte; 32]),
        };
        let made = tag(&key(1), "email", &derived(1));
        assert!(verify(&key(1), "email", &derived(1), &made));
        assert!(!verify(&key(2), "email", &derived(1), &made));
        assert!(!verify(&key(1), "emai", &derived(1), &made));
        assert!(!verify(&key(1), "email", &derived(2), &made));
        let name = |name: &str| pseudonym(&key(1), &name.parse().unwrap());
        assert_eq!(name("K.Harper"), name("k.harper@school.uk"));
        assert_ne!(name("k.harper"), name("j.harper"));
        assert_ne!(pseudonym(&key(2), &"k.harper".parse().unwrap()), name("k.harper"));
    }
}
