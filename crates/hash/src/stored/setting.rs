//! What must be known to hash a guess: scheme, salt and cost.

use std::fmt;
use std::time::Duration;

use crate::stored::cost::Cost;
use crate::stored::scheme::Scheme;

/// Scheme, salt and cost: what must be known to hash a guess. Guesses under equal settings are
/// hashed once, whoever they are for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Setting {
    scheme: Scheme,
    pub(crate) quirk: Quirk,
    /// Bytes of the digest.
    pub(crate) len: u16,
    cost: Cost,
    pub(crate) salt: Box<[u8]>,
}

/// In what a product departs from the plain scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Quirk {
    /// In nothing.
    #[default]
    None,
    /// White space around the password does not count (WordPress).
    Trimmed,
    /// The hash is that of the MD5 in hexadecimal: converted from older hashes (Drupal).
    OverMd5,
    /// Each byte is a character of its own (NT hashes of FreeBSD).
    WideBytes,
    /// The password is hashed in UTF-16LE (SQL Server).
    Utf16,
    /// Argon2 as of version 0x10.
    Argon2V10,
}

impl Setting {
    pub(crate) fn new(scheme: Scheme, cost: Cost, salt: &[u8], len: usize) -> Self {
        let len = u16::try_from(len).unwrap_or(u16::MAX);
        Self { scheme, quirk: Quirk::None, len, cost, salt: salt.into() }
    }

    pub(crate) const fn with(mut self, quirk: Quirk) -> Self {
        self.quirk = quirk;
        self
    }

    /// The setting of a scheme without a salt: there is just one.
    ///
    /// ```
    /// use strongpass_hash::{Scheme, Setting};
    /// assert_eq!(Setting::unsalted(Scheme::Nt).unwrap().scheme(), Scheme::Nt);
    /// assert_eq!(Setting::unsalted(Scheme::Bcrypt), None);
    /// ```
    pub fn unsalted(scheme: Scheme) -> Option<Self> {
        Some(Self::new(scheme, Cost::Fixed, &[], scheme.unsalted_len()?))
    }

    /// The scheme.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// What one guess costs, as the scheme's own parameters say.
    pub const fn cost(&self) -> Cost {
        self.cost
    }

    /// What one guess costs, as time on one core: an estimate to plan with, within a factor of
    /// three on the processors that it was measured on, if there are guesses enough to fill the
    /// lanes. A processor without AVX2 takes longer.
    pub fn price(&self) -> Duration {
        self.cost.price(self.scheme.unit_price())
    }
}

impl fmt::Debug for Setting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Setting({}, {}, ..)", self.scheme.id(), self.cost)
    }
}
