//! Turns of a salted scheme: each guess is hashed once for each salt.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use strongpass_hash::HashError;
use strongpass_policy::near_copies;
use zeroize::Zeroizing;

use super::{Hit, Kind, Outcome, Search, Turn, Work};
use crate::book::number;
use crate::guess::{Block, Filled, Stage, Stream, personal};
use crate::target::Group;

/// Where a salted class is, and what has been found for its people elsewhere.
#[derive(Debug)]
pub(crate) struct Salted<'a> {
    pub(super) stream: Stream<'a>,
    pub(super) over: bool,
    /// The first group that has not had its persons' names at this level.
    pub(super) personal: usize,
    /// (target, secret): to be tried as they are, and as near copies; all that ever were.
    pub(super) own: Vec<(u32, u32)>,
    pub(super) offered: HashSet<(u32, u32)>,
    /// How many of `own` have been tried as they are, and as near copies.
    pub(super) own_done: usize,
    pub(super) near_done: usize,
    /// Whose turn it is among near copies, everyone's secrets and the common order.
    pub(super) cycle: u8,
    /// The first target of each group.
    pub(super) firsts: Vec<u32>,
    /// Guesses of the common order in one turn.
    pub(super) block: usize,
    /// Guesses that are hashed together.
    lanes: usize,
}

/// The work of one turn, in nanoseconds of one core, by the price of a guess.
const TURN: u64 = 2_000_000_000;

/// A turn may be as long as this to give the lanes something to do.
const LONG_TURN: u64 = 30 * TURN;

/// Of so many guesses for each lane, those of one length mostly fill some.
const FILLED: usize = 8;

/// A guess that costs more than this gets fewer near copies.
const SLOW: u64 = 1_000_000;

impl<'a> Salted<'a> {
    pub(crate) fn new(groups: &[Group], stages: &'a [Stage], lanes: usize) -> Self {
        let first = |group: &Group| group.targets.first().map_or(0, |(_, target)| *target);
        let price = price(groups);
        let each = price.saturating_mul(u64::try_from(groups.len()).unwrap_or(u64::MAX)).max(1);
        let within = |turn: u64| usize::try_from(turn / each).unwrap_or(usize::MAX);
        let filled = lanes.saturating_mul(FILLED).min(within(LONG_TURN));
        let block = within(TURN).max(filled).clamp(1, 8192);
        Self {
            stream: Stream::new(stages),
            over: stages.is_empty(),
            personal: 0,
            own: Vec::new(),
            offered: HashSet::new(),
            own_done: 0,
            near_done: 0,
            cycle: 0,
            firsts: groups.iter().map(first).collect(),
            block,
            lanes,
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    pub(crate) fn is_waiting(&self) -> bool {
        self.near_done < self.own.len() || self.own_done < self.own.len()
    }

    /// A secret of the person who holds this target.
    pub(crate) fn offer(&mut self, target: u32, secret: u32) {
        if self.offered.insert((target, secret)) {
            self.own.push((target, secret));
        }
    }

    /// The group of a target.
    fn group(&self, target: u32) -> usize {
        self.firsts.partition_point(|first| *first <= target).saturating_sub(1)
    }
}

/// Guesses for one group.
struct Unit<'g> {
    group: &'g Group,
    block: Block,
}

impl Search<'_> {
    /// One turn of a salted class; `enough` is how many common guesses are wanted still.
    pub(super) fn salted_turn(
        &mut self,
        class: usize,
        groups: &[Group],
        enough: u64,
        stop: &AtomicBool,
    ) -> Result<Option<Outcome>, HashError> {
        let Some((turn, common)) = self.next_salted(class, groups, enough) else { return Ok(None) };
        self.do_salted(class, groups, turn, &common, None, stop).map(Some)
    }

    /// What is to be tried next, and the guesses if they are of the common order.
    fn next_salted(
        &mut self,
        class: usize,
        groups: &[Group],
        enough: u64,
    ) -> Option<(Turn, Block)> {
        let secrets = number(self.secrets.len());
        let stages = self.stages;
        let feed = self.feeds.get_mut(class)?;
        let Work::Salted(salted) = &mut feed.work else { return None };
        let wide = |place: usize| u64::try_from(place).unwrap_or(u64::MAX);
        if salted.own_done < salted.own.len() {
            let from = salted.own_done;
            salted.own_done = salted.own.len();
            let at = (wide(from), wide(salted.own_done));
            return Some((Turn { kind: Kind::Own, at }, Block::default()));
        }
        for _ in 0..3 {
            salted.cycle = (salted.cycle + 1) % 3;
            match salted.cycle {
                0 if salted.near_done < salted.own.len() => {
                    let from = salted.near_done;
                    salted.near_done = salted.own.len().min(from.saturating_add(16));
                    let at = (wide(from), wide(salted.near_done));
                    return Some((Turn { kind: Kind::Near, at }, Block::default()));
                }
                1 if feed.everyone < secrets => {
                    let from = feed.everyone;
                    let most = number(salted.block).max(1);
                    feed.everyone = secrets.min(from.saturating_add(most));
                    let at = (from.into(), feed.everyone.into());
                    return Some((Turn { kind: Kind::Everyone, at }, Block::default()));
                }
                2 if enough > 0 && !salted.over => {
                    let personal = stages.get(salted.stream.stage).is_some_and(|s| s.personal);
                    if personal && salted.personal < groups.len() {
                        let from = salted.personal;
                        salted.personal =
                            groups.len().min(from.saturating_add(salted.batch(groups)));
                        let stage = wide(salted.stream.stage) << 32 | wide(salted.stream.level);
                        let at = (stage, wide(from) << 32 | wide(salted.personal));
                        return Some((Turn { kind: Kind::Personal, at }, Block::default()));
                    }
                    let most = usize::try_from(enough).unwrap_or(usize::MAX).min(salted.block);
                    let block = salted.fill(most);
                    let at = (feed.rank, wide(most));
                    return Some((Turn { kind: Kind::Common, at }, block));
                }
                _ => {}
            }
        }
        None
    }

    /// Tries what a turn says on every group that is not done with; if `only` names targets, sorted,
    /// on their groups.
    pub(super) fn do_salted(
        &self,
        class: usize,
        groups: &[Group],
        turn: Turn,
        common: &Block,
        only: Option<&[u32]>,
        stop: &AtomicBool,
    ) -> Result<Outcome, HashError> {
        let units = match turn.kind {
            Kind::Common => {
                let (hits, hashed) = self.try_all(class, groups, common, only, stop)?;
                let ranks = u64::try_from(common.len()).unwrap_or(u64::MAX);
                return Ok(Outcome { turn, hits, hashed, ranks });
            }
            Kind::Everyone => {
                let mut block = Block::default();
                for secret in turn.at.0..turn.at.1 {
                    let secret = u32::try_from(secret).unwrap_or(u32::MAX);
                    if let Some(text) = self.secrets.text(secret) {
                        block.push(text);
                    }
                }
                let (hits, hashed) = self.try_all(class, groups, &block, only, stop)?;
                return Ok(Outcome { turn, hits, hashed, ranks: 0 });
            }
            Kind::Own | Kind::Near => self.units_of_pairs(class, groups, turn),
            Kind::Personal => self.units_of_persons(groups, turn, only),
        };
        let (hits, hashed) = self.try_units(&units, only, stop)?;
        Ok(Outcome { turn, hits, hashed, ranks: 0 })
    }

    /// What was found for a person, for each of the person's other accounts.
    fn units_of_pairs<'g>(&self, class: usize, groups: &'g [Group], turn: Turn) -> Vec<Unit<'g>> {
        let Some(Work::Salted(salted)) = self.feeds.get(class).map(|feed| &feed.work) else {
            return Vec::new();
        };
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        let pairs = salted.own.get(place(turn.at.0)..place(turn.at.1)).unwrap_or_default();
        let copies = if price(groups) > SLOW { 30 } else { 100 };
        let units = pairs.iter().filter_map(|(target, secret)| {
            let text = self.secrets.text(*secret)?;
            let group = groups.get(salted.group(*target))?;
            let mut block = Block::default();
            if turn.kind == Kind::Own {
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
        groups: &'g [Group],
        turn: Turn,
        only: Option<&[u32]>,
    ) -> Vec<Unit<'g>> {
        let split = |at: u64| {
            let low = usize::try_from(at & u64::from(u32::MAX)).unwrap_or(usize::MAX);
            (usize::try_from(at >> 32).unwrap_or(usize::MAX), low)
        };
        let ((stage, level), (from, to)) = (split(turn.at.0), split(turn.at.1));
        let Some(stage) = self.stages.get(stage) else { return Vec::new() };
        let groups = groups.get(from..to).unwrap_or_default();
        let units = groups.par_iter().filter(|group| self.is_open(group, only));
        let units = units.map(|group| Unit { group, block: self.personal(group, stage, level) });
        units.collect()
    }

    fn personal(&self, group: &Group, stage: &Stage, level: usize) -> Block {
        let mut block = Block::default();
        let (mut seen, hasher) = (HashSet::new(), RandomState::new());
        let (mut guess, mut text) = (Zeroizing::new(Vec::new()), Zeroizing::new(String::new()));
        let holders = group.targets.iter().flat_map(|(_, target)| self.targets.holders(*target));
        let mut persons: Vec<u32> = holders.map(|holder| self.book.person(*holder)).collect();
        persons.sort_unstable();
        persons.dedup();
        for person in persons {
            let (accounts, names) = self.book.called(person);
            let accounts = accounts.iter().map(String::as_str);
            for (word, cost) in personal::words(accounts, names.iter().map(String::as_str)) {
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
        groups: &[Group],
        block: &Block,
        only: Option<&[u32]>,
        stop: &AtomicBool,
    ) -> Result<(Vec<Hit>, u64), HashError> {
        let mut slices = block.slices();
        // Lanes take guesses of one length together.
        slices.sort_by_key(|guess| guess.len());
        let open: Vec<&Group> = groups.iter().filter(|group| self.is_open(group, only)).collect();
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
        group: &Group,
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
                    hits.push(Hit { target: *target, guess: Zeroizing::new(guess.to_vec()) });
                }
            })?;
            hashed = hashed.saturating_add(u64::try_from(guesses.len()).unwrap_or(u64::MAX));
        }
        Ok((hits, hashed))
    }

    /// Whether a group holds something that is wanted and has not been found.
    fn is_open(&self, group: &Group, only: Option<&[u32]>) -> bool {
        group.targets.iter().any(|(_, target)| {
            self.found.secret(*target).is_none()
                && only.is_none_or(|only| only.binary_search(target).is_ok())
        })
    }
}

fn collected(parts: Vec<(Vec<Hit>, u64)>) -> (Vec<Hit>, u64) {
    let hashed = parts.iter().fold(0_u64, |sum, (_, hashed)| sum.saturating_add(*hashed));
    (parts.into_iter().flat_map(|(hits, _)| hits).collect(), hashed)
}

impl Salted<'_> {
    /// The next guesses of the common order; a level may end before there are `most`.
    pub(super) fn fill(&mut self, most: usize) -> Block {
        let mut block = Block::default();
        match self.stream.fill(&mut block, most) {
            Filled::Full => {}
            Filled::Level => self.personal = 0,
            Filled::All => self.over = true,
        }
        block
    }

    /// For how many groups the persons' names are tried in one turn.
    fn batch(&self, groups: &[Group]) -> usize {
        let guesses = 1_u64.checked_shl(number(self.stream.level).min(20)).unwrap_or(u64::MAX);
        let each = price(groups).saturating_mul(guesses).max(1);
        usize::try_from(TURN.saturating_mul(4) / each).unwrap_or(usize::MAX).max(1)
    }
}

/// Nanoseconds of one guess for one salt.
fn price(groups: &[Group]) -> u64 {
    let price = groups.first().map(|group| group.setting.price()).unwrap_or_default();
    u64::try_from(price.as_nanos()).unwrap_or(u64::MAX).max(1)
}
