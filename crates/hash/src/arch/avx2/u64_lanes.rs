//! A register of four lanes of 64 bits.

#![cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "bodies use all operations"))]
#![expect(unsafe_code, reason = "registers are loaded and stored here: one operation a block")]

use std::arch::x86_64::{
    __m256i, _mm_cvtsi32_si128, _mm256_add_epi64, _mm256_and_si256, _mm256_load_si256,
    _mm256_or_si256, _mm256_set1_epi64x, _mm256_setzero_si256, _mm256_sll_epi64, _mm256_slli_epi64,
    _mm256_srl_epi64, _mm256_srli_epi64, _mm256_store_si256, _mm256_xor_si256,
};

use crate::lanes::line::Line;

type Lanes = __m256i;
type Word = u64;
const BITS: i32 = 64;
const PER_PART: usize = 4;

#[target_feature(enable = "avx2")]
#[inline]
fn splat(x: u64) -> Lanes {
    _mm256_set1_epi64x(x.cast_signed())
}

#[target_feature(enable = "avx2")]
#[inline]
fn add(x: Lanes, y: Lanes) -> Lanes {
    _mm256_add_epi64(x, y)
}

#[target_feature(enable = "avx2")]
#[inline]
fn or(x: Lanes, y: Lanes) -> Lanes {
    _mm256_or_si256(x, y)
}

#[target_feature(enable = "avx2")]
#[inline]
fn exclusive_or(x: Lanes, y: Lanes) -> Lanes {
    _mm256_xor_si256(x, y)
}

#[target_feature(enable = "avx2")]
#[inline]
fn choose(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm256_xor_si256(z, _mm256_and_si256(x, _mm256_xor_si256(y, z)))
}

#[target_feature(enable = "avx2")]
#[inline]
fn majority(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm256_or_si256(_mm256_and_si256(x, y), _mm256_and_si256(z, _mm256_or_si256(x, y)))
}

#[target_feature(enable = "avx2")]
#[inline]
fn parity(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    exclusive_or(exclusive_or(x, y), z)
}

#[target_feature(enable = "avx2")]
#[inline]
fn rotate<const LEFT: i32, const RIGHT: i32>(x: Lanes) -> Lanes {
    _mm256_or_si256(_mm256_slli_epi64::<LEFT>(x), _mm256_srli_epi64::<RIGHT>(x))
}

#[target_feature(enable = "avx2")]
#[inline]
fn shift_right<const BY: i32>(x: Lanes) -> Lanes {
    _mm256_srli_epi64::<BY>(x)
}

/// Zero if the shift is by all bits.
#[target_feature(enable = "avx2")]
#[inline]
fn shifted_left(x: Lanes, by: u32) -> Lanes {
    _mm256_sll_epi64(x, _mm_cvtsi32_si128(by.cast_signed()))
}

/// Zero if the shift is by all bits.
#[target_feature(enable = "avx2")]
#[inline]
fn shifted_right(x: Lanes, by: u32) -> Lanes {
    _mm256_srl_epi64(x, _mm_cvtsi32_si128(by.cast_signed()))
}

#[target_feature(enable = "avx2")]
#[inline]
fn load(line: &Line<u64>, part: usize) -> Lanes {
    match line.0.as_chunks::<4>().0.get(part) {
        // SAFETY: a quarter of a line has the 32 bytes, and the alignment, of a register.
        Some(quarter) => unsafe { _mm256_load_si256(quarter.as_ptr().cast()) },
        None => _mm256_setzero_si256(),
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn store(line: &mut Line<u64>, lanes: Lanes, part: usize) {
    if let Some(quarter) = line.0.as_chunks_mut::<4>().0.get_mut(part) {
        // SAFETY: a quarter of a line has the 32 bytes, and the alignment, of a register.
        unsafe { _mm256_store_si256(quarter.as_mut_ptr().cast(), lanes) };
    }
}

pub(crate) mod sha512 {
    use super::*;
    use crate::lanes::chain::{Chain, Macs, Message, chain, macs};
    use crate::lanes::sha2::{IV, K, sha2};

    sha2!(#[target_feature(enable = "avx2")] K
        [28 34 39] [14 18 41] [1 8 7] [19 61 6]);
    chain!(
        #[target_feature(enable = "avx2")]
        8,
        IV,
        shifted_right,
        shifted_left
    );
    macs!(
        #[target_feature(enable = "avx2")]
        8
    );
}
