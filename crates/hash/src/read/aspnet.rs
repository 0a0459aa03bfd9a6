//! ASP.NET Identity's `PasswordHash` (`PasswordHasher.cs`): a marker and its parts, in one Base64.

use crate::encoding::radix64::base64;
use crate::schemes::pbkdf2;
use crate::stored::error::HashError;
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;

/// Reads a hash of Identity, if the text looks like one: 49 bytes after a zero (version 2), or
/// version 3 with its own lengths in it.
pub(super) fn parse(text: &[u8]) -> Option<Result<Hash, HashError>> {
    // Both start with `A`; most texts that do not are told apart without being decoded.
    let bytes = text.starts_with(b"A").then(|| base64(text))??;
    match bytes.split_first()? {
        (0, rest) if rest.len() == 48 => {
            let (salt, digest) = rest.split_at(16);
            Some(pbkdf2::with(Scheme::Pbkdf2Sha1, 1_000, salt, digest))
        }
        (1, rest) => parse_3(rest),
        _ => None,
    }
}

/// Digest, rounds, length of the salt, salt, digest; numbers of four bytes, the highest first.
fn parse_3(rest: &[u8]) -> Option<Result<Hash, HashError>> {
    let (digest, rest) = rest.split_first_chunk::<4>()?;
    let (rounds, rest) = rest.split_first_chunk::<4>()?;
    let (len, rest) = rest.split_first_chunk::<4>()?;
    let scheme = match u32::from_be_bytes(*digest) {
        0 => Scheme::Pbkdf2Sha1,
        1 => Scheme::Pbkdf2Sha256,
        2 => Scheme::Pbkdf2Sha512,
        _ => return None,
    };
    let len = usize::try_from(u32::from_be_bytes(*len)).ok().filter(|len| *len >= 16)?;
    let (salt, digest) = rest.split_at_checked(len)?;
    Some(pbkdf2::with(scheme, u32::from_be_bytes(*rounds), salt, digest))
}
