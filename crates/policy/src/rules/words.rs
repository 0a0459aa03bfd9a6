//! "Does not contain a dictionary word": what counts as containing one.
//!
//! | | counts |
//! |---|---|
//! | W1 | a word of 5 letters or more, in any case, forwards or backwards |
//! | W2 | a word of 4 letters in tidy case, either way, in a password of at most 16 characters |
//! | W3 | a common word of 3 letters that is a whole run of letters, in tidy case, in at most 12 |
//! | W4 | a word of 5 letters or more with digits or symbols for letters, in tidy case, either way, that keeps 3 real letters of 5, or 2 of more |
//! | W5 | a word of 5 letters or more that appears when everything but the letters is dropped |
//! | | a frequent password or a run of keys that has digits or symbols, as it is; a date |
//!
//! *Tidy case* is all small, all capitals, or only the first a capital: how people write words.
//! These were found by a search over 332,640 rule sets for the most human-like passwords caught at
//! a given share of random ones: tidy case cuts false rejects of short words six-fold for 0.3
//! points of catch, and the caps on length halve those of syllable-style generators.

use std::cmp::Reverse;

use crate::dictionary::{Dictionary, List};
use crate::fold::Folded;
use crate::rules::dates;
use crate::verdict::{Match, Span};
use crate::walk::{Disguise, Found, Hit, walk};

/// Every way in which a password contains a word, before the rule says which of them to report.
pub(crate) fn find(
    dictionary: &Dictionary,
    allow: &[Vec<u8>],
    folded: &Folded<'_>,
    characters: usize,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    for list in dictionary.lists() {
        walk(&list.automaton(), folded.keys(), |found| {
            if counts(&found, folded, characters) && !allow.iter().any(|word| word == found.entry) {
                hits.push(found.hit);
            }
        });
    }
    dates::find(folded.keys(), &mut hits);
    hits
}

fn counts(found: &Found<'_>, folded: &Folded<'_>, characters: usize) -> bool {
    let Found { hit, entry } = found;
    if !entry.iter().all(u8::is_ascii_lowercase) {
        return true;
    }
    let backwards = matches!(hit.disguise, Disguise::Reversed | Disguise::ReversedSwapped);
    if backwards && is_palindrome(entry) {
        return false;
    }
    match (hit.disguise, entry.len()) {
        (Disguise::None | Disguise::Reversed | Disguise::Split, 5..) => true,
        (Disguise::None | Disguise::Reversed, 4) => characters <= 16 && is_tidy(hit, folded),
        (Disguise::None, 3) => {
            characters <= 12 && is_alone(hit, folded.keys()) && is_tidy(hit, folded)
        }
        (Disguise::Swapped | Disguise::ReversedSwapped, 5) => {
            hit.letters >= 3 && is_tidy(hit, folded)
        }
        (Disguise::Swapped | Disguise::ReversedSwapped, 6..) => {
            hit.letters >= 2 && is_tidy(hit, folded)
        }
        _ => false,
    }
}

/// Found forwards already.
fn is_palindrome(entry: &[u8]) -> bool {
    entry.iter().eq(entry.iter().rev())
}

/// All small, all capitals, or only the first character a capital; digits and symbols have no case.
pub(crate) fn is_tidy(hit: &Hit, folded: &Folded<'_>) -> bool {
    let is_letter = |key: usize| folded.keys().get(key).is_some_and(u8::is_ascii_lowercase);
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

/// No letter on either side.
fn is_alone(hit: &Hit, keys: &[u8]) -> bool {
    let before = hit.start.checked_sub(1).and_then(|at| keys.get(at));
    let after = keys.get(hit.end);
    before.into_iter().chain(after).all(|key| !key.is_ascii_lowercase())
}

/// The hits that make up the whole password when the digits and symbols at its ends are dropped.
pub(crate) fn covering_all(hits: &[Hit], keys: &[u8]) -> Vec<Hit> {
    let first = keys.iter().position(u8::is_ascii_lowercase).unwrap_or(0);
    let last = keys.iter().rposition(u8::is_ascii_lowercase).map_or(keys.len(), |at| at + 1);
    hits.iter().filter(|hit| hit.start <= first && last <= hit.end).copied().collect()
}

/// Hits that do not overlap: those with the most real letters first, then those that say more than
/// "a frequent password", then the plainest, then the longest. So `Garden47!` is *garden* and not *gardena*, and `scarpet` a carpet and no scar.
pub(crate) fn cover(mut hits: Vec<Hit>) -> Vec<Hit> {
    if hits.len() < 2 {
        return hits;
    }
    join_runs(&mut hits);
    // There may be thousands in a long password: each is ranked once, and one look at the keys it
    // covers tells whether they are taken.
    hits.sort_by_cached_key(rank);
    let mut taken = vec![false; hits.iter().map(|hit| hit.end).max().unwrap_or(0)];
    hits.retain(|hit| {
        let keys = taken.get_mut(hit.start..hit.end).unwrap_or_default();
        let free = !keys.contains(&true);
        if free {
            keys.fill(true);
        }
        free
    });
    hits.sort_unstable_by_key(|hit| hit.start);
    hits
}

/// The order of [`cover`] as one number, smaller first.
fn rank(hit: &Hit) -> u64 {
    let bounded = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let least = |n: usize| u64::from(u16::MAX - bounded(n));
    let plain = match hit.disguise {
        Disguise::None => 0,
        Disguise::Reversed => 1,
        Disguise::Split => 2,
        Disguise::Swapped => 3,
        Disguise::ReversedSwapped => 4,
    };
    let kind = u64::from(hit.tag.list == List::Password) << 3 | plain;
    let (letters, length) = (least(hit.letters), least(hit.end - hit.start));
    letters << 36 | kind << 32 | length << 16 | u64::from(bounded(hit.start))
}

/// Makes one run of runs of keys that overlap or touch: `aaaaaaaaaa` is not `aaaaa` six times.
fn join_runs(hits: &mut Vec<Hit>) {
    let is_run = |hit: &Hit| hit.tag.list == List::Keyboard && hit.disguise == Disguise::None;
    if hits.iter().filter(|hit| is_run(hit)).nth(1).is_none() {
        return;
    }
    let (mut runs, mut joined): (Vec<Hit>, Vec<Hit>) = hits.iter().partition(|hit| is_run(hit));
    runs.sort_unstable_by_key(|hit| (hit.start, Reverse(hit.end)));
    runs.dedup_by(|next, run| {
        let one = next.start <= run.end;
        if one && run.end < next.end {
            let new = next.end - run.end;
            run.letters += next.letters.min(new);
            run.end = next.end;
        }
        one
    });
    joined.append(&mut runs);
    *hits = joined;
}

/// The hits as they are reported, in characters as typed.
pub(crate) fn matches(folded: &Folded<'_>, hits: Vec<Hit>) -> Vec<Match> {
    let as_typed = |hit: Hit| {
        let (start, end) = folded.span(hit.start, hit.end);
        Match::new(Span { start, end }, hit.tag.list, hit.disguise)
    };
    hits.into_iter().map(as_typed).collect()
}
