//! Turns of a scheme without salt: one guess is hashed once for all accounts.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use strongpass_hash::{HashError, Hasher, Limits};
use strongpass_policy::near_copies;
use zeroize::Zeroizing;

use super::{Hit, Kind, Outcome, Search, Turn, Work};
use crate::book::{index, number};
use crate::guess::{Block, Stage, personal};
use crate::rules::Rule;
use crate::target::Unsalted;

/// Where a fast class is in the common order.
#[derive(Debug, Default)]
pub(crate) struct Fast {
    pub(crate) stage: usize,
    pub(crate) level: usize,
    pub(crate) part: usize,
    /// The names of persons have had their turn at this level.
    pub(crate) personal: bool,
}

/// How many guesses are hashed in one go.
const BLOCK: usize = 1024;

/// How many secrets are taken at a time, to be tried with their near copies.
const SECRETS: u32 = 64;

impl Fast {
    pub(crate) fn is_over(&self, stages: &[Stage]) -> bool {
        self.stage >= stages.len()
    }

    /// Moves to the next part that has something in it.
    fn advance(&mut self, stages: &[Stage]) {
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

impl Search<'_> {
    /// One turn of a class without salt; `enough` is how many common guesses are wanted still.
    pub(super) fn unsalted_turn(
        &mut self,
        class: usize,
        unsalted: &Unsalted,
        enough: u64,
        stop: &AtomicBool,
    ) -> Result<Option<Outcome>, HashError> {
        let turn = self.next_unsalted(class, enough);
        let Some(turn) = turn else { return Ok(None) };
        self.do_unsalted(unsalted, turn, enough, stop).map(Some)
    }

    /// What is to be tried next; the place moves on.
    fn next_unsalted(&mut self, class: usize, enough: u64) -> Option<Turn> {
        let secrets = number(self.secrets.len());
        let stages = self.stages;
        let feed = self.feeds.get_mut(class)?;
        let Work::Unsalted(fast) = &mut feed.work else { return None };
        if feed.everyone < secrets {
            let from = feed.everyone;
            feed.everyone = secrets.min(from.saturating_add(SECRETS));
            let at = (from.into(), feed.everyone.into());
            return Some(Turn { kind: Kind::Everyone, at });
        }
        if enough == 0 {
            return None;
        }
        fast.advance(stages);
        let stage = stages.get(fast.stage)?;
        let at = (place(fast.stage, fast.level), fast.part.try_into().unwrap_or(u64::MAX));
        if stage.personal && !fast.personal {
            fast.personal = true;
            return Some(Turn { kind: Kind::Personal, at });
        }
        fast.part = fast.part.saturating_add(1);
        fast.advance(stages);
        Some(Turn { kind: Kind::Common, at })
    }

    /// Tries what a turn says.
    pub(super) fn do_unsalted(
        &self,
        unsalted: &Unsalted,
        turn: Turn,
        enough: u64,
        stop: &AtomicBool,
    ) -> Result<Outcome, HashError> {
        let (stage, level) = unplace(turn.at.0);
        let stage = self.stages.get(stage);
        let (hits, tried, ranks) = match (turn.kind, stage) {
            (Kind::Personal, Some(stage)) => {
                // A name is hashed for one person, a common guess for all of them at once: names
                // are worth their price that many bits later.
                let Some(level) = level.checked_sub(self.persons_in_bits()) else {
                    return Ok(Outcome { turn, hits: Vec::new(), hashed: 0, ranks: 0 });
                };
                let (hits, tried) = self.try_personal(unsalted, stage, level, stop)?;
                (hits, tried, 0)
            }
            (Kind::Common, Some(stage)) => {
                let part = usize::try_from(turn.at.1).unwrap_or(usize::MAX);
                let Some((words, shapes)) = stage.parts(level).nth(part) else {
                    return Ok(Outcome { turn, hits: Vec::new(), hashed: 0, ranks: 0 });
                };
                let (words, shapes) = (stage.words.level(words), stage.shapes.level(shapes));
                let most = enough / u64::try_from(shapes.len().max(1)).unwrap_or(u64::MAX);
                let most = usize::try_from(most.max(1)).unwrap_or(usize::MAX).min(words.len());
                let words = words.get(..most).unwrap_or(words);
                let (hits, tried) = try_words(unsalted, words, shapes, &self.limits, stop)?;
                (hits, tried, tried)
            }
            _ => {
                let (hits, tried) = self.try_secrets(unsalted, turn.at)?;
                (hits, tried, 0)
            }
        };
        Ok(Outcome { turn, hits, hashed: tried, ranks })
    }

    fn persons_in_bits(&self) -> usize {
        let bits = self.book.persons().count().checked_ilog2().unwrap_or(0);
        usize::try_from(bits).unwrap_or(0)
    }

    /// The words of all persons together, in the shapes of this level.
    fn try_personal(
        &self,
        unsalted: &Unsalted,
        stage: &Stage,
        level: usize,
        stop: &AtomicBool,
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let mut by_cost: Vec<Vec<Box<str>>> = vec![Vec::new(); 16];
        for person in self.book.persons() {
            let (accounts, names) = self.book.called(person);
            let accounts = accounts.iter().map(String::as_str);
            for (word, cost) in personal::words(accounts, names.iter().map(String::as_str)) {
                if let Some(list) = by_cost.get_mut(usize::from(cost)) {
                    list.push(word.into());
                }
            }
        }
        let (mut hits, mut tried) = (Vec::new(), 0_u64);
        for (cost, words) in by_cost.iter_mut().enumerate() {
            let Some(shape) = level.checked_sub(cost) else { break };
            words.sort_unstable();
            words.dedup();
            let (more, count) =
                try_words(unsalted, words, stage.shapes.level(shape), &self.limits, stop)?;
            hits.extend(more);
            tried = tried.saturating_add(count);
        }
        Ok((hits, tried))
    }

    /// Secrets by number and their near copies.
    fn try_secrets(
        &self,
        unsalted: &Unsalted,
        at: (u64, u64),
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let numbers = at.0..at.1;
        let numbers: Vec<u32> = numbers.filter_map(|number| u32::try_from(number).ok()).collect();
        let parts: Vec<_> = numbers
            .par_iter()
            .filter_map(|number| self.secrets.text(*number))
            .map(|text| {
                let mut block = Block::default();
                block.push(text);
                for copy in near_copies(text, &self.systems) {
                    block.push(&copy);
                }
                try_block(unsalted, &mut unsalted.setting.hasher(&self.limits)?, &block)
            })
            .collect::<Result<_, _>>()?;
        Ok(joined(parts))
    }
}

/// Every word in every shape.
fn try_words(
    unsalted: &Unsalted,
    words: &[Box<str>],
    shapes: &[Rule],
    limits: &Limits,
    stop: &AtomicBool,
) -> Result<(Vec<Hit>, u64), HashError> {
    let parts = words.par_chunks(64).map(|words| {
        let mut guess = Zeroizing::new(Vec::with_capacity(256));
        let mut text = Zeroizing::new(String::with_capacity(1024));
        let (mut hits, mut tried) = (Vec::new(), 0_u64);
        let mut block = Block::default();
        let mut hasher = unsalted.setting.hasher(limits)?;
        for word in words {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let word: Vec<char> = word.chars().collect();
            for shape in shapes {
                if shape.apply(&word, &mut guess) {
                    text.clear();
                    text.extend(guess.iter());
                    block.push(&text);
                }
                if block.len() >= BLOCK {
                    let (more, count) =
                        try_block(unsalted, &mut hasher, &std::mem::take(&mut block))?;
                    hits.extend(more);
                    tried = tried.saturating_add(count);
                }
            }
        }
        let (more, count) = try_block(unsalted, &mut hasher, &block)?;
        hits.extend(more);
        Ok((hits, tried.saturating_add(count)))
    });
    let parts: Vec<_> = parts.collect::<Result<_, HashError>>()?;
    Ok(joined(parts))
}

fn joined(parts: Vec<(Vec<Hit>, u64)>) -> (Vec<Hit>, u64) {
    let (mut hits, mut tried) = (Vec::new(), 0_u64);
    for (more, count) in parts {
        hits.extend(more);
        tried = tried.saturating_add(count);
    }
    (hits, tried)
}

fn try_block(
    unsalted: &Unsalted,
    hasher: &mut Hasher<'_>,
    block: &Block,
) -> Result<(Vec<Hit>, u64), HashError> {
    let mut hits = Vec::new();
    hasher.digests(&block.slices(), &mut |at, digest| {
        if let (Some(target), Some(guess)) = (unsalted.target(digest), block.get(at)) {
            hits.push(Hit { target, guess: Zeroizing::new(guess.to_vec()) });
        }
    })?;
    Ok((hits, u64::try_from(block.len()).unwrap_or(u64::MAX)))
}

/// Stage and level as one number.
fn place(stage: usize, level: usize) -> u64 {
    u64::from(number(stage)) << 32 | u64::from(number(level))
}

fn unplace(place: u64) -> (usize, usize) {
    let low = u32::try_from(place & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    (index(u32::try_from(place >> 32).unwrap_or(u32::MAX)), index(low))
}
