//! Finds the entries of a word list in a folded password, disguises included.
//!
//! The walk is a product: the automaton of the list × the letters that each cell may stand for. No
//! spelling is ever enumerated: a branch lives only while some entry goes on like it, so the work
//! is bounded by cells × the length of the longest entry × a small factor.

use zeroize::Zeroize;

use crate::compile::Compiler;
use crate::dictionary::{Automaton, Tag};
use crate::fold::{disguises, is_disguise};

/// How an entry is written in the password.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[non_exhaustive]
pub enum Disguise {
    /// As it is; capitals, accents and look-alike letters do not count.
    None,
    /// Backwards.
    Reversed,
    /// With other characters between its letters (`p.a.s.s`).
    Split,
    /// With digits or symbols for some letters (`p@ss`).
    Swapped,
    /// Backwards, with digits or symbols for some letters.
    ReversedSwapped,
}

impl Disguise {
    /// The stable name of the disguise in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reversed => "reversed",
            Self::Split => "split",
            Self::Swapped => "substituted",
            Self::ReversedSwapped => "reversed-substituted",
        }
    }
}

/// An entry of a list, found in keys `start..end`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// How many letters of the entry are really there, not swapped for digits or symbols.
    pub(crate) letters: usize,
    pub(crate) disguise: Disguise,
    pub(crate) tag: Tag,
}

/// What the walk found so far, for the rule to decide whether it counts.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) hit: Hit,
    /// The entry, folded.
    pub(crate) entry: &'a [u8],
}

/// Walks folded `keys` from every start, forwards, backwards and over the letters alone, and calls
/// `each` for every entry found.
pub(crate) fn walk<A: Automaton>(automaton: &A, keys: &[u8], each: impl FnMut(Found<'_>)) {
    let mut walk = Walk { automaton, keys, each, entry: [0; Compiler::MAX_ENTRY], start: 0 };
    // No entry is shorter than three keys.
    for (start, triple) in keys.windows(3).enumerate() {
        let &[a, b, c] = triple else { continue };
        if automaton.may_begin([a, b, c]) {
            walk.start = start;
            walk.plain::<FORWARDS>();
        }
        if automaton.may_begin([c, b, a]) {
            walk.start = start + 2;
            walk.plain::<BACKWARDS>();
        }
    }
    walk.split();
    walk.entry.zeroize();
}

const FORWARDS: bool = true;
const BACKWARDS: bool = false;

/// The key after `at`, in reading direction; past either end there is none.
fn after<const FORWARD: bool>(at: usize) -> usize {
    if FORWARD { at + 1 } else { at.wrapping_sub(1) }
}

struct Walk<'a, A, F> {
    automaton: &'a A,
    keys: &'a [u8],
    each: F,
    /// The entry as far as it was read, where that differs from the keys.
    entry: [u8; Compiler::MAX_ENTRY],
    start: usize,
}

impl<A: Automaton, F: FnMut(Found<'_>)> Walk<'_, A, F> {
    /// Reads keys for themselves, and looks aside at what else they may stand for.
    fn plain<const FORWARD: bool>(&mut self) {
        let mut state = self.automaton.root();
        let (mut at, mut letters, mut literal) = (self.start, 0, false);
        while let Some(&key) = self.keys.get(at) {
            if key.is_ascii_lowercase() {
                letters += 1;
            } else {
                if !literal && is_disguise(key) {
                    self.swap::<FORWARD>(state, key, at, letters);
                }
                // An entry with digits or symbols of its own is looked for as it is, forwards.
                if !FORWARD {
                    return;
                }
                literal = true;
            }
            let Some((next, tag)) = self.automaton.step(state, key) else { return };
            if tag != 0 {
                let disguise = if FORWARD { Disguise::None } else { Disguise::Reversed };
                self.copy_entry::<FORWARD>(at.abs_diff(self.start) + 1);
                self.found(at, letters, disguise, tag);
            }
            state = next;
            at = after::<FORWARD>(at);
        }
    }

    /// Reads `key`, a digit or symbol, for each letter it may stand for, and goes on.
    fn swap<const FORWARD: bool>(&mut self, state: A::State, key: u8, at: usize, letters: usize) {
        for &letter in disguises(key) {
            if let Some((next, tag)) = self.automaton.step(state, letter) {
                let read = at.abs_diff(self.start);
                if read == letters && read > 0 {
                    // The first swap: so far the entry was read off the keys.
                    self.copy_entry::<FORWARD>(read);
                }
                self.read::<FORWARD>(at, letter, letters, tag);
                self.swapped::<FORWARD>(next, after::<FORWARD>(at), letters);
            }
        }
    }

    /// Reads on after a swap.
    fn swapped<const FORWARD: bool>(
        &mut self,
        mut state: A::State,
        mut at: usize,
        mut letters: usize,
    ) {
        while let Some(&key) = self.keys.get(at) {
            if !key.is_ascii_lowercase() {
                return self.swap::<FORWARD>(state, key, at, letters);
            }
            let Some((next, tag)) = self.automaton.step(state, key) else { return };
            letters += 1;
            self.read::<FORWARD>(at, key, letters, tag);
            state = next;
            at = after::<FORWARD>(at);
        }
    }

    /// Looks for entries that appear when everything that is not a letter is dropped.
    fn split(&mut self) {
        let keys = self.keys;
        let is_letter = |key: &u8| key.is_ascii_lowercase();
        let first = keys.iter().position(is_letter).unwrap_or(0);
        let last = keys.iter().rposition(is_letter).unwrap_or(0);
        if keys.get(first..=last).unwrap_or_default().iter().all(is_letter) {
            return;
        }
        // The two letters before, and where they are.
        let mut before: [(usize, u8); 2] = [(0, 0); 2];
        for (at, &key) in keys.iter().enumerate().filter(|(_, key)| key.is_ascii_lowercase()) {
            let [(start, a), (_, b)] = before;
            if self.automaton.may_begin([a, b, key]) {
                self.start = start;
                self.split_from(keys.get(start..).unwrap_or_default());
            }
            let [_, last] = before;
            before = [last, (at, key)];
        }
    }

    fn split_from(&mut self, keys: &[u8]) {
        let mut state = self.automaton.root();
        let mut letters = 0;
        for (at, &key) in keys.iter().enumerate().filter(|(_, key)| key.is_ascii_lowercase()) {
            let Some((next, tag)) = self.automaton.step(state, key) else { return };
            if let Some(slot) = self.entry.get_mut(letters) {
                *slot = key;
            }
            letters += 1;
            let in_one_piece = at + 1 == letters;
            if tag != 0 && !in_one_piece {
                self.found_entry(self.start + at, letters, letters, Disguise::Split, tag);
            }
            state = next;
        }
    }

    /// Copies the first `len` keys that were read to the entry.
    fn copy_entry<const FORWARD: bool>(&mut self, len: usize) {
        let mut at = self.start;
        for slot in self.entry.iter_mut().take(len) {
            *slot = self.keys.get(at).copied().unwrap_or(0);
            at = after::<FORWARD>(at);
        }
    }

    /// Takes the key at `at` for `letter` of a disguised entry.
    fn read<const FORWARD: bool>(&mut self, at: usize, letter: u8, letters: usize, tag: u8) {
        if let Some(slot) = self.entry.get_mut(at.abs_diff(self.start)) {
            *slot = letter;
        }
        if tag != 0 {
            let disguise = if FORWARD { Disguise::Swapped } else { Disguise::ReversedSwapped };
            self.found(at, letters, disguise, tag);
        }
    }

    /// An entry ends at `at`.
    fn found(&mut self, at: usize, letters: usize, disguise: Disguise, tag: u8) {
        self.found_entry(at, at.abs_diff(self.start) + 1, letters, disguise, tag);
    }

    #[cold]
    fn found_entry(&mut self, at: usize, len: usize, letters: usize, disguise: Disguise, tag: u8) {
        let (start, end) = (self.start.min(at), self.start.max(at) + 1);
        if let (Some(tag), Some(entry)) = (Tag::from_number(tag), self.entry.get(..len)) {
            (self.each)(Found { hit: Hit { start, end, letters, disguise, tag }, entry });
        }
    }
}
