//! Oracle Database's verifiers, as `SYS.USER$.SPARE4` holds them: `S:` since 11g, `T:` since 12c.

use sha2::{Digest as _, Sha512};

use crate::encoding::hex;
use crate::schemes::derived::{Around, Secret, plain_key};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// What 12c adds to its salt.
const SPEEDY: &[u8] = b"AUTH_PBKDF2_SPEEDY_KEY";

/// Reads verifiers between semicolons. All are of one password, so the one that is guessed
/// fastest is read; it is the one that a thief would take.
pub(crate) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    let find =
        |name: &[u8]| text.split(|byte| *byte == b';').find_map(|one| one.strip_prefix(name));
    if let Some(digits) = find(b"S:") {
        return parse_11g(digits);
    }
    if let Some(digits) = find(b"T:") {
        return parse_12c(digits);
    }
    Err(HashError::Unsupported { what: "an Oracle verifier without S: or T:" })
}

/// SHA-1 of password and salt, then the salt.
fn parse_11g(digits: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::OracleSha1;
    let bytes = hex::decode(digits).filter(|bytes| bytes.len() == 30);
    let bytes = bytes.or_malformed(scheme, "`S:` is not followed by 60 hexadecimal digits")?;
    let (digest, salt) = bytes.split_at(20);
    Ok(Hash { setting: Setting::new(scheme, Cost::Fixed, salt, 20), digest: Digest::new(digest) })
}

/// SHA-512 of what PBKDF2 gives and the salt, then the salt.
fn parse_12c(digits: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::OraclePbkdf2;
    let bytes = hex::decode(digits).filter(|bytes| bytes.len() == 80);
    let bytes = bytes.or_malformed(scheme, "`T:` is not followed by 160 hexadecimal digits")?;
    let (digest, salt) = bytes.split_at(64);
    let setting = Setting::new(scheme, Cost::Rounds(4_096), &[salt, SPEEDY].concat(), 64);
    Ok(Hash { setting, digest: Digest::new(digest) })
}

/// The steps of 12c.
pub(crate) const AROUND: Around = Around { keys: plain_key, finish };

fn finish(setting: &Setting, derived: &[u8]) -> Secret {
    let salt = setting.salt.strip_suffix(SPEEDY).unwrap_or_default();
    Secret::new(Sha512::new_with_prefix(derived).chain_update(salt).finalize().to_vec())
}
