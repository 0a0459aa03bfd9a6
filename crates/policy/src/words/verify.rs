//! What makes an automaton safe to walk: every path ends soon, whatever the password is.
//!
//! A compiled list from a file may have been written by anybody. One with a cycle, or with so many
//! readings of `1111` that they double with every key, would keep a check busy for ever.

use std::ops::Range;

use super::automaton::{Cell, ROOT};
use super::format::MAX_ENTRY;
use super::list::{List, Tag};

/// What was found out about an automaton by following all its transitions once.
pub(crate) struct Verified {
    /// How many entries it has.
    pub(crate) entries: u32,
    /// For each cell, how many of the entries behind its state come before those behind it.
    pub(crate) counts: Vec<u32>,
}

/// The most steps that one start in a password may cost; of the built-in list it is 94.
const MOST_STEPS: u32 = 1024;

/// `None` if the automaton is not safe: a path is longer than the longest entry, as it is in every
/// cycle; a password needs too many steps; a tag is not one of a list.
pub(crate) fn verify(cells: &[[u8; 4]]) -> Option<Verified> {
    let transitions = Transitions::new(cells)?;
    let (counts, known) = (vec![0; cells.len()], vec![None; cells.len()]);
    let mut survey = Survey { transitions, counts, known };
    let all = survey.below(ROOT, 0)?;
    (all.steps <= MOST_STEPS).then_some(Verified { entries: all.entries, counts: survey.counts })
}

/// The transitions out of each state.
pub(crate) struct Transitions<'a> {
    cells: &'a [[u8; 4]],
    /// Cells, those of a state together and in the order of their labels.
    sorted: Vec<usize>,
    /// Where those of a state begin; those of the next end them.
    first: Vec<usize>,
}

impl<'a> Transitions<'a> {
    /// `None` if a cell belongs to no state.
    pub(crate) fn new(cells: &'a [[u8; 4]]) -> Option<Self> {
        let labels = || cells.iter().map(|cell| usize::from(Cell::read(*cell).label)).enumerate();
        let taken = || labels().filter(|&(_, label)| label != 0);
        // A counting sort by state: first how many, then where, then which.
        let mut first = vec![0; cells.len() + 2];
        for (at, label) in taken() {
            *first.get_mut(at.checked_sub(label)? + 2)? += 1;
        }
        let mut all = 0;
        for count in &mut first {
            all += *count;
            *count = all;
        }
        let mut sorted = vec![0; all];
        for (at, label) in taken() {
            let next = first.get_mut(at.checked_sub(label)? + 1)?;
            *sorted.get_mut(*next)? = at;
            *next += 1;
        }
        Some(Self { cells, sorted, first })
    }

    /// Which of `sorted` lead out of a state.
    fn out_of(&self, state: usize) -> Range<usize> {
        let bound = |state: usize| self.first.get(state).copied().unwrap_or(self.sorted.len());
        bound(state)..bound(state.saturating_add(1))
    }

    /// The place of a cell, and what it says.
    fn cell(&self, n: usize) -> Option<(usize, Cell)> {
        let at = *self.sorted.get(n)?;
        Some((at, Cell::read(*self.cells.get(at)?)))
    }

    /// Calls `each` with every entry and its tag, in order. The automaton must be safe.
    pub(crate) fn for_each(&self, each: &mut impl FnMut(&[u8], u8)) {
        self.follow(ROOT, &mut Vec::new(), each);
    }

    fn follow(&self, state: usize, entry: &mut Vec<u8>, each: &mut impl FnMut(&[u8], u8)) {
        if entry.len() == MAX_ENTRY {
            return;
        }
        for (_, cell) in self.out_of(state).filter_map(|n| self.cell(n)) {
            entry.push(cell.label);
            if cell.tag != 0 {
                each(entry, cell.tag);
            }
            self.follow(cell.next, entry, each);
            entry.pop();
        }
    }
}

/// What is behind a state.
#[derive(Clone, Copy, Default)]
struct Below {
    entries: u32,
    /// The most steps that keys may cost, in one direction.
    steps: u32,
    /// The keys of the longest path.
    length: usize,
}

struct Survey<'a> {
    transitions: Transitions<'a>,
    counts: Vec<u32>,
    /// What is known of each state, so that none is followed twice.
    known: Vec<Option<Below>>,
}

impl Survey<'_> {
    /// Looks behind a state that is reached with `keys` keys.
    fn below(&mut self, state: usize, keys: usize) -> Option<Below> {
        let below = match self.known.get(state) {
            Some(Some(below)) => *below,
            _ if keys > MAX_ENTRY => return None,
            _ => self.follow(state, keys)?,
        };
        (keys + below.length <= MAX_ENTRY).then_some(below)
    }

    fn follow(&mut self, state: usize, keys: usize) -> Option<Below> {
        let mut below = Below::default();
        // A `1` takes both of these transitions, every other key one.
        let mut both = 0_u32;
        for n in self.transitions.out_of(state) {
            let (at, cell) = self.transitions.cell(n)?;
            let next = self.below(cell.next, keys + 1)?;
            *self.counts.get_mut(at)? = below.entries;
            below.entries = below.entries.checked_add(next.entries)?;
            if cell.tag != 0 {
                Tag::from_number(cell.tag).filter(|tag| tag.list != List::Personal)?;
                below.entries = below.entries.checked_add(1)?;
            }
            let steps = next.steps.saturating_add(1);
            if matches!(cell.label, b'i' | b'l') {
                both = both.saturating_add(steps);
            }
            below.steps = below.steps.max(steps);
            below.length = below.length.max(next.length + 1);
        }
        below.steps = below.steps.max(both);
        if let Some(known) = self.known.get_mut(state) {
            *known = Some(below);
        }
        Some(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::compile::CompileError;
    use crate::words::dictionary::{DictionaryError, WordList};
    use crate::words::format::checksum;

    fn list(words: &[&str]) -> Vec<u8> {
        let mut compiler = WordList::compiler();
        for word in words {
            compiler.add(List::Word, word).unwrap();
        }
        compiler.finish().unwrap()
    }

    /// Changes the cells of a list, and makes its checksum right again.
    fn crafted(words: &[&str], change: impl FnOnce(&mut [[u8; 4]])) -> Vec<u8> {
        let mut bytes = list(words);
        let cells = u32::from_le_bytes(*bytes[20..].first_chunk().unwrap());
        let cells = usize::try_from(cells).unwrap();
        let from = 24 + size_of::<crate::words::automaton::Filter>();
        change(bytes[from..from + cells * 4].as_chunks_mut().0);
        with_checksum(bytes)
    }

    fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
        let sum = checksum(&bytes[16..]);
        bytes[8..16].copy_from_slice(&sum.to_le_bytes());
        bytes
    }

    #[track_caller]
    fn is_refused(bytes: Vec<u8>) {
        assert_eq!(WordList::open(bytes).map(drop), Err(DictionaryError::Corrupt));
    }

    /// Where the letters lead that `word` begins with.
    fn state(cells: &[[u8; 4]], word: &str) -> usize {
        word.bytes().fold(ROOT, |state, key| {
            let cell = Cell::read(cells[state + usize::from(key)]);
            assert_eq!(cell.label, key, "{word}");
            cell.next
        })
    }

    fn lead(cells: &mut [[u8; 4]], from: &str, key: u8, to: &str) {
        let at = state(cells, from) + usize::from(key);
        let next = state(cells, to);
        cells[at] = Cell { next, ..Cell::read(cells[at]) }.write().unwrap();
    }

    #[test]
    fn unchanged_is_safe() {
        assert!(WordList::open(crafted(&["illness", "lilies"], |_| ())).is_ok());
        assert_eq!(WordList::open(list(&[])).unwrap().len(), 0);
    }

    #[test]
    fn cycles() {
        is_refused(crafted(&["illness", "lilies"], |cells| lead(cells, "ill", b'n', "")));
        is_refused(crafted(&["illness", "lilies"], |cells| lead(cells, "i", b'l', "i")));
        is_refused(crafted(&["illness", "lilies"], |cells| lead(cells, "", b'i', "")));
    }

    #[test]
    fn paths_longer_than_an_entry() {
        let (long, half) = ("x".repeat(48), "x".repeat(24));
        let words = [&*long, &format!("a{half}y")];
        assert!(WordList::open(list(&words)).is_ok());
        is_refused(crafted(&words, |cells| {
            lead(cells, &format!("a{half}"), b'y', &half);
        }));
    }

    #[test]
    fn entries_that_nobody_counted() {
        is_refused(crafted(&["horses", "shore"], |cells| lead(cells, "shor", b'e', "ho")));
        is_refused(crafted(&["horses", "shore"], |cells| {
            let at = state(cells, "hor") + usize::from(b's');
            cells[at] = Cell { tag: 1, ..Cell::read(cells[at]) }.write().unwrap();
        }));
        let mut bytes = list(&["horses", "shore"]);
        bytes[16] += 1;
        bytes.extend([0; 3]);
        is_refused(with_checksum(bytes));
    }

    #[test]
    fn tags_of_no_list() {
        for tag in [7, 8, 15] {
            is_refused(crafted(&["horse"], |cells| {
                let at = state(cells, "hors") + usize::from(b'e');
                cells[at] = Cell { tag, ..Cell::read(cells[at]) }.write().unwrap();
            }));
        }
    }

    #[test]
    fn a_cell_before_all_states() {
        is_refused(crafted(&["horse"], |cells| cells[2] = [b'x', 0, 0, 0]));
    }

    /// Two paths at every key that meet again: few cells, but each key of `1111…` doubles the work.
    #[test]
    fn readings_that_double() {
        let alike = |keys: usize| {
            let mut compiler = WordList::compiler();
            for n in 0..1 << keys {
                let letter = |bit| if n >> bit & 1 == 1 { 'l' } else { 'i' };
                compiler.add(List::Word, &(0..keys).map(letter).collect::<String>()).unwrap();
            }
            compiler.finish()
        };
        assert!(WordList::open(alike(9).unwrap()).is_ok());
        assert_eq!(alike(10), Err(CompileError::TooAlike));
    }
}
