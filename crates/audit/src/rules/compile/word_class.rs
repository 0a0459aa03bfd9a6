//! Classes of words that lanes treat alike: words of one length, of ASCII or not.

use super::form::has_orderly_case;

/// What lanes must know of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum WordClass {
    /// The number of characters, all ASCII.
    Ascii(u8),
    /// The number of characters, each of one UTF-16 unit, with a case that goes to and fro.
    Wide(u8),
    /// Too long, or of other characters: one guess after the other.
    #[default]
    Alone,
}

impl WordClass {
    /// The longest words that lanes take, in characters: rules mostly make them longer, and of
    /// what they make, lanes take 59.
    pub(crate) const LONGEST: u8 = 40;
    /// How many classes there are: two of each length from 0 to the longest, and one more.
    pub(crate) const COUNT: usize = 83;

    pub(crate) fn new(word: &str) -> Self {
        let length = |length: usize| u8::try_from(length).ok().filter(|&n| n <= Self::LONGEST);
        if word.is_ascii() {
            return length(word.len()).map_or(Self::Alone, Self::Ascii);
        }
        let wide = word.chars().all(|c| u16::try_from(u32::from(c)).is_ok() && has_orderly_case(c));
        let length = length(word.chars().count()).filter(|_| wide);
        length.map_or(Self::Alone, Self::Wide)
    }

    /// The number of characters, if lanes are for them.
    pub(crate) const fn length(self) -> u8 {
        match self {
            Self::Ascii(length) | Self::Wide(length) => length,
            Self::Alone => 0,
        }
    }

    /// Its number, below [`Self::COUNT`].
    pub(crate) fn place(self) -> usize {
        match self {
            Self::Alone => 0,
            Self::Ascii(length) => 2 * usize::from(length) + 1,
            Self::Wide(length) => 2 * usize::from(length) + 2,
        }
    }
}
