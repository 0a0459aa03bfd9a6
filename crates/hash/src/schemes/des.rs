//! DES (FIPS 46-3), with the salt of crypt(3).
//!
//! A half of the block is kept as the 48 bits that its expansion gives, so that a round is a few
//! exclusive ors and eight look-ups; the tables are made while compiling from those of the
//! standard.

/// The 16 round keys of a key.
#[derive(Clone, Copy)]
pub(crate) struct Key([u64; 16]);

impl Key {
    /// From 64 bits, of which every eighth is parity and is not looked at.
    pub(crate) fn new(key: u64) -> Self {
        let mut rounds = [0; 16];
        for (nibbles, nibble) in SCHEDULE.iter().zip(0..) {
            let value = (key >> (60 - 4 * nibble)) & 15;
            let part = nibbles.get(usize::try_from(value).unwrap_or(0)).unwrap_or(&[0; 16]);
            for (round, bits) in rounds.iter_mut().zip(part) {
                *round |= bits;
            }
        }
        Self(rounds)
    }

    /// Encrypts a block `times` times, without the permutations in between (they cancel out).
    /// Bit `n` of the salt, from the right, swaps bits `n` and `n + 24` of each expansion, from
    /// the left.
    pub(crate) fn encrypt(&self, block: u64, salt: u32, times: u32) -> u64 {
        let salt = u64::from(salt.reverse_bits() >> 8);
        let block = permute(block, &INITIAL);
        let (mut left, mut right) = (expand(block >> 32), expand(block));
        for _ in 0..times {
            for key in self.0 {
                let swap = (right >> 24 ^ right) & salt;
                left ^= substitute(right ^ swap ^ swap << 24 ^ key);
                (left, right) = (right, left);
            }
            (left, right) = (right, left);
        }
        permute(contract(left) << 32 | contract(right), &FINAL)
    }
}

/// The S-boxes, their permutation and the next expansion, in one look-up for each six bits.
#[inline]
fn substitute(bits: u64) -> u64 {
    let mut output = 0;
    for (sbox, at) in SUBSTITUTION.iter().zip(0..) {
        let six = (bits >> (42 - 6 * at)) & 63;
        // Always there; without `get` it would be a panic for the compiler to keep.
        output ^= sbox.get(usize::try_from(six).unwrap_or(0)).unwrap_or(&0);
    }
    output
}

/// The bits of a block in another order. Bits are numbered from 1 at the left, as in FIPS 46-3.
fn permute(block: u64, order: &[u8; 64]) -> u64 {
    order.iter().fold(0, |bits, from| bits << 1 | (block >> (64 - u32::from(*from))) & 1)
}

/// 32 bits to 48: each group of four with its neighbours.
fn expand(half: u64) -> u64 {
    let half = half & 0xffff_ffff;
    let ring = half << 33 | half << 1 | half >> 31;
    (0..8).fold(0, |bits, group| bits << 6 | (ring >> (28 - 4 * group)) & 63)
}

/// Back from 48 bits to 32: the inner four of each six.
fn contract(bits: u64) -> u64 {
    (0..8).fold(0, |half, group| half << 4 | (bits >> (43 - 6 * group)) & 15)
}

/// Of each nibble of a key (from the left) and each of its values, the bits of the round keys.
static SCHEDULE: [[[u64; 16]; 16]; 16] = schedule();

/// Of each S-box and six bits, the output, permuted and expanded.
static SUBSTITUTION: [[u64; 64]; 8] = substitution();

#[expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::large_stack_arrays,
    reason = "while compiling: no stack, and an index out of bounds does not compile"
)]
const fn schedule() -> [[[u64; 16]; 16]; 16] {
    let mut table = [[[0; 16]; 16]; 16];
    let mut round = 0;
    let mut turned = 0;
    while round < 16 {
        turned += SHIFTS[round] as usize;
        let mut bit = 0;
        while bit < 48 {
            // The place in the two rotated halves, before their rotation, in the key.
            let place = CHOICE_2[bit] as usize - 1;
            let half = place / 28 * 28;
            let from = CHOICE_1[half + (place - half + turned) % 28] as usize - 1;
            let (nibble, in_nibble) = (from / 4, 8 >> (from % 4));
            let mut value = 0;
            while value < 16 {
                if value & in_nibble != 0 {
                    table[nibble][value][round] |= 1 << (47 - bit);
                }
                value += 1;
            }
            bit += 1;
        }
        round += 1;
    }
    table
}

#[expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "while compiling: an index out of bounds does not compile"
)]
const fn substitution() -> [[u64; 64]; 8] {
    let mut table = [[0; 64]; 8];
    let mut sbox = 0;
    while sbox < 8 {
        let mut six = 0;
        while six < 64 {
            let (row, column) = (six >> 5 << 1 | six & 1, six >> 1 & 15);
            let four = SBOXES[sbox][row][column] as u64;
            let block = four << (28 - 4 * sbox);
            let mut bit = 0;
            while bit < 48 {
                // The bit of the permuted block that the expansion takes here, from 0.
                let expanded = (bit / 6 * 4 + bit % 6 + 31) % 32;
                let from = PERMUTATION[expanded] as usize;
                table[sbox][six] |= (block >> (32 - from) & 1) << (47 - bit);
                bit += 1;
            }
            six += 1;
        }
        sbox += 1;
    }
    table
}

#[rustfmt::skip]
const INITIAL: [u8; 64] = [
    58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4,
    62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
    57, 49, 41, 33, 25, 17,  9, 1, 59, 51, 43, 35, 27, 19, 11, 3,
    61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
];

#[rustfmt::skip]
const FINAL: [u8; 64] = [
    40, 8, 48, 16, 56, 24, 64, 32, 39, 7, 47, 15, 55, 23, 63, 31,
    38, 6, 46, 14, 54, 22, 62, 30, 37, 5, 45, 13, 53, 21, 61, 29,
    36, 4, 44, 12, 52, 20, 60, 28, 35, 3, 43, 11, 51, 19, 59, 27,
    34, 2, 42, 10, 50, 18, 58, 26, 33, 1, 41,  9, 49, 17, 57, 25,
];

#[rustfmt::skip]
const PERMUTATION: [u8; 32] = [
    16,  7, 20, 21, 29, 12, 28, 17,  1, 15, 23, 26,  5, 18, 31, 10,
     2,  8, 24, 14, 32, 27,  3,  9, 19, 13, 30,  6, 22, 11,  4, 25,
];

#[rustfmt::skip]
const CHOICE_1: [u8; 56] = [
    57, 49, 41, 33, 25, 17,  9,  1, 58, 50, 42, 34, 26, 18,
    10,  2, 59, 51, 43, 35, 27, 19, 11,  3, 60, 52, 44, 36,
    63, 55, 47, 39, 31, 23, 15,  7, 62, 54, 46, 38, 30, 22,
    14,  6, 61, 53, 45, 37, 29, 21, 13,  5, 28, 20, 12,  4,
];

#[rustfmt::skip]
const CHOICE_2: [u8; 48] = [
    14, 17, 11, 24,  1,  5,  3, 28, 15,  6, 21, 10,
    23, 19, 12,  4, 26,  8, 16,  7, 27, 20, 13,  2,
    41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48,
    44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];

const SHIFTS: [u8; 16] = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];

#[rustfmt::skip]
const SBOXES: [[[u8; 16]; 4]; 8] = [
    [
        [14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7],
        [0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8],
        [4, 1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0],
        [15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13],
    ],
    [
        [15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10],
        [3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5],
        [0, 14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15],
        [13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9],
    ],
    [
        [10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8],
        [13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1],
        [13, 6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7],
        [1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12],
    ],
    [
        [7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15],
        [13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9],
        [10, 6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4],
        [3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14],
    ],
    [
        [2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9],
        [14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6],
        [4, 2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14],
        [11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3],
    ],
    [
        [12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11],
        [10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8],
        [9, 14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6],
        [4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13],
    ],
    [
        [4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1],
        [13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6],
        [1, 4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2],
        [6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12],
    ],
    [
        [13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7],
        [1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2],
        [7, 11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8],
        [2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11],
    ],
];
