//! Hashes whose parts stand in several columns or fields: the export's parser hands them over.

use super::tables;
use crate::encoding::fields::number;
use crate::encoding::hex;
use crate::encoding::radix64::base64;
use crate::schemes::{argon2, bcrypt, kerberos, pbkdf2, scrypt};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// A password of a Keycloak realm, as `credentialData` and `secretData` hold it.
#[derive(Clone, Copy, Default)]
#[expect(clippy::exhaustive_structs, reason = "callers fill it in")]
pub struct KeycloakCredential<'a> {
    /// `algorithm`: `pbkdf2`, `pbkdf2-sha256`, `pbkdf2-sha512` or `argon2`.
    pub algorithm: &'a str,
    /// `hashIterations`.
    pub iterations: u32,
    /// `salt`, in Base64.
    pub salt: &'a [u8],
    /// `value`, in Base64.
    pub value: &'a [u8],
    /// `type` of the additional parameters of Argon2: `id`, `i` or `d`.
    pub argon2_type: &'a str,
    /// `memory` of the additional parameters of Argon2, in KiB.
    pub memory: u32,
    /// `parallelism` of the additional parameters of Argon2.
    pub parallelism: u32,
}

impl std::fmt::Debug for KeycloakCredential<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "KeycloakCredential({:?}, ..)", self.algorithm)
    }
}

impl Hash {
    /// Reads a hash like [`Self::parse`], and those whose salt is the account's name: PostgreSQL's
    /// `md5…`.
    ///
    /// # Errors
    /// Like [`Self::parse`].
    pub fn parse_for_account(text: &[u8], account: &str) -> Result<Self, HashError> {
        tables::parse_postgres_md5(text, account).map_or_else(|| Self::parse(text), Ok)
    }

    /// Reads a digest in hexadecimal (MD5, SHA-1, SHA-256 or SHA-512, by its length) whose salt
    /// stands in another column, as it is hashed: Gibbon's `passwordStrong` and
    /// `passwordStrongSalt`, and tables of one's own.
    ///
    /// # Errors
    /// If it is not such a digest, or the salt is empty.
    ///
    /// ```
    /// use strongpass_hash::{Hash, HashError, Scheme};
    /// let digits = b"6727dbc7b16a6887fd319fb9ec364d7b773d46cbd43d832f0fa30e9ad224e2c8";
    /// let hash = Hash::from_salt_column(digits, b"abcd")?;
    /// assert_eq!(hash.setting.scheme(), Scheme::ColumnSha256);
    /// # Ok::<(), HashError>(())
    /// ```
    pub fn from_salt_column(digits: &[u8], salt: &[u8]) -> Result<Self, HashError> {
        let scheme = match digits.len() {
            32 => Scheme::ColumnMd5,
            40 => Scheme::ColumnSha1,
            64 => Scheme::ColumnSha256,
            128 => Scheme::ColumnSha512,
            _ => return Err(HashError::Unknown),
        };
        let digest = hex::decode(digits).ok_or(HashError::Unknown)?;
        if salt.is_empty() {
            return Err(malformed(scheme, "its salt is missing"));
        }
        let setting = Setting::new(scheme, Cost::Fixed, salt, digest.len());
        Ok(Self { setting, digest: Digest::new(digest) })
    }

    /// Reads a password of a Keycloak realm.
    ///
    /// # Errors
    /// If the algorithm is not known, or a part is damaged.
    pub fn from_keycloak(credential: &KeycloakCredential<'_>) -> Result<Self, HashError> {
        let scheme = match (credential.algorithm, credential.argon2_type) {
            ("pbkdf2", _) => Scheme::Pbkdf2Sha1,
            ("pbkdf2-sha256", _) => Scheme::Pbkdf2Sha256,
            ("pbkdf2-sha512", _) => Scheme::Pbkdf2Sha512,
            ("argon2", "id") => Scheme::Argon2id,
            ("argon2", "i") => Scheme::Argon2i,
            ("argon2", "d") => Scheme::Argon2d,
            _ => return Err(HashError::Unsupported { what: "this algorithm of Keycloak" }),
        };
        let parts = base64(credential.salt).zip(base64(credential.value));
        let (salt, value) = parts.or_malformed(scheme, "salt or value is not in Base64")?;
        let &KeycloakCredential { iterations, memory, parallelism, .. } = credential;
        if credential.algorithm == "argon2" {
            return argon2::from_parts(scheme, [memory, iterations, parallelism], &salt, value);
        }
        pbkdf2::with(scheme, iterations, &salt, &value)
    }

    /// Reads a password of Gitea or Forgejo: `passwd_hash_algo`, `salt` and `passwd` of the table
    /// `user`. An algorithm without parameters has those of the version that wrote it so, which for
    /// `pbkdf2` are not those of the setting of the same name (`modules/auth/password/hash`).
    ///
    /// # Errors
    /// If the algorithm is not known, or a part is damaged.
    pub fn from_gitea(algorithm: &str, salt: &[u8], passwd: &[u8]) -> Result<Self, HashError> {
        let algorithm = match algorithm {
            "" | "pbkdf2" | "pbkdf2_v1" => "pbkdf2$10000$50",
            "pbkdf2_v2" => "pbkdf2$50000$50",
            "pbkdf2_hi" => "pbkdf2$320000$50",
            "argon2" => "argon2$2$65536$8$50",
            "scrypt" => "scrypt$65536$16$2$50",
            other => other,
        };
        let (name, parameters) = algorithm.split_once('$').unwrap_or((algorithm, ""));
        let numbers: Option<Vec<u32>> =
            parameters.split('$').map(|text| number(text.as_bytes())).collect();
        let numbers = numbers.unwrap_or_default();
        let scheme = match name {
            "bcrypt" => return bcrypt::parse(passwd),
            "pbkdf2" => Scheme::Pbkdf2Sha256,
            "argon2" => Scheme::Argon2id,
            "scrypt" => Scheme::Scrypt,
            _ => return Err(HashError::Unsupported { what: "this algorithm of Gitea" }),
        };
        // Salts of ten characters are hashed as they are; newer ones are hexadecimal.
        let salt = if salt.len() == 10 { Some(salt.to_vec()) } else { hex::decode(salt) };
        let parts = salt.zip(hex::decode(passwd));
        let (salt, digest) = parts.or_malformed(scheme, "salt or digest is not hexadecimal")?;
        let len = numbers.last().copied().and_then(|len| usize::try_from(len).ok());
        if len != Some(digest.len()) {
            return Err(malformed(scheme, "its digest has not the length of its algorithm"));
        }
        match (scheme, numbers.as_slice()) {
            (Scheme::Pbkdf2Sha256, &[rounds, _]) => pbkdf2::with(scheme, rounds, &salt, &digest),
            (Scheme::Argon2id, &[passes, kib, lanes, _]) => {
                argon2::from_parts(scheme, [kib, passes, lanes], &salt, digest)
            }
            (Scheme::Scrypt, &[n, r, p, _]) if n.is_power_of_two() => {
                let log_n = u8::try_from(n.trailing_zeros()).unwrap_or(u8::MAX);
                scrypt::with(log_n, r, p, &salt, digest)
            }
            _ => Err(malformed(scheme, "its parameters are not those of its algorithm")),
        }
    }

    /// Reads a password of Grafana: the columns `salt` and `password` of the table `user`.
    ///
    /// # Errors
    /// If the digest is not 100 hexadecimal digits.
    pub fn from_grafana(salt: &[u8], password: &[u8]) -> Result<Self, HashError> {
        let scheme = Scheme::Pbkdf2Sha256;
        let digest = hex::decode(password).filter(|digest| digest.len() == 50);
        let digest = digest.or_malformed(scheme, "its digest is not 100 hexadecimal digits")?;
        pbkdf2::with(scheme, 10_000, salt, &digest)
    }

    /// Reads a Kerberos key in hexadecimal, as impacket's `secretsdump` lists them. The salt of a
    /// person in Active Directory is the realm in capitals and the account's name as it was
    /// written when the password was set: `SCHOOL.EXAMPLEkharper`.
    ///
    /// # Errors
    /// If the type is not `aes256-cts-hmac-sha1-96` or `aes128-cts-hmac-sha1-96`, or the key has
    /// another length.
    pub fn from_kerberos_key(kind: &str, salt: &str, key: &[u8]) -> Result<Self, HashError> {
        let scheme = match kind {
            "aes256-cts-hmac-sha1-96" => Scheme::KerberosAes256,
            "aes128-cts-hmac-sha1-96" => Scheme::KerberosAes128,
            _ => return Err(HashError::Unsupported { what: "a Kerberos key of this type" }),
        };
        kerberos::from_key(scheme, salt.as_bytes(), key)
    }
}
