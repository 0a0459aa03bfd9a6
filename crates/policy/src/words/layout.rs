//! From an automaton to a double array: a place for every state.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::automaton::{Cell, ROOT};
use super::list::Tag;

/// Places the states of an automaton in one array so that state + label is a cell of its own.
///
/// First fit over a growing array; nearly all states have one or two letters and fill the gaps.
///
/// `None` if there are more than a cell can name.
pub(crate) fn lay_out(automaton: &fst::raw::Fst<Vec<u8>>) -> Option<Vec<[u8; 4]>> {
    let mut array = Array::default();
    let mut queue = VecDeque::from([automaton.root().addr()]);
    while let Some(address) = queue.pop_front() {
        let node = automaton.node(address);
        let letters: Vec<(u8, usize)> = letters(&node).collect();
        let base =
            array.place(address, &letters.iter().map(|&(letter, _)| letter).collect::<Vec<_>>());
        for (letter, next) in letters {
            array.set(base, letter, next, tag(&automaton.node(next)));
            if !array.bases.contains_key(&next) && array.queued.insert(next) {
                queue.push_back(next);
            }
        }
    }
    array.finish()
}

/// The transitions of a node that are letters of an entry, not the tag behind it.
fn letters(node: &fst::raw::Node<'_>) -> impl Iterator<Item = (u8, usize)> {
    let transitions: Vec<_> = node.transitions().map(|t| (t.inp, t.addr)).collect();
    transitions.into_iter().filter(|&(label, _)| label >= Tag::END)
}

/// The list of the entry that ends in this node, or 0.
fn tag(node: &fst::raw::Node<'_>) -> u8 {
    node.transitions().map(|t| t.inp).find(|&label| label < Tag::END).unwrap_or(0)
}

/// Cells as (label, tag, address of the next node), before the addresses become states.
#[derive(Default)]
struct Array {
    cells: Vec<Option<(u8, u8, usize)>>,
    used_bases: Vec<bool>,
    bases: BTreeMap<usize, usize>,
    queued: BTreeSet<usize>,
    /// Below this cell few are free; the search for room starts here.
    first: usize,
}

impl Array {
    /// Finds a base where all `letters` are free, the same for no other state.
    fn place(&mut self, address: usize, letters: &[u8]) -> usize {
        let Some(&least) = letters.first() else {
            self.bases.insert(address, 0);
            return 0;
        };
        // State 0 is "no more letters": no state is placed there, and the root, the first, at 1.
        let least = usize::from(least);
        let mut base = self.first.saturating_sub(least).max(ROOT);
        let mut tried = 0_usize;
        while !self.fits(base, letters) {
            base += 1;
            tried += 1;
        }
        if tried > 4096 {
            // The region is all but full: leave its last gaps (a few per cent) for good.
            self.first = base + least - 1024;
        }
        self.bases.insert(address, base);
        base
    }

    fn fits(&self, base: usize, letters: &[u8]) -> bool {
        self.used_bases.get(base) != Some(&true)
            && letters
                .iter()
                .all(|&letter| !matches!(self.cells.get(base + usize::from(letter)), Some(Some(_))))
    }

    fn set(&mut self, base: usize, letter: u8, next: usize, tag: u8) {
        let at = base + usize::from(letter);
        if self.cells.len() <= at {
            self.cells.resize(at + 1, None);
            self.used_bases.resize(at + 1, false);
        }
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = Some((letter, tag, next));
        }
        if let Some(used) = self.used_bases.get_mut(base) {
            *used = true;
        }
    }

    fn finish(self) -> Option<Vec<[u8; 4]>> {
        let Self { cells, bases, .. } = self;
        let cell = |(label, tag, next)| {
            let next = bases.get(&next).copied().unwrap_or(0);
            Cell { label, tag, next }.write()
        };
        cells.into_iter().map(|taken| taken.map_or(Some([0; 4]), cell)).collect()
    }
}
