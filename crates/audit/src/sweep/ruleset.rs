//! Rules, and what they come to for words of each kind.

use std::ops::Range;
use std::sync::OnceLock;

use strongpass_hash::Unsalted;

use super::list::Kind;
use super::plan::Plan;
use crate::rules::Rule;

/// Rules in their order. What they make of words of one length is worked out when it is first
/// needed, once for all threads and all lists.
#[derive(Debug)]
pub(crate) struct Ruleset {
    rules: Vec<Rule>,
    /// By kind of words: a plan for each slice.
    plans: Vec<OnceLock<Vec<Plan>>>,
}

/// So many rules in one plan: their recipes fit the second-level cache.
const SLICE: usize = 1 << 12;

impl Ruleset {
    /// These rules.
    pub(crate) fn new(rules: Vec<Rule>) -> Self {
        Self { rules, plans: (0..Kind::COUNT).map(|_| OnceLock::new()).collect() }
    }

    /// The rules.
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// How many slices there are.
    pub(super) fn slices(&self) -> usize {
        self.rules.len().div_ceil(SLICE)
    }

    /// Which rules a slice has.
    pub(super) fn slice(&self, number: usize) -> Range<usize> {
        let start = number.saturating_mul(SLICE).min(self.rules.len());
        start..start.saturating_add(SLICE).min(self.rules.len())
    }

    /// Whether somebody needed the plans for such words before.
    pub(super) fn is_planned(&self, kind: Kind) -> bool {
        self.plans.get(kind.place()).is_some_and(|plans| plans.get().is_some())
    }

    /// The plan of a slice for words of a kind.
    pub(super) fn plan(&self, unsalted: Unsalted, kind: Kind, slice: usize) -> Option<&Plan> {
        let plans = self.plans.get(kind.place())?.get_or_init(|| {
            let slices = 0..self.slices();
            slices.map(|n| Plan::new(unsalted, kind, &self.rules, self.slice(n))).collect()
        });
        plans.get(slice)
    }
}

impl From<Vec<Rule>> for Ruleset {
    fn from(rules: Vec<Rule>) -> Self {
        Self::new(rules)
    }
}
