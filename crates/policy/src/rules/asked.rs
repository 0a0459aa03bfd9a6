//! The answers of the rules, as they are collected.

use crate::verdict::rule::{Answer, Evidence, Rule, Violation};
use crate::verdict::{Clauses, Verdict};
use crate::words::few::Few;
use crate::words::matches::Match;

/// Collects answers and violations.
pub(crate) struct Asked {
    pub(crate) verdict: Verdict,
}

impl Asked {
    pub(super) fn new() -> Self {
        let clauses = Clauses([None; Rule::ALL.len()]);
        let violations = Few::new();
        Self { verdict: Verdict { clauses, violations, unchecked: false, warns_of_date: false } }
    }

    pub(crate) fn set(&mut self, rule: Rule, answer: Answer) {
        if let Some(slot) = self.verdict.clauses.0.get_mut(rule.index()) {
            *slot = Some(answer);
        }
    }

    /// The answer to a clause of the policy: no evidence means that it holds.
    #[inline]
    pub(crate) fn answer(&mut self, rule: Rule, broken: Option<Evidence>) {
        match broken {
            None => self.set(rule, Answer::Met),
            Some(evidence) => self.add(Violation::new(rule, evidence)),
        }
    }

    #[inline(never)]
    fn add(&mut self, violation: Violation) {
        self.set(violation.rule, Answer::Broken);
        self.verdict.violations.push(violation);
    }

    /// The answer to a clause that is asked only of what breaks it.
    pub(super) fn answer_if(&mut self, rule: Rule, broken: Option<Evidence>) {
        if broken.is_some() {
            self.answer(rule, broken);
        }
    }

    pub(super) fn answer_matches(&mut self, rule: Rule, matches: Few<Match>) {
        self.answer(rule, (!matches.is_empty()).then_some(Evidence::Matches(matches)));
    }
}
