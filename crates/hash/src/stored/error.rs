//! Why a stored hash cannot be read or tested.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::stored::cost::{Cost, Grouped};
use crate::stored::scheme::Scheme;

/// Why a stored hash cannot be read or tested. The message says what to do and never repeats the
/// hash.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HashError {
    /// There is nothing: the account has no password.
    Empty,
    /// It marks an account that cannot log in with a password (`*`, `!`, `x`).
    NoPassword,
    /// The password itself is stored, from that byte of the text on.
    ClearText {
        /// Where it starts.
        at: usize,
    },
    /// Another system keeps the password (LDAP `{SASL}`).
    Elsewhere,
    /// 32 hexadecimal digits, which several schemes write.
    Ambiguous,
    /// The account's name is the salt, and is not in this text: see
    /// [`Hash::parse_for_account`](crate::Hash::parse_for_account).
    NeedsAccount {
        /// The scheme.
        scheme: Scheme,
    },
    /// No scheme that is known here writes its hashes like that.
    Unknown,
    /// The scheme is known, but not this variant of it.
    Unsupported {
        /// Which variant.
        what: &'static str,
    },
    /// It starts like one of a scheme, but does not go on like it.
    Malformed {
        /// The scheme.
        scheme: Scheme,
        /// What is wrong.
        what: &'static str,
    },
    /// One guess would take more memory than allowed.
    TooMuchMemory {
        /// The scheme.
        scheme: Scheme,
        /// Its parameters.
        cost: Cost,
        /// What is allowed, in KiB.
        limit_kib: u64,
    },
    /// One guess would take longer than allowed.
    TooCostly {
        /// The scheme.
        scheme: Scheme,
        /// Its parameters.
        cost: Cost,
        /// What is allowed.
        limit: Duration,
    },
    /// The memory for one guess cannot be had.
    OutOfMemory {
        /// What was asked for, in KiB.
        kib: u64,
    },
    /// Only the platform's libxcrypt computes this scheme, and it is not there.
    NeedsLibcrypt {
        /// The scheme.
        scheme: Scheme,
    },
    /// Whoever computes the scheme refused.
    Refused {
        /// The scheme.
        scheme: Scheme,
    },
}

impl fmt::Display for HashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no password is stored; give the account one or lock it"),
            Self::NoPassword => f.write_str("the account cannot log in with a password"),
            Self::ClearText { .. } => f.write_str("the password itself is stored, in clear text"),
            Self::Elsewhere => f.write_str(
                "another system keeps the password ({SASL}); take that system's export too",
            ),
            Self::Ambiguous => f.write_str(
                "32 hexadecimal digits may be an NT hash, MD5 or LM; say which with --as nt, \
                 --as md5 or --as lm",
            ),
            Self::NeedsAccount { scheme } => write!(
                f,
                "the account's name is the salt of {scheme}; export the names beside the hashes"
            ),
            Self::Unknown => f.write_str(
                "the scheme of this hash is not known; if it is a plain digest in hexadecimal, \
                 say which with --as (nt, lm, md5, sha1, sha256, sha384, sha512)",
            ),
            Self::Unsupported { what } => write!(f, "{what} cannot be tested here"),
            Self::Malformed { scheme, what } => {
                write!(f, "not a whole {scheme} hash: {what}; export it again")
            }
            Self::TooMuchMemory { scheme, cost, limit_kib } => write!(
                f,
                "{scheme} with {cost} takes {} MiB for one guess; {} MiB are allowed, \
                 --max-memory allows more",
                Grouped(cost.memory_kib().div_ceil(1024)),
                Grouped(*limit_kib / 1024),
            ),
            Self::TooCostly { scheme, cost, limit } => write!(
                f,
                "{scheme} with {cost} takes about {} for one guess; {} are allowed, \
                 --max-cost allows more",
                Span(cost.price(scheme.unit_price())),
                Span(*limit),
            ),
            Self::OutOfMemory { kib } => write!(
                f,
                "{} MiB of memory for one guess cannot be had; use fewer --threads or another \
                 machine",
                Grouped(kib.div_ceil(1024)),
            ),
            Self::NeedsLibcrypt { scheme } => {
                write!(f, "only libxcrypt computes {scheme}; install it (libcrypt.so.1 or .so.2)")
            }
            Self::Refused { scheme } => {
                write!(f, "{scheme} could not be computed; export the hash again")
            }
        }
    }
}

impl Error for HashError {}

/// A time in the largest unit of which there are two or more.
struct Span(Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0 | 1 => write!(f, "{} milliseconds", self.0.as_millis()),
            2..=119 => write!(f, "{seconds} seconds"),
            120..=7_199 => write!(f, "{} minutes", seconds / 60),
            7_200..=172_799 => write!(f, "{} hours", seconds / 3_600),
            _ => write!(f, "{} days", Grouped(seconds / 86_400)),
        }
    }
}

/// The error of a text that is not what its scheme writes.
pub(crate) const fn malformed(scheme: Scheme, what: &'static str) -> HashError {
    HashError::Malformed { scheme, what }
}

/// The same for what is missing.
pub(crate) trait OrMalformed<T> {
    fn or_malformed(self, scheme: Scheme, what: &'static str) -> Result<T, HashError>;
}

impl<T> OrMalformed<T> for Option<T> {
    fn or_malformed(self, scheme: Scheme, what: &'static str) -> Result<T, HashError> {
        self.ok_or(HashError::Malformed { scheme, what })
    }
}
