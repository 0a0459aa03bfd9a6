//! One stored hash, read.

use crate::digest::Digest;
use crate::error::{HashError, malformed};
use crate::fields::hex;
use crate::scheme::Scheme;
use crate::setting::Setting;
use crate::{crypt, descrypt, django, ldap, werkzeug};

/// A stored hash: which [`Digest`] a password must give under which [`Setting`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Hash {
    /// What a guess is hashed with.
    pub setting: Setting,
    /// What the right guess gives.
    pub digest: Digest,
}

impl Hash {
    /// Reads a hash that names its own scheme: crypt(5) with its extensions, LDAP `{SCHEME}`,
    /// Django, Werkzeug, PHP, Drupal, WordPress; and SHA-1, SHA-256, SHA-384 and SHA-512 in
    /// hexadecimal, which their length names. (Other digests have these lengths, but none is how
    /// a product in use stores passwords; and a wrong reading could only miss a password, not
    /// accuse one.) 32 hexadecimal digits are three schemes', all in use, and are refused.
    ///
    /// Nothing is hashed and costs are not judged: see [`Setting::check`].
    ///
    /// # Errors
    /// If it is no hash, or not a whole one, or of no scheme that is known here.
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
            [] => Err(HashError::Empty),
            [b'$', ..] => crypt::parse(text),
            [b'U', b'$', ..] => crypt::parse_upgraded(text),
            [b'{', ..] => ldap::parse(text),
            [b'_', rest @ ..] if rest.len() == 19 => descrypt::parse(text),
            [b'*', digest @ ..] if digest.len() == 40 && hex(digest).is_some() => {
                Err(HashError::Unsupported { what: "a password of MySQL or MariaDB" })
            }
            [b'!' | b'*', ..] | b"x" => Err(HashError::NoPassword),
            _ if text.contains(&b'$') && text.contains(&b':') => werkzeug::parse(text),
            _ if text.contains(&b'$') => django::parse(text),
            _ if hex(text).is_some() => Self::by_length(text),
            _ => descrypt::parse(text),
        }
    }

    /// Reads the digest of a scheme without salt, in hexadecimal, when it is known from elsewhere
    /// which scheme it is.
    ///
    /// # Errors
    /// If the scheme has a salt, or these are not as many digits as its digest has.
    ///
    /// ```
    /// use strongpass_hash::{Hash, Limits, Scheme};
    /// let hash = Hash::unsalted(Scheme::Nt, b"567667e52888a59d0abcf0c066db867b")?;
    /// let mut hasher = hash.setting.hasher(&Limits::default())?;
    /// assert!(hasher.matches(&hash.digest, b"Blue-Badger7")?);
    /// # Ok::<(), strongpass_hash::HashError>(())
    /// ```
    pub fn unsalted(scheme: Scheme, digits: &[u8]) -> Result<Self, HashError> {
        let Some(setting) = Setting::unsalted(scheme) else {
            return Err(malformed(scheme, "it has a salt, so hexadecimal digits are not enough"));
        };
        let digest = hex(digits).filter(|digest| digest.len() == usize::from(setting.len));
        let Some(digest) = digest else {
            return Err(malformed(scheme, "these are not its number of hexadecimal digits"));
        };
        Ok(Self { setting, digest: Digest::new(digest) })
    }

    fn by_length(digits: &[u8]) -> Result<Self, HashError> {
        match digits.len() {
            32 => Err(HashError::Ambiguous),
            40 => Self::unsalted(Scheme::Sha1, digits),
            64 => Self::unsalted(Scheme::Sha256, digits),
            96 => Self::unsalted(Scheme::Sha384, digits),
            128 => Self::unsalted(Scheme::Sha512, digits),
            _ => Err(HashError::Unknown),
        }
    }
}
