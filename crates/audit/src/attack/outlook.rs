//! What the next time slice of a class would be expected to find, and what it would cost.

use super::class::{ClassProgress, Work};
use super::curve::{ALL, found_next};
use super::salted_cursor::SaltedCursor;
use super::search::Search;
use super::time_slice::SliceKind;
use crate::accounts::number;

/// How many people have a password on several systems: two in five (43 % in Das et al. 2014, "The
/// Tangled Web of Password Reuse").
const SAME: u64 = ALL / 5 * 2;

/// How many have nearly the same, as one of the near copies that are tried: one in ten.
const SIMILAR: u64 = ALL / 10;

/// Names of a person find one in so many of what the common order finds with as many guesses.
const NAMES: u128 = 2;

/// One guess alone under a scheme without salt costs as much as this many in lanes, and a secret is
/// tried there with some hundred near copies.
const SECRET: u64 = 30 * 100;

/// What is found helps with at most this many more systems.
const MOST_HELPED: usize = 3;

/// The report says what so many times the search would find.
const MORE: u64 = 10;

/// A time slice that could be next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prospect {
    pub(super) class: usize,
    pub(super) kind: SliceKind,
    /// What it finds in a second of one core, in parts of [`ALL`].
    pub(super) pays: u128,
}

impl Search<'_> {
    /// The time slice that pays most of all that are open; of equals the first.
    pub(super) fn best_prospect(&self, guesses: Option<u64>) -> Option<Prospect> {
        let open = self.feeds.iter().enumerate().filter(|(_, feed)| !feed.done);
        let prospects = open.filter_map(|(class, feed)| self.prospect(class, feed, guesses));
        prospects.reduce(|best, next| if next.pays > best.pays { next } else { best })
    }

    /// The time slice of a class that pays most.
    fn prospect(
        &self,
        class: usize,
        feed: &ClassProgress<'_>,
        guesses: Option<u64>,
    ) -> Option<Prospect> {
        let price = self.targets.classes.get(class)?.price();
        let secrets = u64::from(number(self.secrets.len()).saturating_sub(feed.everyone));
        let enough = guesses.map_or(u64::MAX, |most| most.saturating_sub(feed.rank));
        let helped = self.helped(price);
        let of = |kind, finds: u128, guesses: u64| Prospect {
            class,
            kind,
            pays: pays(finds.saturating_mul(helped), guesses.saturating_mul(price)),
        };
        let common = |size: u64, salts: u64| {
            let finds = u128::from(feed.unsolved) * u128::from(found_next(feed.rank, size));
            of(SliceKind::Common, finds, size.saturating_mul(salts))
        };
        let prospects = match &feed.work {
            Work::Unsalted(fast) => {
                let common = (enough > 0).then(|| common(fast.size(self.stages).min(enough), 1));
                // What is found anywhere comes first, however far the guesses are.
                let pays = common.map_or(0, |common| common.pays);
                let everyone = of(SliceKind::Everyone, (ALL / 5).into(), SECRET);
                let everyone = Prospect { pays: everyone.pays.max(pays), ..everyone };
                [(secrets > 0).then_some(everyone), common, None, None, None]
            }
            Work::Salted(salted) => {
                let salts = feed.open.max(1);
                let block = SaltedCursor::block(price, salts, feed.rank);
                let block = u64::try_from(block).unwrap_or(u64::MAX);
                let copies = u64::try_from(super::salted::copies(price)).unwrap_or(u64::MAX);
                // What somebody here has is at least as likely as a guess of the same rank.
                let everyone = secrets.min(block);
                let next = found_next(feed.everyone.into(), everyone);
                let finds = u128::from(feed.unsolved) * u128::from(next);
                let names = feed.spent / price;
                let few = (names / 8).max(8);
                let of_names =
                    u128::from(feed.unsolved) * u128::from(found_next(names, few)) / NAMES;
                [
                    (salted.own_done < salted.own.len())
                        .then(|| of(SliceKind::Own, SAME.into(), 1)),
                    (salted.near_done < salted.own.len())
                        .then(|| of(SliceKind::Similar, SIMILAR.into(), copies)),
                    (secrets > 0)
                        .then(|| of(SliceKind::Everyone, finds, everyone.saturating_mul(salts))),
                    salted
                        .has_names(self.stages)
                        .then(|| of(SliceKind::Personal, of_names, few.saturating_mul(salts))),
                    (enough > 0 && !salted.is_over()).then(|| common(block.min(enough), salts)),
                ]
            }
        };
        let first = prospects.into_iter().flatten();
        first.reduce(|best, next| if next.pays > best.pays { next } else { best })
    }

    /// How many more of a class would be found with ten times the guesses. `None` if nothing is left to
    /// try or to find.
    pub(crate) fn expected_of_more(&self, class: usize) -> Option<usize> {
        let feed = self.feeds.get(class)?;
        let is_over = feed.done && !feed.is_limited;
        if is_over || feed.failed.is_some() || feed.unsolved == 0 {
            return None;
        }
        let left =
            self.stages.iter().fold(0_u64, |sum, stage| sum.saturating_add(stage.all_guesses()));
        let more = feed.rank.max(1).saturating_mul(MORE - 1).min(left.saturating_sub(feed.rank));
        let finds = u128::from(feed.unsolved) * u128::from(found_next(feed.rank, more));
        usize::try_from((finds + u128::from(ALL / 2)) / u128::from(ALL)).ok()
    }

    /// What a find is worth, in fifths: itself, and the person's accounts that are dearer to search.
    fn helped(&self, price: u64) -> u128 {
        let classes = self.targets.classes.iter().zip(&self.feeds);
        let dearer = classes.filter(|(class, feed)| {
            matches!(feed.work, Work::Salted(_)) && feed.unsolved > 0 && class.price() > price
        });
        let dearer = u128::from(number(dearer.count().min(MOST_HELPED)));
        5 + 2 * dearer
    }
}

/// What is found in a second.
fn pays(finds: u128, nanoseconds: u64) -> u128 {
    finds.saturating_mul(1_000_000_000) / u128::from(nanoseconds.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Accounts of one scheme: how many are not found, under how many salts, what a guess costs, how
    /// many guesses each has had.
    #[derive(Clone, Copy)]
    struct Side {
        unsolved: u64,
        salts: u64,
        price: u64,
        tried: u64,
    }

    impl Side {
        const fn nt(unsolved: u64) -> Self {
            Self { unsolved, salts: 1, price: 5, tried: 0 }
        }

        const fn sha512crypt(unsolved: u64) -> Self {
            Self { unsolved, salts: unsolved, price: 385_000, tried: 0 }
        }

        /// An eighth more, and what that pays and costs.
        fn next(&self) -> (u64, u128, u64) {
            let more = (self.tried / 8).max(16);
            let finds = u128::from(self.unsolved) * u128::from(found_next(self.tried, more));
            let cost = more * self.salts * self.price;
            (more, pays(finds, cost), cost)
        }
    }

    /// How many guesses each account of two schemes gets in so many seconds of one core.
    fn divided(mut sides: [Side; 2], seconds: u64) -> [u64; 2] {
        let mut spent = 0;
        while spent < seconds * 1_000_000_000 {
            let next = sides.map(|side| side.next());
            let best = usize::from(next[1].1 > next[0].1);
            sides[best].tried += next[best].0;
            spent += next[best].2;
        }
        sides.map(|side| side.tried)
    }

    /// Two cores for a minute. As it was, NT hashes had eight times the time of others.
    #[test]
    fn neither_the_fast_nor_the_slow_scheme_is_starved() {
        for (fast, slow) in [(90, 90), (40, 40), (3_000, 40), (40, 1_000)] {
            let [nt, sha] = divided([Side::nt(fast), Side::sha512crypt(slow)], 120);
            // Under Zipf's law each account has about the same time.
            let each = 120_000_000_000 / (fast + slow);
            let within = |time: u64| (each / 8..each * 8).contains(&time);
            assert!(within(nt * 5 / fast), "{fast} and {slow}: {nt} guesses for NT");
            assert!(within(sha * 385_000), "{fast} and {slow}: {sha} guesses for SHA-512 crypt");
        }
    }

    #[test]
    fn a_guess_that_costs_more_waits_until_the_cheap_ones_find_little() {
        let early = Side { tried: 1 << 16, ..Side::nt(90) };
        let late = Side { tried: 1 << 32, ..Side::nt(90) };
        let slow = Side::sha512crypt(40).next().1;
        assert!(early.next().1 > slow && slow > late.next().1);
    }
}
