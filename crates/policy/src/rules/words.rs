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

use crate::dictionary::{Dictionary, WordList};
use crate::fold::Folded;
use crate::hits::{Hit, Hits};
use crate::rules::dates;
use crate::walk::{Disguise, Found, walk};

/// Every way in which a password contains a word, before the rule says which of them to report.
pub(crate) fn find(
    dictionary: &Dictionary,
    allow: &[Vec<u8>],
    folded: &Folded<'_>,
    characters: usize,
    hits: &mut Hits,
) {
    for automaton in dictionary.lists().iter().filter_map(WordList::automaton) {
        walk(automaton, folded, |found| {
            let counts = counts(&found, folded, characters);
            if counts && (allow.is_empty() || !allow.contains(&found.entry())) {
                hits.push(found.hit);
            }
        });
    }
    dates::find(folded, hits);
}

fn counts(found: &Found<'_>, folded: &Folded<'_>, characters: usize) -> bool {
    let hit = &found.hit;
    if !found.is_word() {
        return true;
    }
    let counts = match (hit.disguise, found.len()) {
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
    };
    counts && !found.is_twice()
}

/// All small, all capitals, or only the first character a capital; digits and symbols have no case.
pub(crate) fn is_tidy(hit: &Hit, folded: &Folded<'_>) -> bool {
    if !folded.has_capitals() {
        return true;
    }
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
