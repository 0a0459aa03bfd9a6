//! A register of sixteen lanes of 32 bits. The sixteen words of a message of SHA already take more than
//! there are, and the steps of SHA have enough to do side by side.

#![cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "bodies use all operations"))]
#![expect(unsafe_code, reason = "registers are loaded and stored here: one operation a block")]

use std::arch::x86_64::{
    __m512i, _mm_cvtsi32_si128, _mm512_add_epi32, _mm512_load_si512, _mm512_or_si512,
    _mm512_rol_epi32, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_sll_epi32, _mm512_srl_epi32,
    _mm512_srli_epi32, _mm512_store_si512, _mm512_sub_epi32, _mm512_ternarylogic_epi32,
    _mm512_xor_si512,
};

use crate::lanes::line::Line;

pub(super) type Lanes = __m512i;
type Word = u32;
const BITS: i32 = 32;
const PER_PART: usize = 16;

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn splat(x: u32) -> Lanes {
    _mm512_set1_epi32(x.cast_signed())
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn add(x: Lanes, y: Lanes) -> Lanes {
    _mm512_add_epi32(x, y)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn subtract(x: Lanes, y: Lanes) -> Lanes {
    _mm512_sub_epi32(x, y)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn or(x: Lanes, y: Lanes) -> Lanes {
    _mm512_or_si512(x, y)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn exclusive_or(x: Lanes, y: Lanes) -> Lanes {
    _mm512_xor_si512(x, y)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn choose(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm512_ternarylogic_epi32::<0xCA>(x, y, z)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn majority(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm512_ternarylogic_epi32::<0xE8>(x, y, z)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn parity(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm512_ternarylogic_epi32::<0x96>(x, y, z)
}

/// The fourth function of MD5: `y`, inverted where `x` is set or `z` is not.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn unless(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm512_ternarylogic_epi32::<0x39>(x, y, z)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn rotate<const LEFT: i32, const RIGHT: i32>(x: Lanes) -> Lanes {
    _mm512_rol_epi32::<LEFT>(x)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn shift_right<const BY: u32>(x: Lanes) -> Lanes {
    _mm512_srli_epi32::<BY>(x)
}

/// Zero if the shift is by all bits.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn shifted_left(x: Lanes, by: u32) -> Lanes {
    _mm512_sll_epi32(x, _mm_cvtsi32_si128(by.cast_signed()))
}

/// Zero if the shift is by all bits.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn shifted_right(x: Lanes, by: u32) -> Lanes {
    _mm512_srl_epi32(x, _mm_cvtsi32_si128(by.cast_signed()))
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn load(line: &Line<u32>, part: usize) -> Lanes {
    match line.0.as_chunks::<16>().0.get(part) {
        // SAFETY: half of a line has the 64 bytes, and the alignment, of a register.
        Some(half) => unsafe { _mm512_load_si512(half.as_ptr().cast()) },
        None => _mm512_setzero_si512(),
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
pub(super) fn store(line: &mut Line<u32>, lanes: Lanes, part: usize) {
    if let Some(half) = line.0.as_chunks_mut::<16>().0.get_mut(part) {
        // SAFETY: half of a line has the 64 bytes, and the alignment, of a register.
        unsafe { _mm512_store_si512(half.as_mut_ptr().cast(), lanes) };
    }
}

pub(crate) mod sha1 {
    use super::*;
    use crate::lanes::chain::{Chain, Macs, Message, chain, macs};
    use crate::lanes::sha1::{IV, sha1};

    sha1!(#[target_feature(enable = "avx512f,avx512bw")]);
    chain!(
        #[target_feature(enable = "avx512f,avx512bw")]
        5,
        IV,
        shifted_right,
        shifted_left
    );
    macs!(
        #[target_feature(enable = "avx512f,avx512bw")]
        5
    );
}

pub(crate) mod sha256 {
    use super::*;
    use crate::lanes::chain::{Chain, Macs, Message, chain, macs};
    use crate::lanes::sha2::{IV_256 as IV, K_256 as K, sha2};

    sha2!(#[target_feature(enable = "avx512f,avx512bw")] K [2 13 22] [6 11 25] [7 18 3] [17 19 10]);
    chain!(
        #[target_feature(enable = "avx512f,avx512bw")]
        8,
        IV,
        shifted_right,
        shifted_left
    );
    macs!(
        #[target_feature(enable = "avx512f,avx512bw")]
        8
    );
}
