//! A register of eight lanes of 32 bits. The sixteen words of a message of SHA already take more than
//! there are, and the steps of SHA have enough to do side by side.

#![cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "bodies use all operations"))]
#![expect(unsafe_code, reason = "registers are loaded and stored here: one operation a block")]

use std::arch::x86_64::{
    __m256i, _mm_cvtsi32_si128, _mm256_add_epi32, _mm256_and_si256, _mm256_load_si256,
    _mm256_or_si256, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_sll_epi32, _mm256_slli_epi32,
    _mm256_srl_epi32, _mm256_srli_epi32, _mm256_store_si256, _mm256_sub_epi32, _mm256_xor_si256,
};

use crate::lanes::line::Line;

pub(super) type Lanes = __m256i;
type Word = u32;
const BITS: i32 = 32;
const PER_PART: usize = 8;

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn splat(x: u32) -> Lanes {
    _mm256_set1_epi32(x.cast_signed())
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn add(x: Lanes, y: Lanes) -> Lanes {
    _mm256_add_epi32(x, y)
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn subtract(x: Lanes, y: Lanes) -> Lanes {
    _mm256_sub_epi32(x, y)
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn or(x: Lanes, y: Lanes) -> Lanes {
    _mm256_or_si256(x, y)
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn exclusive_or(x: Lanes, y: Lanes) -> Lanes {
    _mm256_xor_si256(x, y)
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn choose(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm256_xor_si256(z, _mm256_and_si256(x, _mm256_xor_si256(y, z)))
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn majority(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm256_or_si256(_mm256_and_si256(x, y), _mm256_and_si256(z, _mm256_or_si256(x, y)))
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn parity(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm256_xor_si256(x, _mm256_xor_si256(y, z))
}

/// The fourth function of MD5: `y`, inverted where `x` is set or `z` is not.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn unless(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    let not_z = _mm256_xor_si256(z, _mm256_set1_epi32(-1));
    _mm256_xor_si256(y, _mm256_or_si256(x, not_z))
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn rotate<const LEFT: i32, const RIGHT: i32>(x: Lanes) -> Lanes {
    _mm256_or_si256(_mm256_slli_epi32::<LEFT>(x), _mm256_srli_epi32::<RIGHT>(x))
}

#[target_feature(enable = "avx2")]
#[inline]
fn shift_right<const BY: i32>(x: Lanes) -> Lanes {
    _mm256_srli_epi32::<BY>(x)
}

/// Zero if the shift is by all bits.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn shifted_left(x: Lanes, by: u32) -> Lanes {
    _mm256_sll_epi32(x, _mm_cvtsi32_si128(by.cast_signed()))
}

/// Zero if the shift is by all bits.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn shifted_right(x: Lanes, by: u32) -> Lanes {
    _mm256_srl_epi32(x, _mm_cvtsi32_si128(by.cast_signed()))
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn load(line: &Line<u32>, part: usize) -> Lanes {
    match line.0.as_chunks::<8>().0.get(part) {
        // SAFETY: a quarter of a line has the 32 bytes, and the alignment, of a register.
        Some(quarter) => unsafe { _mm256_load_si256(quarter.as_ptr().cast()) },
        None => _mm256_setzero_si256(),
    }
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn store(line: &mut Line<u32>, lanes: Lanes, part: usize) {
    if let Some(quarter) = line.0.as_chunks_mut::<8>().0.get_mut(part) {
        // SAFETY: a quarter of a line has the 32 bytes, and the alignment, of a register.
        unsafe { _mm256_store_si256(quarter.as_mut_ptr().cast(), lanes) };
    }
}

pub(crate) mod sha1 {
    use super::*;
    use crate::lanes::chain::{Chain, Macs, Message, chain, macs};
    use crate::lanes::sha1::{IV, sha1};

    sha1!(#[target_feature(enable = "avx2")]);
    chain!(
        #[target_feature(enable = "avx2")]
        5,
        IV,
        shifted_right,
        shifted_left
    );
    macs!(
        #[target_feature(enable = "avx2")]
        5
    );
}

pub(crate) mod sha256 {
    use super::*;
    use crate::lanes::chain::{Chain, Macs, Message, chain, macs};
    use crate::lanes::sha2::{IV_256 as IV, K_256 as K, sha2};

    sha2!(#[target_feature(enable = "avx2")] K [2 13 22] [6 11 25] [7 18 3] [17 19 10]);
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
