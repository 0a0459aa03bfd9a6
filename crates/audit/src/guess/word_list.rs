//! Words to make guesses of, by their length.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use super::alphabet::has_orderly_case;

/// Words in their order. It holds the text once (what an earlier audit found may be among it, so it is
/// wiped), and knows which words lanes treat alike.
#[derive(Clone, Default)]
pub(crate) struct List {
    text: Zeroizing<String>,
    /// Where each word ends in the text.
    ends: Vec<usize>,
    groups: Vec<Group>,
}

/// Words that lanes treat alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) kind: Kind,
    /// Their numbers, ascending.
    pub(super) members: Vec<u32>,
}

/// What lanes must know of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// So many characters, all ASCII.
    Ascii(u8),
    /// So many characters, each of one UTF-16 unit, with a case that goes to and fro.
    Wide(u8),
    /// Too long, or of other characters: one guess after the other.
    #[default]
    Alone,
}

impl Kind {
    /// The longest words that lanes take, in characters: rules mostly make them longer, and of
    /// what they make, lanes take 59.
    pub(super) const LONGEST: u8 = 40;
    /// How many kinds there are: two of each length from 0 to the longest, and one more.
    pub(super) const COUNT: usize = 83;

    fn of(word: &str) -> Self {
        let length = |length: usize| u8::try_from(length).ok().filter(|&n| n <= Self::LONGEST);
        if word.is_ascii() {
            return length(word.len()).map_or(Self::Alone, Self::Ascii);
        }
        let wide = word.chars().all(|c| u16::try_from(u32::from(c)).is_ok() && has_orderly_case(c));
        let length = length(word.chars().count()).filter(|_| wide);
        length.map_or(Self::Alone, Self::Wide)
    }

    /// The number of characters, if lanes are for them.
    pub(super) const fn length(self) -> u8 {
        match self {
            Self::Ascii(length) | Self::Wide(length) => length,
            Self::Alone => 0,
        }
    }

    /// Its number, below [`Self::COUNT`].
    pub(super) fn place(self) -> usize {
        match self {
            Self::Alone => 0,
            Self::Ascii(length) => 2 * usize::from(length) + 1,
            Self::Wide(length) => 2 * usize::from(length) + 2,
        }
    }
}

impl List {
    /// Adds a word at the end.
    pub(crate) fn push(&mut self, word: &str) {
        let Ok(number) = u32::try_from(self.ends.len()) else { return };
        self.text.push_str(word);
        self.ends.push(self.text.len());
        let kind = Kind::of(word);
        while self.groups.len() <= kind.place() {
            self.groups.push(Group::default());
        }
        if let Some(group) = self.groups.get_mut(kind.place()) {
            group.kind = kind;
            group.members.push(number);
        }
    }

    /// The number of words.
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of that number, from 0.
    pub(crate) fn get(&self, number: usize) -> Option<&str> {
        let start = match number.checked_sub(1) {
            None => 0,
            Some(previous) => *self.ends.get(previous)?,
        };
        self.text.get(start..*self.ends.get(number)?)
    }

    /// All words in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|number| self.get(number))
    }

    /// The groups that have words of that range, and these.
    pub(super) fn groups(&self, range: Range<usize>) -> impl Iterator<Item = (Kind, &[u32])> {
        self.groups.iter().filter_map(move |group| {
            let members = &group.members;
            let before = |end: usize| {
                members.partition_point(|&number| usize::try_from(number).is_ok_and(|at| at < end))
            };
            let members = members.get(before(range.start)..before(range.end))?;
            (!members.is_empty()).then_some((group.kind, members))
        })
    }
}

impl fmt::Debug for List {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "List({} words)", self.len())
    }
}

impl<W: AsRef<str>> FromIterator<W> for List {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let mut list = Self::default();
        words.into_iter().for_each(|word| list.push(word.as_ref()));
        list
    }
}
