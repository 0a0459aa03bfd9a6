//! What the walk found: entries, and which of them to report when they overlap.

use std::cmp::Reverse;

use super::disguise::Disguise;
use super::few::Few;
use super::list::{List, Tag};
use super::matches::{Match, Span};
use crate::characters::fold::Folded;

/// An entry of a list, found in keys `start..end`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// How many letters of the entry are really there, not swapped for digits or symbols.
    pub(crate) letters: usize,
    pub(crate) disguise: Disguise,
    pub(crate) tag: Tag,
}

impl Hit {
    /// Whether it is a run of keys as they are.
    fn is_run(&self) -> bool {
        self.tag.list == List::Keyboard && self.disguise == Disguise::None
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The order of [`report`] as one number of 40 bits, smaller first. A password has no more
    /// than 3,072 keys.
    fn rank(&self) -> u64 {
        let bounded = |n: usize| u64::try_from(n).unwrap_or(u64::MAX).min(0xfff);
        let most = |n: usize| 0xfff - bounded(n);
        let plain = match self.disguise {
            Disguise::None => 0,
            Disguise::Reversed => 1,
            Disguise::Split => 2,
            Disguise::Swapped => 3,
            Disguise::ReversedSwapped => 4,
        };
        let kind = u64::from(self.tag.list == List::Password) << 3 | plain;
        let length = self.end - self.start;
        most(self.letters) << 28 | kind << 24 | most(length) << 12 | bounded(self.start)
    }
}

/// The hits of one password. The few that most have need no memory of their own.
#[derive(Debug)]
pub(crate) struct Hits {
    few: [Hit; FEW],
    len: usize,
    /// All of them, once they are more.
    many: Vec<Hit>,
}

const FEW: usize = 8;

impl Default for Hits {
    fn default() -> Self {
        let tag = Tag { list: List::Word, common: false };
        let none = Hit { start: 0, end: 0, letters: 0, disguise: Disguise::None, tag };
        Self { few: [none; FEW], len: 0, many: Vec::new() }
    }
}

impl Hits {
    pub(crate) fn push(&mut self, hit: Hit) {
        if self.goes_on(&hit) {
            return;
        }
        if let Some(slot) = self.few.get_mut(self.len) {
            *slot = hit;
            self.len += 1;
        } else {
            if self.many.is_empty() {
                self.many.extend(self.few);
            }
            self.many.push(hit);
        }
    }

    /// Whether a longer word, as it is, has a part of this: then that is reported and not this.
    pub(crate) fn cover(&self, hit: &Hit) -> bool {
        let is_more = |known: &Hit| {
            known.letters > hit.letters && known.disguise == Disguise::None && known.overlaps(hit)
        };
        // Of more than a few, the rest is not worth a look.
        self.few.get(..self.len).unwrap_or_default().iter().any(is_more)
    }

    /// Takes a run of keys for the last one, from the same key, that is now known to be longer: of
    /// ten times the same key the first is not reported as six runs.
    fn goes_on(&mut self, hit: &Hit) -> bool {
        if !hit.is_run() {
            return false;
        }
        let few = self.few.get_mut(..self.len).unwrap_or_default();
        let last = if self.many.is_empty() { few.last_mut() } else { self.many.last_mut() };
        let is_same =
            |last: &&mut Hit| last.is_run() && last.tag == hit.tag && last.start == hit.start;
        let is_same_run = last.filter(is_same).map(|last| {
            if last.end < hit.end {
                *last = *hit;
            }
        });
        is_same_run.is_some()
    }

    pub(crate) fn as_slice(&self) -> &[Hit] {
        let few = self.few.get(..self.len).unwrap_or_default();
        if self.many.is_empty() { few } else { &self.many }
    }
}

/// Hits that do not overlap, as they are reported: those with the most real letters first, then
/// those that say more than "a frequent password", then the plainest, then the longest. So
/// `Garden47!` is *garden* and not *gardena*, and `scarpet` a carpet and no scar.
pub(crate) fn report(hits: &[Hit], folded: &Folded<'_>) -> Few<Match> {
    let mut matches = Few::new();
    let keep = |hit: &Hit| {
        let (start, end) = folded.span(hit.start, hit.end);
        matches.push(Match::new(Span { start, end }, hit.tag.list, hit.disguise));
    };
    if hits.iter().filter(|hit| hit.is_run()).nth(1).is_some() {
        cover(&join_runs(hits), keep);
    } else {
        cover(hits, keep);
    }
    matches.sort_by_key(|found| found.span.start);
    matches
}

fn cover(hits: &[Hit], mut keep: impl FnMut(&Hit)) {
    match hits {
        [] => {}
        [hit] => keep(hit),
        hits if hits.len() <= FEW => cover_few(hits, keep),
        hits => cover_many(hits, keep),
    }
}

/// Picks the best that is left until none is.
fn cover_few(hits: &[Hit], mut keep: impl FnMut(&Hit)) {
    let mut left: u32 = (1 << hits.len()) - 1;
    while left != 0 {
        let those_left = || hits.iter().enumerate().filter(|(i, _)| left >> i & 1 == 1);
        let Some((_, best)) = those_left().min_by_key(|(_, hit)| hit.rank()) else { return };
        left = those_left()
            .filter(|(_, hit)| !hit.overlaps(best))
            .fold(0, |left, (i, _)| left | 1 << i);
        keep(best);
    }
}

/// Does the same for the thousands of hits that a long password may have. One look at the keys that
/// a hit covers tells whether they are taken; most hits overlap one of the best, and are left out
/// before the rest is put in order.
fn cover_many(hits: &[Hit], mut keep: impl FnMut(&Hit)) {
    let mut taken = vec![false; hits.iter().map(|hit| hit.end).max().unwrap_or(0)];
    let ranked = |(i, hit): (u64, &Hit)| hit.rank() << 24 | i;
    let hit = |place: u64| usize::try_from(place & 0xff_ffff).ok().and_then(|i| hits.get(i));
    let mut left: Vec<u64> = (0..).zip(hits).map(ranked).collect();
    while let Some(last) = left.len().checked_sub(1) {
        left.select_nth_unstable(last.min(FEW + last / 4));
        let rest = left.split_off(left.len().min(FEW + last / 4));
        left.sort_unstable();
        for hit in left.iter().filter_map(|&place| hit(place)) {
            let keys = taken.get_mut(hit.start..hit.end).unwrap_or_default();
            if !keys.contains(&true) {
                keys.fill(true);
                keep(hit);
            }
        }
        left = rest;
        left.retain(|&place| {
            let keys = hit(place).and_then(|hit| taken.get(hit.start..hit.end));
            keys.is_some_and(|keys| !keys.contains(&true))
        });
    }
}

/// Makes one run of runs of keys that overlap or touch: `aaaaaaaaaa` is not `aaaaa` six times.
pub(crate) fn join_runs(hits: &[Hit]) -> Vec<Hit> {
    let (mut runs, mut joined): (Vec<Hit>, Vec<Hit>) = hits.iter().partition(|hit| hit.is_run());
    runs.sort_by_key(|hit| (hit.start, Reverse(hit.end)));
    runs.dedup_by(|next, run| {
        let one = next.start <= run.end;
        if one && run.end < next.end {
            run.letters += next.letters.min(next.end - run.end);
            run.end = next.end;
        }
        one
    });
    joined.append(&mut runs);
    joined
}

/// All small, all capitals, or only the first character a capital; digits and symbols have no case.
pub(crate) fn is_tidy(hit: &Hit, folded: &Folded<'_>) -> bool {
    if !folded.has_capitals() {
        return true;
    }
    let keys = folded.keys();
    let is_letter = |key: usize| keys.get(key).is_some_and(u8::is_ascii_lowercase);
    let mut rest = (hit.start + 1..hit.end).filter(|&key| is_letter(key));
    match rest.next().map(|key| folded.is_upper(key)) {
        None => true,
        Some(false) => rest.all(|key| !folded.is_upper(key)),
        Some(true) => {
            let first_is_small = is_letter(hit.start) && !folded.is_upper(hit.start);
            !first_is_small && rest.all(|key| folded.is_upper(key))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hit() -> impl Strategy<Value = Hit> {
        let disguises = vec![
            Disguise::None,
            Disguise::Reversed,
            Disguise::Split,
            Disguise::Swapped,
            Disguise::ReversedSwapped,
        ];
        let lists = vec![List::Word, List::Name, List::Keyboard, List::Password, List::Date];
        let kind = (prop::sample::select(disguises), prop::sample::select(lists));
        (0..20_usize, 3..9_usize, 0..9_usize, kind, any::<bool>()).prop_map(
            |(start, length, letters, (disguise, list), common)| Hit {
                start,
                end: start + length,
                letters: letters.min(length),
                disguise,
                tag: Tag { list, common },
            },
        )
    }

    fn kept(cover: impl FnOnce(&mut dyn FnMut(&Hit))) -> Vec<Hit> {
        let mut kept = Vec::new();
        cover(&mut |hit| kept.push(*hit));
        kept
    }

    proptest! {
        #[test]
        fn few_are_covered_like_many(hits in prop::collection::vec(hit(), 0..32)) {
            let few = kept(|keep| cover_few(&hits, keep));
            prop_assert_eq!(&few, &kept(|keep| cover_many(&hits, keep)));
            for (i, one) in few.iter().enumerate() {
                prop_assert!(few[..i].iter().all(|other| !one.overlaps(other)));
            }
        }

        #[test]
        fn hits_are_kept_in_their_order(mut hits in prop::collection::vec(hit(), 0..3 * FEW)) {
            for (start, hit) in hits.iter_mut().enumerate() {
                hit.start = start; // or one run may go on in the next
            }
            let mut pushed = Hits::default();
            for hit in &hits {
                pushed.push(*hit);
            }
            prop_assert_eq!(pushed.as_slice(), &hits[..]);
        }
    }

    #[test]
    fn runs_that_touch_are_one() {
        let tag = Tag { list: List::Keyboard, common: false };
        let run =
            |start, end| Hit { start, end, letters: end - start, disguise: Disguise::None, tag };
        let mut pushed = Hits::default();
        for run in [run(0, 5), run(0, 6), run(0, 7), run(2, 9)] {
            pushed.push(run);
        }
        assert_eq!(pushed.as_slice(), [run(0, 7), run(2, 9)]);
        let joined = join_runs(&[run(0, 5), run(0, 7), run(2, 9), run(9, 14), run(15, 20)]);
        assert_eq!(joined, [run(0, 14), run(15, 20)]);
    }
}
