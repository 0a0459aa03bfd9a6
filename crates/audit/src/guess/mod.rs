//! Guesses, the likeliest first: words, and what people do to them.

pub(crate) mod personal;
mod shape;
mod stream;
mod words;

use crate::rules::Rule;
use crate::sweep::Ruleset;

pub(crate) use stream::{Block, Filled, Stream};
pub use words::Words;

/// Rules in levels: level `n` holds those that about one in 2ⁿ people follows.
#[derive(Debug, Default)]
pub struct Shapes(Vec<Ruleset>);

impl Shapes {
    /// What people do to a word so that a policy takes it; `this_year` is the newest year in it.
    pub fn usual(this_year: u16) -> Self {
        let rules = shape::rules(this_year).into_iter();
        // Each is written by us; a test reads them all.
        Self::in_levels(rules.filter_map(|(cost, text)| Some((cost, Rule::parse(&text).ok()?))))
    }

    /// Rules in somebody's own order, the likeliest first: the n-th costs log₂ n bits.
    pub fn listed(rules: Vec<Rule>) -> Self {
        let level = |index: u64| u8::try_from(index.ilog2()).unwrap_or(u8::MAX);
        Self::in_levels((1..).map(level).zip(rules))
    }

    fn in_levels(rules: impl Iterator<Item = (u8, Rule)>) -> Self {
        let mut levels: Vec<Vec<Rule>> = Vec::new();
        for (level, rule) in rules {
            let level = usize::from(level);
            if levels.len() <= level {
                levels.resize_with(level.saturating_add(1), Vec::new);
            }
            if let Some(rules) = levels.get_mut(level) {
                rules.push(rule);
            }
        }
        Self(levels.into_iter().map(Ruleset::from).collect())
    }

    /// The rules of a level; none above the last.
    pub(crate) fn level(&self, level: usize) -> Option<&Ruleset> {
        self.0.get(level)
    }

    /// The same, one by one.
    pub(crate) fn rules(&self, level: usize) -> &[Rule] {
        self.level(level).map(Ruleset::rules).unwrap_or_default()
    }

    /// How many levels there are.
    pub fn levels(&self) -> usize {
        self.0.len()
    }
}

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

    /// The parts of a level, the likeliest words first: (level of the words, level of the shapes).
    pub(crate) fn parts(&self, level: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
        let shapes = self.shapes.levels();
        let parts = (0..self.words.levels().min(level.saturating_add(1)))
            .map(move |words| (words, level.saturating_sub(words)));
        parts.filter(move |(_, shape)| *shape < shapes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_shape_is_a_rule() {
        for (_, text) in shape::rules(2026) {
            assert!(Rule::parse(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn the_parts_of_all_levels_are_every_pair_once() {
        let words = Words::listed(["a", "b", "c", "d"].into_iter());
        let shapes = Shapes::listed(vec![Rule::parse(":").unwrap(), Rule::parse("c").unwrap()]);
        let stage = Stage { words, shapes, personal: false };
        let parts: Vec<_> = (0..stage.levels()).flat_map(|level| stage.parts(level)).collect();
        let mut expected: Vec<_> = (0..3).flat_map(|w| [(w, 0), (w, 1)]).collect();
        let mut sorted = parts;
        sorted.sort_unstable();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }
}
