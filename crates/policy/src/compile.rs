//! From a text list to a compiled one: fold → sort → minimal automaton → double array.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::fmt;

use crate::dictionary::{
    CELLS, Entry, FILTER, List, MAGIC, ROOT, Tag, WordList, checksum, filter_bit,
};
use crate::fold::{disguised_as, fold_entry};

/// Why a line of a word list is not an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum EntryError {
    /// Shorter than any rule looks for: letters from 3, anything else from 5.
    TooShort,
    /// Longer than [`Compiler::MAX_ENTRY`] bytes after folding.
    TooLong,
    /// Holds a character that has no Latin form.
    NotLatin,
    /// What follows the tab is not a rank below 16,777,216.
    BadRank,
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => f.write_str("too short: at least 3 letters, or 5 characters"),
            Self::TooLong => write!(f, "longer than {} characters", Compiler::MAX_ENTRY),
            Self::NotLatin => f.write_str("holds a character that has no Latin form"),
            Self::BadRank => f.write_str("the rank behind the tab is not a number below 16777216"),
        }
    }
}

impl std::error::Error for EntryError {}

/// The lists together are larger than the compiled form can address (a million cells: about
/// half a million entries).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TooManyEntries;

impl fmt::Display for TooManyEntries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the lists are too large to compile into one; build two and use both")
    }
}

impl std::error::Error for TooManyEntries {}

/// Collects entries and compiles them.
///
/// ```
/// use strongpass_policy::{List, WordList};
/// let mut lists = WordList::compiler();
/// lists.add(List::Place, "Birchington").unwrap();
/// lists.add_line(List::Password, "letmein\t12").unwrap();
/// let list = WordList::open(lists.finish().unwrap()).unwrap();
/// assert_eq!(list.len(), 2);
/// assert_eq!(list.entry("letmein").unwrap().rank, 12);
/// ```
#[derive(Debug, Default)]
pub struct Compiler {
    entries: BTreeMap<Vec<u8>, Entry>,
}

impl WordList {
    /// Begins a list.
    pub fn compiler() -> Compiler {
        Compiler::default()
    }
}

impl Compiler {
    /// The longest entry, in characters after folding.
    pub const MAX_ENTRY: usize = 48;

    /// Adds a word without a rank.
    ///
    /// # Errors
    /// If it cannot be an entry.
    pub fn add(&mut self, list: List, word: &str) -> Result<(), EntryError> {
        self.add_ranked(list, word, 0)
    }

    /// Adds a line `entry` or `entry<TAB>rank`.
    ///
    /// # Errors
    /// If it cannot be an entry.
    pub fn add_line(&mut self, list: List, line: &str) -> Result<(), EntryError> {
        match line.split_once('\t') {
            None => self.add(list, line),
            Some((word, rank)) => {
                let rank = rank.parse().ok().filter(|&rank: &u32| rank < 1 << 24);
                self.add_ranked(list, word, rank.ok_or(EntryError::BadRank)?)
            }
        }
    }

    fn add_ranked(&mut self, list: List, word: &str, rank: u32) -> Result<(), EntryError> {
        // Far above any entry, so that a hostile line costs nothing to refuse.
        if word.len() > 1024 {
            return Err(EntryError::TooLong);
        }
        let key = fold_entry(word).ok_or(EntryError::NotLatin)?;
        let least = if key.iter().all(u8::is_ascii_lowercase) { 3 } else { 5 };
        if key.len() < least {
            return Err(EntryError::TooShort);
        }
        if key.len() > Self::MAX_ENTRY {
            return Err(EntryError::TooLong);
        }
        match self.entries.entry(key) {
            Slot::Vacant(slot) => {
                slot.insert(Entry { list, common: list == List::Password, rank });
            }
            Slot::Occupied(mut slot) => {
                let entry = slot.get_mut();
                // The list that says most to a person names it; the best known rank stays.
                entry.list = entry.list.min(list);
                entry.common |= list == List::Password;
                entry.rank = match (entry.rank, rank) {
                    (0, rank) | (rank, 0) => rank,
                    (a, b) => a.min(b),
                };
            }
        }
        Ok(())
    }

    /// How many different entries there are by now.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The compiled list, as [`WordList::open`] reads it.
    ///
    /// # Errors
    /// If there are too many entries for the format.
    pub fn finish(self) -> Result<Vec<u8>, TooManyEntries> {
        let cells = lay_out(&self.automaton()?)?;
        let map = fst::Map::from_iter(
            self.entries
                .iter()
                .map(|(key, entry)| (key, u64::from(entry.tag()) << 24 | u64::from(entry.rank))),
        );
        let map = map.map_err(|_| TooManyEntries)?.into_fst().into_inner();

        let number = |n: usize| u32::try_from(n).map(u32::to_le_bytes).map_err(|_| TooManyEntries);
        let mut content = Vec::with_capacity(CELLS + cells.len() * 4 + map.len());
        content.extend(number(self.entries.len())?);
        content.extend(number(cells.len())?);
        content.extend(self.filter());
        content.extend(cells.iter().flat_map(|cell| cell.to_le_bytes()));
        content.extend(map);

        let mut bytes = MAGIC.to_vec();
        bytes.extend(checksum(&content).to_le_bytes());
        bytes.extend(content);
        Ok(bytes)
    }

    /// A bit for each way in which an entry may begin: its first three keys, each as it is or, where
    /// the entry is of letters, as a digit or symbol that is typed for it.
    fn filter(&self) -> Vec<u8> {
        let mut filter = vec![0; CELLS - FILTER];
        for entry in self.entries.keys() {
            let of_letters = entry.iter().all(u8::is_ascii_lowercase);
            let forms = |at: usize| {
                let key = entry.get(at).copied().unwrap_or(0);
                let disguises = if of_letters { disguised_as(key) } else { Vec::new() };
                std::iter::once(key).chain(disguises)
            };
            for (a, b) in forms(0).flat_map(|a| forms(1).map(move |b| (a, b))) {
                for c in forms(2) {
                    let (byte, bit) = filter_bit([a, b, c]);
                    if let Some(byte) = filter.get_mut(byte) {
                        *byte |= bit;
                    }
                }
            }
        }
        filter
    }

    /// The minimal automaton of the entries, each followed by the tag of its list as one more
    /// letter: so that entries of one list share their endings, and no others do.
    fn automaton(&self) -> Result<fst::raw::Fst<Vec<u8>>, TooManyEntries> {
        let keys = self.entries.iter().map(|(key, entry)| {
            let mut key = key.clone();
            key.push(entry.tag());
            key
        });
        // A tag sorts before every letter, so the order of the entries is that of the keys.
        let set = fst::Set::from_iter(keys).map_err(|_| TooManyEntries)?;
        Ok(set.into_fst())
    }
}

/// Places the states of an automaton in one array so that state + label is a cell of its own.
///
/// First fit over a growing array; nearly all states have one or two letters and fill the gaps.
fn lay_out(automaton: &fst::raw::Fst<Vec<u8>>) -> Result<Vec<u32>, TooManyEntries> {
    let mut array = Array::default();
    let mut queue = std::collections::VecDeque::from([automaton.root().addr()]);
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
    queued: std::collections::BTreeSet<usize>,
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

    fn finish(self) -> Result<Vec<u32>, TooManyEntries> {
        let mut cells = Vec::with_capacity(self.cells.len());
        for cell in self.cells {
            cells.push(match cell {
                None => 0,
                Some((label, tag, next)) => {
                    let next = self.bases.get(&next).copied().unwrap_or(0);
                    let next = u32::try_from(next).ok().filter(|&next| next < 1 << 20);
                    next.ok_or(TooManyEntries)? << 12 | u32::from(tag) << 8 | u32::from(label)
                }
            });
        }
        Ok(cells)
    }
}
