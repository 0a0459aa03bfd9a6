//! "Does not contain a dictionary word": what counts as containing one.
//!
//! | | can count |
//! |---|---|
//! | W1, W2 | a word of 4 letters or more, in any case, forwards or backwards |
//! | W3 | a common word of 3 letters that is a whole run of letters |
//! | W4 | a word of 5 letters or more with digits or symbols for letters, either way |
//! | W5 | a word of 5 letters or more that appears when everything but the letters is dropped |
//! | | a frequent password or a run of keys that has digits or symbols, as it is; a walk over the keys; a date |
//!
//! Whether it does is weighed by [`Chance`]: how likely random characters spell it. *Tidy case* is all
//! small, all capitals, or only the first a capital: how people write words.

use super::chance::Chance;
use crate::characters::fold::Folded;
use crate::rules::{dates, keys};
use crate::words::dictionary::Dictionary;
use crate::words::disguise::Disguise;
use crate::words::hits::{Hit, Hits, is_tidy};
use crate::words::list::List;
use crate::words::walk::{Found, walk};

/// Every way in which a password contains a word, before the rule says which of them to report.
pub(crate) fn find(
    dictionary: &Dictionary,
    allow: &[Vec<u8>],
    folded: &Folded<'_>,
    least: usize,
    hits: &mut Hits,
) {
    // Most finds count, or not, whatever the rest of the password is.
    let mut chance = None;
    let mut chance = || *chance.get_or_insert_with(|| Chance::from_folded(folded));
    for list in dictionary.lists() {
        let Some(automaton) = list.automaton() else { continue };
        walk(automaton, folded, |found| {
            let counts = match weight(&found, folded) {
                Weight::Word if hits.cover(&found.hit) => false,
                Weight::Word => chance().is_enough(&found, folded, list.len()),
                Weight::Run => chance().is_enough_as_run(found.len()),
                Weight::Certain => true,
                Weight::None => false,
            };
            if counts && (allow.is_empty() || !allow.contains(&found.entry())) {
                hits.push(found.hit);
            }
        });
    }
    keys::find(folded, hits);
    dates::find(folded, least, hits, |digits| chance().is_enough_as_date(digits));
}

/// What a find is worth without the rest of the password.
enum Weight {
    Certain,
    /// It depends on how likely chance makes it: as a word, or as a row of keys or digits.
    Word,
    Run,
    None,
}

fn weight(found: &Found<'_>, folded: &Folded<'_>) -> Weight {
    let (hit, length) = (&found.hit, found.len());
    let is_run = hit.tag.list == List::Keyboard || !found.is_word();
    match hit.disguise {
        _ if length < 5 && !matches!(hit.disguise, Disguise::None | Disguise::Reversed) => {
            Weight::None
        }
        Disguise::None if length >= CERTAIN => Weight::Certain,
        Disguise::None if is_run => Weight::Run,
        _ if is_run || found.is_twice() => Weight::None,
        Disguise::None if length == 3 && !is_alone(hit, found.keys()) => Weight::None,
        Disguise::None if is_certain(hit, length, folded) => Weight::Certain,
        Disguise::Reversed if length == 3 => Weight::None,
        Disguise::None
        | Disguise::Reversed
        | Disguise::Swapped
        | Disguise::ReversedSwapped
        | Disguise::Split => Weight::Word,
    }
}

/// This many characters, as they are, spell an entry by chance in no alphabet.
const CERTAIN: usize = 8;

/// Whether [`Chance`] would say so of any password of that length: it has a letter that is not a
/// digit of anything, and so was drawn from 26 letters and ten digits, or more.
fn is_certain(hit: &Hit, length: usize, folded: &Folded<'_>) -> bool {
    let keys = folded.keys();
    let is_long = length >= 6 && keys.len() <= 16 || length == 5 && keys.len() <= 10;
    let word = keys.get(hit.start..hit.end).unwrap_or_default();
    is_long && word.iter().any(|key| *key > b'f') && is_tidy(hit, folded)
}

/// No letter on either side.
fn is_alone(hit: &Hit, keys: &[u8]) -> bool {
    let before = hit.start.checked_sub(1).and_then(|at| keys.get(at));
    let after = keys.get(hit.end);
    before.into_iter().chain(after).all(|key| !key.is_ascii_lowercase())
}

/// This many letters of two words are guessed as soon as one long word.
const TWO_SHORT: usize = 9;

/// The hits that make up the whole password when the digits and symbols at its ends are dropped; two
/// short words count as one, and so does a name with one word more (`johnwick2022`).
pub(crate) fn covering_all(hits: &[Hit], keys: &[u8]) -> Vec<Hit> {
    let first = keys.iter().position(u8::is_ascii_lowercase).unwrap_or(0);
    let last = keys.iter().rposition(u8::is_ascii_lowercase).map_or(keys.len(), |at| at + 1);
    let whole = hits.iter().filter(|hit| hit.start <= first && last <= hit.end);
    let whole: Vec<Hit> = whole.copied().collect();
    if !whole.is_empty() {
        return whole;
    }
    let pairs = hits.iter().filter(|hit| hit.start <= first).flat_map(|one| {
        let is_short = last - first <= TWO_SHORT || one.tag.list == List::Name;
        let is_rest = move |hit: &&Hit| is_short && hit.start == one.end && last <= hit.end;
        hits.iter().filter(is_rest).flat_map(|rest| [*one, *rest])
    });
    pairs.collect()
}
