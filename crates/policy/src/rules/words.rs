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

use crate::dictionary::{Dictionary, List};
use crate::fold::{Cell, Folded};
use crate::rules::dates;
use crate::verdict::{Match, Span};
use crate::walk::{Disguise, Found, Hit, walk};

/// Every way in which a password contains a word, before the rule says which of them to report.
pub(crate) fn find(
    dictionary: &Dictionary,
    allow: &[Vec<u8>],
    folded: &Folded,
    characters: usize,
) -> Vec<Hit> {
    let cells = folded.cells();
    let mut hits = Vec::new();
    for list in dictionary.lists() {
        walk(&list.automaton(), cells, |found| {
            if counts(&found, cells, characters) && !allow.iter().any(|word| word == found.entry) {
                hits.push(found.hit);
            }
        });
    }
    dates::find(cells, &mut hits);
    hits
}

fn counts(found: &Found<'_>, cells: &[Cell], characters: usize) -> bool {
    let Found { hit, entry } = found;
    if !entry.iter().all(u8::is_ascii_lowercase) {
        return true;
    }
    match (hit.disguise, entry.len()) {
        (Disguise::None | Disguise::Split, 5..) => true,
        (Disguise::Reversed, 5..) => !is_palindrome(entry),
        (Disguise::None | Disguise::Reversed, 4) => characters <= 16 && is_tidy(hit, cells),
        (Disguise::None, 3) => characters <= 12 && is_alone(hit, cells) && is_tidy(hit, cells),
        (Disguise::Swapped | Disguise::ReversedSwapped, 5) => hit.real >= 3 && is_tidy(hit, cells),
        (Disguise::Swapped | Disguise::ReversedSwapped, 6..) => {
            hit.real >= 2 && is_tidy(hit, cells)
        }
        _ => false,
    }
}

/// Found forwards already.
fn is_palindrome(entry: &[u8]) -> bool {
    entry.iter().eq(entry.iter().rev())
}

/// All small, all capitals, or only the first character a capital; digits and symbols have no case.
pub(crate) fn is_tidy(hit: &Hit, cells: &[Cell]) -> bool {
    let Some([first, rest @ ..]) = cells.get(hit.start..hit.end) else { return false };
    let letters = || rest.iter().filter(|cell| cell.is_letter());
    letters().all(|cell| !cell.upper) || {
        (first.upper || !first.is_letter()) && letters().all(|cell| cell.upper)
    }
}

/// No letter on either side.
fn is_alone(hit: &Hit, cells: &[Cell]) -> bool {
    let is_letter =
        |at: Option<usize>| at.and_then(|at| cells.get(at)).is_some_and(|cell| cell.is_letter());
    !is_letter(hit.start.checked_sub(1)) && !is_letter(Some(hit.end))
}

/// The hits that make up the whole password when the digits and symbols at its ends are dropped.
pub(crate) fn covering_all(hits: &[Hit], cells: &[Cell]) -> Vec<Hit> {
    let first = cells.iter().position(|cell| cell.is_letter()).unwrap_or(0);
    let last = cells.iter().rposition(|cell| cell.is_letter()).map_or(cells.len(), |at| at + 1);
    hits.iter().filter(|hit| hit.start <= first && last <= hit.end).copied().collect()
}

/// Hits that do not overlap: those with the most real letters first, then the plainest, then the
/// leftmost. So `Garden47!` is *garden* and not *gardena*, and `scarpet` a carpet and no scar.
pub(crate) fn cover(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_unstable_by_key(|hit| {
        (std::cmp::Reverse(hit.real), hit.disguise, hit.start, hit.end, hit.tag.list)
    });
    let mut chosen: Vec<Hit> = Vec::new();
    for hit in hits {
        if chosen.iter().all(|other| hit.end <= other.start || other.end <= hit.start) {
            chosen.push(hit);
        }
    }
    chosen.sort_unstable_by_key(|hit| hit.start);
    // `aaaaaaaaaa` is one run and not two.
    chosen.dedup_by(|next, run| {
        let one = run.end == next.start
            && [&*run, &*next].iter().all(|hit| hit.tag.list == List::Keyboard)
            && run.disguise == next.disguise;
        if one {
            run.end = next.end;
        }
        one
    });
    chosen
}

/// The hits as they are reported, in characters as typed.
pub(crate) fn matches(folded: &Folded, hits: Vec<Hit>) -> Vec<Match> {
    let as_typed = |hit: Hit| {
        let (start, end) = folded.span(hit.start, hit.end);
        Match::new(Span { start, end }, hit.tag.list, hit.disguise)
    };
    hits.into_iter().map(as_typed).collect()
}
