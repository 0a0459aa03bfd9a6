//! Compiled word lists: opened without parsing, walked a letter at a time.
//!
//! A list is the minimal automaton (FST) of its folded entries, in two forms in one file:
//!
//! - a **double array** (Aoe 1989; over a minimal automaton as in Yata's dawgdic) that the rule
//!   walks: a state is a number, a step is one addition and one look-up of four bytes;
//! - an [`fst::Map`] from entry to rank, for those who want to know more about an entry than that
//!   it is one.
//!
//! ```text
//! 0   magic    "spwords1"
//! 8   checksum u64   of everything behind it
//! 16  entries  u32
//! 20  cells    u32
//! 24  filter   262,144 bits: which hashes of three keys begin an entry, plain or disguised
//! …   cells × u32    label: 8 bits · tag of the entry that ends here, or 0: 4 · next state: 20
//! …   fst::Map       key → tag << 24 | rank
//! ```
//! A tag is the number of a list, plus 8 if the entry is a frequent password too. All numbers are
//! little-endian.

use std::borrow::Cow;
use std::fmt;

use crate::fold::fold_entry;

/// Which kind of list an entry is from; a person is told, and scripts see [`id`](Self::id). When an
/// entry is in several, the first of these names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[non_exhaustive]
pub enum List {
    /// An ordinary word.
    Word,
    /// A first name or a surname.
    Name,
    /// A town, county or country.
    Place,
    /// Days, months, football clubs, what a school talks about; a school's own list.
    Local,
    /// A run of neighbouring keys, or characters in order.
    Keyboard,
    /// A frequent password, or its letters.
    Password,
    /// A date: found by rule, not stored.
    Date,
    /// A name that was given with the password: the person's, the school's, the system's.
    Personal,
}

impl List {
    /// The stable name of the list in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Name => "name",
            Self::Place => "place",
            Self::Local => "local",
            Self::Keyboard => "keyboard",
            Self::Password => "password",
            Self::Date => "date",
            Self::Personal => "personal",
        }
    }
}

/// What a compiled list says of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Tag {
    pub(crate) list: List,
    /// Whether it is a frequent password, whatever else it is.
    pub(crate) common: bool,
}

impl Tag {
    /// Above the highest tag, below the lowest label.
    pub(crate) const END: u8 = 16;

    /// The lists in the order of their numbers, from 1; personal names are only in memory.
    const NUMBERED: [List; 7] = [
        List::Word,
        List::Name,
        List::Place,
        List::Local,
        List::Keyboard,
        List::Password,
        List::Personal,
    ];

    /// Its number in a file; 0 is "no entry ends here".
    pub(crate) fn number(self) -> u8 {
        let list = Self::NUMBERED.into_iter().zip(1..).find(|&(list, _)| list == self.list);
        list.map_or(0, |(_, number)| number) | u8::from(self.common) << 3
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        let list = usize::from(number & 7).checked_sub(1)?;
        Some(Self { list: *Self::NUMBERED.get(list)?, common: number & 8 != 0 })
    }
}

/// What is known about an entry of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Entry {
    /// The list that names it.
    pub list: List,
    /// Whether it is a frequent password, whatever else it is.
    pub common: bool,
    /// How frequent it is: smaller is more frequent; 0 if its source does not say.
    pub rank: u32,
}

impl Entry {
    pub(crate) fn tag(self) -> u8 {
        Tag { list: self.list, common: self.common }.number()
    }
}

/// Why a compiled list cannot be used. A list that cannot be read is never a weaker check.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DictionaryError {
    /// The file does not begin like a compiled list.
    NotAList,
    /// The file is shorter or longer than its own header says.
    Truncated,
    /// The content does not match its checksum.
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

pub(crate) const MAGIC: [u8; 8] = *b"spwords1";
/// Where the filter begins and where the cells do.
pub(crate) const FILTER: usize = 24;
pub(crate) const CELLS: usize = FILTER + (1 << FILTER_BITS) / 8;
const FILTER_BITS: u32 = 18;
/// The state before the first letter.
pub(crate) const ROOT: usize = 1;

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
    /// Where the cells end and the map of entries begins.
    entries: usize,
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

    /// A list from a file. The checksum is verified: one pass over the bytes, no parsing.
    ///
    /// # Errors
    /// If `bytes` are not a whole and undamaged compiled list.
    pub fn open(bytes: Vec<u8>) -> Result<Self, DictionaryError> {
        let list = Self::new(Cow::Owned(bytes))?;
        list.verify()?;
        Ok(list)
    }

    fn new(bytes: Cow<'static, [u8]>) -> Result<Self, DictionaryError> {
        let number = |at: usize| {
            let bytes = bytes.get(at..at.saturating_add(4))?;
            bytes.try_into().ok().map(u32::from_le_bytes)
        };
        if bytes.get(..8) != Some(&MAGIC) {
            return Err(DictionaryError::NotAList);
        }
        let (Some(len), Some(cells)) = (number(16), number(20)) else {
            return Err(DictionaryError::Truncated);
        };
        let entries = usize::try_from(cells).ok().and_then(|cells| cells.checked_mul(4));
        match entries.and_then(|entries| entries.checked_add(CELLS)) {
            Some(entries) if entries < bytes.len() => Ok(Self { bytes, entries, len }),
            _ => Err(DictionaryError::Truncated),
        }
    }

    /// Compares the content with its checksum and opens the map of entries.
    ///
    /// # Errors
    /// If they do not agree.
    pub fn verify(&self) -> Result<(), DictionaryError> {
        let stated = self.bytes.get(8..16).and_then(|bytes| bytes.try_into().ok());
        let content = self.bytes.get(16..).unwrap_or_default();
        if stated.map(u64::from_le_bytes) != Some(checksum(content)) {
            return Err(DictionaryError::Corrupt);
        }
        self.map().map(drop).ok_or(DictionaryError::Corrupt)
    }

    /// How many entries the list has.
    pub fn len(&self) -> usize {
        usize::try_from(self.len).unwrap_or(usize::MAX)
    }

    /// Whether the list has no entries.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The size of the compiled list in bytes: (walked by the rule, map of entries to ranks).
    pub fn size(&self) -> (usize, usize) {
        (self.entries, self.bytes.len().saturating_sub(self.entries))
    }

    /// What is known about `word`, folded as passwords are, or `None` if the list does not have it.
    pub fn entry(&self, word: &str) -> Option<Entry> {
        self.map()?.get(fold_entry(word)?).and_then(entry_from)
    }

    /// Calls `each` with every entry, folded, in order.
    pub fn for_each(&self, mut each: impl FnMut(&[u8], Entry)) {
        use fst::Streamer;
        let Some(map) = self.map() else { return };
        let mut stream = map.stream();
        while let Some((key, value)) = stream.next() {
            if let Some(entry) = entry_from(value) {
                each(key, entry);
            }
        }
    }

    pub(crate) fn automaton(&self) -> DoubleArray<'_> {
        let filter = self.bytes.get(FILTER..CELLS).unwrap_or_default();
        let cells = self.bytes.get(CELLS..self.entries).unwrap_or_default();
        DoubleArray { filter, cells: cells.as_chunks().0 }
    }

    fn map(&self) -> Option<fst::Map<&[u8]>> {
        fst::Map::new(self.bytes.get(self.entries..)?).ok()
    }
}

fn entry_from(value: u64) -> Option<Entry> {
    let value = u32::try_from(value).ok()?;
    let Tag { list, common } = Tag::from_number(u8::try_from(value >> 24).ok()?)?;
    Some(Entry { list, common, rank: value & 0xff_ffff })
}

/// FNV-1a over words of eight bytes: finds damage, not malice (a list is trusted like the program).
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let rest = rest.iter().map(|&byte| u64::from(byte));
    let words = words.iter().map(|&word| u64::from_le_bytes(word)).chain(rest);
    words.fold(0xcbf2_9ce4_8422_2325, |hash, word| {
        let hash = (hash ^ word).wrapping_mul(0x0100_0000_01b3);
        hash ^ (hash >> 32)
    })
}

/// The byte and the bit of the filter for three keys (multiplicative hashing, Knuth 6.4).
#[inline]
pub(crate) fn filter_bit([a, b, c]: [u8; 3]) -> (usize, u8) {
    let hash = u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9e37_79b1) >> (32 - FILTER_BITS);
    (usize::try_from(hash >> 3).unwrap_or(0), 1 << (hash & 7))
}

/// Something that knows words letter by letter.
pub(crate) trait Automaton {
    type State: Copy;
    /// Whether an entry may begin with these keys, plain or disguised. It may err on the side of yes.
    fn may_begin(&self, keys: [u8; 3]) -> bool;
    /// The state before the first letter.
    fn root(&self) -> Self::State;
    /// The state after one more letter, and the number of the [`Tag`] of the entry that ends
    /// there or 0; `None` if no entry goes on like this.
    fn step(&self, state: Self::State, key: u8) -> Option<(Self::State, u8)>;
}

/// See the module: one compiled list, ready to be walked.
#[derive(Clone, Copy)]
pub(crate) struct DoubleArray<'a> {
    filter: &'a [u8],
    cells: &'a [[u8; 4]],
}

impl Automaton for DoubleArray<'_> {
    type State = usize;

    #[inline]
    fn may_begin(&self, keys: [u8; 3]) -> bool {
        let (byte, bit) = filter_bit(keys);
        self.filter.get(byte).is_some_and(|byte| byte & bit != 0)
    }

    fn root(&self) -> usize {
        ROOT
    }

    #[inline]
    fn step(&self, state: usize, key: u8) -> Option<(usize, u8)> {
        let cell = u32::from_le_bytes(*self.cells.get(state + usize::from(key))?);
        // An empty cell has label 0, and so would match the key of "no such character".
        if cell & 0xff != u32::from(key) || key == 0 {
            return None;
        }
        let [_, tag, ..] = cell.to_le_bytes();
        Some((usize::try_from(cell >> 12).ok()?, tag & 15))
    }
}
