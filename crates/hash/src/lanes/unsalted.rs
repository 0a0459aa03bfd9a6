//! The digests that are swept over lanes, and how they read a guess.

use super::{md4, nt};
use crate::stored::scheme::Scheme;

/// A digest without a salt that lanes compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unsalted {
    /// MD4 of UTF-16LE: the NT hash.
    Nt,
}

impl Unsalted {
    /// Finds the digest of a scheme, if lanes compute it.
    #[expect(clippy::wildcard_enum_match_arm, reason = "lanes are written for some schemes")]
    pub const fn from_scheme(scheme: Scheme) -> Option<Self> {
        match scheme {
            Scheme::Nt => Some(Self::Nt),
            _ => None,
        }
    }

    /// The digest of one guess.
    ///
    /// ```
    /// use strongpass_hash::Unsalted;
    /// let digest = Unsalted::Nt.digest("password".chars());
    /// assert_eq!(digest[..4], [0x88, 0x46, 0xf7, 0xea]);
    /// ```
    pub fn digest(self, guess: impl IntoIterator<Item = char>) -> [u8; 16] {
        match self {
            Self::Nt => nt::from_chars(guess.into_iter()),
        }
    }

    /// The most UTF-16 units of a guess that lanes hash.
    pub const fn most_units(self) -> usize {
        match self {
            // Two blocks of 64 bytes, less nine for the padding.
            Self::Nt => 59,
        }
    }

    /// The words of a digest that are kept in the first and the second filter: long guesses are
    /// asked for in another way than short ones.
    pub fn checks(self, digest: &[u8; 16]) -> [u32; 2] {
        match self {
            Self::Nt => md4::checks(digest),
        }
    }

    /// Whether the second filter is asked for a guess of that length in units, not the first.
    pub const fn asks_second(self, units: usize) -> bool {
        match self {
            Self::Nt => units > md4::SHORT,
        }
    }

    /// Whether these characters are written in as many units as they have here.
    pub(super) const fn can_write(self, _units: &[u16]) -> bool {
        match self {
            Self::Nt => true,
        }
    }

    /// Writes the end of a guess and its padding as words of the message, the first of which may
    /// have other characters in it already.
    pub(super) fn pack(self, before: usize, units: &[u16], words: &mut Vec<u32>) {
        match self {
            Self::Nt => {
                let start = std::iter::repeat_n(0, before % 2);
                let units = start.chain(units.iter().copied()).chain([0x80]).map(u32::from);
                let mut units = units.peekable();
                while let Some(low) = units.next() {
                    words.push(low | units.next().unwrap_or(0) << 16);
                }
            }
        }
    }
}
