//! Words to make guesses of, by their length.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use crate::rules::WordClass;

/// Words in their order. It holds the text once (what an earlier audit found may be among it, so it is
/// wiped), and knows which words lanes treat alike.
#[derive(Clone, Default)]
pub(crate) struct WordList {
    text: Zeroizing<String>,
    /// Where each word ends in the text.
    ends: Vec<usize>,
    groups: Vec<WordGroup>,
}

/// Words that lanes treat alike.
#[derive(Clone, Debug, Default)]
struct WordGroup {
    class: WordClass,
    /// Their numbers, ascending.
    members: Vec<u32>,
}

impl WordList {
    /// Adds a word at the end.
    pub(crate) fn push(&mut self, word: &str) {
        let Ok(number) = u32::try_from(self.ends.len()) else { return };
        self.text.push_str(word);
        self.ends.push(self.text.len());
        let class = WordClass::new(word);
        while self.groups.len() <= class.place() {
            self.groups.push(WordGroup::default());
        }
        if let Some(group) = self.groups.get_mut(class.place()) {
            group.class = class;
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
    pub(crate) fn groups(&self, range: Range<usize>) -> impl Iterator<Item = (WordClass, &[u32])> {
        self.groups.iter().filter_map(move |group| {
            let members = &group.members;
            let before = |end: usize| {
                members.partition_point(|&number| usize::try_from(number).is_ok_and(|at| at < end))
            };
            let members = members.get(before(range.start)..before(range.end))?;
            (!members.is_empty()).then_some((group.class, members))
        })
    }
}

impl fmt::Debug for WordList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "WordList({} words)", self.len())
    }
}

impl<W: AsRef<str>> FromIterator<W> for WordList {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let mut list = Self::default();
        words.into_iter().for_each(|word| list.push(word.as_ref()));
        list
    }
}
