//! Time slices of a salted scheme: each guess is hashed once for each salt.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use strongpass_hash::HashError;
use strongpass_policy::near_copies;
use zeroize::Zeroizing;

use super::class::Work;
use super::salted_cursor::{SaltedCursor, price};
use super::search::Search;
use super::targets::SaltGroup;
use super::time_slice::{Hit, SliceKind, SliceOutcome, TimeSlice};
use crate::accounts::number;
use crate::guess::{Block, Stage, personal_words};

/// A guess that costs more than this gets fewer near copies.
const SLOW: u64 = 1_000_000;

/// Guesses for one group.
struct Unit<'g> {
    group: &'g SaltGroup,
    block: Block,
}

impl Search<'_> {
    /// Takes one time slice of a salted class; `enough` is how many common guesses are wanted still.
    pub(super) fn take_salted_slice(
        &mut self,
        class: usize,
        kind: SliceKind,
        groups: &[SaltGroup],
        enough: u64,
        stop: &AtomicBool,
    ) -> Result<Option<SliceOutcome>, HashError> {
        let Some((slice, common)) = self.next_salted(class, kind, groups, enough) else {
            return Ok(None);
        };
        let outcome = self.do_salted(class, groups, slice, &common, None, stop)?;
        if slice.kind == SliceKind::Common && !stop.load(Ordering::Relaxed) {
            self.pass(class, slice.at.0, &common);
        }
        Ok(Some(outcome))
    }

    /// What is to be tried next of a kind, and the guesses if they are of the common order.
    fn next_salted(
        &mut self,
        class: usize,
        kind: SliceKind,
        groups: &[SaltGroup],
        enough: u64,
    ) -> Option<(TimeSlice, Block)> {
        let secrets = number(self.secrets.len());
        let stages = self.stages;
        let feed = self.feeds.get_mut(class)?;
        let price = price(groups);
        let Work::Salted(salted) = &mut feed.work else { return None };
        let wide = |place: usize| u64::try_from(place).unwrap_or(u64::MAX);
        let block = SaltedCursor::block(price, feed.open, feed.rank);
        let at = match kind {
            SliceKind::Own => {
                let from = salted.own_done;
                let most = SaltedCursor::pairs(price, 1);
                salted.own_done = salted.own.len().min(from.saturating_add(most));
                (wide(from), wide(salted.own_done))
            }
            SliceKind::Similar => {
                let from = salted.near_done;
                let most = SaltedCursor::pairs(price, wide(copies(price))).min(16);
                salted.near_done = salted.own.len().min(from.saturating_add(most));
                (wide(from), wide(salted.near_done))
            }
            SliceKind::Everyone => {
                let from = feed.everyone;
                feed.everyone = secrets.min(from.saturating_add(number(block)));
                (from.into(), feed.everyone.into())
            }
            SliceKind::Personal => {
                let (stage, level) = salted.names;
                let personal = stages.get(stage).filter(|stage| stage.personal);
                let from = salted.personal;
                let most = personal.map_or(groups.len(), |_| salted.batch(groups));
                let to = groups.len().min(from.saturating_add(most));
                salted.personal = to;
                if to >= groups.len() {
                    salted.personal = 0;
                    let levels = personal.map_or(0, Stage::levels);
                    let next = level.saturating_add(1);
                    salted.names =
                        if next < levels { (stage, next) } else { (stage.saturating_add(1), 0) };
                }
                let to = if personal.is_some() { to } else { from };
                (wide(stage) << 32 | wide(level), wide(from) << 32 | wide(to))
            }
            SliceKind::Common => {
                let most = usize::try_from(enough).unwrap_or(usize::MAX).min(block);
                let block = salted.fill(most);
                return Some((TimeSlice { kind, at: (feed.rank, wide(most)) }, block));
            }
        };
        Some((TimeSlice { kind, at }, Block::default()))
    }

    /// Tries what a time slice says on every group that is not done with; if `only` names targets, sorted,
    /// on their groups.
    pub(super) fn do_salted(
        &self,
        class: usize,
        groups: &[SaltGroup],
        slice: TimeSlice,
        common: &Block,
        only: Option<&[u32]>,
        stop: &AtomicBool,
    ) -> Result<SliceOutcome, HashError> {
        let units = match slice.kind {
            SliceKind::Common => {
                let (hits, hashed) = self.try_all(class, groups, common, only, stop)?;
                let ranks = u64::try_from(common.len()).unwrap_or(u64::MAX);
                return Ok(SliceOutcome { slice, hits, hashed, ranks });
            }
            SliceKind::Everyone => {
                let mut block = Block::default();
                for secret in slice.at.0..slice.at.1 {
                    let secret = u32::try_from(secret).unwrap_or(u32::MAX);
                    if let Some(text) = self.secrets.text(secret) {
                        block.push(text);
                    }
                }
                let (hits, hashed) = self.try_all(class, groups, &block, only, stop)?;
                return Ok(SliceOutcome { slice, hits, hashed, ranks: 0 });
            }
            SliceKind::Own | SliceKind::Similar => self.units_of_pairs(class, groups, slice),
            SliceKind::Personal => self.units_of_persons(groups, slice, only),
        };
        let (hits, hashed) = self.try_units(&units, only, stop)?;
        Ok(SliceOutcome { slice, hits, hashed, ranks: 0 })
    }

    /// What was found for a person, for each of the person's other accounts.
    fn units_of_pairs<'g>(
        &self,
        class: usize,
        groups: &'g [SaltGroup],
        slice: TimeSlice,
    ) -> Vec<Unit<'g>> {
        let Some(Work::Salted(salted)) = self.feeds.get(class).map(|feed| &feed.work) else {
            return Vec::new();
        };
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let pairs = salted.own.get(place(slice.at.0)..place(slice.at.1)).unwrap_or_default();
        let copies = copies(price(groups));
        let units = pairs.iter().filter_map(|(target, secret)| {
            let text = self.secrets.text(*secret)?;
            let group = groups.get(salted.group(*target))?;
            let mut block = Block::default();
            if slice.kind == SliceKind::Own {
                block.push(text);
            } else {
                for copy in near_copies(text, &self.systems).iter().take(copies) {
                    block.push(copy);
                }
            }
            Some(Unit { group, block })
        });
        units.collect()
    }

    /// The names of the persons of each group, in the shapes of a level.
    fn units_of_persons<'g>(
        &self,
        groups: &'g [SaltGroup],
        slice: TimeSlice,
        only: Option<&[u32]>,
    ) -> Vec<Unit<'g>> {
        let split = |at: u64| {
            let low = usize::try_from(at & u64::from(u32::MAX)).unwrap_or(usize::MAX);
            (usize::try_from(at >> 32).unwrap_or(usize::MAX), low)
        };
        let ((stage, level), (from, to)) = (split(slice.at.0), split(slice.at.1));
        let Some(stage) = self.stages.get(stage) else { return Vec::new() };
        let groups = groups.get(from..to).unwrap_or_default();
        let units = groups.par_iter().filter(|group| self.is_open(group, only));
        let units = units.map(|group| Unit { group, block: self.personal(group, stage, level) });
        units.collect()
    }

    fn personal(&self, group: &SaltGroup, stage: &Stage, level: usize) -> Block {
        let mut block = Block::default();
        let (mut seen, hasher) = (HashSet::new(), RandomState::new());
        let (mut guess, mut text) = (Zeroizing::new(Vec::new()), Zeroizing::new(String::new()));
        let holders = group.targets.iter().flat_map(|(_, target)| self.targets.holders(*target));
        let mut persons: Vec<u32> = holders.map(|holder| self.accounts.person(*holder)).collect();
        persons.sort_unstable();
        persons.dedup();
        for person in persons {
            let (accounts, names) = self.accounts.called(person);
            let accounts = accounts.iter().map(String::as_str);
            for (word, cost) in personal_words(accounts, names.iter().map(String::as_str)) {
                let Some(shape) = level.checked_sub(usize::from(cost)) else { continue };
                let word: Vec<char> = word.chars().collect();
                for shape in stage.shapes.rules(shape) {
                    if shape.apply(&word, &mut guess)
                        && seen.insert(hasher.hash_one(guess.as_slice()))
                    {
                        text.clear();
                        text.extend(guess.iter());
                        block.push(&text);
                    }
                }
            }
        }
        block
    }

    /// The same guesses for every group.
    fn try_all(
        &self,
        class: usize,
        groups: &[SaltGroup],
        block: &Block,
        only: Option<&[u32]>,
        stop: &AtomicBool,
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let mut slices = block.slices();
        // Lanes take guesses of one length together.
        slices.sort_by_key(|guess| guess.len());
        let open: Vec<&SaltGroup> =
            groups.iter().filter(|group| self.is_open(group, only)).collect();
        // Few accounts: the block is divided, so that every core has something to do.
        let lanes = match self.feeds.get(class).map(|feed| &feed.work) {
            Some(Work::Salted(salted)) => salted.lanes,
            Some(Work::Unsalted(_)) | None => 1,
        };
        let pieces = 32_usize.div_ceil(open.len().max(1));
        let size = slices.len().div_ceil(pieces).max(lanes);
        let work: Vec<_> = open
            .iter()
            .flat_map(|group| slices.chunks(size).map(move |slices| (*group, slices)))
            .collect();
        let tried = work.par_iter().map(|(group, slices)| self.try_slices(group, slices, stop));
        Ok(collected(tried.collect::<Result<_, _>>()?))
    }

    fn try_units(
        &self,
        units: &[Unit<'_>],
        only: Option<&[u32]>,
        stop: &AtomicBool,
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let open = units.par_iter().filter(|unit| self.is_open(unit.group, only));
        let tried = open.map(|unit| self.try_slices(unit.group, &unit.block.slices(), stop));
        Ok(collected(tried.collect::<Result<_, _>>()?))
    }

    /// Guesses for one group.
    fn try_slices(
        &self,
        group: &SaltGroup,
        guesses: &[&[u8]],
        stop: &AtomicBool,
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let mut hits = Vec::new();
        let mut hashed = 0_u64;
        // In small steps where a guess is slow, so that a stop is heard within about a second.
        let nanos = u64::try_from(group.setting.price().as_nanos()).unwrap_or(u64::MAX).max(1);
        let mut hashing = self.hasher(&group.setting)?;
        let piece = usize::try_from(500_000_000 / nanos).unwrap_or(usize::MAX).max(hashing.lanes());
        for guesses in guesses.chunks(piece) {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            hashing.digests(guesses, &mut |at, digest| {
                // They are sorted: many may have one salt.
                let same = group.targets.binary_search_by(|(known, _)| known.bytes().cmp(digest));
                let same = same.ok().and_then(|place| group.targets.get(place));
                if let (Some((_, target)), Some(guess)) = (same, guesses.get(at)) {
                    hits.push(Hit {
                        target: *target,
                        guess: Zeroizing::new(guess.to_vec()),
                        name: None,
                    });
                }
            })?;
            hashed = hashed.saturating_add(u64::try_from(guesses.len()).unwrap_or(u64::MAX));
        }
        Ok((hits, hashed))
    }

    /// Whether a group holds something that is wanted and has not been found.
    fn is_open(&self, group: &SaltGroup, only: Option<&[u32]>) -> bool {
        group.targets.iter().any(|(_, target)| {
            self.found.secret(*target).is_none()
                && only.is_none_or(|only| only.binary_search(target).is_ok())
        })
    }
}

/// How many near copies of a secret are tried where a guess costs so many nanoseconds.
pub(super) const fn copies(price: u64) -> usize {
    if price > SLOW { 30 } else { 100 }
}

fn collected(parts: Vec<(Vec<Hit>, u64)>) -> (Vec<Hit>, u64) {
    let hashed = parts.iter().fold(0_u64, |sum, (_, hashed)| sum.saturating_add(*hashed));
    (parts.into_iter().flat_map(|(hits, _)| hits).collect(), hashed)
}
