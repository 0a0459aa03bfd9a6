//! Werkzeug's hashes (Flask): method and parameters between colons, then salt and digest.

use crate::encoding::fields::cut;
use crate::encoding::hex;
use crate::schemes::{pbkdf2, scrypt};
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;

/// Reads `scrypt:N:r:p$salt$hex` and `pbkdf2:digest:rounds$salt$hex`
/// (`werkzeug.security`, 0.9 to 3.1).
pub(crate) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    let (method, rest) = cut(text, b'$').ok_or(HashError::Unknown)?;
    let mut words = method.split(|byte| *byte == b':');
    let words: [Option<&[u8]>; 5] = std::array::from_fn(|_| words.next());
    let split = || cut(rest, b'$');
    match words {
        [Some(b"scrypt"), Some(n), Some(r), Some(p), None] => {
            let (salt, digits) = split().or_malformed(Scheme::Scrypt, "its digest is missing")?;
            scrypt::from_parts([n, r, p], salt, hex::decode(digits))
        }
        [Some(b"pbkdf2"), Some(digest), Some(rounds), None, None] => {
            let scheme = match digest {
                b"sha1" => Scheme::Pbkdf2Sha1,
                b"sha256" => Scheme::Pbkdf2Sha256,
                b"sha512" => Scheme::Pbkdf2Sha512,
                _ => return Err(HashError::Unsupported { what: "PBKDF2 with this digest" }),
            };
            let (salt, digits) = split().or_malformed(scheme, "its digest is missing")?;
            pbkdf2::from_parts(scheme, rounds, salt, hex::decode(digits))
        }
        _ => Err(HashError::Unknown),
    }
}
