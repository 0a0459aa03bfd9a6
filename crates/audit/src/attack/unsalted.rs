//! Time slices of a scheme without salt: one guess is hashed once for all accounts.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use strongpass_hash::{HashError, Hasher};
use strongpass_policy::near_copies;
use zeroize::Zeroizing;

use super::class::Work;
use super::rule_attack::{RemainingDigests, try_rules};
use super::search::Search;
use super::targets::UnsaltedDigests;
use super::time_slice::{Hit, SliceKind, SliceOutcome, TimeSlice};
use super::unsalted_cursor::UnsaltedCursor;
use crate::accounts::{index, number};
use crate::guess::{Block, Stage, WordList, personal_words};
use crate::rules::Ruleset;

/// How many guesses are hashed in one go.
const BLOCK: usize = 1024;

/// How many words a thread takes at a time.
const WORDS: usize = 64;

/// How many secrets are taken at a time, to be tried with their near copies.
const SECRETS: u32 = 64;

/// Near copies are tried for at most this many recovered passwords. The guesses hold by then what
/// they show of a school's ways; one by one they cost more than the whole of the lanes.
const NEAR: u32 = 4096;

impl<'a> Search<'a> {
    /// Takes one time slice of a class without salt; `enough` is how many common guesses are wanted still.
    pub(super) fn take_unsalted_slice(
        &mut self,
        class: usize,
        unsalted: &UnsaltedDigests,
        enough: u64,
        stop: &AtomicBool,
    ) -> Result<Option<SliceOutcome>, HashError> {
        let slice = self.next_unsalted(class, enough);
        let Some(slice) = slice else { return Ok(None) };
        self.do_unsalted(class, unsalted, slice, enough, stop).map(Some)
    }

    /// What is to be tried next; the place moves on.
    fn next_unsalted(&mut self, class: usize, enough: u64) -> Option<TimeSlice> {
        let secrets = number(self.secrets.len());
        let stages = self.stages;
        let feed = self.feeds.get_mut(class)?;
        let Work::Unsalted(fast) = &mut feed.work else { return None };
        if feed.everyone < secrets {
            let from = feed.everyone;
            let most = if from < NEAR { SECRETS } else { 64 * SECRETS };
            feed.everyone = secrets.min(from.saturating_add(most));
            let at = (from.into(), feed.everyone.into());
            return Some(TimeSlice { kind: SliceKind::Everyone, at });
        }
        if enough == 0 {
            return None;
        }
        fast.advance(stages);
        let stage = stages.get(fast.stage)?;
        let at = (place(fast.stage, fast.level), fast.part.try_into().unwrap_or(u64::MAX));
        if stage.personal && !fast.personal {
            fast.personal = true;
            return Some(TimeSlice { kind: SliceKind::Personal, at });
        }
        // A part of which not all is wanted is the last, and is begun anew if more is wanted later:
        // so what was tried is always the beginning of the order.
        let part = stage.part(fast.level, fast.part);
        if part.is_none_or(|(words, rules)| words_of(enough, words, rules) >= words.len()) {
            fast.part = fast.part.saturating_add(1);
            fast.advance(stages);
        }
        Some(TimeSlice { kind: SliceKind::Common, at })
    }

    /// Tries what a time slice says.
    pub(super) fn do_unsalted(
        &mut self,
        class: usize,
        unsalted: &UnsaltedDigests,
        slice: TimeSlice,
        enough: u64,
        stop: &AtomicBool,
    ) -> Result<SliceOutcome, HashError> {
        let mut lanes = self.fast(class).and_then(|fast| fast.lanes.take());
        let tried = self.tried(unsalted, lanes.as_mut(), slice, enough, stop);
        if let Some(fast) = self.fast(class) {
            fast.lanes = lanes;
        }
        let (hits, hashed) = tried?;
        let ranks = self.guesses_of(slice, enough);
        Ok(SliceOutcome { slice, hits, hashed, ranks })
    }

    fn fast(&mut self, class: usize) -> Option<&mut UnsaltedCursor<'a>> {
        match &mut self.feeds.get_mut(class)?.work {
            Work::Unsalted(fast) => Some(fast),
            Work::Salted(_) => None,
        }
    }

    fn tried(
        &self,
        unsalted: &UnsaltedDigests,
        lanes: Option<&mut RemainingDigests<'_>>,
        slice: TimeSlice,
        enough: u64,
        stop: &AtomicBool,
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let (stage, level) = unplace(slice.at.0);
        let mut way = Way { search: self, unsalted, lanes, stop };
        match (slice.kind, self.stages.get(stage)) {
            (SliceKind::Personal, Some(stage)) => {
                // A name is hashed for one person, a common guess for all of them at once: names
                // are worth their price that many bits later.
                let Some(level) = level.checked_sub(self.persons_in_bits()) else {
                    return Ok((Vec::new(), 0));
                };
                way.personal(stage, level)
            }
            (SliceKind::Common, Some(stage)) => {
                let part = usize::try_from(slice.at.1).unwrap_or(usize::MAX);
                let Some((words, shapes)) = stage.part(level, part) else {
                    return Ok((Vec::new(), 0));
                };
                way.words(words, words_of(enough, words, shapes), shapes)
            }
            _ => self.try_secrets(unsalted, slice.at),
        }
    }

    /// How many guesses of the common order a time slice goes on: every word in every shape, also
    /// where a shape makes nothing of a word, or what was tried before.
    fn guesses_of(&self, slice: TimeSlice, enough: u64) -> u64 {
        let (stage, level) = unplace(slice.at.0);
        let part = usize::try_from(slice.at.1).unwrap_or(usize::MAX);
        let part = self.stages.get(stage).and_then(|stage| stage.part(level, part));
        match (slice.kind, part) {
            (SliceKind::Common, Some((words, rules))) => {
                let words = words_of(enough, words, rules).min(words.len());
                let guesses = words.saturating_mul(rules.rules().len());
                u64::try_from(guesses).unwrap_or(u64::MAX)
            }
            _ => 0,
        }
    }

    pub(super) fn persons_in_bits(&self) -> usize {
        let bits = self.accounts.persons().count().checked_ilog2().unwrap_or(0);
        usize::try_from(bits).unwrap_or(0)
    }

    /// Secrets by number and their near copies.
    fn try_secrets(
        &self,
        unsalted: &UnsaltedDigests,
        at: (u64, u64),
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let numbers = at.0..at.1;
        let numbers: Vec<u32> = numbers.filter_map(|number| u32::try_from(number).ok()).collect();
        let parts: Vec<_> = numbers
            .par_iter()
            .filter_map(|number| Some((*number, self.secrets.text(*number)?)))
            .map(|(number, text)| {
                let mut block = Block::default();
                block.push(text);
                if number < NEAR {
                    for copy in near_copies(text, &self.systems) {
                        block.push(&copy);
                    }
                }
                try_block(unsalted, &mut self.hasher(&unsalted.setting)?, &block)
            })
            .collect::<Result<_, _>>()?;
        Ok(joined(parts))
    }
}

/// How words are tried: on lanes, or one guess after the other.
struct Way<'s, 'a, 't> {
    search: &'s Search<'a>,
    unsalted: &'s UnsaltedDigests,
    lanes: Option<&'s mut RemainingDigests<'t>>,
    stop: &'s AtomicBool,
}

impl Way<'_, '_, '_> {
    /// The words of all persons together, in the shapes of a level.
    fn personal(&mut self, stage: &Stage, level: usize) -> Result<(Vec<Hit>, u64), HashError> {
        let mut by_cost: Vec<Vec<Box<str>>> = Vec::new();
        for person in self.search.accounts.persons() {
            let (accounts, names) = self.search.accounts.called(person);
            let accounts = accounts.iter().map(String::as_str);
            for (word, cost) in personal_words(accounts, names.iter().map(String::as_str)) {
                let cost = usize::from(cost);
                if by_cost.len() <= cost {
                    by_cost.resize_with(cost.saturating_add(1), Vec::new);
                }
                if let Some(list) = by_cost.get_mut(cost) {
                    list.push(word.into());
                }
            }
        }
        let mut parts = Vec::new();
        for (cost, words) in by_cost.iter_mut().enumerate() {
            let Some(shapes) = level.checked_sub(cost) else { break };
            let Some(shapes) = stage.shapes.level(shapes) else { continue };
            words.sort_unstable();
            words.dedup();
            let (mut hits, hashed) = self.words(&words.iter().collect(), usize::MAX, shapes)?;
            for (_, known) in hits.iter_mut().filter_map(|hit| hit.name.as_mut()) {
                *known = cost;
            }
            parts.push((hits, hashed));
        }
        Ok(joined(parts))
    }

    /// Every one of the first words in every shape.
    fn words(
        &mut self,
        words: &WordList,
        most: usize,
        shapes: &Ruleset,
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let most = most.min(words.len());
        let Some(targets) = &mut self.lanes else { return self.one_by_one(words, most, shapes) };
        let instructions = self.search.instructions;
        let (found, guesses) =
            try_rules(instructions, targets, (words, 0..most), shapes, self.stop);
        let mut guess = Zeroizing::new(Vec::with_capacity(256));
        let hits = found.into_iter().filter_map(|hit| {
            let word: Zeroizing<Vec<char>> = Zeroizing::new(words.get(hit.word)?.chars().collect());
            if !shapes.rules().get(hit.rule)?.apply(&word, &mut guess) {
                return None;
            }
            let mut text = Zeroizing::new(String::with_capacity(4 * guess.len()));
            text.extend(guess.iter());
            let guess = Zeroizing::new(std::mem::take(&mut *text).into_bytes());
            let name = Some((Zeroizing::new(words.get(hit.word)?.to_owned()), 0));
            Some(Hit { target: self.unsalted.first.checked_add(hit.target)?, guess, name })
        });
        Ok((hits.collect(), guesses))
    }

    fn one_by_one(
        &self,
        words: &WordList,
        most: usize,
        shapes: &Ruleset,
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let starts: Vec<usize> = (0..most).step_by(WORDS).collect();
        let parts = starts.into_par_iter().map(|start| {
            let mut guess = Zeroizing::new(Vec::with_capacity(256));
            let mut text = Zeroizing::new(String::with_capacity(1024));
            let mut parts = Vec::new();
            let mut block = Block::default();
            let mut hasher = self.search.hasher(&self.unsalted.setting)?;
            for word in (start..most).take(WORDS).filter_map(|number| words.get(number)) {
                if self.stop.load(Ordering::Relaxed) {
                    break;
                }
                let word: Zeroizing<Vec<char>> = Zeroizing::new(word.chars().collect());
                for shape in shapes.rules() {
                    if shape.apply(&word, &mut guess) {
                        text.clear();
                        text.extend(guess.iter());
                        block.push(&text);
                    }
                    if block.len() >= BLOCK {
                        let block = std::mem::take(&mut block);
                        parts.push(try_block(self.unsalted, &mut hasher, &block)?);
                    }
                }
            }
            parts.push(try_block(self.unsalted, &mut hasher, &block)?);
            Ok(joined(parts))
        });
        Ok(joined(parts.collect::<Result<_, HashError>>()?))
    }
}

/// Of how many words of a part the guesses are that are wanted still.
fn words_of(enough: u64, words: &WordList, rules: &Ruleset) -> usize {
    match u64::try_from(rules.rules().len()).unwrap_or(u64::MAX) {
        0 => words.len(),
        each => usize::try_from(enough.div_ceil(each)).unwrap_or(usize::MAX),
    }
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
    unsalted: &UnsaltedDigests,
    hasher: &mut Hasher<'_>,
    block: &Block,
) -> Result<(Vec<Hit>, u64), HashError> {
    let mut hits = Vec::new();
    hasher.digests(&block.slices(), &mut |at, digest| {
        if let (Some(target), Some(guess)) = (unsalted.target(digest), block.get(at)) {
            hits.push(Hit { target, guess: Zeroizing::new(guess.to_vec()), name: None });
        }
    })?;
    Ok((hits, u64::try_from(block.len()).unwrap_or(u64::MAX)))
}

/// Stage and level as one number.
fn place(stage: usize, level: usize) -> u64 {
    u64::from(number(stage)) << 32 | u64::from(number(level))
}

pub(super) fn unplace(place: u64) -> (usize, usize) {
    let low = u32::try_from(place & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    (index(u32::try_from(place >> 32).unwrap_or(u32::MAX)), index(low))
}
