//! How many passwords so many guesses find: what a search expects of the guesses to come.
//!
//! The figures were measured with the program's own guesses and with lists, as a share of accounts:
//!
//! - The first guesses: by rank, a list of frequent passwords finds 5.0 % of what people choose
//!   without a rule in 404 guesses, 9.5 % in 2,857 and 15.6 % in 15,155. (A model trained on a large
//!   list says 1.9, 4.7 and 11.9 % for 10, 100 and 1,000, but of the people of its own list.)
//! - Our words in all shapes, 8.4 thousand million guesses: 40 % without a rule, 13 % under one, 52 %
//!   of a made-up school. The curve ends that far at 44 %.
//! - Beyond: the best that is known of other attacks, 75 % of passwords without a rule in an hour of
//!   one core.
//!
//! So each doubling of the guesses finds much the same again, which is Zipf's law. What counts for the
//! division of time is how the curve bends, not how high it is: that a school's passwords are better
//! or worse changes all of its systems alike. All numbers are whole, so that every computer divides
//! alike.

/// All passwords.
pub(crate) const ALL: u64 = 1_000_000_000_000_000_000;

/// A thousandth of all passwords.
const THOUSANDTH: u64 = ALL / 1000;

/// How many thousandths so many guesses find, as a power of two; every doubling between two points
/// adds the same.
const POINTS: [(u32, u64); 9] = [
    (0, 4),
    (2, 9),
    (4, 17),
    (7, 38),
    (9, 58),
    (11, 85),
    (14, 158),
    (33, 440),
    (63, 740),
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
        let marks: Vec<u64> = (0..62).map(|doublings| 1 << doublings).collect();
        assert!(marks.iter().all(|n| found_by(*n) < found_by(n + n / 2 + 1)));
        let each = |tried: &u64| found_next(*tried, *tried) / tried;
        assert!(marks.windows(2).all(|pair| each(&pair[0]) > each(&pair[1])));
        assert!(found_by(u64::MAX) < ALL);
    }

    #[test]
    fn the_curve_goes_through_what_was_measured() {
        let measured = [(404, 50), (2_857, 95), (15_155, 156), (8_360_000_000, 440)];
        for (guesses, thousandths) in measured {
            let found = found_by(guesses) / THOUSANDTH;
            assert!(found.abs_diff(thousandths) <= 8, "{guesses}: {found}");
        }
    }
}
