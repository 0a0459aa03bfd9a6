//! LDAP's `{SCHEME}` values (RFC 2307 and what servers added), with Dovecot's names.

use crate::encoding::fields::cut;
use crate::encoding::radix64::base64;
use crate::schemes::pbkdf2;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// What follows `{CRYPT}`, or another name for a hash that names its own scheme once more.
pub(crate) fn crypt_within(text: &[u8]) -> Option<&[u8]> {
    let (name, rest) = cut(text.strip_prefix(b"{")?, b'}')?;
    let holds_crypt = matches!(
        name.to_ascii_uppercase().as_slice(),
        b"CRYPT"
            | b"ARGON2"
            | b"ARGON2I"
            | b"ARGON2ID"
            | b"BLF-CRYPT"
            | b"BCRYPT"
            | b"SHA256-CRYPT"
            | b"SHA512-CRYPT"
            | b"MD5-CRYPT"
            | b"DES-CRYPT"
    );
    holds_crypt.then_some(rest)
}

/// Reads `{SCHEME}` and what follows; the name may be in any case.
pub(crate) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    let named = text.strip_prefix(b"{").and_then(|rest| cut(rest, b'}'));
    let (name, rest) = named.ok_or(HashError::Unknown)?;
    let name = name.to_ascii_uppercase();
    match name.as_slice() {
        b"MD5" | b"LDAP-MD5" | b"SMD5" => salted(Scheme::Smd5, Scheme::Md5, rest),
        b"SHA" | b"SHA1" | b"SSHA" => salted(Scheme::Ssha, Scheme::Sha1, rest),
        b"SHA256" | b"SSHA256" => salted(Scheme::Ssha256, Scheme::Sha256, rest),
        b"SHA384" | b"SSHA384" => salted(Scheme::Ssha384, Scheme::Sha384, rest),
        b"SHA512" | b"SSHA512" => salted(Scheme::Ssha512, Scheme::Sha512, rest),
        b"PBKDF2" | b"PBKDF2-SHA1" | b"PBKDF2-SHA256" | b"PBKDF2-SHA512" => {
            pbkdf2::parse(&name.to_ascii_lowercase(), rest)
        }
        b"PBKDF2_SHA256" => pbkdf2::parse_389(rest),
        b"PLAIN-MD5" => Hash::unsalted(Scheme::Md5, rest),
        b"NT" | b"NTLM" => Hash::unsalted(Scheme::Nt, rest),
        b"LANMAN" => Hash::unsalted(Scheme::Lm, rest),
        b"CLEARTEXT" | b"CLEAR" | b"PLAIN" => {
            Err(HashError::ClearText { at: text.len().saturating_sub(rest.len()) })
        }
        b"SASL" => Err(HashError::Elsewhere),
        _ => Err(HashError::Unknown),
    }
}

/// The digest, then the salt, in one Base64. Whether there is a salt is seen by the length: some
/// servers write `{SHA}` with one, and an empty one is none.
fn salted(scheme: Scheme, plain: Scheme, text: &[u8]) -> Result<Hash, HashError> {
    let bytes = base64(text).or_malformed(scheme, "it is not in Base64")?;
    let len = plain.unsalted_len().unwrap_or_default();
    let parts = bytes.split_at_checked(len);
    let (digest, salt) = parts.or_malformed(scheme, "its digest is cut short")?;
    let scheme = if salt.is_empty() { plain } else { scheme };
    Ok(Hash { setting: Setting::new(scheme, Cost::Fixed, salt, len), digest: Digest::new(digest) })
}
