//! Words and the shapes that are given to them, in levels of likelihood.

use super::shapes::Shapes;
use super::word_list::WordList;
use super::words::Words;
use crate::rules::Ruleset;

/// Words and what is done to them: a guess is a word and a shape, and costs the sum of the two.
#[derive(Debug, Default)]
pub struct Stage {
    /// The words.
    pub words: Words,
    /// What is done to each.
    pub shapes: Shapes,
    /// Whether the names of each person are tried in these shapes too.
    pub personal: bool,
}

impl Stage {
    /// How many levels of guesses there are.
    pub(crate) fn levels(&self) -> usize {
        (self.words.levels() + self.shapes.levels()).saturating_sub(1)
    }

    /// How many guesses there are; what becomes of two words alike counts twice.
    pub(crate) fn all_guesses(&self) -> u64 {
        let words: usize = (0..self.words.levels())
            .filter_map(|level| self.words.level(level))
            .map(WordList::len)
            .sum();
        let shapes: usize =
            (0..self.shapes.levels()).map(|level| self.shapes.rules(level).len()).sum();
        u64::try_from(words.saturating_mul(shapes)).unwrap_or(u64::MAX)
    }

    /// The parts of a level, the likeliest words first: (level of the words, level of the shapes).
    pub(crate) fn parts(&self, level: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
        let shapes = self.shapes.levels();
        let parts = (0..self.words.levels().min(level.saturating_add(1)))
            .map(move |words| (words, level.saturating_sub(words)));
        parts.filter(move |(_, shape)| *shape < shapes)
    }

    /// The words and the rules of a part of a level.
    pub(crate) fn part(&self, level: usize, part: usize) -> Option<(&WordList, &Ruleset)> {
        let (words, shapes) = self.parts(level).nth(part)?;
        Some((self.words.level(words)?, self.shapes.level(shapes)?))
    }

    /// How many guesses the first parts of a level have: every word in every shape.
    pub(crate) fn guesses(&self, level: usize, parts: usize) -> u64 {
        let parts = self.parts(level).take(parts).filter_map(|(words, shapes)| {
            Some((self.words.level(words)?.len(), self.shapes.rules(shapes).len()))
        });
        let parts = parts.map(|(words, shapes)| words.saturating_mul(shapes));
        parts.fold(0, |all, part| all.saturating_add(u64::try_from(part).unwrap_or(u64::MAX)))
    }
}

#[cfg(test)]
impl Stage {
    /// Words and rules in this order.
    pub(crate) fn listed(words: &[&str], rules: &[&str]) -> Self {
        let rules = rules.iter().map(|rule| crate::rules::HashcatRule::parse(rule).unwrap());
        let words = Words::listed(words.iter().copied());
        Self { words, shapes: Shapes::listed(rules.collect()), personal: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_all_levels_are_every_pair_once() {
        let stage = Stage::listed(&["a", "b", "c", "d"], &[":", "c"]);
        let parts: Vec<_> = (0..stage.levels()).flat_map(|level| stage.parts(level)).collect();
        let mut expected: Vec<_> = (0..3).flat_map(|w| [(w, 0), (w, 1)]).collect();
        let mut sorted = parts;
        sorted.sort_unstable();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }
}
