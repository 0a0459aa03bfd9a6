//! Rules in levels: the shapes that people give to words.

use super::shape;
use crate::rules::{HashcatRule, Ruleset};

/// Rules in levels: level `n` holds those that about one in 2ⁿ people follows.
#[derive(Debug, Default)]
pub struct Shapes(Vec<Ruleset>);

impl Shapes {
    /// What people do to a word so that a policy takes it; `this_year` is the newest year in it.
    pub fn usual(this_year: u16) -> Self {
        let rules = shape::rules(this_year).into_iter();
        // Each is written by us; a test reads them all.
        Self::in_levels(
            rules.filter_map(|(cost, text)| Some((cost, HashcatRule::parse(&text).ok()?))),
        )
    }

    /// Rules in somebody's own order, the likeliest first: the n-th costs log₂ n bits.
    pub fn listed(rules: Vec<HashcatRule>) -> Self {
        let level = |index: u64| u8::try_from(index.ilog2()).unwrap_or(u8::MAX);
        Self::in_levels((1..).map(level).zip(rules))
    }

    fn in_levels(rules: impl Iterator<Item = (u8, HashcatRule)>) -> Self {
        let mut levels: Vec<Vec<HashcatRule>> = Vec::new();
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
    pub(crate) fn rules(&self, level: usize) -> &[HashcatRule] {
        self.level(level).map(Ruleset::rules).unwrap_or_default()
    }

    /// How many levels there are.
    pub fn levels(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_shape_is_a_rule() {
        for (_, text) in shape::rules(2026) {
            assert!(HashcatRule::parse(&text).is_ok(), "{text}");
        }
    }
}
