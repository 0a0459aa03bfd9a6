//! How guesses are made of the words of a batch.

use std::fmt;
use std::ops::Range;

use super::batch::{Row, WIDTH, wipe};
use super::change::Change;
use super::unsalted::Unsalted;

/// Where one character of a guess comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Source<'a> {
    /// The row of that number.
    Row(u16),
    /// The row of that number, changed.
    Changed(u16, &'a [Change]),
    /// The same for all words.
    Constant(u16),
}

/// Many recipes for words of one length. Those that differ only in the constants at their end
/// share a head, which is put together once for all of them.
#[derive(Clone, Debug)]
pub struct Recipes {
    unsalted: Unsalted,
    /// The number of rows of a batch; what follows are the numbers of rows of the scratch memory.
    rows: u16,
    pub(crate) heads: Vec<Head>,
    pub(crate) tails: Vec<Tail>,
    /// Numbers of rows, in the order of the guess.
    pub(crate) sources: Vec<u16>,
    pub(crate) jobs: Vec<Job>,
    pub(crate) changes: Vec<Change>,
    /// The ends of guesses with their padding, in words of the message.
    pub(crate) words: Vec<u32>,
    /// Characters that are the same for all words.
    pub(crate) constants: Vec<Row>,
    /// Whether a guess asks the second filter.
    long: bool,
}

/// Rows of the scratch memory that hold changed characters of one guess.
const CHANGED: u16 = 64;

/// Memory in which a thread puts guesses together, for any recipes. It is wiped, like a batch.
#[derive(Default)]
pub struct Scratch {
    /// First [`CHANGED`] rows for what is changed, then a row for each constant.
    pub(crate) rows: Vec<Row>,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        wipe(&mut self.rows);
    }
}

impl fmt::Debug for Scratch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Scratch(..)")
    }
}

impl Scratch {
    pub(crate) fn prepare(&mut self, recipes: &Recipes) {
        let room = usize::from(CHANGED).saturating_add(recipes.constants.len());
        if self.rows.capacity() < room {
            // Growing would leave a copy behind.
            wipe(&mut self.rows);
            self.rows = Vec::with_capacity(room);
        }
        self.rows.truncate(CHANGED.into());
        self.rows.resize(CHANGED.into(), Row::ZERO);
        self.rows.extend_from_slice(&recipes.constants);
    }
}

/// The part of a guess that is put together from rows.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) sources: Range<u32>,
    pub(crate) jobs: Range<u32>,
    pub(crate) tails: Range<u32>,
}

/// A row that must be changed before a head is put together.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) from: u16,
    pub(crate) to: u16,
    pub(crate) changes: Range<u32>,
}

/// The end of a guess.
#[derive(Clone, Debug)]
pub(crate) struct Tail {
    pub(crate) words: Range<u32>,
    /// The units of the whole guess.
    pub(crate) length: u16,
}

impl Recipes {
    /// No recipes yet, for batches of that many rows.
    pub fn new(unsalted: Unsalted, rows: u16) -> Self {
        Self {
            unsalted,
            rows,
            heads: Vec::new(),
            tails: Vec::new(),
            sources: Vec::new(),
            jobs: Vec::new(),
            changes: Vec::new(),
            words: Vec::new(),
            constants: Vec::new(),
            long: false,
        }
    }

    /// Which digest the guesses are hashed with.
    pub const fn unsalted(&self) -> Unsalted {
        self.unsalted
    }

    /// Whether there are no recipes.
    pub const fn is_empty(&self) -> bool {
        self.tails.is_empty()
    }

    /// Whether a guess is so long that it asks the second filter.
    pub const fn asks_second(&self) -> bool {
        self.long
    }

    /// Starts recipes of which the first characters come from there.
    pub fn head(&mut self, sources: &[Source<'_>]) {
        let (first_source, first_job) = (end(&self.sources), end(&self.jobs));
        for &source in sources {
            let row = match source {
                Source::Row(row) => row,
                Source::Constant(character) => self.constant(character),
                Source::Changed(row, changes) => self.changed(row, changes, first_job),
            };
            self.sources.push(row);
        }
        self.heads.push(Head {
            sources: first_source..end(&self.sources),
            jobs: first_job..end(&self.jobs),
            tails: end(&self.tails)..end(&self.tails),
        });
    }

    /// Adds a recipe: the last head, and these characters after it. Returns the number of the
    /// recipe, or none if the guess is too long for lanes or they cannot write a character.
    pub fn tail(&mut self, units: &[u16]) -> Option<u32> {
        let head = self.heads.last_mut()?;
        let before = head.sources.len();
        let length = before.checked_add(units.len())?;
        if length > self.unsalted.most_units() || !self.unsalted.can_write(units) {
            return None;
        }
        let first = end(&self.words);
        self.unsalted.pack(before, units, &mut self.words);
        let number = end(&self.tails);
        self.tails.push(Tail {
            words: first..end(&self.words),
            length: u16::try_from(length).unwrap_or(u16::MAX),
        });
        head.tails.end = end(&self.tails);
        self.long |= self.unsalted.asks_second(length);
        Some(number)
    }

    fn constant(&mut self, character: u16) -> u16 {
        let row = Row([character; WIDTH]);
        let known = self.constants.iter().rposition(|known| *known == row);
        let at = known.unwrap_or_else(|| {
            self.constants.push(row);
            self.constants.len() - 1
        });
        let before = self.rows.saturating_add(CHANGED);
        u16::try_from(at).map_or(u16::MAX, |at| before.saturating_add(at))
    }

    /// Changed rows are those of one head: each has the scratch memory to itself.
    fn changed(&mut self, from: u16, changes: &[Change], first_job: u32) -> u16 {
        let first = end(&self.changes);
        self.changes.extend_from_slice(changes);
        let to = u16::try_from(end(&self.jobs) - first_job).unwrap_or(u16::MAX);
        self.jobs.push(Job { from, to, changes: first..end(&self.changes) });
        self.rows.saturating_add(to)
    }
}

/// Places are of 32 bits: a plan of recipes is far smaller than that.
fn end<T>(vector: &[T]) -> u32 {
    u32::try_from(vector.len()).unwrap_or(u32::MAX)
}
