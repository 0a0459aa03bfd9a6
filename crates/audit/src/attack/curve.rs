//! How many passwords so many guesses find: what a search expects of the guesses to come.
//!
//! It is the mean of two kinds of people, who are both at a school:
//!
//! - Those who follow a rule. Our guesses in their order find of 3,000 NT accounts of a made-up school
//!   (`--example made_up_school`, seed 3) 0.4, 0.7, 1.9, 3.7, 7.4, 14.5, 26.4, 42.4 and 57.2 % with 10,
//!   100 … 10⁹ guesses.
//! - Those who choose freely. By rank, a list of frequent passwords finds 5.0 % of what they choose with
//!   404 guesses, 9.5 % with 2,857 and 15.6 % with 15,155; our 8.4 · 10⁹ guesses find 40 %.
//!
//! Beyond, 75 % is the best that is known of an hour of one core. How the curve bends divides the time,
//! not how high it is: that a school's passwords are better or worse changes all of its systems
//! alike. All numbers are whole, so that every computer divides alike.

/// All passwords.
pub(crate) const ALL: u64 = 1_000_000_000_000_000_000;

/// A thousandth of all passwords.
const THOUSANDTH: u64 = ALL / 1000;

/// How many thousandths so many guesses find, as a power of two; every doubling between two points
/// adds the same.
const POINTS: [(u32, u64); 12] = [
    (0, 3),
    (3, 10),
    (7, 24),
    (10, 44),
    (13, 82),
    (17, 147),
    (20, 210),
    (23, 290),
    (27, 388),
    (30, 450),
    (33, 490),
    (63, 760),
];

/// The share of passwords that so many of the likeliest guesses find, in parts of [`ALL`].
pub(crate) fn found_by(guesses: u64) -> u64 {
    let Some(doublings) = guesses.checked_ilog2() else { return 0 };
    let (from, to) = (found_by_doublings(doublings), found_by_doublings(doublings + 1));
    // Between two powers of two the guesses are equally likely.
    let first = 1_u64 << doublings;
    let part = u128::from(to - from) * u128::from(guesses - first) / u128::from(first);
    from.saturating_add(u64::try_from(part).unwrap_or(u64::MAX))
}

/// Of the passwords that the first `tried` guesses did not find, the share that the next `more` do.
pub(crate) fn found_next(tried: u64, more: u64) -> u64 {
    let before = found_by(tried);
    let found = found_by(tried.saturating_add(more)).saturating_sub(before);
    let share = u128::from(found) * u128::from(ALL) / u128::from((ALL - before).max(1));
    u64::try_from(share).unwrap_or(ALL)
}

fn found_by_doublings(doublings: u32) -> u64 {
    let pairs = POINTS.iter().zip(POINTS.iter().skip(1));
    let pair = pairs.into_iter().find(|(_, (end, _))| doublings <= *end);
    let Some(((start, from), (end, to))) = pair else {
        return POINTS.last().map_or(0, |(_, found)| found * THOUSANDTH);
    };
    let rise = (to - from) * THOUSANDTH;
    from * THOUSANDTH + rise / u64::from(end - start) * u64::from(doublings.saturating_sub(*start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_guesses_find_more_and_each_less_than_the_one_before() {
        assert_eq!(found_by(0), 0);
        let marks: Vec<u64> = (0..50).map(|doublings| 1 << doublings).collect();
        assert!(marks.iter().all(|n| found_by(*n) < found_by(n + n / 2 + 1)));
        let each = |tried: &u64| found_next(*tried, *tried) / tried;
        assert!(marks.windows(2).all(|pair| each(&pair[0]) > each(&pair[1])));
        assert!(found_by(u64::MAX) < ALL);
    }

    #[test]
    fn the_curve_is_the_mean_of_what_was_measured() {
        let measured =
            [(404, 34), (2_857, 62), (15_155, 98), (10_000_000, 297), (8_360_000_000, 495)];
        for (guesses, thousandths) in measured {
            let found = found_by(guesses) / THOUSANDTH;
            assert!(found.abs_diff(thousandths) <= 8, "{guesses}: {found}");
        }
    }
}
