//! Rules, and what they come to for words of each kind.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use strongpass_hash::Unsalted;

use super::list::Kind;
use super::plan::Plan;
use crate::rules::Rule;

/// Rules in their order. What they make of words of one length is worked out when it is first
/// needed, once for all threads and all lists.
#[derive(Debug)]
pub(crate) struct Ruleset {
    rules: Vec<Rule>,
    /// By kind of words and slice; none if there are too many to keep.
    plans: Vec<OnceLock<Arc<Plan>>>,
}

/// So many rules in one plan: their recipes fit the second-level cache.
const SLICE: usize = 1 << 12;

/// Of so many rules plans are kept: a rule takes some 50 bytes for each length of words.
const KEPT: usize = 1 << 15;

impl Ruleset {
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

    fn kept(&self, kind: Kind, slice: usize) -> Option<&OnceLock<Arc<Plan>>> {
        self.plans.get(kind.place().saturating_mul(self.slices()).saturating_add(slice))
    }

    /// Whether somebody needed the plan for such words before.
    pub(super) fn is_planned(&self, kind: Kind, slice: usize) -> bool {
        self.kept(kind, slice).is_some_and(|plan| plan.get().is_some())
    }

    /// The plan of a slice for words of a kind.
    pub(super) fn plan(&self, unsalted: Unsalted, kind: Kind, slice: usize) -> Arc<Plan> {
        let plan = || Arc::new(Plan::new(unsalted, kind, &self.rules, self.slice(slice)));
        self.kept(kind, slice).map_or_else(plan, |kept| Arc::clone(kept.get_or_init(plan)))
    }
}

impl From<Vec<Rule>> for Ruleset {
    fn from(rules: Vec<Rule>) -> Self {
        let mut ruleset = Self { rules, plans: Vec::new() };
        if ruleset.rules.len() <= KEPT {
            ruleset.plans.resize_with(Kind::COUNT * ruleset.slices(), OnceLock::new);
        }
        ruleset
    }
}
