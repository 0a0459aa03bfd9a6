//! Dates written in digits: `31/12/1999`, `31-12-99`, `19991231`, `311299`; months and school years:
//! `09/2025`, `092025`, `2025-26`, `20252026`; and, where little is left beside it, a year.
//!
//! There are some 40,000 of them in living memory, a list that every guesser has. Dates with the
//! name of a month are found by that name.

use crate::characters::fold::Folded;
use crate::words::disguise::Disguise;
use crate::words::hits::{Hit, Hits};
use crate::words::list::{List, Tag};

/// `1.2.03`: passwords with fewer digits, most of them, need no closer look.
const LEAST_DIGITS: usize = 4;

/// In a password of at most this many characters a year of people now alive counts as a date, however
/// few the policy asks for.
const SHORT: usize = 9;

/// Adds the dates in folded `keys`: eight digits that stand alone, or six if that `is_no_chance`, or
/// numbers with the same separator between them; a year where fewer than `least` characters are left when
/// it counts as one.
pub(crate) fn find(
    folded: &Folded<'_>,
    least: usize,
    hits: &mut Hits,
    mut is_no_chance: impl FnMut(usize) -> bool,
) {
    if folded.count(|key| key.is_ascii_digit()) < LEAST_DIGITS {
        return;
    }
    let keys = folded.keys();
    let is_short = keys.len() <= SHORT;
    let may_be_alone = is_short || keys.len() <= least + 2;
    let mut at = 0;
    while let Some(rest) = keys.get(at..) {
        let Some(skip) = rest.iter().position(u8::is_ascii_digit) else { return };
        let start = at + skip;
        let (number, len) = number(keys, start);
        // Among letters chance puts one sooner than people do.
        let is_alone = || {
            let beside = [start.checked_sub(1).and_then(|at| keys.get(at)), keys.get(start + len)];
            beside.iter().any(|key| !key.is_some_and(u8::is_ascii_lowercase))
        };
        let may_be_year = is_short && len == 4 || may_be_alone && is_alone();
        if let Some(end) = (compact(number, len, may_be_year)
            && (len == 8 || is_no_chance(if len == 5 { 4 } else { len })))
        .then_some(start + len)
        .or_else(|| separated(keys, start, || is_no_chance(6)))
        {
            let tag = Tag { list: List::Date, common: false };
            hits.push(Hit { start, end, letters: 0, disguise: Disguise::None, tag });
            at = end;
        } else {
            at = start + len;
        }
    }
}

/// The number whose digits begin at `start`, and how many digits it has (its value is only right
/// for up to eight).
fn number(keys: &[u8], start: usize) -> (u32, usize) {
    let digits = keys.get(start..).unwrap_or_default().iter();
    digits.map_while(|&key| char::from(key).to_digit(10)).fold((0, 0), |(value, len), digit| {
        (u32::wrapping_add(u32::wrapping_mul(value, 10), digit), len + 1)
    })
}

fn compact(number: u32, digits: usize, may_be_year: bool) -> bool {
    let (high, low) = (number / 10_000, number % 10_000);
    let two = |number: u32| [number / 10_000, number / 100 % 100, number % 100];
    match digits {
        8 => {
            is_year(low) && (is_day_month(high / 100, high % 100))
                || is_year(high) && is_month_day(low / 100, low % 100)
                || is_year(high) && low == high + 1
        }
        6 => {
            let [a, b, c] = two(number);
            let of_year = |year, rest| is_year(year) && is_part_of_year(year, rest);
            is_day_month(a, b)
                || is_month_day(b, c)
                || of_year(number / 100, c)
                || (1..=12).contains(&a) && is_year(low)
        }
        // Beside the number of a form, a class, a room: `Yr62025!`.
        5 => may_be_year && (is_of_now(low) || is_of_now(number / 10)),
        // Little is left beside it: `MrT!2024`.
        4 => may_be_year && is_of_now(number),
        _ => false,
    }
}

/// A year of people now alive.
fn is_of_now(year: u32) -> bool {
    (1940..2040).contains(&year)
}

/// A month of it, or the year that it ends in at school: `2025-26`.
fn is_part_of_year(year: u32, part: u32) -> bool {
    (1..=12).contains(&part) || part == (year + 1) % 100
}

/// The end of `D/M/Y`, `Y/M/D`, `M/Y`, `Y/M` or `Y/Y` that begins at `start`.
fn separated(keys: &[u8], start: usize, is_no_chance: impl FnOnce() -> bool) -> Option<usize> {
    let (a, a_len) = number(keys, start);
    let separator = *keys.get(start + a_len)?;
    let second = start + a_len + 1;
    if !b"/.-_ :".contains(&separator) {
        return None;
    }
    let (b, b_len) = number(keys, second);
    let of_year = match (a_len, b_len) {
        (1 | 2, 4) => is_year(b) && (1..=12).contains(&a),
        (4, 1 | 2) => is_year(a) && is_part_of_year(a, b),
        _ => false,
    };
    let of_year = (of_year && is_no_chance()).then_some(second + b_len);
    if keys.get(second + b_len) != Some(&separator) {
        return of_year;
    }
    let third = second + b_len + 1;
    let (c, c_len) = number(keys, third);
    let date = match (a_len, b_len, c_len) {
        (1 | 2, 1 | 2, 2) => is_day_month(a, b),
        (1 | 2, 1 | 2, 4) => is_day_month(a, b) && is_year(c),
        (4, 1 | 2, 1 | 2) => is_year(a) && is_month_day(b, c),
        _ => false,
    };
    if date { Some(third + c_len) } else { of_year }
}

fn is_year(year: u32) -> bool {
    (1900..2050).contains(&year)
}

/// British or American order.
fn is_day_month(a: u32, b: u32) -> bool {
    is_month_day(b, a) || is_month_day(a, b)
}

fn is_month_day(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characters::fold::fold;

    #[track_caller]
    fn check(password: &str, dates: &[&str]) {
        let mut hits = Hits::default();
        find(&fold(password), 8, &mut hits, |_| true);
        let found: Vec<&str> =
            hits.as_slice().iter().map(|hit| password.get(hit.start..hit.end).unwrap()).collect();
        assert_eq!(found, dates, "{password}");
    }

    #[test]
    fn table() {
        check("31/12/1999", &["31/12/1999"]);
        check("MrT!2024", &["2024"]);
        check("Yr6!2025", &["2025"]);
        check("x31-12-99y", &["31-12-99"]);
        check("Yr62025!", &["62025"]);
        check("Yr6!!!2025", &["2025"]);
        check("Ab!092025", &["092025"]);
        check("Ab!202509", &["202509"]);
        check("Kt!wq+Hx,09/2025", &["09/2025"]);
        check("Kt!wq+2025/09", &["2025/09"]);
        check("Kt!wq+2025-26", &["2025-26"]);
        check("Kt!202526", &["202526"]);
        check("6B!wq+Hx,20252026", &["20252026"]);
        check("1.2.2003!", &["1.2.2003"]);
        check("2003-02-01!", &["2003-02-01"]);
        check("a19991231b", &["19991231"]);
        check("a31121999b", &["31121999"]);
        check("a12311999b", &["12311999"]);
        check("a311299b", &["311299"]);
        check("a991231b", &["991231"]);
        check("010203 040506", &["010203", "040506"]);
    }

    #[test]
    fn no_dates() {
        for password in [
            "",
            "1",
            "wKx7Kq 1999",
            "MrT!1899",
            "MrT!202456",
            "MrT!+wq2024",
            "MrTwq2024x",
            "MrT!+wq13/2025",
            "MrT!+wq2025/27",
            "MrT!+wq202527",
            "MrT!+wq20252027",
            "32/13/1999x",
            "31/32-1999x",
            "31/12/",
            "31/",
            "31121899",
            "454545",
            "1234567",
            "123456789",
            "31/12/199",
            "99999999999999999999",
            "00/00/00",
            "1/2/3",
        ] {
            check(password, &[]);
        }
    }
}
