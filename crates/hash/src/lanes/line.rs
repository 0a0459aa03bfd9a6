//! Words of guesses side by side in memory.

use zeroize::{DefaultIsZeroes, Zeroize, Zeroizing};

/// A word of a digest's state and message: 32 or 64 bits.
pub(crate) trait Word: Copy + Default + DefaultIsZeroes + Send + 'static {
    /// That word of each guess.
    type Lanes: Copy + Default + AsRef<[Self]> + AsMut<[Self]> + Send;
    /// Its bytes.
    const BYTES: usize;

    /// The word that starts these bytes; what is missing is zero.
    fn read(bytes: &[u8], order: Order) -> Self;

    /// What stays in a word and what goes into the next, if bytes move by a number of bits, less than
    /// a word has, towards the end.
    fn split(self, order: Order, bits: u32) -> [Self; 2];

    /// The bits of both.
    fn or(self, other: Self) -> Self;

    /// Writes the word, if there is room.
    fn put(self, order: Order, bytes: &mut [u8]);
}

/// Which byte of a word is first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The lowest (MD5).
    LittleEndian,
    /// The highest (SHA).
    BigEndian,
}

macro_rules! word {
    ($word:ident, $lanes:literal) => {
        impl Word for $word {
            type Lanes = [Self; $lanes];
            const BYTES: usize = size_of::<Self>();

            fn read(bytes: &[u8], order: Order) -> Self {
                let mut whole = [0; size_of::<Self>()];
                match bytes.first_chunk() {
                    Some(bytes) => whole = *bytes,
                    None => whole.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from),
                }
                match order {
                    Order::LittleEndian => Self::from_le_bytes(whole),
                    Order::BigEndian => Self::from_be_bytes(whole),
                }
            }

            fn split(self, order: Order, bits: u32) -> [Self; 2] {
                let rest = Self::BITS - bits;
                match order {
                    Order::LittleEndian => [self << bits, self.checked_shr(rest).unwrap_or(0)],
                    Order::BigEndian => [self >> bits, self.checked_shl(rest).unwrap_or(0)],
                }
            }

            fn or(self, other: Self) -> Self {
                self | other
            }

            fn put(self, order: Order, bytes: &mut [u8]) {
                if let Some(place) = bytes.first_chunk_mut() {
                    *place = match order {
                        Order::LittleEndian => self.to_le_bytes(),
                        Order::BigEndian => self.to_be_bytes(),
                    };
                }
            }
        }
    };
}
word!(u32, 32);
word!(u64, 16);

/// One word of each guess: 128 bytes.
#[derive(Clone, Copy, Default)]
#[repr(C, align(64))]
pub(crate) struct Line<W: Word>(pub(crate) W::Lanes);

/// Words of states or messages, one after the other; wiped when dropped.
pub(crate) type Lines<W> = Zeroizing<Vec<Line<W>>>;

impl<W: Word> Line<W> {
    /// How many guesses there are.
    pub(crate) const LANES: usize = 128 / W::BYTES;

    /// The same word for all.
    pub(crate) fn splat(word: W) -> Self {
        let mut line = Self::default();
        line.0.as_mut().fill(word);
        line
    }

    /// The word of one guess.
    pub(crate) fn get(&self, lane: usize) -> W {
        self.0.as_ref().get(lane).copied().unwrap_or_default()
    }

    /// Adds the bits of two words to that of one guess.
    pub(crate) fn add(&mut self, lane: usize, one: W, other: W) {
        if let Some(place) = self.0.as_mut().get_mut(lane) {
            *place = place.or(one).or(other);
        }
    }

    /// Changes the word of one guess.
    pub(crate) fn set(&mut self, lane: usize, word: W) {
        if let Some(place) = self.0.as_mut().get_mut(lane) {
            *place = word;
        }
    }
}

impl<W: Word> Zeroize for Line<W> {
    fn zeroize(&mut self) {
        self.0.as_mut().zeroize();
    }
}
