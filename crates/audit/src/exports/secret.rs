//! What is stored for a password: nothing, a hash, or the password itself.

use strongpass_hash::{Hash, HashError, Scheme};
use strongpass_policy::Password;
use strongpass_tables::decode_text;

/// What is stored for a password.
#[derive(Debug)]
#[non_exhaustive]
pub enum Secret {
    /// Nothing: whoever asks gets in.
    Blank,
    /// The NT hash; apart from the others because there may be millions.
    Nt([u8; 16]),
    /// Any other hash.
    Hash(Box<Hash>),
    /// The password itself, or something that can be turned back into it.
    Clear(Box<Password>),
}

impl Secret {
    /// The NT hash of 16 bytes; that of no password is no hash.
    pub(crate) const fn from_nt(digest: [u8; 16]) -> Self {
        match digest {
            MD4_OF_NOTHING => Self::Blank,
            digest => Self::Nt(digest),
        }
    }

    /// The digest of a scheme without salt, in hexadecimal.
    pub(crate) fn from_digits(scheme: Scheme, digits: &[u8]) -> Result<Self, HashError> {
        Hash::unsalted(scheme, digits).map(Self::from_hash)
    }

    /// A hash of any scheme.
    pub(crate) fn from_hash(hash: Hash) -> Self {
        if hash.setting.scheme() == Scheme::Nt
            && let Ok(digest) = <[u8; 16]>::try_from(hash.digest.bytes())
        {
            return Self::from_nt(digest);
        }
        Self::Hash(Box::new(hash))
    }

    /// A password in clear text, of UTF-8 or Windows-1252.
    pub(crate) fn from_clear(bytes: &[u8]) -> Self {
        Self::Clear(Box::new(Password::new(decode_text(bytes).as_bytes())))
    }
}

/// RFC 1320, A.5.
const MD4_OF_NOTHING: [u8; 16] = [
    0x31, 0xd6, 0xcf, 0xe0, 0xd1, 0x6a, 0xe9, 0x31, 0xb7, 0x3c, 0x59, 0xd7, 0xe0, 0xc0, 0x89, 0xc0,
];
