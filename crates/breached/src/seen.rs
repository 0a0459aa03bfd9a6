//! How often a password was seen in breaches, exactly or in bands.

/// How often the password of a digest was found in breaches, at least once.
///
/// ```
/// use strongpass_breached::Seen;
///
/// assert!(Seen::exactly(7).is_exact());
/// let banded = Seen::in_band(120);
/// assert_eq!((banded.least, banded.most), (100, Some(999)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Seen {
    /// So often, or more often.
    pub least: u64,
    /// So often, or less often; `None` in the highest band.
    pub most: Option<u64>,
}

/// How many bands there are, in bits: one for each number of digits, the last for eight and more.
pub(super) const BAND_BITS: u32 = 3;

impl Seen {
    /// As an unmodified list says.
    pub const fn exactly(count: u64) -> Self {
        Self { least: count, most: Some(count) }
    }

    /// As an index says: counts of as many digits are one band (1 to 9, 10 to 99 …), and 10 million
    /// or more are the last.
    pub fn in_band(count: u64) -> Self {
        Self::from_band(band(count))
    }

    /// Whether it is one number.
    pub fn is_exact(self) -> bool {
        self.most == Some(self.least)
    }

    /// All bands, the lowest first.
    pub fn bands() -> impl Iterator<Item = Self> {
        (0..8).map(Self::from_band)
    }

    pub(super) fn from_band(band: u8) -> Self {
        let least = 10_u64.pow(u32::from(band & 7));
        Self { least, most: (band < 7).then(|| least * 10 - 1) }
    }
}

/// The number of the band of a count.
pub(super) fn band(count: u64) -> u8 {
    u8::try_from(count.max(1).ilog10().min(7)).unwrap_or(7)
}
