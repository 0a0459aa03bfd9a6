//! Four registers of eight lanes of 32 bits: while a step of one waits for the last, the others
//! work. For digests with little state.

#![cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "bodies use all operations"))]
#![expect(
    unsafe_code,
    reason = "registers are loaded, stored and gathered here: one operation a block"
)]

use std::arch::x86_64::{
    __m256i, _mm_cvtsi32_si128, _mm256_and_si256, _mm256_castsi256_ps, _mm256_cmpeq_epi32,
    _mm256_i32gather_epi32, _mm256_load_si256, _mm256_movemask_ps, _mm256_or_si256,
    _mm256_set1_epi32, _mm256_sllv_epi32, _mm256_srl_epi32, _mm256_srli_epi32, _mm256_storeu_si256,
    _mm256_unpackhi_epi16, _mm256_unpacklo_epi16,
};

use super::u32_lanes;
use crate::lanes::batch::{Batch, Row};
use crate::lanes::candidate::Candidate;
use crate::lanes::filter::Filter;
use crate::lanes::md4::md4;
use crate::lanes::recipe::{Recipes, Scratch};
use crate::lanes::sweep::{self, SweepLanes};

type Lanes = [u32_lanes::Lanes; 4];
type Word = u32;
const PARTS: usize = 1;

macro_rules! each {
    ($i:ident => $of:expr) => {
        [
            {
                const $i: usize = 0;
                $of
            },
            {
                const $i: usize = 1;
                $of
            },
            {
                const $i: usize = 2;
                $of
            },
            {
                const $i: usize = 3;
                $of
            },
        ]
    };
}

#[target_feature(enable = "avx2")]
#[inline]
fn splat(x: u32) -> Lanes {
    let x = u32_lanes::splat(x);
    // Not `[x; 4]`: that is a loop, and what comes before a loop is put behind it, one
    // register after the other.
    [x, x, x, x]
}

macro_rules! operations {
    ($($name:ident($($x:ident),+);)+) => {$(
        #[target_feature(enable = "avx2")]
        #[inline]
        fn $name($($x: Lanes),+) -> Lanes {
            each!(I => u32_lanes::$name($($x[I]),+))
        }
    )+};
}
operations! {
    add(x, y);
    subtract(x, y);
    or(x, y);
    choose(x, y, z);
    majority(x, y, z);
    parity(x, y, z);
    unless(x, y, z);
}

#[target_feature(enable = "avx2")]
#[inline]
fn rotate<const LEFT: i32, const RIGHT: i32>(x: Lanes) -> Lanes {
    each!(I => u32_lanes::rotate::<LEFT, RIGHT>(x[I]))
}

#[target_feature(enable = "avx2")]
#[inline]
fn shifted_left(x: Lanes, by: u32) -> Lanes {
    each!(I => u32_lanes::shifted_left(x[I], by))
}

#[target_feature(enable = "avx2")]
#[inline]
fn shifted_right(x: Lanes, by: u32) -> Lanes {
    each!(I => u32_lanes::shifted_right(x[I], by))
}

#[target_feature(enable = "avx2")]
#[inline]
fn load(row: &Row) -> [__m256i; 2] {
    let half = |first: usize| {
        let half: *const u16 = row.0.split_at(first).1.as_ptr();
        // SAFETY: half of a row has the 32 bytes, and the alignment, of a register.
        unsafe { _mm256_load_si256(half.cast()) }
    };
    [half(0), half(16)]
}

#[target_feature(enable = "avx2")]
#[inline]
fn interleave(even: &Row, odd: &Row) -> [Lanes; PARTS] {
    let (even, odd) = (load(even), load(odd));
    [[
        _mm256_unpacklo_epi16(even[0], odd[0]),
        _mm256_unpackhi_epi16(even[0], odd[0]),
        _mm256_unpacklo_epi16(even[1], odd[1]),
        _mm256_unpackhi_epi16(even[1], odd[1]),
    ]]
}

/// Which word of a batch a lane is for: unpacking takes from each quarter of a row its lower
/// or its upper half.
const fn word_of(_part: u32, lane: u32) -> u32 {
    let (register, element) = (lane / 8, lane % 8);
    (register / 2) * 16 + (element / 4) * 8 + (register % 2) * 4 + element % 4
}

#[target_feature(enable = "avx2")]
#[inline]
fn lanes(x: Lanes) -> [u32; 32] {
    let mut lanes = [0; 32];
    let (quarters, _) = lanes.as_chunks_mut::<8>();
    for (quarter, register) in quarters.iter_mut().zip(x) {
        // SAFETY: a quarter of the lanes is the 32 bytes of a register; no alignment is asked.
        unsafe { _mm256_storeu_si256(quarter.as_mut_ptr().cast(), register) };
    }
    lanes
}

/// A bit for each lane that the filter lets through.
#[target_feature(enable = "avx2")]
#[inline]
fn ask(filter: &Filter, checks: Lanes) -> u32 {
    let [first, second, third, fourth] = each!(I => ask_register(filter, checks[I]));
    first | second << 8 | third << 16 | fourth << 24
}

#[target_feature(enable = "avx2")]
#[inline]
fn ask_register(filter: &Filter, checks: __m256i) -> u32 {
    let mask = |equal| _mm256_movemask_ps(_mm256_castsi256_ps(equal)).cast_unsigned();
    if !filter.few().is_empty() {
        let equal = |word: &u32| mask(_mm256_cmpeq_epi32(checks, u32_lanes::splat(*word)));
        return filter.few().iter().fold(0, |found, word| found | equal(word));
    }
    let shift = _mm_cvtsi32_si128(filter.shift().cast_signed());
    let places = _mm256_srl_epi32(checks, shift);
    let cells = filter.cells().as_ptr().cast();
    // SAFETY: shifted by `shift` to the right, a word is the number of one of the cells.
    let cells = unsafe { _mm256_i32gather_epi32::<4>(cells, places) };
    let bit = |of: __m256i| {
        let low = _mm256_and_si256(of, _mm256_set1_epi32(31));
        _mm256_sllv_epi32(_mm256_set1_epi32(1), low)
    };
    let pattern = _mm256_or_si256(bit(checks), bit(_mm256_srli_epi32::<5>(checks)));
    mask(_mm256_cmpeq_epi32(_mm256_and_si256(cells, pattern), pattern))
}

md4!(#[target_feature(enable = "avx2")]);

/// The proof that this processor has the instructions.
#[derive(Clone, Copy)]
struct Avx2;

/// Makes every guess of the recipes, and finds those that a filter lets through.
#[target_feature(enable = "avx2")]
pub(crate) fn sweep(
    recipes: &Recipes,
    scratch: &mut Scratch,
    batches: &[&Batch],
    filters: [&Filter; 2],
    found: &mut Vec<Candidate>,
) {
    sweep::sweep(Avx2, recipes, scratch, batches, filters, found);
}

#[expect(clippy::inline_always, reason = "compiled into `sweep`, which has the instructions")]
impl SweepLanes<PARTS> for Avx2 {
    type Lanes = Lanes;
    type Numbers = [u32; 32];

    #[inline(always)]
    fn splat(self, number: u32) -> Lanes {
        // SAFETY: only `sweep` makes a value, and it needs these instructions.
        unsafe { splat(number) }
    }

    #[inline(always)]
    fn or(self, x: Lanes, y: Lanes) -> Lanes {
        // SAFETY: only `sweep` makes a value, and it needs these instructions.
        unsafe { or(x, y) }
    }

    #[inline(always)]
    fn interleave(self, even: &Row, odd: &Row) -> [Lanes; PARTS] {
        // SAFETY: only `sweep` makes a value, and it needs these instructions.
        unsafe { interleave(even, odd) }
    }

    #[inline(always)]
    fn check(self, message: &[Lanes; 32], units: u16) -> Lanes {
        // SAFETY: only `sweep` makes a value, and it needs these instructions.
        unsafe { check(message, units) }
    }

    #[inline(always)]
    fn ask(self, filter: &Filter, checks: Lanes) -> u32 {
        // SAFETY: only `sweep` makes a value, and it needs these instructions.
        unsafe { ask(filter, checks) }
    }

    #[inline(always)]
    fn word_of(self, part: u32, lane: u32) -> u32 {
        word_of(part, lane)
    }

    #[inline(always)]
    fn numbers(self, x: Lanes) -> [u32; 32] {
        // SAFETY: only `sweep` makes a value, and it needs these instructions.
        unsafe { lanes(x) }
    }
}

/// MD5, whose messages are in lines of their own.
pub(crate) mod md5 {
    use super::*;
    use crate::lanes::chain::{Chain, Message, chain};
    use crate::lanes::line::Line;
    use crate::lanes::md5::{IV, md5};

    const PER_PART: usize = 32;

    #[target_feature(enable = "avx2")]
    #[inline]
    fn load(line: &Line<u32>, _part: usize) -> Lanes {
        each!(I => u32_lanes::load(line, I))
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn store(line: &mut Line<u32>, lanes: Lanes, _part: usize) {
        for (part, register) in lanes.into_iter().enumerate() {
            u32_lanes::store(line, register, part);
        }
    }

    md5!(#[target_feature(enable = "avx2")]);
    chain!(
        #[target_feature(enable = "avx2")]
        4,
        IV,
        shifted_left,
        shifted_right
    );
}
