//! What is stored for a password: nothing, a hash, or the password itself.

use strongpass_hash::{Hash, Scheme};
use strongpass_policy::Password;
use strongpass_tables::decode_text;
use zeroize::Zeroizing;

use super::lm::Lm;
use super::skipped::Why;

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
    /// The NT hash of 16 bytes; that of no password is not a hash.
    pub(crate) const fn from_nt(digest: [u8; 16]) -> Self {
        match digest {
            MD4_OF_NOTHING => Self::Blank,
            digest => Self::Nt(digest),
        }
    }

    /// The digest of a scheme without salt, in hexadecimal.
    pub(crate) fn from_digits(scheme: Scheme, digits: &[u8]) -> Result<Self, Why> {
        Self::from_hash(Hash::unsalted(scheme, digits)?)
    }

    /// A hash of any scheme. The LM hash of nothing is none: Windows writes it where it keeps no LM
    /// hash, so it says nothing about the password.
    pub(crate) fn from_hash(hash: Hash) -> Result<Self, Why> {
        let digest = <[u8; 16]>::try_from(hash.digest.bytes());
        match (hash.setting.scheme(), digest) {
            (Scheme::Nt, Ok(digest)) => Ok(Self::from_nt(digest)),
            (Scheme::Lm, Ok(digest)) if Lm::from_hash(digest) == Lm::Absent => Err(Why::NoLm),
            _ => Ok(Self::Hash(Box::new(hash))),
        }
    }

    /// A password in clear text, of UTF-16, the lower byte first.
    pub(crate) fn from_wide(bytes: &[u8]) -> Option<Self> {
        let (units, odd) = bytes.as_chunks::<2>();
        let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        let text = Zeroizing::new(text.ok().filter(|_| odd.is_empty())?);
        Some(Self::Clear(Box::new(Password::new(text.as_bytes()))))
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
