//! The slow hash: Argon2id (RFC 9106) of a password under the salt of its account.

use std::fmt;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroizing;

use crate::error::HistoryError;

/// The parameters of Argon2id. They are kept with each record, so that they can be raised later
/// without losing the history.
///
/// ```
/// use strongpass_history::Kdf;
/// let present = Kdf::default();
/// assert_eq!(present.to_string(), "19456 KiB, 2 passes, 1 lane");
/// assert!(present.is_weaker_than(&Kdf::new(65_536, 3, 1)?));
/// # Ok::<(), strongpass_history::HistoryError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Kdf {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Default for Kdf {
    /// 19 MiB, 2 passes, 1 lane: the OWASP password storage recommendation for Argon2id.
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, lanes: 1 }
    }
}

impl fmt::Display for Kdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count| if count == 1 { "" } else { "s" };
        let Self { memory_kib, passes, lanes } = self;
        let (es, s) = (if *passes == 1 { "" } else { "es" }, plural(*lanes));
        write!(f, "{memory_kib} KiB, {passes} pass{es}, {lanes} lane{s}")
    }
}

impl Kdf {
    /// The least memory × passes, in KiB, that a configuration may ask for. The tests of this crate
    /// go below it to be quick; a configuration cannot.
    pub const FLOOR: u64 = 2 * 19_456;

    /// The most memory × passes, in KiB, that a configuration or an import may ask for: some two
    /// seconds for each guess. More would only keep people waiting.
    pub const CEILING: u64 = 4_194_304;

    /// Parameters that a configuration or an import may ask for: from [`FLOOR`](Self::FLOOR), or
    /// `floor` where that is lower, to [`CEILING`](Self::CEILING).
    pub(crate) fn within(
        floor: u64,
        memory_kib: u32,
        passes: u32,
        lanes: u32,
    ) -> Result<Self, String> {
        let kdf = Self::new(memory_kib, passes, lanes).map_err(|error| error.to_string())?;
        let (floor, ceiling) = (floor.min(Self::FLOOR), Self::CEILING);
        if kdf.cost() < floor {
            return Err(format!("too weak: memory_kib × passes must be {floor} or more"));
        }
        if kdf.cost() > ceiling {
            return Err(format!("too costly: memory_kib × passes must be {ceiling} or less"));
        }
        Ok(kdf)
    }

    /// Any parameters that Argon2id can run with, up to 4 GiB and 255 passes; see
    /// [`FLOOR`](Self::FLOOR).
    ///
    /// # Errors
    /// If Argon2id cannot run with them.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, HistoryError> {
        let kdf = Self { memory_kib, passes, lanes };
        if memory_kib > 4_194_304 || passes > 255 || lanes > 255 {
            return Err(HistoryError::Hash { what: format!("{kdf} is more than it may cost") });
        }
        kdf.params()?;
        Ok(kdf)
    }

    /// The memory, in KiB.
    pub fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// The passes over that memory.
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// The lanes: how much of it may run at once.
    pub fn lanes(&self) -> u32 {
        self.lanes
    }

    /// Whether a guess costs less than with `other`.
    pub fn is_weaker_than(&self, other: &Self) -> bool {
        self.cost() < other.cost()
    }

    pub(crate) fn cost(&self) -> u64 {
        u64::from(self.memory_kib) * u64::from(self.passes)
    }

    fn params(&self) -> Result<Params, HistoryError> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(Derived::BYTES))
            .map_err(|error| HistoryError::Hash { what: format!("{self}: {error}") })
    }
}

/// The salt of an account: random, and one for all its systems, so that one Argon2id answers for
/// all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Salt(pub(crate) [u8; 16]);

impl Salt {
    pub(crate) fn random() -> Result<Self, HistoryError> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| HistoryError::Random)?;
        Ok(Self(salt))
    }
}

/// What Argon2id made of a password; as good as the password to whoever has the keys.
pub(crate) struct Derived {
    pub(crate) salt: Salt,
    pub(crate) kdf: Kdf,
    pub(crate) hash: Zeroizing<[u8; Self::BYTES]>,
}

impl Derived {
    const BYTES: usize = 32;
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
        let mut hash = Zeroizing::new([0; Derived::BYTES]);
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
    use super::*;
    use crate::hex;

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

    #[test]
    fn parameters_have_bounds() {
        for (memory, passes, lanes) in
            [(7, 1, 1), (8, 0, 1), (8, 1, 2), (8, 1, 0), (u32::MAX, 1, 1)]
        {
            assert!(Kdf::new(memory, passes, lanes).is_err(), "{memory} {passes} {lanes}");
        }
        assert!(!Kdf::default().is_weaker_than(&Kdf::default()));
        assert_eq!(Kdf::default().cost(), Kdf::FLOOR);
    }
}
