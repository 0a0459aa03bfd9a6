//! Guesses in lanes: words of one length side by side, changed and hashed together.
//!
//! A guess here is a word that a rule has changed. All words of a [`Batch`] have one length, so a
//! rule does the same to each: it takes characters of the word, in one case or another, puts
//! constants between them, and adds some at the end. That is a recipe, and a [`Recipes`] is many
//! of them; an [`InstructionSet`](crate::InstructionSet) makes the guesses of a recipe for all
//! words of a batch at once, hashes them, and asks a [`Filter`] whether one of the digests may be
//! looked for. It hands back [`Candidate`]s: whoever asked makes the guess once more, alone, and
//! compares the whole digest.

pub(crate) mod chain;
use std::fmt;

use zeroize::Zeroize as _;

mod change;
mod filter;
pub(crate) mod line;
pub(crate) mod md4;
pub(crate) mod md5;
mod recipe;
pub(crate) mod sha1;
pub(crate) mod sha2;
pub(crate) mod sweep;
mod unsalted;

pub use change::Change;
pub use filter::Filter;
pub use recipe::{Recipes, Source, Workplace};
pub use unsalted::Unsalted;

/// The number of words side by side.
pub(crate) const WIDTH: usize = 32;

/// The characters at one place of [`Batch::WIDTH`] words, as UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C, align(64))]
#[expect(clippy::exhaustive_structs, reason = "nothing else can be in it")]
pub struct Row(pub [u16; WIDTH]);

impl Row {
    pub(crate) const ZERO: Self = Self([0; WIDTH]);
}

/// Words of one length, side by side: a row for each place, and as many rows more as the caller
/// likes (the words in capitals, for instance). Recipes take their characters from all of them.
/// Some of the words may be somebody's password, so they are wiped, and not shown.
#[derive(Clone)]
pub struct Batch {
    pub(crate) rows: Vec<Row>,
    pub(crate) words: u32,
}

impl Batch {
    /// The number of words in a full batch.
    pub const WIDTH: usize = WIDTH;

    /// A batch of so many rows, for at most [`Self::WIDTH`] words.
    pub fn new(rows: usize) -> Self {
        Self { rows: vec![Row::ZERO; rows], words: 0 }
    }

    /// Makes room for words of another length; what the rows hold is not what it was.
    pub fn resize(&mut self, rows: usize) {
        self.rows.resize(rows, Row::ZERO);
    }

    /// The rows, to be filled; lanes beyond the last word may hold anything.
    pub fn rows_mut(&mut self) -> &mut [Row] {
        &mut self.rows
    }

    /// How many words there are: what is found in the other lanes does not count.
    pub fn set_words(&mut self, words: usize) {
        self.words = u32::try_from(words.min(WIDTH)).unwrap_or(0);
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        wipe(&mut self.rows);
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Batch({} words)", self.words)
    }
}

/// Overwrites rows, and the room behind them, so that the compiler cannot leave it out.
pub(crate) fn wipe(rows: &mut Vec<Row>) {
    rows.resize(rows.capacity(), Row::ZERO);
    for row in rows {
        row.0.zeroize();
    }
}

/// A guess that may have a digest that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Candidate {
    /// The number of the recipe, as [`Recipes::tail`] gave it.
    pub recipe: u32,
    /// The number of the batch, from 0.
    pub batch: u32,
    /// The number of the word in its batch, from 0.
    pub word: u32,
    /// Whether it was the second filter that let it through.
    pub second: bool,
    /// The word of the digest that the filter was asked for.
    pub check: u32,
}

impl Candidate {
    /// A candidate of these numbers.
    pub const fn new(recipe: u32, batch: u32, word: u32, second: bool, check: u32) -> Self {
        Self { recipe, batch, word, second, check }
    }
}
