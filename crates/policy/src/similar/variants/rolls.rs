//! Changes of meaning: the next number, season, month, day, year or system.

use zeroize::Zeroizing;

use super::blocks::{Kind, blocks};
use super::copies::Variants;

/// Adds each step to the number in the last run of digits, then in the run before it.
pub(super) fn numbers_by(list: &mut Variants, steps: &[i64]) {
    let runs: Vec<_> =
        blocks(list.base()).into_iter().filter(|block| block.kind == Kind::Digits).collect();
    for run in runs.iter().rev().take(2) {
        for &step in steps {
            roll_number(list, run.range.clone(), step);
        }
    }
}

fn roll_number(list: &mut Variants, range: std::ops::Range<usize>, step: i64) {
    // Of a very long run the end is what people count up.
    let start = range.start.max(range.end.saturating_sub(9));
    let range = start..range.end;
    let Some((value, width)) = value(list, range.clone()) else { return };
    let Some(rolled) = value.checked_add_signed(step) else { return };
    list.replace(range.clone(), digits(rolled, width));
    // 10 was 09 or 9.
    list.replace(range, digits(rolled, 1));
}

/// The number that a run of digits shows, and its width.
fn value(list: &Variants, range: std::ops::Range<usize>) -> Option<(u64, usize)> {
    let width = range.len();
    let digits = list.base().get(range)?.iter();
    let value =
        digits.filter_map(|c| c.to_digit(10)).fold(0, |sum, digit| 10 * sum + u64::from(digit));
    Some((value, width))
}

/// The digits of a number, filled with zeros to a width.
fn digits(value: u64, width: usize) -> impl Iterator<Item = char> {
    let places = (0..20_u32).rev().map(move |place| (place, value / 10_u64.pow(place.min(19))));
    places.filter_map(move |(place, rest)| {
        let shown = rest > 0 || usize::try_from(place).is_ok_and(|place| place < width.max(1));
        shown
            .then(|| u32::try_from(rest % 10).ok().and_then(|digit| char::from_digit(digit, 10)))?
    })
}

/// Another season, the months and the weekdays before and after; with the year before or after,
/// too.
pub(super) fn calendar(list: &mut Variants) {
    let year = blocks(list.base()).into_iter().rfind(|block| block.kind == Kind::Digits);
    for cycle in [&SEASONS[..], &MONTHS, &DAYS, &SHORT_MONTHS] {
        let Some((range, at)) = find(list.base(), cycle) else { continue };
        let length = cycle.len();
        for (step, years) in [(length - 1, -1), (1, 1), (2, 0)] {
            if step == 2 && length > 5 {
                continue;
            }
            let Some(name) = cycle.get((at + step) % length) else { continue };
            let shown = in_case_of(list.base().get(range.clone()).unwrap_or_default(), name);
            list.replace(range.clone(), shown.iter().copied());
            if let Some(year) = year.as_ref().filter(|_| years != 0) {
                roll_both(list, &range, &shown, &year.range, years);
            }
        }
    }
}

/// A name and a number at once: `Winter!2025` → `Spring!2026`.
fn roll_both(
    list: &mut Variants,
    word: &std::ops::Range<usize>,
    name: &[char],
    number: &std::ops::Range<usize>,
    step: i64,
) {
    if number.len() > 9 {
        return;
    }
    let Some((value, width)) = value(list, number.clone()) else { return };
    let Some(rolled) = value.checked_add_signed(step) else { return };
    let base = list.base.clone();
    let part = |range: std::ops::Range<usize>| base.get(range).unwrap_or_default().iter().copied();
    let name = name.iter().copied();
    if word.end <= number.start {
        let (between, after) = (word.end..number.start, number.end..base.len());
        list.add(
            part(0..word.start)
                .chain(name)
                .chain(part(between))
                .chain(digits(rolled, width))
                .chain(part(after)),
        );
    } else {
        let (between, after) = (number.end..word.start, word.end..base.len());
        list.add(
            part(0..number.start)
                .chain(digits(rolled, width))
                .chain(part(between))
                .chain(name)
                .chain(part(after)),
        );
    }
}

/// The name of another system in place of the one that it holds.
pub(super) fn systems(list: &mut Variants, names: &[&str]) {
    let Some((range, at)) = find(list.base(), names) else { return };
    let shown = list.base.clone();
    let shown = shown.get(range.clone()).unwrap_or_default();
    for (_, name) in names.iter().enumerate().filter(|(other, _)| *other != at).take(8) {
        let rolled = in_case_of(shown, name);
        list.replace(range.clone(), rolled.iter().copied());
    }
}

/// Where the longest of the names that the text holds is, in any case, and which one it is.
fn find(text: &[char], names: &[&str]) -> Option<(std::ops::Range<usize>, usize)> {
    let holds = |at: usize, name: &str| {
        let mut rest = text.iter().skip(at);
        name.chars().all(|c| rest.next().is_some_and(|found| found.to_ascii_lowercase() == c))
    };
    let long = names.iter().enumerate().filter(|(_, name)| name.len() >= 3);
    let found = long.filter_map(|(which, name)| {
        let at = (0..text.len()).find(|&at| holds(at, name))?;
        Some((at..at + name.chars().count(), which))
    });
    found.max_by_key(|(range, _)| range.len())
}

/// A name in the case of what it replaces: small, Capitalised or CAPITAL.
fn in_case_of(model: &[char], name: &str) -> Zeroizing<Vec<char>> {
    let first = model.first().is_some_and(|c| c.is_uppercase());
    let second = model.get(1).is_some_and(|c| c.is_uppercase());
    let capital = |at| (at == 0 && first) || (at > 0 && second);
    // What is rolled back may be a part of someone's password, so it is wiped too.
    let mut shown = Zeroizing::new(Vec::with_capacity(name.len()));
    let letters = name.chars().enumerate();
    shown.extend(letters.map(|(at, c)| if capital(at) { c.to_ascii_uppercase() } else { c }));
    shown
}

const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const SHORT_MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
