//! Counts told as ranges, out of which nobody works out a small one.

use std::fmt;

use crate::numbers::grouped;

/// A count of something whose total is known, told as a range.
///
/// Whoever knows the total, or adds up what is told, must not find out a count from 1 to 4, nor one
/// that leaves 1 to 4 over. So every count is told as a range, large ones and none too, and a small
/// one, on either side, stands inside its range and never at its end: then one and the same total
/// comes about in several ways, as long as a second count of it is told as a range as well. The
/// ranges depend on the total alone: 0 to 9, then five numbers each, and ten or more up to the total.
///
/// ```
/// use strongpass_report::Range;
/// let range = |count, of| Range::around(count, of).to_string();
/// assert_eq!(range(3, 90), "fewer than 10");
/// assert_eq!(range(0, 90), "fewer than 10");
/// assert_eq!(range(32, 90), "30 to 34");
/// assert_eq!(range(88, 90), "80 or more");
/// assert_eq!(range(3, 12), "not shown");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Range {
    least: usize,
    most: usize,
    of: usize,
}

impl Range {
    /// How many the first range has, and the last at least.
    pub const WIDE: usize = 10;
    /// How many the others have.
    const STEP: usize = 5;

    /// The range of a count out of a total.
    pub fn around(count: usize, of: usize) -> Self {
        let range = |least, most| Self { least, most, of };
        if of < 2 * Self::WIDE {
            return range(0, of);
        }
        let top = (of - (Self::WIDE - 1)) / Self::STEP * Self::STEP;
        match count.min(of) {
            count if count < Self::WIDE => range(0, Self::WIDE - 1),
            count if count >= top => range(top, of),
            count => {
                let least = count / Self::STEP * Self::STEP;
                range(least, least + Self::STEP - 1)
            }
        }
    }

    /// Whether it says nothing: there are too few of which it is a part.
    pub fn says_nothing(self) -> bool {
        (self.least, self.most) == (0, self.of)
    }

    /// What a picture draws of it.
    pub(crate) fn middle(self) -> usize {
        self.least.midpoint(self.most)
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (grouped(self.least), grouped(self.most));
        match self {
            _ if self.says_nothing() => f.write_str("not shown"),
            Self { least: 0, .. } => write!(f, "fewer than {}", grouped(self.most + 1)),
            _ if self.most == self.of => write!(f, "{least} or more"),
            _ => write!(f, "{least} to {most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_count_has_one_range() {
        for of in 0..130 {
            let all: BTreeSet<Range> = (0..=of).map(|count| Range::around(count, of)).collect();
            let mut next = 0;
            for range in &all {
                assert_eq!(range.least, next, "{range:?}");
                next = range.most + 1;
                // A small count, and one that leaves a small one over, is inside.
                let inside = |count| range.least < count && count < range.most;
                let in_it = |count: &usize| (range.least..=range.most).contains(count);
                let small = (1..5).chain((1..5).filter_map(|rest| of.checked_sub(rest)));
                assert!(of < Range::WIDE || small.filter(in_it).all(inside), "{range:?}");
            }
            assert_eq!(next, of + 1);
        }
    }

    /// Of all that looks the same, no count from 1 to 4 is the only one possible.
    #[track_caller]
    fn nobody_is_recognised(all: impl Iterator<Item = (Vec<usize>, Vec<Range>)>) {
        let mut alike: BTreeMap<Vec<Range>, Vec<BTreeSet<usize>>> = BTreeMap::new();
        for (counts, shown) in all {
            let sets = alike.entry(shown).or_insert_with(|| vec![BTreeSet::new(); counts.len()]);
            for (set, count) in sets.iter_mut().zip(&counts) {
                set.insert(*count);
            }
        }
        for (shown, sets) in alike {
            for set in sets {
                let only = set.first().filter(|_| set.len() == 1);
                assert!(only.is_none_or(|count| !(1..5).contains(count)), "{shown:?} {set:?}");
            }
        }
    }

    #[test]
    fn a_total_and_the_others_do_not_tell_a_small_count() {
        for of in 0..70 {
            let parts = (0..=of).flat_map(|a| (0..=of - a).map(move |b| vec![a, b, of - a - b]));
            nobody_is_recognised(parts.map(|counts| {
                let shown = counts.iter().map(|count| Range::around(*count, of)).collect();
                (counts, shown)
            }));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// Two groups of known sizes beside the whole, whose counts they add up to.
        #[test]
        fn nor_do_groups_and_the_whole(one in 10_usize..30, other in 10_usize..30) {
            let of = one + other;
            let all = (0..=one).flat_map(move |a| {
                (0..=other).flat_map(move |b| (0..=a + b).map(move |week| (a, b, week)))
            });
            nobody_is_recognised(all.map(|(a, b, week)| {
                let (later, nothing) = (a + b - week, of - a - b);
                let whole = [week, later, nothing, a + b].map(|count| Range::around(count, of));
                let groups = [Range::around(a, one), Range::around(b, other)];
                let counts = vec![a, b, one - a, other - b, week, later, nothing];
                (counts, whole.into_iter().chain(groups).collect())
            }));
        }
    }
}
