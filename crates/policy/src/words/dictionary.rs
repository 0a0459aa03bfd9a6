//! Compiled word lists: opened without parsing, walked a letter at a time.
//!
//! A list is the minimal automaton of its folded entries, as a [`DoubleArray`] that the rule walks,
//! and behind it what only those read who want to know more about an entry than that it is one.
//!
//! ```text
//! 0   magic    "spwords3"
//! 8   checksum u64   of everything behind it
//! 16  entries  u32
//! 20  cells    u32
//! 24  filter   262,144 × 2 bits: how entries may begin, see [`Begins`](super::automaton::Begins)
//! …   cells × u32    the automaton, see [`Cell`](super::automaton::Cell)
//! …   entries × u24  ranks, in the order of the entries
//! ```
//! All numbers are little-endian. Nothing in a file is trusted: see [`verify`](super::verify). A list
//! that begins with "spwords2" has a `u24` for each cell before the ranks; they are passed over.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use super::automaton::{Automaton, DoubleArray, Filter, ROOT};
use super::format::{MAGIC, MAGIC_WITH_COUNTS, checksum};
use super::list::{Entry, Tag};
use super::verify::{Transitions, verify};
use crate::characters::fold::fold_entry;

/// Why a compiled list cannot be used. A list that cannot be read is never a weaker check.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DictionaryError {
    /// The file does not begin like a compiled list.
    NotAList,
    /// The file is shorter than its own header says.
    Truncated,
    /// The content does not match its checksum, or is not what a compiler of lists would write.
    Corrupt,
}

impl fmt::Display for DictionaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAList => {
                "this is not a compiled word list; make one with `strongpass words build`"
            }
            Self::Truncated => "the compiled word list is cut short; build it again",
            Self::Corrupt => "the compiled word list is damaged; build it again",
        })
    }
}

impl std::error::Error for DictionaryError {}

/// Where the filter begins and where the cells do.
const FILTER: usize = 24;
const CELLS: usize = FILTER + size_of::<Filter>();

/// The words that no password may contain: one or more compiled lists.
///
/// ```
/// use strongpass_policy::{Dictionary, List, WordList};
/// let mut lists = WordList::compiler();
/// lists.add(List::Word, "horse").unwrap();
/// let dictionary = Dictionary::from(WordList::open(lists.finish().unwrap()).unwrap());
/// assert_eq!(dictionary.entry("HORSE").map(|entry| entry.list), Some(List::Word));
/// ```
#[derive(Debug, Default)]
pub struct Dictionary {
    lists: Vec<WordList>,
}

impl Dictionary {
    /// Adds a list, a school's own for example.
    pub fn push(&mut self, list: WordList) {
        self.lists.push(list);
    }

    /// The lists it is made of.
    pub fn lists(&self) -> &[WordList] {
        &self.lists
    }

    /// What is known about `word`, folded as passwords are, or `None` if no list has it.
    pub fn entry(&self, word: &str) -> Option<Entry> {
        self.lists.iter().find_map(|list| list.entry(word))
    }
}

impl From<WordList> for Dictionary {
    fn from(list: WordList) -> Self {
        Self { lists: vec![list] }
    }
}

/// One compiled list.
pub struct WordList {
    bytes: Cow<'static, [u8]>,
    /// Where the cells end, and where the ranks begin.
    cells_end: usize,
    ranks: usize,
    len: u32,
}

impl fmt::Debug for WordList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WordList({} entries)", self.len)
    }
}

impl WordList {
    /// A list that was compiled into this program, and so needs no checksum.
    ///
    /// # Errors
    /// If `bytes` do not begin like a compiled list, or are cut short.
    pub fn built_in(bytes: &'static [u8]) -> Result<Self, DictionaryError> {
        Self::new(Cow::Borrowed(bytes))
    }

    /// A list from a file. It is verified first: a few passes over the bytes, no parsing.
    ///
    /// # Errors
    /// If `bytes` are not a whole, undamaged and safe compiled list.
    pub fn open(bytes: Vec<u8>) -> Result<Self, DictionaryError> {
        let list = Self::new(Cow::Owned(bytes))?;
        list.verify()?;
        Ok(list)
    }

    fn new(bytes: Cow<'static, [u8]>) -> Result<Self, DictionaryError> {
        let number = |at: usize| {
            let bytes = bytes.get(at..)?.first_chunk()?;
            Some(u32::from_le_bytes(*bytes))
        };
        let unread = match bytes.first_chunk() {
            Some(&MAGIC) => 0,
            Some(&MAGIC_WITH_COUNTS) => 3,
            _ => return Err(DictionaryError::NotAList),
        };
        let (Some(len), Some(cells)) = (number(16), number(20)) else {
            return Err(DictionaryError::Truncated);
        };
        let sizes = || {
            let cells = usize::try_from(cells).ok()?;
            let cells_end = cells.checked_mul(4)?.checked_add(CELLS)?;
            let ranks = cells.checked_mul(unread)?.checked_add(cells_end)?;
            let end = usize::try_from(len).ok()?.checked_mul(3)?.checked_add(ranks)?;
            Some((cells_end, ranks, end))
        };
        let (cells_end, ranks, end) = sizes().ok_or(DictionaryError::Corrupt)?;
        match bytes.len().cmp(&end) {
            Ordering::Less => return Err(DictionaryError::Truncated),
            Ordering::Equal => {}
            Ordering::Greater => return Err(DictionaryError::Corrupt),
        }
        Ok(Self { bytes, cells_end, ranks, len })
    }

    /// Compares the content with its checksum, and makes sure that it can be walked: see
    /// [`open`](Self::open), which has done so.
    ///
    /// # Errors
    /// If it is damaged, or was not written by a compiler of lists.
    pub fn verify(&self) -> Result<(), DictionaryError> {
        let stated = self.bytes.get(8..).and_then(|bytes| bytes.first_chunk());
        let content = self.bytes.get(16..).unwrap_or_default();
        if stated.map(|bytes| u64::from_le_bytes(*bytes)) != Some(checksum(content)) {
            return Err(DictionaryError::Corrupt);
        }
        let verified = verify(self.cells()).ok_or(DictionaryError::Corrupt)?;
        if verified.entries != self.len {
            return Err(DictionaryError::Corrupt);
        }
        Ok(())
    }

    /// How many entries the list has.
    pub fn len(&self) -> usize {
        usize::try_from(self.len).unwrap_or(usize::MAX)
    }

    /// Whether the list has no entries.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The size of the compiled list in bytes: (walked by the rule, ranks of entries).
    pub fn size(&self) -> (usize, usize) {
        (self.cells_end, self.bytes.len().saturating_sub(self.ranks))
    }

    /// What is known about `word`, folded as passwords are, or `None` if the list does not have it. To
    /// know its rank the entries before it are counted, which takes milliseconds.
    pub fn entry(&self, word: &str) -> Option<Entry> {
        let (automaton, keys) = (self.automaton()?, fold_entry(word)?);
        let (mut state, mut tag) = (ROOT, 0);
        for &key in &keys {
            (state, tag) = automaton.step(state, key)?;
        }
        let rank = self.ranks().get(self.number(&keys)?)?;
        entry_from(tag, u24(*rank))
    }

    /// How many entries come before this one.
    fn number(&self, keys: &[u8]) -> Option<usize> {
        let (automaton, counts) = (self.automaton()?, verify(self.cells())?.counts);
        let (mut state, mut tag, mut number) = (ROOT, 0, 0);
        for &key in keys {
            // The entry that ends here, and all that take an earlier transition.
            number += u32::from(tag != 0) + counts.get(state + usize::from(key))?;
            (state, tag) = automaton.step(state, key)?;
        }
        usize::try_from(number).ok()
    }

    /// Calls `each` with every entry, folded, in order.
    pub fn for_each(&self, mut each: impl FnMut(&[u8], Entry)) {
        let Some(transitions) = Transitions::new(self.cells()) else { return };
        let mut ranks = self.ranks().iter();
        transitions.for_each(&mut |key, tag| {
            let rank = ranks.next().map_or(0, |rank| u24(*rank));
            if let Some(entry) = entry_from(tag, rank) {
                each(key, entry);
            }
        });
    }

    /// Never `None`: the sizes were compared when the list was opened.
    pub(crate) fn automaton(&self) -> Option<DoubleArray<'_>> {
        let filter = self.bytes.get(FILTER..)?.first_chunk()?;
        Some(DoubleArray { filter, cells: self.cells() })
    }

    fn cells(&self) -> &[[u8; 4]] {
        self.bytes.get(CELLS..self.cells_end).unwrap_or_default().as_chunks().0
    }

    fn ranks(&self) -> &[[u8; 3]] {
        self.bytes.get(self.ranks..).unwrap_or_default().as_chunks().0
    }
}

fn u24([a, b, c]: [u8; 3]) -> u32 {
    u32::from_le_bytes([a, b, c, 0])
}

fn entry_from(tag: u8, rank: u32) -> Option<Entry> {
    let Tag { list, common } = Tag::from_number(tag)?;
    Some(Entry { list, common, rank })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::list::List;

    #[test]
    fn a_list_with_counts_is_still_read() {
        let mut compiler = WordList::compiler();
        compiler.add_line(List::Password, "letmein\t12").unwrap();
        compiler.add_line(List::Word, "letter\t7").unwrap();
        let bytes = compiler.finish().unwrap();
        let list = WordList::open(bytes.clone()).unwrap();

        let counts = vec![9; (list.cells_end - CELLS) / 4 * 3];
        let (cells, ranks) = bytes.split_at(list.cells_end);
        let mut old = [cells, &counts, ranks].concat();
        old[..8].copy_from_slice(&MAGIC_WITH_COUNTS);
        let sum = checksum(&old[16..]);
        old[8..16].copy_from_slice(&sum.to_le_bytes());

        let old = WordList::open(old).unwrap();
        for word in ["letmein", "letter", "letters"] {
            assert_eq!(old.entry(word), list.entry(word), "{word}");
        }
        assert_eq!(old.entry("letmein").map(|entry| entry.rank), Some(12));
    }
}
