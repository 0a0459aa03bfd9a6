//! Rules, and what they come to for words of each class.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use strongpass_hash::Unsalted;

use super::plan::Plan;
use super::word_class::WordClass;
use crate::rules::rule::HashcatRule;

/// Rules in their order. What they make of words of one length is worked out when it is first
/// needed, once for all threads and all lists.
#[derive(Debug)]
pub(crate) struct Ruleset {
    rules: Vec<HashcatRule>,
    /// By class of words and slice; none if there are too many to keep.
    plans: Vec<OnceLock<Arc<Plan>>>,
}

/// How many rules are in one plan: their recipes fit the second-level cache.
const SLICE: usize = 1 << 12;

/// Plans are kept for at most this many rules: a rule takes some 50 bytes for each length of words.
const KEPT: usize = 1 << 15;

impl Ruleset {
    /// The rules.
    pub(crate) fn rules(&self) -> &[HashcatRule] {
        &self.rules
    }

    /// How many slices there are.
    pub(crate) fn slices(&self) -> usize {
        self.rules.len().div_ceil(SLICE)
    }

    /// Which rules a slice has.
    pub(crate) fn slice(&self, number: usize) -> Range<usize> {
        let start = number.saturating_mul(SLICE).min(self.rules.len());
        start..start.saturating_add(SLICE).min(self.rules.len())
    }

    fn kept(&self, class: WordClass, slice: usize) -> Option<&OnceLock<Arc<Plan>>> {
        self.plans.get(class.place().saturating_mul(self.slices()).saturating_add(slice))
    }

    /// Whether someone needed the plan for such words before.
    pub(crate) fn is_planned(&self, class: WordClass, slice: usize) -> bool {
        self.kept(class, slice).is_some_and(|plan| plan.get().is_some())
    }

    /// The plan of a slice for words of a class.
    pub(crate) fn plan(&self, unsalted: Unsalted, class: WordClass, slice: usize) -> Arc<Plan> {
        let plan = || Arc::new(Plan::new(unsalted, class, &self.rules, self.slice(slice)));
        self.kept(class, slice).map_or_else(plan, |kept| Arc::clone(kept.get_or_init(plan)))
    }
}

impl From<Vec<HashcatRule>> for Ruleset {
    fn from(rules: Vec<HashcatRule>) -> Self {
        let mut ruleset = Self { rules, plans: Vec::new() };
        if ruleset.rules.len() <= KEPT {
            ruleset.plans.resize_with(WordClass::COUNT * ruleset.slices(), OnceLock::new);
        }
        ruleset
    }
}
