//! From a text list to a compiled one: fold → sort → minimal automaton → double array.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::automaton::{Begins, Filter, Four};
use super::dictionary::WordList;
use super::format::{MAGIC, MAX_ENTRY, checksum};
use super::layout::lay_out;
use super::list::{Entry, List};
use super::verify::verify;
use crate::characters::fold::{disguised_as, fold_entry, read_as};

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

/// Why the lists cannot be compiled into one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CompileError {
    /// They are larger than the compiled form can address (a million cells: about half a million
    /// entries).
    TooLarge,
    /// Thousands of entries differ in an i or l alone, so that a password of `1` has to be read as
    /// each of them.
    TooAlike,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the lists are too large to compile into one; build two and use both",
            Self::TooAlike => "too many entries differ in an i or l alone; leave some out",
        })
    }
}

impl std::error::Error for CompileError {}

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
    pub const MAX_ENTRY: usize = MAX_ENTRY;

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

    /// Adds a line of a school's own list, with or without a rank: each of its words and all of them in
    /// one (`King Ethelbert` is `king`, `ethelbert` and `kingethelbert`); what has digits or symbols in
    /// it as it is and, like `CT7 9RD`, without what separates its parts.
    ///
    /// # Errors
    /// If the whole of it cannot be an entry.
    pub fn add_phrase(&mut self, list: List, line: &str) -> Result<(), EntryError> {
        let (line, rank) = line.split_once('\t').map_or((line, ""), |(line, rank)| (line, rank));
        let rank = if rank.is_empty() { String::new() } else { format!("\t{rank}") };
        let plain: String =
            line.chars().filter(|c| !matches!(c, '\'' | '\u{2019}' | '.')).collect();
        let words: Vec<&str> =
            plain.split([' ', '-', ',', '&', '/']).filter(|w| !w.is_empty()).collect();
        let joined = words.concat();
        let of_letters = joined.chars().all(char::is_alphabetic);
        let whole = if of_letters { &joined } else { line };
        let result = self.add_line(list, &format!("{whole}{rank}"));
        // A postcode is typed without its space, too.
        if !of_letters && words.len() > 1 {
            self.add_line(list, &format!("{joined}{rank}"))?;
        }
        if of_letters && words.len() > 1 {
            // Of the parts, only what is long enough to mean something: not the "on" of a name.
            for word in words.iter().filter(|word| word.chars().count() >= 4) {
                self.add_line(list, &format!("{word}{rank}"))?;
            }
        }
        result
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
    /// If there are too many entries, or too many that are alike.
    pub fn finish(self) -> Result<Vec<u8>, CompileError> {
        let number =
            |n: usize| u32::try_from(n).map(u32::to_le_bytes).map_err(|_| CompileError::TooLarge);
        let cells = lay_out(&self.automaton()?).ok_or(CompileError::TooLarge)?;
        verify(&cells).ok_or(CompileError::TooAlike)?;

        let mut content = Vec::new();
        content.extend(number(self.entries.len())?);
        content.extend(number(cells.len())?);
        content.extend(self.filter());
        content.extend(cells.as_flattened());
        for entry in self.entries.values() {
            let [a, b, c, _] = entry.rank.to_le_bytes();
            content.extend([a, b, c]);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(checksum(&content).to_le_bytes());
        bytes.extend(content);
        Ok(bytes)
    }

    /// Marks each way in which an entry may begin: its first four keys, read as the walk reads
    /// them. An l of a word may have been typed as a `1`, and that is read as an i.
    fn filter(&self) -> Vec<u8> {
        let mut filter = vec![0; size_of::<Filter>()];
        for entry in self.entries.keys() {
            let is_word = entry.iter().all(u8::is_ascii_lowercase);
            let mut ways = vec![Four::default()];
            for at in 0..4 {
                let key = entry.get(at).copied().unwrap_or(0);
                let looks = disguised_as(key).into_iter().map(read_as);
                let others = looks.filter(|&look| is_word && look != key);
                let keys: BTreeSet<u8> = others.chain([key]).collect();
                ways = ways.iter().flat_map(|way| keys.iter().map(|&key| way.push(key))).collect();
            }
            for four in ways {
                four.mark(&mut filter, Begins::FORWARDS);
                four.reversed().mark(&mut filter, Begins::BACKWARDS);
            }
        }
        filter
    }

    /// The minimal automaton of the entries, each followed by the tag of its list as one more
    /// letter: so that entries of one list share their endings, and no others do.
    fn automaton(&self) -> Result<fst::raw::Fst<Vec<u8>>, CompileError> {
        let keys = self.entries.iter().map(|(key, entry)| {
            let mut key = key.clone();
            key.push(entry.tag());
            key
        });
        // A tag sorts before every letter, so the order of the entries is that of the keys.
        let set = fst::Set::from_iter(keys).map_err(|_| CompileError::TooLarge)?;
        Ok(set.into_fst())
    }
}
