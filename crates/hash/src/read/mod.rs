//! What reads what: a stored text is told by how it begins, and goes to the product that writes so
//! or to the family of its scheme.

mod aspnet;
mod columns;
mod django;
mod ldap;
#[cfg(test)]
mod libxcrypt;
mod tables;
mod werkzeug;

pub use columns::KeycloakCredential;

use crate::encoding::hex;
use crate::schemes::{descrypt, entra, mssql, mysql, oracle, parse_crypt, parse_upgraded, scram};
use crate::stored::error::HashError;
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;

impl Hash {
    /// Reads a hash that names its own scheme: crypt(5) with its extensions, LDAP `{SCHEME}`,
    /// Django, Werkzeug, PHP, Drupal, WordPress; and SHA-1, SHA-256, SHA-384 and SHA-512 in
    /// hexadecimal, which their length names. (Other digests have these lengths, but none is how
    /// a product in use stores passwords; and a wrong reading could only miss a password, not
    /// accuse one.) 32 hexadecimal digits are three schemes', all in use, and are refused.
    ///
    /// Nothing is hashed and costs are not judged: see [`Setting::check`](crate::Setting::check).
    ///
    /// # Errors
    /// If it is not a hash, or not a whole one, or of no scheme that is known here.
    ///
    /// ```
    /// use strongpass_hash::{Hash, HashError, Scheme};
    /// let hash = Hash::parse(b"$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0")?;
    /// assert_eq!(hash.setting.scheme(), Scheme::Md5crypt);
    /// let unclear = Hash::parse(b"567667e52888a59d0abcf0c066db867b");
    /// assert_eq!(unclear, Err(HashError::Ambiguous));
    /// # Ok::<(), HashError>(())
    /// ```
    pub fn parse(text: &[u8]) -> Result<Self, HashError> {
        match text {
            [b'{', ..] => match ldap::crypt_within(text) {
                Some(within) if within.starts_with(b"{") => Err(HashError::Unknown),
                Some(within) => parse_bare(&within),
                None => ldap::parse(text),
            },
            _ => parse_bare(text),
        }
    }
}

/// A text without LDAP's name in braces.
fn parse_bare(text: &[u8]) -> Result<Hash, HashError> {
    match text {
        [] => Err(HashError::Empty),
        [b'$', ..] => parse_crypt(text),
        [b'U', b'$', ..] => parse_upgraded(text),
        [b'_', rest @ ..] if rest.len() == 19 => descrypt::parse(text),
        [b'*', digits @ ..] if digits.len() == 40 && hex::decode(digits).is_some() => {
            mysql::parse_native(digits)
        }
        [b'!' | b'*', ..] | b"x" => Err(HashError::NoPassword),
        [b'1'..=b'3', b'|', ..] => tables::parse_nextcloud(text),
        // A salt, then: eleven characters are not bytes in hexadecimal.
        [b'0', b'x', digest @ ..] if digest.len() == 11 => descrypt::parse(text),
        [b'0', b'x', digits @ ..] if mysql::is_hex(digits) || digits.starts_with(b"2441") => {
            mysql::parse_hex(digits)
        }
        [b'0', b'x', digits @ ..] => mssql::parse(digits),
        [b'S' | b'H' | b'T', b':', ..] => oracle::parse(text),
        _ if text.starts_with(b"SCRAM-SHA-") => scram::parse(text),
        _ if text.starts_with(b"v1;PPH1_MD4,") => entra::parse(text.get(12..).unwrap_or_default()),
        _ if tables::is_postgres_md5(text) => {
            Err(HashError::NeedsAccount { scheme: Scheme::PostgresMd5 })
        }
        _ if tables::is_joomla(text) => tables::parse_joomla(text),
        _ if text.contains(&b'$') && text.contains(&b':') => werkzeug::parse(text),
        _ if text.contains(&b'$') => django::parse(text),
        _ if mysql::is_hex(text) => mysql::parse_hex(text),
        _ if hex::decode(text).is_some() => parse_digits(text),
        _ => aspnet::parse(text)
            .or_else(|| tables::parse_koha(text))
            .unwrap_or_else(|| descrypt::parse(text)),
    }
}

/// Hexadecimal digits, whose number names their scheme.
fn parse_digits(digits: &[u8]) -> Result<Hash, HashError> {
    match digits.len() {
        32 => Err(HashError::Ambiguous),
        40 => Hash::unsalted(Scheme::Sha1, digits),
        64 => Hash::unsalted(Scheme::Sha256, digits),
        96 => Hash::unsalted(Scheme::Sha384, digits),
        128 => Hash::unsalted(Scheme::Sha512, digits),
        _ => Err(HashError::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A salt is any two characters of its alphabet, and so begins like other hashes.
    #[test]
    fn des_is_read_with_every_salt() {
        let alphabet = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        for first in alphabet {
            for second in alphabet {
                for digest in [b"5UdU9NDLbyA", b"0123456789.", b"2441abcdef."] {
                    let text = [&[*first, *second][..], digest].concat();
                    let scheme = Hash::parse(&text).map(|hash| hash.setting.scheme());
                    assert_eq!(scheme, Ok(Scheme::Descrypt), "{}", text.escape_ascii());
                }
            }
        }
    }
}
