//! How an entry is hidden in a password.

/// How an entry is written in the password.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[non_exhaustive]
pub enum Disguise {
    /// As it is; capitals, accents and look-alike letters do not count.
    None,
    /// Backwards.
    Reversed,
    /// With other characters between its letters (`p.a.s.s`).
    Split,
    /// With digits or symbols for some letters (`p@ss`).
    Swapped,
    /// Backwards, with digits or symbols for some letters.
    ReversedSwapped,
}

impl Disguise {
    /// The stable name of the disguise in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reversed => "reversed",
            Self::Split => "split",
            Self::Swapped => "substituted",
            Self::ReversedSwapped => "reversed-substituted",
        }
    }
}
