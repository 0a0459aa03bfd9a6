//! What the slow hash makes of a password, and how it is run.

use std::fmt;

use argon2::{Algorithm, Argon2, Block, Version};
use zeroize::Zeroizing;

use super::random;
use crate::crypto::kdf::{DERIVED_BYTES, Kdf};
use crate::error::HistoryError;

/// The salt of an account: random, and one for all its systems, so that one Argon2id answers for
/// all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Salt(pub(crate) [u8; 16]);

impl Salt {
    pub(crate) fn random() -> Result<Self, HistoryError> {
        let mut salt = [0; 16];
        random::fill(&mut salt)?;
        Ok(Self(salt))
    }
}

/// What Argon2id made of a password; as good as the password to whoever has the keys.
pub(crate) struct Derived {
    pub(crate) salt: Salt,
    pub(crate) kdf: Kdf,
    pub(crate) hash: Zeroizing<[u8; DERIVED_BYTES]>,
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Derived(..)")
    }
}

/// Runs Argon2id in memory that is kept for the next run, and wiped at the end.
#[derive(Default)]
pub(crate) struct Hasher {
    blocks: Vec<Block>,
}

impl Hasher {
    /// Hashes a password in NFC, as [`strongpass_policy::nfc`] makes it.
    pub(crate) fn derive(
        &mut self,
        password: &str,
        salt: Salt,
        kdf: Kdf,
    ) -> Result<Derived, HistoryError> {
        let params = kdf.params()?;
        let missing = params.block_count().saturating_sub(self.blocks.len());
        self.blocks
            .try_reserve_exact(missing)
            .map_err(|_| HistoryError::Hash { what: format!("no memory for {kdf}") })?;
        self.blocks.resize(self.blocks.len() + missing, Block::new());
        let mut hash = Zeroizing::new([0; DERIVED_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(
                password.as_bytes(),
                &salt.0,
                hash.as_mut_slice(),
                self.blocks.as_mut_slice(),
            )
            .map_err(|error| HistoryError::Hash { what: error.to_string() })?;
        Ok(Derived { salt, kdf, hash })
    }
}

impl Drop for Hasher {
    fn drop(&mut self) {
        // Wiping costs some 2 ms of 19 MiB: the first blocks tell a fast hash of the password.
        self.blocks.iter_mut().for_each(zeroize::Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use argon2::Params;

    use super::*;
    use crate::crypto::hex;

    /// The vector is from the `test.c` of the reference implementation (RFC 9106 names it): Argon2id,
    /// v=19, t=2, m=256 KiB, p=1, salt `somesalt`.
    #[test]
    fn is_argon2id() {
        let kdf = Kdf::new(256, 2, 1).unwrap();
        let mut salt = [0; 16];
        salt.copy_from_slice(b"somesaltsomesalt");
        let derived = Hasher::default().derive("password", Salt(salt), kdf).unwrap();
        let reference = {
            let mut out = [0; 32];
            let params = Params::new(256, 2, 1, None).unwrap();
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                .hash_password_into(b"password", &salt, &mut out)
                .unwrap();
            out
        };
        assert_eq!(*derived.hash, reference);
        let mut out = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(256, 2, 1, None).unwrap())
            .hash_password_into(b"password", b"somesalt", &mut out)
            .unwrap();
        assert_eq!(
            hex::encode(&out),
            "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"
        );
    }

    #[test]
    fn memory_is_shared_between_parameters() {
        let small = Kdf::new(8, 1, 1).unwrap();
        let large = Kdf::new(64, 2, 2).unwrap();
        let fresh = |kdf| *Hasher::default().derive("Kestrel!92", Salt([7; 16]), kdf).unwrap().hash;
        let mut hasher = Hasher::default();
        for kdf in [small, large, small, large] {
            assert_eq!(*hasher.derive("Kestrel!92", Salt([7; 16]), kdf).unwrap().hash, fresh(kdf));
        }
    }
}
