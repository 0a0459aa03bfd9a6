//! Words to guess with, by how likely people are to choose them.

use std::collections::HashMap;

use strongpass_policy::{Dictionary, Entry, List};

use super::shape::bits;
use super::word_list::WordList;

/// Words in levels: level `n` holds those that about one in 2ⁿ people chooses.
#[derive(Clone, Debug, Default)]
pub struct Words {
    levels: Vec<WordList>,
    are_passwords: bool,
}

impl Words {
    /// The words of a dictionary, of a list of frequent passwords (with ranks, from 1) and of the
    /// school (its streets, its projects, its heads: likelier there than any other word).
    ///
    /// The sources say different things about a word (how many people bear a name, how large a place
    /// is, how common a word is in print), so each has its own way to a cost.
    pub fn ranked<F: AsRef<str>, S: AsRef<str>>(
        dictionary: &Dictionary,
        frequent: impl Iterator<Item = (F, u32)>,
        school: impl Iterator<Item = S>,
    ) -> Self {
        let mut costs: HashMap<Box<str>, u8> = HashMap::new();
        let mut add = |word: &str, cost: u8| {
            if let Some(known) = costs.get_mut(word) {
                *known = cost.min(*known);
            } else if !word.is_empty() {
                costs.insert(word.into(), cost);
            }
        };
        for list in dictionary.lists() {
            list.for_each(|word, entry| {
                if let Ok(word) = str::from_utf8(word) {
                    add(word, bits(cost(word, entry)));
                }
            });
        }
        for (word, rank) in frequent {
            // Zipf with exponent 1 over some 20,000: the first has about a tenth of all.
            let word = word.as_ref();
            let stem = word.bytes().all(|byte| byte.is_ascii_alphabetic());
            let cost = f64::from(rank.max(1)).log2() + if stem { 3.5 } else { 4.5 };
            add(word, bits(cost));
        }
        for word in SEASONS.split(' ') {
            add(word, 6);
        }
        for word in school {
            // Capitals inside a word, as in `QuexbarnFarm`, are lost when it is made small.
            let (word, small) = (word.as_ref(), word.as_ref().to_lowercase());
            if word.chars().skip(1).any(char::is_uppercase) {
                add(word, 4);
            }
            add(&small, 4);
        }
        let mut levels = Self::default();
        let mut all: Vec<(Box<str>, u8)> = costs.into_iter().collect();
        all.sort_unstable();
        for (word, cost) in all {
            levels.push(cost, &word);
        }
        levels
    }

    /// Words in someone's own order, the likeliest first: the n-th costs log₂ n bits.
    pub fn listed<S: AsRef<str>>(words: impl Iterator<Item = S>) -> Self {
        let mut levels = Self::default();
        words.for_each(|word| levels.push_next(word.as_ref()));
        levels
    }

    /// Adds the next word of someone's own order.
    pub fn push_next(&mut self, word: &str) {
        let number = self.levels.iter().map(WordList::len).sum::<usize>().saturating_add(1);
        self.push(u8::try_from(number.ilog2()).unwrap_or(u8::MAX), word);
    }

    /// The same, if they are passwords that are in use, as those of a potfile: a report says nothing
    /// that depends on them.
    #[must_use]
    pub fn of_passwords(self) -> Self {
        Self { are_passwords: true, ..self }
    }

    pub(crate) const fn are_passwords(&self) -> bool {
        self.are_passwords
    }

    /// The words of a level; none above the last.
    pub(crate) fn level(&self, level: usize) -> Option<&WordList> {
        self.levels.get(level)
    }

    /// How many levels there are.
    pub fn levels(&self) -> usize {
        self.levels.len()
    }

    /// All words, the likeliest first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.levels.iter().flat_map(WordList::iter)
    }

    fn push(&mut self, level: u8, word: &str) {
        let level = usize::from(level);
        if self.levels.len() <= level {
            self.levels.resize_with(level.saturating_add(1), WordList::default);
        }
        if let Some(words) = self.levels.get_mut(level) {
            words.push(word);
        }
    }
}

/// What passwords that must change every term are made of.
const SEASONS: &str = "spring summer autumn winter january february march april june july august \
     september october november december monday tuesday wednesday thursday friday saturday sunday \
     easter christmas password welcome school teacher changeme letmein";

/// The cost of an entry of a dictionary, in bits.
#[expect(clippy::wildcard_enum_match_arm, reason = "whatever is not ranked costs the same")]
fn cost(word: &str, entry: Entry) -> f64 {
    let rank = f64::from(entry.rank.max(1)).log2();
    let known = entry.rank > 0;
    match entry.list {
        // SCOWL's sizes: 10 is what everybody says, 70 what few have read.
        List::Word if known => 11.0 + f64::from(entry.rank.min(80)) / 12.0,
        List::Name if known => 5.5 + rank,
        List::Place if known => 7.0 + rank,
        List::Local => 9.5,
        List::Password => 4.5 + rank,
        // The short ones are what people know; the builders of the list made the long ones.
        List::Keyboard => f64::from(u8::try_from(word.len()).unwrap_or(u8::MAX)) / 2.0 + 11.0,
        // A word that nobody ranked.
        _ => 14.0,
    }
}

#[cfg(test)]
mod tests {
    use strongpass_policy::WordList;

    use super::*;

    fn level_of(words: &Words, word: &str) -> Option<usize> {
        (0..words.levels()).find(|level| words.levels[*level].iter().any(|known| known == word))
    }

    #[test]
    fn a_word_has_the_cost_of_its_likeliest_source() {
        let mut list = WordList::compiler();
        list.add_line(List::Word, "aardvark\t20").unwrap();
        list.add_line(List::Word, "liverpool\t35").unwrap();
        list.add_line(List::Place, "margate\t300").unwrap();
        let list = WordList::open(list.finish().unwrap()).unwrap();
        let frequent = [("123456", 1), ("liverpool", 20)].into_iter();
        let words = Words::ranked(&list.into(), frequent, ["Quexpark"].into_iter());
        let order = ["quexpark", "123456", "liverpool", "aardvark", "margate"];
        let levels: Vec<usize> = order.iter().map(|word| level_of(&words, word).unwrap()).collect();
        assert!(levels.is_sorted(), "{levels:?}");
        assert_eq!(words.iter().filter(|word| *word == "liverpool").count(), 1);
    }

    #[test]
    fn a_list_of_ones_own_keeps_its_order() {
        let words = Words::listed(["a", "b", "c", "d", "e"].into_iter());
        assert_eq!(words.iter().collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
        assert_eq!(words.levels[1].len(), 2);
        assert_eq!(words.levels[2].len(), 2);
    }
}
