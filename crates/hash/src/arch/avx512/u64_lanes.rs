//! A register of eight lanes of 64 bits.

#![cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "bodies use all operations"))]
#![expect(unsafe_code, reason = "registers are loaded and stored here: one operation a block")]

use std::arch::x86_64::{
    __m512i, _mm_cvtsi32_si128, _mm512_add_epi64, _mm512_load_si512, _mm512_or_si512,
    _mm512_rol_epi64, _mm512_set1_epi64, _mm512_setzero_si512, _mm512_sll_epi64, _mm512_srl_epi64,
    _mm512_srli_epi64, _mm512_store_si512, _mm512_ternarylogic_epi64, _mm512_xor_si512,
};

use crate::lanes::line::Line;

type Lanes = __m512i;
type Word = u64;
const BITS: i32 = 64;
const PER_PART: usize = 8;

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn splat(x: u64) -> Lanes {
    _mm512_set1_epi64(x.cast_signed())
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn add(x: Lanes, y: Lanes) -> Lanes {
    _mm512_add_epi64(x, y)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn or(x: Lanes, y: Lanes) -> Lanes {
    _mm512_or_si512(x, y)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn exclusive_or(x: Lanes, y: Lanes) -> Lanes {
    _mm512_xor_si512(x, y)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn choose(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm512_ternarylogic_epi64::<0xCA>(x, y, z)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn majority(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm512_ternarylogic_epi64::<0xE8>(x, y, z)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn parity(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    _mm512_ternarylogic_epi64::<0x96>(x, y, z)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn rotate<const LEFT: i32, const RIGHT: i32>(x: Lanes) -> Lanes {
    _mm512_rol_epi64::<LEFT>(x)
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn shift_right<const BY: u32>(x: Lanes) -> Lanes {
    _mm512_srli_epi64::<BY>(x)
}

/// Zero if the shift is by all bits.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn shifted_left(x: Lanes, by: u32) -> Lanes {
    _mm512_sll_epi64(x, _mm_cvtsi32_si128(by.cast_signed()))
}

/// Zero if the shift is by all bits.
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn shifted_right(x: Lanes, by: u32) -> Lanes {
    _mm512_srl_epi64(x, _mm_cvtsi32_si128(by.cast_signed()))
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn load(line: &Line<u64>, part: usize) -> Lanes {
    match line.0.as_chunks::<8>().0.get(part) {
        // SAFETY: half of a line has the 64 bytes, and the alignment, of a register.
        Some(half) => unsafe { _mm512_load_si512(half.as_ptr().cast()) },
        None => _mm512_setzero_si512(),
    }
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn store(line: &mut Line<u64>, lanes: Lanes, part: usize) {
    if let Some(half) = line.0.as_chunks_mut::<8>().0.get_mut(part) {
        // SAFETY: half of a line has the 64 bytes, and the alignment, of a register.
        unsafe { _mm512_store_si512(half.as_mut_ptr().cast(), lanes) };
    }
}

pub(crate) mod sha512 {
    use super::*;
    use crate::lanes::chain::{Chain, Macs, Message, chain, macs};
    use crate::lanes::sha2::{IV, K, sha2};

    sha2!(#[target_feature(enable = "avx512f,avx512bw")] K
        [28 34 39] [14 18 41] [1 8 7] [19 61 6]);
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
