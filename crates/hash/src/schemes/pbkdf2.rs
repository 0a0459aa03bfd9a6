//! PBKDF2 (RFC 8018) with HMAC-SHA-1, HMAC-SHA-256 or HMAC-SHA-512.

use hmac::EagerHash;
use pbkdf2::pbkdf2_hmac;

use crate::encoding::fields::{cut, number};
use crate::encoding::hex;
use crate::encoding::radix64::{adapted_base64, base64};
use crate::schemes::kernel::{Kernel, scalar};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads what passlib and OpenLDAP write: rounds, salt and digest in adapted Base64. The name is
/// `pbkdf2`, which means SHA-1, or has the digest's name at its end.
pub(crate) fn parse(name: &[u8], rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = match name.rsplit(|byte| *byte == b'-').next() {
        Some(b"sha256") => Scheme::Pbkdf2Sha256,
        Some(b"sha512") => Scheme::Pbkdf2Sha512,
        _ => Scheme::Pbkdf2Sha1,
    };
    let (rounds, rest) = cut(rest, b'$').or_malformed(scheme, "its salt is missing")?;
    let (salt, text) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    let salt = adapted_base64(salt).or_malformed(scheme, "its salt is not in Base64")?;
    from_parts(scheme, rounds, &salt, adapted_base64(text))
}

/// Reads the rest of 389 Directory Server's `{PBKDF2_SHA256}`: rounds, 64 bytes of salt and 256
/// of digest, all in one Base64.
pub(crate) fn parse_389(text: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Pbkdf2Sha256;
    let all = base64(text).or_malformed(scheme, "it is not in Base64")?;
    let parts = all.split_first_chunk::<4>();
    let parts = parts.and_then(|(rounds, rest)| Some((rounds, rest.split_first_chunk::<64>()?)));
    let (rounds, (salt, digest)) = parts.or_malformed(scheme, "it is cut short")?;
    with(scheme, u32::from_be_bytes(*rounds), salt, digest)
}

/// Reads OpenDJ's: rounds, a colon, then digest (of that length) and salt in one Base64.
pub(crate) fn parse_opendj(scheme: Scheme, len: usize, text: &[u8]) -> Result<Hash, HashError> {
    let (rounds, text) = cut(text, b':').or_malformed(scheme, "a colon is missing")?;
    let rounds = number(rounds).or_malformed(scheme, "its rounds are not a number")?;
    let all = base64(text).or_malformed(scheme, "it is not in Base64")?;
    let parts = all.split_at_checked(len).filter(|(_, salt)| !salt.is_empty());
    let (digest, salt) = parts.or_malformed(scheme, "it is cut short")?;
    with(scheme, rounds, salt, digest)
}

/// Reads the rest of Dovecot's `{PBKDF2}$1$`: salt, rounds and hexadecimal digest.
pub(crate) fn parse_dovecot(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Pbkdf2Sha1;
    let (salt, rest) = cut(rest, b'$').or_malformed(scheme, "its rounds are missing")?;
    let (rounds, digits) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    from_parts(scheme, rounds, salt, hex::decode(digits))
}

/// Reads the rest of macOS's `$ml$`: rounds, salt and digest in hexadecimal. Of the 128 bytes of
/// digest the first 64 are compared: each 64 bytes of PBKDF2 stand for themselves.
pub(crate) fn parse_macos(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Pbkdf2Sha512;
    let (rounds, rest) = cut(rest, b'$').or_malformed(scheme, "its salt is missing")?;
    let (salt, digits) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    let salt = hex::decode(salt).filter(|salt| !salt.is_empty());
    let salt = salt.or_malformed(scheme, "its salt is not hexadecimal")?;
    let digest = hex::decode(digits).filter(|digest| matches!(digest.len(), 64 | 128));
    let digest = digest.map(|mut digest| {
        digest.truncate(64);
        digest
    });
    from_parts(scheme, rounds, &salt, digest)
}

/// A hash of which the application has written the parts in its own way.
pub(crate) fn from_parts(
    scheme: Scheme,
    rounds: &[u8],
    salt: &[u8],
    digest: Option<Vec<u8>>,
) -> Result<Hash, HashError> {
    let rounds = number(rounds).or_malformed(scheme, "its rounds are not a number")?;
    with(scheme, rounds, salt, &digest.or_malformed(scheme, "its digest is damaged")?)
}

/// A hash of which all parts are read.
pub(crate) fn with(
    scheme: Scheme,
    rounds: u32,
    salt: &[u8],
    digest: &[u8],
) -> Result<Hash, HashError> {
    if rounds == 0 {
        return Err(malformed(scheme, "it has no rounds"));
    }
    if !(16..=256).contains(&digest.len()) {
        return Err(malformed(scheme, "its digest is cut short or too long"));
    }
    let setting = Setting::new(scheme, Cost::Rounds(rounds), salt, digest.len());
    Ok(Hash { setting, digest: Digest::new(digest) })
}

pub(crate) fn kernel<D: EagerHash>(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let rounds = setting.cost().rounds();
    let mut digest = vec![0; setting.len.into()];
    scalar(move |guess, each| {
        pbkdf2_hmac::<D>(guess, &setting.salt, rounds, &mut digest);
        each(&digest);
        Ok(())
    })
}
