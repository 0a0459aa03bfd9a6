//! Words of one length, side by side.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroize as _;

/// The number of words side by side.
pub(crate) const WIDTH: usize = 32;

/// The characters at one place of [`Batch::WIDTH`] words, as UTF-16 units.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(C, align(64))]
pub(crate) struct Row(pub(crate) [u16; WIDTH]);

impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Row(..)")
    }
}

impl Row {
    pub(crate) const ZERO: Self = Self([0; WIDTH]);
}

/// Words of one length, side by side: a row for each place, and as many more rows as the caller
/// likes (the words in capitals, for instance). Recipes take their characters from all of them.
/// A word may be a person's password, so they are wiped on drop and never shown.
#[derive(Clone)]
pub struct Batch {
    pub(crate) rows: Vec<Row>,
    pub(crate) words: u32,
}

impl Batch {
    /// The number of words in a full batch.
    pub const WIDTH: usize = WIDTH;

    /// Makes a batch with that number of rows, for at most [`Self::WIDTH`] words.
    pub fn new(rows: usize) -> Self {
        Self { rows: vec![Row::ZERO; rows], words: 0 }
    }

    /// Makes room for words of another length; what the rows hold is not what it was.
    pub fn resize(&mut self, rows: usize) {
        self.rows.resize(rows, Row::ZERO);
    }

    /// Writes a word, in UTF-16 units, into one lane of the first rows. Lanes beyond the last word
    /// may hold anything.
    pub fn write(&mut self, lane: usize, units: impl IntoIterator<Item = u16>) {
        for (row, unit) in self.rows.iter_mut().zip(units) {
            if let Some(place) = row.0.get_mut(lane) {
                *place = unit;
            }
        }
    }

    /// Fills the rows from `to` on with those of a range before them, each unit changed.
    pub fn derive(&mut self, from: Range<usize>, to: usize, change: impl Fn(u16) -> u16) {
        let Some((before, after)) = self.rows.split_at_mut_checked(to) else { return };
        for (row, from) in after.iter_mut().zip(before.get(from).unwrap_or_default()) {
            *row = Row(from.0.map(&change));
        }
    }

    /// Sets the number of words: what is found in the other lanes does not count.
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
