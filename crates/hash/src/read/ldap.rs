//! LDAP's `{SCHEME}` values (RFC 2307 and what servers added), with Dovecot's names and encodings.

use crate::encoding::fields::cut;
use crate::encoding::hex;
use crate::encoding::radix64::base64;
use crate::schemes::{pbkdf2, scram};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// What stands between the braces, in capitals and without its encoding, and what follows.
struct Named<'a> {
    name: Vec<u8>,
    encoding: Option<Encoding>,
    rest: &'a [u8],
}

/// How Dovecot says that a value is written.
#[derive(Clone, Copy)]
enum Encoding {
    Hex,
    Base64,
}

fn named(text: &[u8]) -> Result<Named<'_>, HashError> {
    let parts = text.strip_prefix(b"{").and_then(|rest| cut(rest, b'}'));
    let (name, rest) = parts.ok_or(HashError::Unknown)?;
    let mut name = name.to_ascii_uppercase();
    let encoding = match cut(&name, b'.').map(|(_, encoding)| encoding) {
        None => None,
        Some(b"HEX") => Some(Encoding::Hex),
        Some(b"B64" | b"BASE64") => Some(Encoding::Base64),
        Some(_) => return Err(HashError::Unknown),
    };
    name.truncate(cut(&name, b'.').map_or(name.len(), |(name, _)| name.len()));
    Ok(Named { name, encoding, rest })
}

/// What follows `{CRYPT}`, or another name for a hash that names its own scheme once more.
pub(super) fn crypt_within(text: &[u8]) -> Option<Vec<u8>> {
    let Named { name, encoding, rest } = named(text).ok()?;
    let holds_crypt = match name.as_slice() {
        b"CRYPT" | b"ARGON2" | b"ARGON2I" | b"ARGON2ID" | b"BLF-CRYPT" | b"BCRYPT"
        | b"SHA256-CRYPT" | b"SHA512-CRYPT" | b"MD5-CRYPT" | b"DES-CRYPT" => true,
        // Dovecot's other name for MD5 crypt.
        b"MD5" => rest.starts_with(b"$1$"),
        _ => false,
    };
    if !holds_crypt {
        return None;
    }
    let decoded = match encoding {
        Some(Encoding::Hex) => hex::decode(rest),
        Some(Encoding::Base64) => base64(rest),
        // As phpLDAPadmin stores `{ARGON2}` and `{BCRYPT}`.
        None => base64(rest).filter(|text| text.starts_with(b"$")),
    };
    Some(decoded.unwrap_or_else(|| rest.to_vec()))
}

/// Reads `{SCHEME}` and what follows; the name may be in any case.
pub(super) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    let Named { name, encoding, rest } = named(text)?;
    match name.as_slice() {
        b"MD5" | b"LDAP-MD5" | b"SMD5" => salted(Scheme::Smd5, Scheme::Md5, encoding, rest),
        b"SHA" | b"SHA1" | b"SSHA" => salted(Scheme::Ssha, Scheme::Sha1, encoding, rest),
        b"SHA256" | b"SSHA256" => salted(Scheme::Ssha256, Scheme::Sha256, encoding, rest),
        b"SHA384" | b"SSHA384" => salted(Scheme::Ssha384, Scheme::Sha384, encoding, rest),
        b"SHA512" | b"SSHA512" => salted(Scheme::Ssha512, Scheme::Sha512, encoding, rest),
        b"PLAIN-MD5" => unsalted(Scheme::Md5, encoding, rest),
        b"NT" | b"NTLM" => unsalted(Scheme::Nt, encoding, rest),
        b"LANMAN" => unsalted(Scheme::Lm, encoding, rest),
        b"CLEARTEXT" | b"CLEAR" | b"PLAIN" if encoding.is_none() => {
            Err(HashError::ClearText { at: text.len().saturating_sub(rest.len()) })
        }
        b"SASL" => Err(HashError::Elsewhere),
        b"CRAM-MD5" | b"DIGEST-MD5" | b"RPA" | b"OTP" => Err(HashError::Unsupported {
            what: "what Dovecot keeps for CRAM-MD5, DIGEST-MD5, RPA or OTP",
        }),
        b"AES" | b"3DES" | b"RC4" | b"BLOWFISH" | b"BASE64" => {
            Err(HashError::Unsupported { what: "a reversibly encrypted password of OpenDJ" })
        }
        _ if encoding.is_some() => Err(HashError::Unknown),
        b"SCRAM-SHA-1" | b"SCRAM-SHA-256" => scram::parse_dovecot(&name, rest),
        b"PBKDF2_SHA256" => pbkdf2::parse_389(rest),
        b"PBKDF2" if rest.starts_with(b"$1$") => {
            pbkdf2::parse_dovecot(rest.get(3..).unwrap_or_default())
        }
        b"PBKDF2" if !rest.contains(&b'$') => pbkdf2::parse_opendj(Scheme::Pbkdf2Sha1, 20, rest),
        b"PBKDF2-HMAC-SHA256" => pbkdf2::parse_opendj(Scheme::Pbkdf2Sha256, 32, rest),
        b"PBKDF2-HMAC-SHA512" => pbkdf2::parse_opendj(Scheme::Pbkdf2Sha512, 64, rest),
        b"PBKDF2" | b"PBKDF2-SHA1" | b"PBKDF2-SHA256" | b"PBKDF2-SHA512" => {
            pbkdf2::parse(&name.to_ascii_lowercase(), rest)
        }
        _ => Err(HashError::Unknown),
    }
}

/// The digest, then the salt. Whether there is a salt is seen by the length: some servers write
/// `{SHA}` with one, and an empty one is none. It is in Base64, if nothing else is said and it is
/// not exactly as many hexadecimal digits as the digest has.
fn salted(
    scheme: Scheme,
    plain: Scheme,
    encoding: Option<Encoding>,
    text: &[u8],
) -> Result<Hash, HashError> {
    let len = plain.unsalted_len().unwrap_or_default();
    let bytes = match encoding {
        Some(Encoding::Hex) => hex::decode(text),
        Some(Encoding::Base64) => base64(text),
        None => Some(text)
            .filter(|text| text.len() == 2 * len)
            .and_then(hex::decode)
            .or_else(|| base64(text)),
    };
    let bytes = bytes.or_malformed(scheme, "it is not in its encoding (Base64 or hexadecimal)")?;
    let parts = bytes.split_at_checked(len);
    let (digest, salt) = parts.or_malformed(scheme, "its digest is cut short")?;
    let scheme = if salt.is_empty() { plain } else { scheme };
    Ok(Hash { setting: Setting::new(scheme, Cost::Fixed, salt, len), digest: Digest::new(digest) })
}

/// A digest in hexadecimal, unless Base64 is said.
fn unsalted(scheme: Scheme, encoding: Option<Encoding>, text: &[u8]) -> Result<Hash, HashError> {
    match encoding {
        Some(Encoding::Base64) => {
            let bytes = base64(text).or_malformed(scheme, "it is not in Base64")?;
            Hash::unsalted(scheme, &hex::encode(&bytes))
        }
        Some(Encoding::Hex) | None => Hash::unsalted(scheme, text),
    }
}
