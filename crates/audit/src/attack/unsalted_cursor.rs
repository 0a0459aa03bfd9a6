//! Where a class without salt is in the common order of guesses.

use super::rule_attack::RemainingDigests;
use super::targets::UnsaltedDigests;
use crate::guess::Stage;

/// Where a fast class is in the common order.
#[derive(Debug, Default)]
pub(crate) struct UnsaltedCursor<'a> {
    /// What lanes look for, if they compute this scheme.
    pub(super) lanes: Option<RemainingDigests<'a>>,
    pub(crate) stage: usize,
    pub(crate) level: usize,
    pub(crate) part: usize,
    /// The names of persons have been tried at this level.
    pub(crate) personal: bool,
}

impl<'a> UnsaltedCursor<'a> {
    pub(crate) fn new(unsalted: &'a UnsaltedDigests) -> Self {
        let digest = strongpass_hash::Unsalted::from_scheme(unsalted.setting.scheme());
        let lanes = digest.map(|digest| RemainingDigests::new(digest, &unsalted.digests));
        Self { lanes, ..Self::default() }
    }

    pub(super) fn end(&mut self) {
        self.lanes = None;
    }

    pub(crate) fn is_over(&self, stages: &[Stage]) -> bool {
        self.stage >= stages.len()
    }

    /// How many guesses the next part has.
    pub(super) fn size(&self, stages: &[Stage]) -> u64 {
        let part = stages.get(self.stage).and_then(|stage| stage.part(self.level, self.part));
        let size = part.map_or(0, |(words, rules)| words.len().saturating_mul(rules.rules().len()));
        u64::try_from(size).unwrap_or(u64::MAX).max(1)
    }

    /// How many guesses of the common order stand before this place.
    pub(super) fn guesses_before(&self, stages: &[Stage]) -> u64 {
        guesses_before(stages, (self.stage, self.level, self.part))
    }

    /// Moves to the next part that has something in it.
    pub(super) fn advance(&mut self, stages: &[Stage]) {
        while let Some(stage) = stages.get(self.stage) {
            if stage.parts(self.level).nth(self.part).is_some() {
                return;
            }
            (self.level, self.part, self.personal) = (self.level.saturating_add(1), 0, false);
            if self.level >= stage.levels() {
                (self.stage, self.level) = (self.stage.saturating_add(1), 0);
            } else {
                return;
            }
        }
    }
}

/// How many guesses of the common order stand before a place: stage, level and part.
pub(super) fn guesses_before(stages: &[Stage], (stage, level, part): (usize, usize, usize)) -> u64 {
    let whole = stages.iter().take(stage).map(|stage| (stage, stage.levels(), 0));
    let begun = stages.get(stage).map(|stage| (stage, level, part));
    let of = |(stage, levels, part): (&Stage, usize, usize)| {
        let before = (0..levels).map(|level| stage.guesses(level, usize::MAX));
        before.fold(stage.guesses(levels, part), u64::saturating_add)
    };
    whole.chain(begun).map(of).fold(0, u64::saturating_add)
}
