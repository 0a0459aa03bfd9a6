//! The digests that lists of breached passwords are made of.

/// How the passwords of a list were hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Have I Been Pwned publishes these two")]
pub enum BreachScheme {
    /// MD4 of UTF-16LE, as Windows stores passwords: 16 bytes.
    Nt,
    /// SHA-1 of UTF-8 (FIPS 180-4): 20 bytes.
    Sha1,
}

impl BreachScheme {
    /// The stable name in JSON and files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nt => "nt",
            Self::Sha1 => "sha1",
        }
    }

    /// The name that people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nt => "Windows NT hash",
            Self::Sha1 => "plain SHA-1",
        }
    }

    /// How many bytes a digest has.
    pub const fn digest_len(self) -> usize {
        match self {
            Self::Nt => NT_DIGITS / 2,
            Self::Sha1 => SHA1_DIGITS / 2,
        }
    }
}

pub(crate) const NT_DIGITS: usize = 32;
pub(crate) const SHA1_DIGITS: usize = 40;

/// MD4 and SHA-1 of nothing (RFC 1320, A.5; FIPS 180-4).
pub(crate) const EMPTY: [&[u8]; 2] = [
    b"\x31\xd6\xcf\xe0\xd1\x6a\xe9\x31\xb7\x3c\x59\xd7\xe0\xc0\x89\xc0",
    b"\xda\x39\xa3\xee\x5e\x6b\x4b\x0d\x32\x55\xbf\xef\x95\x60\x18\x90\xaf\xd8\x07\x09",
];
