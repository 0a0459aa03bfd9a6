//! One stored hash, read.

use crate::encoding::hex;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, malformed};
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// A stored hash: which [`Digest`] a password must give under which [`Setting`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Hash {
    /// What a guess is hashed with.
    pub setting: Setting,
    /// What the right guess gives.
    pub digest: Digest,
}

impl Hash {
    /// Reads the digest of a scheme without salt, in hexadecimal, when it is known from elsewhere
    /// which scheme it is.
    ///
    /// # Errors
    /// If the scheme has a salt, or these are not as many digits as its digest has.
    ///
    /// ```
    /// use strongpass_hash::{Hash, Limits, Scheme};
    /// let hash = Hash::unsalted(Scheme::Nt, b"567667e52888a59d0abcf0c066db867b")?;
    /// let mut hasher = hash.setting.hasher(&Limits::default())?;
    /// assert!(hasher.matches(&hash.digest, b"Blue-Badger7")?);
    /// # Ok::<(), strongpass_hash::HashError>(())
    /// ```
    pub fn unsalted(scheme: Scheme, digits: &[u8]) -> Result<Self, HashError> {
        let Some(setting) = Setting::unsalted(scheme) else {
            return Err(malformed(scheme, "it has a salt, so hexadecimal digits are not enough"));
        };
        let digest = hex::decode(digits).filter(|digest| digest.len() == usize::from(setting.len));
        let Some(digest) = digest else {
            return Err(malformed(scheme, "these are not its number of hexadecimal digits"));
        };
        Ok(Self { setting, digest: Digest::new(digest) })
    }
}
