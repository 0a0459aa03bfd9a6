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

    /// Rules in someone's own order, the likeliest first: the n-th costs log₂ n bits.
    pub fn listed(rules: Vec<HashcatRule>) -> Self {
        let level = |index: u64| u8::try_from(index.ilog2()).unwrap_or(u8::MAX);
        Self::in_levels((1..).map(level).zip(rules))
    }

    /// Where people have capitals in a password of 14 characters whose case is not known, as in an LM
    /// hash: nowhere, first, everywhere, at one place or two.
    pub fn capitals() -> Self {
        // Each is written by us; a test reads them all.
        Self::listed(capitals().iter().filter_map(|rule| HashcatRule::parse(rule).ok()).collect())
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

fn capitals() -> Vec<String> {
    let places = "0123456789ABCD".chars();
    let mut rules: Vec<String> = [":", "c", "u", "C"].map(str::to_owned).into();
    rules.extend(places.clone().map(|place| format!("T{place}")));
    for (at, first) in places.clone().enumerate() {
        rules.extend(places.clone().skip(at + 1).map(|second| format!("T{first}T{second}")));
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_shape_is_a_rule() {
        let usual = shape::rules(2026).into_iter().map(|(_, text)| text);
        for text in usual.chain(capitals()) {
            assert!(HashcatRule::parse(&text).is_ok(), "{text}");
        }
    }
}
