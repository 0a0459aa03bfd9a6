//! The automaton of a compiled list, as the walk meets it: a double array behind a filter.

use crate::characters::fold::read_as;

/// Something that knows words letter by letter.
pub(crate) trait Automaton: Copy {
    type State: Copy;
    /// Whether an entry may begin with these keys, plain or disguised. It may err on the side of
    /// yes.
    fn may_begin(self, four: Four) -> Begins;
    /// The state before the first letter.
    fn root(self) -> Self::State;
    /// The state after one more letter, and the number of the [`Tag`](super::dictionary::Tag) of
    /// the entry that ends there or 0; `None` if no entry goes on like this.
    fn step(self, state: Self::State, key: u8) -> Option<(Self::State, u8)>;
}

/// Whether an entry may begin with four keys as they stand, and with the same read backwards.
#[derive(Clone, Copy)]
pub(crate) struct Begins(u8);

impl Begins {
    pub(crate) const FORWARDS: Self = Self(1);
    pub(crate) const BACKWARDS: Self = Self(2);
    pub(crate) const BOTH: Self = Self(3);

    #[inline]
    pub(crate) fn forwards(self) -> bool {
        self.0 & Self::FORWARDS.0 != 0
    }

    /// Two bits, the lower for forwards.
    #[inline]
    pub(crate) fn bits(self) -> u32 {
        u32::from(self.0 & Self::BOTH.0)
    }
}

/// Four keys in a row, a digit or symbol as the letter that it may be typed for (of `1` the i).
/// An entry of three keys is followed by a 0.
#[derive(Clone, Copy, Default)]
pub(crate) struct Four(u32);

impl Four {
    /// The last three of them and one more.
    #[inline]
    pub(crate) fn push(self, key: u8) -> Self {
        Self(self.0 >> 8 | u32::from(read_as(key)) << 24)
    }

    /// The same for a letter, which is read as itself.
    #[inline]
    pub(crate) fn push_letter(self, letter: u8) -> Self {
        Self(self.0 >> 8 | u32::from(letter) << 24)
    }

    pub(crate) fn reversed(self) -> Self {
        Self(self.0.swap_bytes())
    }

    /// Its byte of the filter, and by how much that is shifted (multiplicative hashing, Knuth 6.4).
    #[inline]
    fn slot(self) -> (usize, u32) {
        let slot = self.0.wrapping_mul(0x9e37_79b1) >> (32 - FILTER_SLOTS_LOG2);
        (usize::try_from(slot >> 2).unwrap_or(0), slot % 4 * 2)
    }

    /// Notes in a filter that an entry may begin like this.
    pub(crate) fn mark(self, filter: &mut [u8], how: Begins) {
        let (byte, shift) = self.slot();
        if let Some(byte) = filter.get_mut(byte) {
            *byte |= how.0 << shift;
        }
    }
}

/// Two bits for each hash of four keys.
pub(crate) type Filter = [u8; 1 << (FILTER_SLOTS_LOG2 - 2)];
const FILTER_SLOTS_LOG2: u32 = 18;

/// The state before the first letter.
pub(crate) const ROOT: usize = 1;

/// One compiled list, ready to be walked: a state is a number, and a step is one addition and one
/// look-up of four bytes (Aoe 1989; over a minimal automaton as in Yata's dawgdic).
#[derive(Clone, Copy)]
pub(crate) struct DoubleArray<'a> {
    pub(crate) filter: &'a Filter,
    pub(crate) cells: &'a [[u8; 4]],
}

/// The way from one state to another.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    pub(crate) label: u8,
    pub(crate) tag: u8,
    pub(crate) next: usize,
}

impl Cell {
    /// As many states as a cell can name.
    pub(crate) const STATES: usize = 1 << 20;

    /// label: 8 bits · tag of the entry that ends here, or 0: 4 · next state: 20
    #[inline]
    pub(crate) fn read(bytes: [u8; 4]) -> Self {
        let cell = u32::from_le_bytes(bytes);
        let byte = |n: u32| u8::try_from(n & 0xff).unwrap_or(0);
        let next = usize::try_from(cell >> 12).unwrap_or(0);
        Self { label: byte(cell), tag: byte(cell >> 8) & 15, next }
    }

    /// `None` if there are too many states.
    pub(crate) fn write(self) -> Option<[u8; 4]> {
        let next = u32::try_from(self.next).ok().filter(|_| self.next < Self::STATES)?;
        Some((next << 12 | u32::from(self.tag) << 8 | u32::from(self.label)).to_le_bytes())
    }
}

impl Automaton for DoubleArray<'_> {
    type State = usize;

    #[inline]
    fn may_begin(self, four: Four) -> Begins {
        let (byte, shift) = four.slot();
        Begins(self.filter.get(byte).map_or(0, |byte| byte >> shift))
    }

    #[inline]
    fn root(self) -> usize {
        ROOT
    }

    /// An empty cell has label 0: the key of "no such character" leads from there to state 0, which
    /// no entry goes through.
    #[inline]
    fn step(self, state: usize, key: u8) -> Option<(usize, u8)> {
        let cell = Cell::read(*self.cells.get(state + usize::from(key))?);
        (cell.label == key).then_some((cell.next, cell.tag))
    }
}
