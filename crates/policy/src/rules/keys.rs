//! Walks over the keyboard: from each key to itself with the other shift, or to one beside it.
//!
//! The list of runs has those that many people know; this finds the others, whatever corner they turn
//! and wherever shift is held, on British and American keyboards.

use super::chance::{BIT, log2};
use crate::characters::fold::Folded;
use crate::words::disguise::Disguise;
use crate::words::hits::{Hit, Hits};
use crate::words::list::{List, Tag};

/// The fewest keys that make a walk.
const LEAST: usize = 5;
/// As much as a step is worth: one key of those around, and the one straight on.
const TURN: u32 = 20;
const STRAIGHT: u32 = 36;
const ENOUGH: u32 = 9 * BIT;

/// Rows from the top, each unshifted and shifted, each a little to the right of the one above.
const BRITISH: [[&[u8]; 2]; 4] = [
    [b"1234567890-=", b"!\"\xa3$%^&*()_+"],
    [b"qwertyuiop[]", b"qwertyuiop{}"],
    [b"asdfghjkl;'#", b"asdfghjkl:@~"],
    [b"zxcvbnm,./", b"zxcvbnm<>?"],
];
const AMERICAN: [[&[u8]; 2]; 4] = [
    [b"1234567890-=", b"!@#$%^&*()_+"],
    [b"qwertyuiop[]", b"qwertyuiop{}"],
    [b"asdfghjkl;'", b"asdfghjkl:\""],
    [b"zxcvbnm,./", b"zxcvbnm<>?"],
];

type Places = [u8; 256];

const LAYOUTS: [Places; 2] = [places(&BRITISH), places(&AMERICAN)];

/// Row and column of each key: row × 16 + column + 1; 0 for what is on no key.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "done while compiling, for 4 rows of 12"
)]
const fn places(rows: &[[&[u8]; 2]; 4]) -> Places {
    let (mut places, mut n) = ([0; 256], 0);
    while n < 8 {
        let (row, keys) = (n / 2, rows[n / 2][n % 2]);
        let mut column = 0;
        while column < keys.len() {
            places[keys[column] as usize] = (row * 16 + column + 1) as u8;
            column += 1;
        }
        n += 1;
    }
    places
}

/// Adds the walks in folded keys that are more than chance.
pub(crate) fn find(folded: &Folded<'_>, hits: &mut Hits) {
    let keys = folded.keys();
    if keys.len() < LEAST {
        return;
    }
    let near = |at: usize| match (keys.get(at - 1), keys.get(at)) {
        (Some(&from), Some(&to)) => is_near(from, to),
        _ => false,
    };
    // Of every four steps one is in a walk of five keys, and so is the one before it or behind it.
    let mut at = LEAST - 1;
    while at < keys.len() {
        if near(at) && (near(at - 1) || near(at + 1)) {
            let ends = LAYOUTS.iter().map(|layout| walk(layout, folded, at, hits));
            at = ends.max().unwrap_or(at).max(at);
        }
        at += LEAST - 1;
    }
}

/// Whether there may be a step from one key to the other, on either keyboard.
#[inline]
fn is_near(from: u8, to: u8) -> bool {
    /// The two places of each key.
    #[expect(clippy::indexing_slicing, reason = "of 256 places, while compiling")]
    static BOTH: [[u8; 2]; 256] = {
        let (mut both, mut key) = ([[0; 2]; 256], 0);
        while key < 256 {
            both[key] = [LAYOUTS[0][key], LAYOUTS[1][key]];
            key += 1;
        }
        both
    };
    let places = |key: u8| BOTH.get(usize::from(key)).copied().unwrap_or_default();
    let ([from, other_from], [to, other_to]) = (places(from), places(to));
    let is_way = |from: u8, to: u8| {
        // Ways are -16, -15, -1, 0, 1, 15 and 16.
        let way = to.wrapping_sub(from).wrapping_add(16);
        from != 0 && to != 0 && way <= 32 && 0x1_8003_8003_u64 >> way & 1 == 1
    };
    is_way(from, to) || is_way(other_from, other_to)
}

/// Follows the walk that has a step to the key `at`, both ways; where it ends.
fn walk(layout: &Places, folded: &Folded<'_>, at: usize, hits: &mut Hits) -> usize {
    let keys = folded.keys();
    let step = |at: usize| step(layout, folded, keys, at);
    let is_step = |&at: &usize| step(at).is_some();
    if !is_step(&at) {
        return at;
    }
    let start = (1..=at).rev().take_while(is_step).last().unwrap_or(at) - 1;
    let end = 1 + (at..keys.len()).take_while(is_step).last().unwrap_or(at);
    let length = end - start;
    if length < LEAST {
        return end;
    }
    let mut before = None;
    let worth: u32 = (start + 1..end)
        .map(|at| {
            let way = step(at);
            let is_straight = before == way;
            before = way;
            if is_straight { STRAIGHT } else { TURN }
        })
        .sum();
    if worth >= ENOUGH + log2(keys.len() - length + 1) {
        let tag = Tag { list: List::Keyboard, common: false };
        let letters = length;
        hits.push(Hit { start, end, letters, disguise: Disguise::None, tag });
    }
    end
}

/// The way from the key before to the key at `at`, if it is one beside it: to the left or right, in the
/// row above or below; or the same key with the other shift.
#[inline]
fn step(layout: &Places, folded: &Folded<'_>, keys: &[u8], at: usize) -> Option<u8> {
    let (from, to) = (*keys.get(at.checked_sub(1)?)?, *keys.get(at)?);
    let place = |key: u8| layout.get(usize::from(key)).copied().filter(|&place| place != 0);
    let way = place(to)?.wrapping_sub(place(from)?);
    // One to the right or left; a row down, straight or to the left; a row up, straight or to the right.
    match way {
        1 | 0xff | 16 | 15 | 0xf0 | 0xf1 => Some(way),
        0 if from != to || folded.is_upper(at - 1) != folded.is_upper(at) => Some(way),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characters::fold::fold;

    #[track_caller]
    fn check(password: &str, walks: &[&str]) {
        let mut hits = Hits::default();
        let folded = fold(password);
        find(&folded, &mut hits);
        let mut found: Vec<&str> = Vec::new();
        for hit in crate::words::hits::join_runs(hits.as_slice()) {
            let (start, end) = folded.span(hit.start, hit.end);
            found.push(password.get(start..end).unwrap());
        }
        assert_eq!(found, walks, "{password}");
    }

    #[test]
    fn table() {
        check("1!2\"3£4$5%a", &["1!2\"3£4$5%"]);
        check("!1\"2£3$4%5z", &["!1\"2£3$4%5"]);
        check("1!2@3#4$k9", &["1!2@3#4$"]);
        check("erTY65$£", &["erTY65$£"]);
        check("weRT54£\"", &["weRT54£\""]);
        check("sdFGt54£", &["sdFGt54£"]);
        check("9xqazsedc!", &["qazsedc"]);
        check("xpoiuy7!", &["poiuy7"]);
        check("was7!pQ2", &[]);
        check("treatment", &[]);
        check("aaaaaaaa", &[]);
        check("", &[]);
    }
}
