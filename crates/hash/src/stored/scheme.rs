//! The schemes that exports come in, by name.

use std::fmt;

use super::bar::{
    ARGON2, BCRYPT, Bar, CACHED, DRUPAL, ENTRA, FAST, FIXED, Grade, HTPASSWD, LAN_MANAGER,
    LOGIN_DEFS, MSSQL, MYSQL, MYSQL_ROUNDS, ORACLE, PBKDF2_SHA1, PBKDF2_SHA256, PBKDF2_SHA512,
    POSTGRES, RAISE, SCRAM, SCRYPT, SHA_CRYPT, WINDOWS, WORDPRESS, YESCRYPT,
};

macro_rules! schemes {
    ($($(#[doc = $what:literal])+ $variant:ident = $id:literal, $name:literal, $unit:literal,
        $bar:expr, $fix:expr;)+) => {
        /// How a password is turned into a digest.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Scheme {
            $($(#[doc = $what])+ $variant,)+
        }

        impl Scheme {
            /// Every scheme, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable name of the scheme in JSON, options and documents: `sha512crypt`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }

            /// The name for people: `SHA-512 crypt`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// Nanoseconds of one round, of one block of memory, or of the whole where there is
            /// no parameter: between what `--example rates` measured with AVX-512 and with AVX2,
            /// in full lanes; for what has no lanes, with SHA instructions and without.
            pub(crate) const fn unit_price(self) -> u64 {
                match self {
                    $(Self::$variant => $unit,)+
                }
            }

            /// What the scheme is judged by, and what to do if it falls short.
            pub(crate) const fn bar(self) -> (Bar, &'static str) {
                match self {
                    $(Self::$variant => ($bar, $fix),)+
                }
            }
        }
    };
}

schemes! {
    /// MD4 of UTF-16LE, unsalted: Windows and Active Directory (MS-NLMP 3.3.1). Its price is that of
    /// words and rules over lanes; a single guess is thirty times as dear.
    Nt = "nt", "Windows NT hash", 5, Bar::Is(Grade::Unsalted), WINDOWS;
    /// DES of the first 14 characters in capitals, in two halves: old Windows (MS-NLMP 3.3.1).
    Lm = "lm", "Windows LM hash", 540, Bar::Is(Grade::Lm), LAN_MANAGER;
    /// PBKDF2-HMAC-SHA-1 over the NT hash and the account's name: cached domain logons.
    Dcc2 = "dcc2", "cached domain logon (DCC2)", 27, Bar::Is(Grade::Outdated), CACHED;

    /// MD5 (RFC 1321), unsalted: LDAP `{MD5}`, Django `md5$$`, many old tables.
    Md5 = "md5", "plain MD5", 40, Bar::Is(Grade::Unsalted), FAST;
    /// SHA-1 (FIPS 180-4), unsalted: LDAP and htpasswd `{SHA}`, Django `sha1$$`.
    Sha1 = "sha1", "plain SHA-1", 45, Bar::Is(Grade::Unsalted), FAST;
    /// SHA-256 (FIPS 180-4), unsalted: LDAP `{SHA256}`.
    Sha256 = "sha256", "plain SHA-256", 65, Bar::Is(Grade::Unsalted), FAST;
    /// SHA-384 (FIPS 180-4), unsalted: LDAP `{SHA384}`.
    Sha384 = "sha384", "plain SHA-384", 350, Bar::Is(Grade::Unsalted), FAST;
    /// SHA-512 (FIPS 180-4), unsalted: LDAP `{SHA512}`.
    Sha512 = "sha512", "plain SHA-512", 115, Bar::Is(Grade::Unsalted), FAST;

    /// MD5 of password, then salt: LDAP `{SMD5}`.
    Smd5 = "smd5", "salted MD5", 40, Bar::Is(Grade::Fast), FAST;
    /// SHA-1 of password, then salt: LDAP `{SSHA}`, OpenLDAP's default.
    Ssha = "ssha", "salted SHA-1", 45, Bar::Is(Grade::Fast), FAST;
    /// SHA-256 of password, then salt: LDAP `{SSHA256}` (slapd-pw-sha2(5)).
    Ssha256 = "ssha256", "salted SHA-256", 65, Bar::Is(Grade::Fast), FAST;
    /// SHA-384 of password, then salt: LDAP `{SSHA384}`.
    Ssha384 = "ssha384", "salted SHA-384", 350, Bar::Is(Grade::Fast), FAST;
    /// SHA-512 of password, then salt: LDAP `{SSHA512}`.
    Ssha512 = "ssha512", "salted SHA-512", 115, Bar::Is(Grade::Fast), FAST;
    /// `md5$salt$hex`: of Django MD5 of salt, then password; of old Werkzeug an HMAC with the
    /// salt as key. The text does not say which, so a guess is tried as both.
    WebMd5 = "web-md5", "salted MD5 (Django, old Flask)", 80, Bar::Is(Grade::Fast), FAST;
    /// `sha1$salt$hex`: like [`Self::WebMd5`], with SHA-1.
    WebSha1 = "web-sha1", "salted SHA-1 (Django, old Flask)", 100, Bar::Is(Grade::Fast), FAST;
    /// `sha256$salt$hex`: HMAC-SHA-256 of the password with the salt as key, old Werkzeug.
    HmacSha256 = "hmac-sha256", "HMAC-SHA-256 (old Flask)", 110, Bar::Is(Grade::Fast), FAST;
    /// `sha512$salt$hex`: HMAC-SHA-512 of the password with the salt as key, old Werkzeug.
    HmacSha512 = "hmac-sha512", "HMAC-SHA-512 (old Flask)", 210, Bar::Is(Grade::Fast), FAST;

    /// A digest in one column and its salt in another: MD5. The table does not say which of salt
    /// and password comes first, so a guess is tried as both.
    ColumnMd5 = "column-md5", "salted MD5 (salt in a column)", 80, Bar::Is(Grade::Fast), FAST;
    /// Like [`Self::ColumnMd5`], with SHA-1.
    ColumnSha1 = "column-sha1", "salted SHA-1 (salt in a column)", 90, Bar::Is(Grade::Fast), FAST;
    /// Like [`Self::ColumnMd5`], with SHA-256: Gibbon.
    ColumnSha256 = "column-sha256", "salted SHA-256 (salt in a column)", 130, Bar::Is(Grade::Fast), FAST;
    /// Like [`Self::ColumnMd5`], with SHA-512.
    ColumnSha512 = "column-sha512", "salted SHA-512 (salt in a column)", 230, Bar::Is(Grade::Fast), FAST;
    /// MD5 of password, then account: PostgreSQL until 13 (`md5…`).
    PostgresMd5 = "postgres-md5", "PostgreSQL MD5", 40, Bar::Is(Grade::Fast), POSTGRES;
    /// SHA-1 of the SHA-1, unsalted: `mysql_native_password` of MySQL and MariaDB.
    MysqlSha1 = "mysql-sha1", "MySQL native password", 150, Bar::Is(Grade::Unsalted), MYSQL;
    /// SHA-256 crypt with 20 bytes of salt: `caching_sha2_password` of MySQL.
    MysqlSha2 = "mysql-sha2", "MySQL caching SHA-2", 60, SHA_CRYPT, MYSQL_ROUNDS;
    /// SHA-1 of UTF-16LE, then salt: SQL Server 2000 to 2008 (`0x0100`).
    MssqlSha1 = "mssql-sha1", "SQL Server SHA-1", 150, Bar::Is(Grade::Fast), MSSQL;
    /// SHA-512 of UTF-16LE, then salt: SQL Server 2012 to 2022 (`0x0200`).
    MssqlSha512 = "mssql-sha512", "SQL Server SHA-512", 250, Bar::Is(Grade::Fast), MSSQL;
    /// SHA-1 of password, then salt: Oracle Database 11g (`S:`).
    OracleSha1 = "oracle-sha1", "Oracle 11g SHA-1", 45, Bar::Is(Grade::Fast), ORACLE;
    /// SHA-512 of PBKDF2 with SHA-512: Oracle Database 12c and later (`T:`).
    OraclePbkdf2 = "oracle-pbkdf2", "Oracle 12c PBKDF2", 150, PBKDF2_SHA512, FIXED;
    /// What a server of SCRAM keeps (RFC 5802), with SHA-1.
    ScramSha1 = "scram-sha1", "SCRAM with SHA-1", 27, PBKDF2_SHA1, SCRAM;
    /// What a server of SCRAM keeps (RFC 7677), with SHA-256: PostgreSQL.
    ScramSha256 = "scram-sha256", "SCRAM with SHA-256", 60, PBKDF2_SHA256, SCRAM;
    /// `aes128-cts-hmac-sha1-96`: PBKDF2 with SHA-1, then AES (RFC 3962).
    KerberosAes128 = "kerberos-aes128", "Kerberos AES-128 key", 27, Bar::Is(Grade::Outdated), WINDOWS;
    /// `aes256-cts-hmac-sha1-96`: PBKDF2 with SHA-1, then AES (RFC 3962).
    KerberosAes256 = "kerberos-aes256", "Kerberos AES-256 key", 54, Bar::Is(Grade::Outdated), WINDOWS;
    /// PBKDF2 with SHA-256 over the NT hash: Entra Connect (`v1;PPH1_MD4`).
    EntraSync = "entra-sync", "Entra Connect hash", 60, PBKDF2_SHA256, ENTRA;

    /// 25 runs of DES over the first 8 characters: the first crypt(3) (crypt(5)).
    Descrypt = "descrypt", "DES crypt", 3_200, Bar::Is(Grade::Outdated), LOGIN_DEFS;
    /// [`Self::Descrypt`] of every 8 characters, one after the other (crypt(5)).
    Bigcrypt = "bigcrypt", "bigcrypt", 6_400, Bar::Is(Grade::Outdated), LOGIN_DEFS;
    /// DES with more rounds over the whole password: BSDi (crypt(5), `_`).
    Bsdicrypt = "bsdicrypt", "BSDi extended DES crypt", 125, Bar::Is(Grade::Outdated), LOGIN_DEFS;
    /// 1,000 rounds of MD5: FreeBSD, old Linux, Cisco (crypt(5), `$1$`).
    Md5crypt = "md5crypt", "MD5 crypt", 8_000, Bar::Is(Grade::Outdated), LOGIN_DEFS;
    /// [`Self::Md5crypt`] with another magic word: Apache's htpasswd (`$apr1$`).
    Apr1 = "apr1", "Apache MD5 (apr1)", 8_000, Bar::Is(Grade::Outdated), HTPASSWD;
    /// MD5 over a text and coin tosses: Solaris (crypt(5), `$md5`).
    Sunmd5 = "sunmd5", "Sun MD5", 1_600, Bar::Is(Grade::Outdated), LOGIN_DEFS;
    /// Rounds of HMAC-SHA-1: NetBSD (crypt(5), `$sha1$`).
    Sha1crypt = "sha1crypt", "SHA-1 crypt", 27, Bar::Is(Grade::Outdated), LOGIN_DEFS;
    /// Rounds of SHA-256 (Drepper 2007; crypt(5), `$5$`).
    Sha256crypt = "sha256crypt", "SHA-256 crypt", 60, SHA_CRYPT, LOGIN_DEFS;
    /// Rounds of SHA-512 (Drepper 2007; crypt(5), `$6$`): Linux until about 2021.
    Sha512crypt = "sha512crypt", "SHA-512 crypt", 77, SHA_CRYPT, LOGIN_DEFS;
    /// Blowfish with a costly key setup (Provos and Mazières 1999; crypt(5), `$2b$`): PHP,
    /// Laravel, BSD, many more.
    Bcrypt = "bcrypt", "bcrypt", 18_000, BCRYPT, RAISE;
    /// bcrypt as `crypt_blowfish` computed it until 2011, wrong for letters with accents (`$2x$`).
    Bcrypt2x = "bcrypt-2x", "bcrypt with the error of 2011", 18_000, Bar::Is(Grade::Outdated), RAISE;
    /// bcrypt of the SHA-256 in hex: Django.
    BcryptSha256 = "bcrypt-sha256", "bcrypt over SHA-256 (Django)", 18_000, BCRYPT, RAISE;
    /// bcrypt of a Base64 HMAC-SHA-384: WordPress since 6.8 (`$wp$2y$`).
    WordPress = "wordpress", "bcrypt over HMAC-SHA-384 (WordPress)", 18_000, BCRYPT, RAISE;
    /// scrypt (RFC 7914): crypt(5) `$7$`, Django, Werkzeug.
    Scrypt = "scrypt", "scrypt", 300, SCRYPT, RAISE;
    /// yescrypt (crypt(5), `$y$`): Debian, Ubuntu and Fedora today.
    Yescrypt = "yescrypt", "yescrypt", 130, YESCRYPT, LOGIN_DEFS;
    /// yescrypt within GOST R 34.11-2012 (crypt(5), `$gy$`): ALT Linux.
    GostYescrypt = "gost-yescrypt", "gost-yescrypt", 130, YESCRYPT, LOGIN_DEFS;

    /// PBKDF2 (RFC 8018) with HMAC-SHA-1.
    Pbkdf2Sha1 = "pbkdf2-sha1", "PBKDF2 with SHA-1", 27, PBKDF2_SHA1, RAISE;
    /// PBKDF2 (RFC 8018) with HMAC-SHA-256: Django's default.
    Pbkdf2Sha256 = "pbkdf2-sha256", "PBKDF2 with SHA-256", 60, PBKDF2_SHA256, RAISE;
    /// PBKDF2 (RFC 8018) with HMAC-SHA-512.
    Pbkdf2Sha512 = "pbkdf2-sha512", "PBKDF2 with SHA-512", 150, PBKDF2_SHA512, RAISE;
    /// Argon2d (RFC 9106).
    Argon2d = "argon2d", "Argon2d", 700, ARGON2, RAISE;
    /// Argon2i (RFC 9106).
    Argon2i = "argon2i", "Argon2i", 700, ARGON2, RAISE;
    /// Argon2id (RFC 9106).
    Argon2id = "argon2id", "Argon2id", 700, ARGON2, RAISE;

    /// Rounds of MD5 (openwall.com/phpass, `$P$`, `$H$`): WordPress until 6.7, phpBB.
    Phpass = "phpass", "phpass", 7, Bar::Is(Grade::Outdated), WORDPRESS;
    /// Rounds of SHA-512, cut to 55 characters (`$S$`): Drupal 7 to 10.0.
    Drupal7 = "drupal7", "Drupal 7", 76, Bar::Is(Grade::Outdated), DRUPAL;
}

impl Scheme {
    /// The scheme with that [`id`](Self::id), in capitals or not, or by what else it is called.
    ///
    /// ```
    /// use strongpass_hash::Scheme;
    /// assert_eq!(Scheme::from_id("nt"), Some(Scheme::Nt));
    /// assert_eq!(Scheme::from_id("NTLM"), Some(Scheme::Nt));
    /// assert_eq!(Scheme::from_id("horse"), None);
    /// ```
    pub fn from_id(id: &str) -> Option<Self> {
        const OTHERS: [(&str, Scheme); 8] = [
            ("ntlm", Scheme::Nt),
            ("nthash", Scheme::Nt),
            ("lanman", Scheme::Lm),
            ("sha-1", Scheme::Sha1),
            ("sha-256", Scheme::Sha256),
            ("sha-384", Scheme::Sha384),
            ("sha-512", Scheme::Sha512),
            ("mscash2", Scheme::Dcc2),
        ];
        let id = id.to_ascii_lowercase();
        let own = Self::ALL.iter().copied().find(|scheme| scheme.id() == id);
        own.or_else(|| OTHERS.iter().find(|(name, _)| *name == id).map(|(_, scheme)| *scheme))
    }

    /// Whether equal passwords give equal digests on every account: no salt.
    pub fn is_unsalted(self) -> bool {
        self.unsalted_len().is_some()
    }

    /// The length in bytes of the digest of a scheme without a salt.
    pub(crate) fn unsalted_len(self) -> Option<usize> {
        const LENGTHS: [(Scheme, usize); 8] = [
            (Scheme::Nt, 16),
            (Scheme::Lm, 16),
            (Scheme::Md5, 16),
            (Scheme::Sha1, 20),
            (Scheme::MysqlSha1, 20),
            (Scheme::Sha256, 32),
            (Scheme::Sha384, 48),
            (Scheme::Sha512, 64),
        ];
        LENGTHS.iter().find(|(scheme, _)| *scheme == self).map(|(_, len)| *len)
    }

    /// What the scheme reads of a password, if that is not all of it: a right guess then proves
    /// no more than that.
    pub fn reads_only(self) -> Option<Reads> {
        const ALL: Reads = Reads { first: None, case: true, eighth_bit: true };
        const SOME: [(Scheme, Reads); 6] = [
            (Scheme::Descrypt, Reads { first: Some(8), eighth_bit: false, ..ALL }),
            (Scheme::Bigcrypt, Reads { first: Some(128), eighth_bit: false, ..ALL }),
            (Scheme::Bsdicrypt, Reads { eighth_bit: false, ..ALL }),
            (Scheme::Lm, Reads { first: Some(14), case: false, ..ALL }),
            (Scheme::Bcrypt, Reads { first: Some(72), ..ALL }),
            (Scheme::Bcrypt2x, Reads { first: Some(72), ..ALL }),
        ];
        SOME.iter().find(|(scheme, _)| *scheme == self).map(|(_, reads)| *reads)
    }

    /// Whether the scheme reads a password up to its NUL, so that one with a NUL cannot be set.
    pub(crate) const fn takes_c_strings(self) -> bool {
        matches!(
            self,
            Self::Descrypt
                | Self::Bigcrypt
                | Self::Bsdicrypt
                | Self::Md5crypt
                | Self::Apr1
                | Self::Sunmd5
                | Self::Sha1crypt
                | Self::Sha256crypt
                | Self::Sha512crypt
                | Self::Bcrypt
                | Self::Bcrypt2x
                | Self::Yescrypt
                | Self::GostYescrypt
        )
    }
}

/// What a scheme reads of a password; the rest may be anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reads {
    /// Only this many bytes at the start (of UTF-8; of code page 850 for LM).
    pub first: Option<usize>,
    /// Capital and small letters are told apart.
    pub case: bool,
    /// All eight bits of a byte count; if not, letters with accents look like other characters.
    pub eighth_bit: bool,
}

impl fmt::Display for Scheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
