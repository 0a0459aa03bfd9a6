//! Finds the entries of a word list in a folded password, disguises included.
//!
//! The walk is a product: the automaton of the list × the letters that each cell may stand for. No
//! spelling is ever enumerated: a branch lives only while some entry goes on like it, so the work
//! is bounded by cells × the length of the longest entry × a small factor.

use zeroize::Zeroize;

use crate::compile::Compiler;
use crate::dictionary::{Automaton, Tag};
use crate::fold::Cell;

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

/// An entry of a list, found in cells `start..end`.
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

/// Walks `cells` from every start, forwards, then backwards, then over the letters alone, and calls
/// `each` for every entry found.
pub(crate) fn walk<A: Automaton>(automaton: &A, cells: &[Cell], mut each: impl FnMut(Found<'_>)) {
    let mut entry = [0; Compiler::MAX_ENTRY];
    for start in 0..cells.len() {
        let mut walk =
            Walk { automaton, entry: &mut entry, each: &mut each, start, backwards: false };
        walk.go(
            automaton.root(),
            0,
            Path::default(),
            cells.get(start..).unwrap_or_default().iter(),
        );
        walk.backwards = true;
        let before = cells.get(..=start).unwrap_or_default();
        walk.go(automaton.root(), 0, Path::default(), before.iter().rev());
    }
    walk_letters(automaton, cells, &mut entry, &mut each);
    entry.zeroize();
}

/// What is particular about the letters taken so far.
#[derive(Clone, Copy, Default)]
struct Path {
    /// Letters that stand for themselves.
    letters: usize,
    /// Whether a digit or symbol was taken for a letter …
    swapped: bool,
    /// … or for itself; an entry that needs both is not a disguised word.
    literal: bool,
}

struct Walk<'a, A, F> {
    automaton: &'a A,
    entry: &'a mut [u8; Compiler::MAX_ENTRY],
    each: &'a mut F,
    start: usize,
    backwards: bool,
}

impl<A: Automaton, F: FnMut(Found<'_>)> Walk<'_, A, F> {
    #[expect(single_use_lifetimes, reason = "`impl Trait` needs it named")]
    fn go<'c>(
        &mut self,
        mut state: A::State,
        mut depth: usize,
        mut path: Path,
        mut cells: impl Iterator<Item = &'c Cell> + Clone,
    ) {
        while let Some(cell) = cells.next() {
            if !cell.is_letter() {
                if !path.literal {
                    for letter in cell.disguises().into_iter().filter(|&letter| letter != 0) {
                        let swapped = Path { swapped: true, ..path };
                        if let Some(next) = self.step(state, letter, depth, swapped) {
                            self.go(next, depth + 1, swapped, cells.clone());
                        }
                    }
                }
                // Entries with digits or symbols are looked for as they are, forwards.
                if path.swapped || self.backwards {
                    return;
                }
                path.literal = true;
            } else {
                path.letters += 1;
            }
            match self.step(state, cell.key, depth, path) {
                Some(next) => state = next,
                None => return,
            }
            depth += 1;
        }
    }

    fn step(&mut self, state: A::State, key: u8, depth: usize, path: Path) -> Option<A::State> {
        let (next, tag) = self.automaton.step(state, key)?;
        *self.entry.get_mut(depth)? = key;
        if let (Some(tag), Some(entry)) = (tag, self.entry.get(..=depth)) {
            let disguise = match (self.backwards, path.swapped) {
                (false, false) => Disguise::None,
                (false, true) => Disguise::Swapped,
                (true, false) => Disguise::Reversed,
                (true, true) => Disguise::ReversedSwapped,
            };
            let (start, end) = if self.backwards {
                (self.start - depth, self.start + 1)
            } else {
                (self.start, self.start + depth + 1)
            };
            (self.each)(Found {
                hit: Hit { start, end, letters: path.letters, disguise, tag },
                entry,
            });
        }
        Some(next)
    }
}

/// Entries that appear when everything that is not a letter is dropped.
fn walk_letters<A: Automaton>(
    automaton: &A,
    cells: &[Cell],
    entry: &mut [u8; Compiler::MAX_ENTRY],
    each: &mut impl FnMut(Found<'_>),
) {
    let letters_from = |start: usize| {
        let cells = cells.iter().enumerate().skip(start);
        cells.filter(|(_, cell)| cell.is_letter())
    };
    // Letters in one piece hold no split word.
    let (Some((first, _)), Some((last, _))) = (letters_from(0).next(), letters_from(0).next_back())
    else {
        return;
    };
    if last - first + 1 == letters_from(first).count() {
        return;
    }
    for (start, _) in letters_from(first) {
        let mut state = automaton.root();
        for (depth, (at, cell)) in letters_from(start).enumerate() {
            let Some((next, tag)) = automaton.step(state, cell.key) else { break };
            let Some(slot) = entry.get_mut(depth) else { break };
            *slot = cell.key;
            state = next;
            let in_one_piece = at - start == depth;
            if let (Some(tag), false, Some(entry)) = (tag, in_one_piece, entry.get(..=depth)) {
                let (end, letters) = (at + 1, depth + 1);
                let disguise = Disguise::Split;
                each(Found { hit: Hit { start, end, letters, disguise, tag }, entry });
            }
        }
    }
}
