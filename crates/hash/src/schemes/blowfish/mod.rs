//! Blowfish (Schneier 1993) with the costly key setup of bcrypt (Provos and Mazières 1999), for a
//! few keys at once: a step of one waits for its boxes, in which time the others take theirs.

#![expect(
    clippy::indexing_slicing,
    clippy::needless_range_loop,
    reason = "a byte is below 256; keys are counted, and take turns in several arrays"
)]

mod pi;

use zeroize::{Zeroize, Zeroizing};

/// The words of a key or a salt, repeated as often as they fit.
pub(crate) type Words = [u32; 18];

/// The start of the plain text, twice as long as a block of Blowfish, and the rest of it.
const TEXT: [[u8; 8]; 3] = [*b"OrpheanB", *b"eholderS", *b"cryDoubt"];

/// What bcrypt gives for some keys under one salt; a byte more of each than bcrypt writes.
pub(crate) fn bcrypt<const KEYS: usize>(
    cost: u8,
    salt: &[u8; 16],
    keys: &[Words; KEYS],
) -> [[u8; 24]; KEYS] {
    let salt = repeated(salt.iter().copied());
    let salts = [salt; KEYS];
    let mut states = Zeroizing::new(States::new());
    let [w, x, y, z, ..] = salt;
    states.expand(keys, [[w, x], [y, z]]);
    for _ in 0..1_u64 << cost {
        states.expand(keys, [[0; 2]; 2]);
        states.expand(&salts, [[0; 2]; 2]);
    }
    let mut digests = [[0; 24]; KEYS];
    for (piece, text) in TEXT.iter().enumerate() {
        let ([left, right], _) = text.as_chunks::<4>() else { continue };
        let mut left = [u32::from_be_bytes(*left); KEYS];
        let mut right = [u32::from_be_bytes(*right); KEYS];
        for _ in 0..64 {
            states.encrypt(&mut left, &mut right);
        }
        for (digest, (left, right)) in digests.iter_mut().zip(left.into_iter().zip(right)) {
            if let Some([first, second]) =
                digest.as_chunks_mut::<4>().0.get_mut(2 * piece..2 * piece + 2)
            {
                (*first, *second) = (left.to_be_bytes(), right.to_be_bytes());
            }
        }
    }
    digests
}

/// Bytes as words, the first byte highest, from the start again when they end.
pub(crate) fn repeated(bytes: impl Iterator<Item = u8> + Clone) -> Words {
    let mut bytes = bytes.cycle();
    let mut words = [0; 18];
    for word in &mut words {
        *word = bytes.by_ref().take(4).fold(0, |word, byte| word << 8 | u32::from(byte));
    }
    words
}

struct States<const KEYS: usize> {
    boxes: [[[u32; 256]; 4]; KEYS],
    subkeys: [Words; KEYS],
}

impl<const KEYS: usize> Zeroize for States<KEYS> {
    fn zeroize(&mut self) {
        self.boxes.as_flattened_mut().as_flattened_mut().zeroize();
        self.subkeys.as_flattened_mut().zeroize();
    }
}

impl<const KEYS: usize> States<KEYS> {
    const fn new() -> Self {
        Self { boxes: [pi::BOXES; KEYS], subkeys: [pi::SUBKEYS; KEYS] }
    }

    /// Encrypts one block with each key.
    #[inline]
    fn encrypt(&self, left: &mut [u32; KEYS], right: &mut [u32; KEYS]) {
        let (mut l, mut r) = (*left, *right);
        for key in 0..KEYS {
            l[key] ^= self.subkeys[key][0];
        }
        // Not a loop: the places of the subkeys are then known.
        macro_rules! rounds {
            ($($first:literal $second:literal)+) => {$(
                for key in 0..KEYS {
                    r[key] ^= mixed(&self.boxes[key], l[key]) ^ self.subkeys[key][$first];
                }
                for key in 0..KEYS {
                    l[key] ^= mixed(&self.boxes[key], r[key]) ^ self.subkeys[key][$second];
                }
            )+};
        }
        rounds!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16);
        for key in 0..KEYS {
            r[key] ^= self.subkeys[key][17];
        }
        (*left, *right) = (r, l);
    }

    /// Makes new subkeys and boxes of words and, in turn, the halves of a salt.
    fn expand(&mut self, words: &[Words; KEYS], salt: [[u32; 2]; 2]) {
        for (subkeys, words) in self.subkeys.iter_mut().zip(words) {
            for (subkey, word) in subkeys.iter_mut().zip(words) {
                *subkey ^= word;
            }
        }
        let (mut left, mut right) = ([0; KEYS], [0; KEYS]);
        let mut next = |states: &Self, turn: usize| {
            let [x, y] = salt[turn % 2];
            for key in 0..KEYS {
                left[key] ^= x;
                right[key] ^= y;
            }
            states.encrypt(&mut left, &mut right);
            (left, right)
        };
        for pair in 0..9 {
            let (left, right) = next(self, pair);
            for key in 0..KEYS {
                self.subkeys[key][2 * pair] = left[key];
                self.subkeys[key][2 * pair + 1] = right[key];
            }
        }
        for place in 0..4 {
            for pair in 0..128 {
                let (left, right) = next(self, pair + 1);
                for key in 0..KEYS {
                    self.boxes[key][place][2 * pair] = left[key];
                    self.boxes[key][place][2 * pair + 1] = right[key];
                }
            }
        }
    }
}

/// What the four bytes of a half choose from the boxes.
#[inline]
fn mixed(boxes: &[[u32; 256]; 4], half: u32) -> u32 {
    let [d, c, b, a] = half.to_le_bytes().map(usize::from);
    (boxes[0][a].wrapping_add(boxes[1][b]) ^ boxes[2][c]).wrapping_add(boxes[3][d])
}
