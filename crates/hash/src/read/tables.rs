//! Small forms of single products: Nextcloud, Joomla, Koha, PostgreSQL's MD5.

use crate::encoding::fields::cut;
use crate::encoding::hex;
use crate::encoding::radix64::base64;
use crate::schemes::parse_crypt;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::HashError;
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads Nextcloud's `1|`, `2|` or `3|` (`Security/Hasher.php`): the version, then what PHP's
/// `password_hash` writes.
pub(super) fn parse_nextcloud(text: &[u8]) -> Result<Hash, HashError> {
    let (version, rest) = cut(text, b'|').ok_or(HashError::Unknown)?;
    let start: &[u8] = match version {
        b"1" => b"$2",
        b"2" => b"$argon2i$",
        _ => b"$argon2id$",
    };
    if rest.starts_with(start) { parse_crypt(rest) } else { Err(HashError::Unknown) }
}

/// Whether it is 32 hexadecimal digits, a colon, and letters and digits or nothing.
pub(super) fn is_joomla(text: &[u8]) -> bool {
    let parts = text.split_at_checked(32).filter(|(digits, _)| hex::decode(digits).is_some());
    let salt = parts.and_then(|(_, rest)| rest.strip_prefix(b":"));
    salt.is_some_and(|salt| salt.iter().all(u8::is_ascii_alphanumeric))
}

/// Reads Joomla's of before 3.2: MD5 of password and salt, a colon, the salt.
pub(super) fn parse_joomla(text: &[u8]) -> Result<Hash, HashError> {
    let (digits, salt) = cut(text, b':').ok_or(HashError::Unknown)?;
    let plain = Hash::unsalted(Scheme::Md5, digits)?;
    if salt.is_empty() {
        return Ok(plain);
    }
    let setting = Setting::new(Scheme::Smd5, Cost::Fixed, salt, 16);
    Ok(Hash { setting, digest: plain.digest })
}

/// Reads Koha's of before 3.14: an MD5 as 22 characters of Base64. Nothing else that is known
/// here has that length, and a wrong reading can only miss a password.
pub(super) fn parse_koha(text: &[u8]) -> Option<Result<Hash, HashError>> {
    let digest = Some(text).filter(|text| text.len() == 22).and_then(base64)?;
    let setting = Setting::unsalted(Scheme::Md5)?;
    Some(Ok(Hash { setting, digest: Digest::new(digest) }))
}

/// Whether it is `md5` and 32 hexadecimal digits.
pub(super) fn is_postgres_md5(text: &[u8]) -> bool {
    postgres_digits(text).is_some()
}

/// Reads PostgreSQL's MD5 of password and account, if it is one.
pub(super) fn parse_postgres_md5(text: &[u8], account: &str) -> Option<Hash> {
    let digest = Digest::new(postgres_digits(text)?);
    let setting = Setting::new(Scheme::PostgresMd5, Cost::Fixed, account.as_bytes(), 16);
    Some(Hash { setting, digest })
}

fn postgres_digits(text: &[u8]) -> Option<Vec<u8>> {
    hex::decode(text.strip_prefix(b"md5")?).filter(|digest| digest.len() == 16)
}
