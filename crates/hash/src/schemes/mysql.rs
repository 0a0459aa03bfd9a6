//! MySQL and MariaDB: `mysql_native_password` and `caching_sha2_password`.

use sha1::{Digest as _, Sha1};

use crate::encoding::fields::cut;
use crate::encoding::hex;
use crate::schemes::kernel::{Kernel, simple};
use crate::schemes::shacrypt;
use crate::stored::cost::Cost;
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `*`: SHA-1 of the SHA-1.
pub(crate) fn parse_native(digits: &[u8]) -> Result<Hash, HashError> {
    Hash::unsalted(Scheme::MysqlSha1, digits)
}

/// What the accounts of the server itself have, behind their rounds: nobody logs in with it.
const NOBODY: &[u8] = b"THISISACOMBINATIONOFINVALIDSALTANDPASSWORDTHATMUSTNEVERBRBEUSED";

/// Reads the rest of `$A$`: thousands of rounds in three hexadecimal digits, `$`, then 20 bytes of
/// salt and 43 characters of digest without anything between them. The salt is raw: where an
/// export is text, take the column's hexadecimal form.
pub(crate) fn parse_caching(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::MysqlSha2;
    let (rounds, rest) = cut(rest, b'$').or_malformed(scheme, "its rounds are missing")?;
    if rest == NOBODY {
        return Err(HashError::NoPassword);
    }
    let parts = rest.split_at_checked(20);
    let (salt, text) = parts.or_malformed(scheme, "its salt is cut short")?;
    from_parts(rounds, salt, text)
}

/// Whether these are the hexadecimal digits of a whole column, which begins with `$A$` or `*`; no
/// other digest has so many.
pub(crate) fn is_hex(digits: &[u8]) -> bool {
    match digits {
        [b'2', b'4', b'4', b'1', b'2', b'4', ..] => digits.len() == 140,
        [b'2', b'a' | b'A', ..] => digits.len() == 82,
        _ => false,
    }
}

/// Reads the hexadecimal digits of a whole column.
pub(crate) fn parse_hex(digits: &[u8]) -> Result<Hash, HashError> {
    let bytes = hex::decode(digits).ok_or(HashError::Unknown)?;
    match bytes.as_slice() {
        [b'*', digits @ ..] => parse_native(digits),
        [b'$', b'A', b'$', rest @ ..] => parse_caching(rest),
        _ => Err(HashError::Unknown),
    }
}

/// Reads the rest of `$mysql$A$`: rounds, salt and digest, the last two in hexadecimal, between
/// asterisks.
pub(crate) fn parse_starred(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::MysqlSha2;
    let (rounds, rest) = cut(rest, b'*').or_malformed(scheme, "its salt is missing")?;
    let (salt, text) = cut(rest, b'*').or_malformed(scheme, "its digest is missing")?;
    let parts = hex::decode(salt).zip(hex::decode(text));
    let (salt, text) = parts.or_malformed(scheme, "salt and digest are not hexadecimal")?;
    from_parts(rounds, &salt, &text)
}

fn from_parts(rounds: &[u8], salt: &[u8], text: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::MysqlSha2;
    let thousands = str::from_utf8(rounds).ok().filter(|text| text.len() == 3);
    let thousands = thousands.and_then(|text| u32::from_str_radix(text, 16).ok());
    // From 5,000 rounds to 4,095,000 (caching_sha2_password_digest_rounds).
    let thousands = thousands.filter(|thousands| *thousands >= 5 && !rounds.contains(&b'+'));
    let thousands = thousands.or_malformed(scheme, "its rounds are not between 005 and FFF")?;
    let digest = shacrypt::digest_256(text).filter(|_| salt.len() == 20);
    let digest = digest.or_malformed(scheme, "its salt or digest is cut short or damaged")?;
    Ok(Hash { setting: Setting::new(scheme, Cost::Rounds(1_000 * thousands), salt, 32), digest })
}

/// SHA-1 of the SHA-1.
pub(crate) fn native_kernel() -> Box<dyn Kernel + Send> {
    simple(|guess| Sha1::digest(Sha1::digest(guess)))
}
