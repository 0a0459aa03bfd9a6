//! Django's hashes: an algorithm and its parts, between dollar signs.

use crate::encoding::fields::{cut, cut_last};
use crate::encoding::hex;
use crate::encoding::radix64::base64;
use crate::schemes::{argon2, bcrypt, descrypt, pbkdf2, scrypt};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads `algorithm$…` (`django.contrib.auth.hashers`, 1.4 to 5.2), and old Werkzeug's
/// `algorithm$salt$digest`.
pub(crate) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    let (algorithm, rest) = cut(text, b'$').ok_or(HashError::Unknown)?;
    match algorithm {
        b"pbkdf2_sha256" => pbkdf2(Scheme::Pbkdf2Sha256, rest),
        b"pbkdf2_sha1" => pbkdf2(Scheme::Pbkdf2Sha1, rest),
        b"argon2" => argon2(rest),
        b"scrypt" => scrypt(rest),
        b"bcrypt_sha256" => bcrypt::parse_over_sha256(rest),
        b"bcrypt" => bcrypt::parse(rest),
        b"md5" => digest(Scheme::WebMd5, Scheme::Md5, rest),
        b"sha1" => digest(Scheme::WebSha1, Scheme::Sha1, rest),
        b"sha256" => digest(Scheme::HmacSha256, Scheme::Sha256, rest),
        b"sha512" => digest(Scheme::HmacSha512, Scheme::Sha512, rest),
        // The salt is in the hash; old versions wrote it before that too.
        b"crypt" => descrypt::parse(cut(rest, b'$').ok_or(HashError::Unknown)?.1),
        _ => Err(HashError::Unknown),
    }
}

fn pbkdf2(scheme: Scheme, rest: &[u8]) -> Result<Hash, HashError> {
    let (rounds, rest) = cut(rest, b'$').or_malformed(scheme, "its salt is missing")?;
    let (salt, text) = cut_last(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    pbkdf2::from_parts(scheme, rounds, salt, base64(text))
}

fn argon2(rest: &[u8]) -> Result<Hash, HashError> {
    let (name, rest) = cut(rest, b'$').ok_or(HashError::Unknown)?;
    match name {
        b"argon2id" | b"argon2i" | b"argon2d" => argon2::parse(name, rest),
        _ => Err(HashError::Unknown),
    }
}

/// N, salt, r, p and digest.
fn scrypt(rest: &[u8]) -> Result<Hash, HashError> {
    let missing = "a part is missing";
    let scheme = Scheme::Scrypt;
    let (n, rest) = cut(rest, b'$').or_malformed(scheme, missing)?;
    let (rest, text) = cut_last(rest, b'$').or_malformed(scheme, missing)?;
    let (rest, p) = cut_last(rest, b'$').or_malformed(scheme, missing)?;
    let (salt, r) = cut_last(rest, b'$').or_malformed(scheme, missing)?;
    scrypt::from_parts([n, r, p], salt, base64(text))
}

/// Salt and digest in hexadecimal; the plain digest if the salt is empty.
fn digest(scheme: Scheme, plain: Scheme, rest: &[u8]) -> Result<Hash, HashError> {
    let (salt, digits) = cut_last(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    if salt.is_empty() {
        return Hash::unsalted(plain, digits);
    }
    let len = plain.unsalted_len().unwrap_or_default();
    let digest = hex::decode(digits).filter(|digest| digest.len() == len);
    let digest = digest.or_malformed(scheme, "its digest is cut short or damaged")?;
    Ok(Hash { setting: Setting::new(scheme, Cost::Fixed, salt, len), digest: Digest::new(digest) })
}
