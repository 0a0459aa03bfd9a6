//! Two registers of sixteen lanes of 32 bits: while a step of one waits for the last, the other
//! works. For digests with little state.

#![cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "bodies use all operations"))]
#![expect(
    unsafe_code,
    reason = "registers are loaded, stored and gathered here: one operation a block"
)]

use std::arch::x86_64::{
    __m512i, _mm_cvtsi32_si128, _mm512_and_si512, _mm512_cmpeq_epi32_mask, _mm512_i32gather_epi32,
    _mm512_load_si512, _mm512_or_si512, _mm512_set1_epi32, _mm512_sllv_epi32, _mm512_srl_epi32,
    _mm512_srli_epi32, _mm512_storeu_si512, _mm512_unpackhi_epi16, _mm512_unpacklo_epi16,
};

use super::u32_lanes;
use crate::lanes::batch::{Batch, Row};
use crate::lanes::candidate::Candidate;
use crate::lanes::filter::Filter;
use crate::lanes::md4::md4;
use crate::lanes::recipe::{Recipes, Scratch};
use crate::lanes::sweep::{self, SweepLanes};

type Lanes = [u32_lanes::Lanes; 2];
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
        ]
    };
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn splat(x: u32) -> Lanes {
    let x = u32_lanes::splat(x);
    // Not `[x; 2]`: that is a loop, and what comes before a loop is put behind it, one
    // register after the other.
    [x, x]
}

macro_rules! operations {
    ($($name:ident($($x:ident),+);)+) => {$(
        #[target_feature(enable = "avx512f,avx512bw")]
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

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn rotate<const LEFT: i32, const RIGHT: i32>(x: Lanes) -> Lanes {
    each!(I => u32_lanes::rotate::<LEFT, RIGHT>(x[I]))
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn shifted_left(x: Lanes, by: u32) -> Lanes {
    each!(I => u32_lanes::shifted_left(x[I], by))
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn shifted_right(x: Lanes, by: u32) -> Lanes {
    each!(I => u32_lanes::shifted_right(x[I], by))
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn load(row: &Row) -> __m512i {
    // SAFETY: a row has the 64 bytes, and the alignment, of a register.
    unsafe { _mm512_load_si512(row.0.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn interleave(even: &Row, odd: &Row) -> [Lanes; PARTS] {
    let (even, odd) = (load(even), load(odd));
    [[_mm512_unpacklo_epi16(even, odd), _mm512_unpackhi_epi16(even, odd)]]
}

/// Which word of a batch a lane is for: unpacking takes from each quarter of a row its lower
/// or its upper half.
const fn word_of(_part: u32, lane: u32) -> u32 {
    let (register, element) = (lane / 16, lane % 16);
    (element / 4) * 8 + register * 4 + element % 4
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn lanes(x: Lanes) -> [u32; 32] {
    let mut lanes = [0; 32];
    let (halves, _) = lanes.as_chunks_mut::<16>();
    for (half, register) in halves.iter_mut().zip(x) {
        // SAFETY: half of the lanes are the 64 bytes of a register; they need no alignment.
        unsafe { _mm512_storeu_si512(half.as_mut_ptr().cast(), register) };
    }
    lanes
}

/// A bit for each lane that the filter lets through.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn ask(filter: &Filter, checks: Lanes) -> u32 {
    let [low, high] = each!(I => u32::from(ask_register(filter, checks[I])));
    low | high << 16
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn ask_register(filter: &Filter, checks: __m512i) -> u16 {
    if !filter.few().is_empty() {
        let equal = |word: &u32| _mm512_cmpeq_epi32_mask(checks, u32_lanes::splat(*word));
        return filter.few().iter().fold(0, |found, word| found | equal(word));
    }
    let shift = _mm_cvtsi32_si128(filter.shift().cast_signed());
    let places = _mm512_srl_epi32(checks, shift);
    let cells = filter.cells().as_ptr().cast();
    // SAFETY: shifted by `shift` to the right, a word is the number of one of the cells.
    let cells = unsafe { _mm512_i32gather_epi32::<4>(places, cells) };
    let bit = |of: __m512i| {
        let low = _mm512_and_si512(of, _mm512_set1_epi32(31));
        _mm512_sllv_epi32(_mm512_set1_epi32(1), low)
    };
    let pattern = _mm512_or_si512(bit(checks), bit(_mm512_srli_epi32::<5>(checks)));
    _mm512_cmpeq_epi32_mask(_mm512_and_si512(cells, pattern), pattern)
}

md4!(#[target_feature(enable = "avx512f,avx512bw")]);

/// The proof that this processor has the instructions.
#[derive(Clone, Copy)]
struct Avx512;

/// Makes every guess of the recipes, and finds those that a filter lets through.
#[target_feature(enable = "avx512f,avx512bw")]
pub(crate) fn sweep(
    recipes: &Recipes,
    scratch: &mut Scratch,
    batches: &[&Batch],
    filters: [&Filter; 2],
    found: &mut Vec<Candidate>,
) {
    sweep::sweep(Avx512, recipes, scratch, batches, filters, found);
}

#[expect(clippy::inline_always, reason = "compiled into `sweep`, which has the instructions")]
impl SweepLanes<PARTS> for Avx512 {
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

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn load(line: &Line<u32>, _part: usize) -> Lanes {
        each!(I => u32_lanes::load(line, I))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn store(line: &mut Line<u32>, lanes: Lanes, _part: usize) {
        for (part, register) in lanes.into_iter().enumerate() {
            u32_lanes::store(line, register, part);
        }
    }

    md5!(#[target_feature(enable = "avx512f,avx512bw")]);
    chain!(
        #[target_feature(enable = "avx512f,avx512bw")]
        4,
        IV,
        shifted_left,
        shifted_right
    );
}
