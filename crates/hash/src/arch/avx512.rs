//! Lanes as AVX-512 has them (F and BW).

#![expect(
    unsafe_code,
    reason = "registers are loaded, stored and gathered here: one operation a block"
)]

/// Two registers of sixteen lanes of 32 bits: while a step of one waits for the last, the other works.
pub(super) mod words {
    use std::arch::x86_64::{
        __m512i, _mm_cvtsi32_si128, _mm512_add_epi32, _mm512_and_si512, _mm512_cmpeq_epi32_mask,
        _mm512_i32gather_epi32, _mm512_load_si512, _mm512_or_si512, _mm512_rol_epi32,
        _mm512_set1_epi32, _mm512_sllv_epi32, _mm512_srl_epi32, _mm512_srli_epi32,
        _mm512_storeu_si512, _mm512_sub_epi32, _mm512_ternarylogic_epi32, _mm512_unpackhi_epi16,
        _mm512_unpacklo_epi16,
    };

    use crate::arch::{index, piece, row};
    use crate::lanes::md4::md4;
    use crate::lanes::sweep::sweep;
    use crate::lanes::{Batch, Candidate, Filter, Recipes, Row, Unsalted, Workplace};

    type Lanes = [__m512i; 2];
    const PARTS: usize = 1;

    macro_rules! both {
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
        let x = _mm512_set1_epi32(x.cast_signed());
        // Not `[x; 2]`: that is a loop, and what comes before a loop is put behind it, one
        // register after the other.
        [x, x]
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn add(x: Lanes, y: Lanes) -> Lanes {
        both!(I => _mm512_add_epi32(x[I], y[I]))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn subtract(x: Lanes, y: Lanes) -> Lanes {
        both!(I => _mm512_sub_epi32(x[I], y[I]))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn or(x: Lanes, y: Lanes) -> Lanes {
        both!(I => _mm512_or_si512(x[I], y[I]))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn choose(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
        both!(I => _mm512_ternarylogic_epi32::<0xCA>(x[I], y[I], z[I]))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn majority(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
        both!(I => _mm512_ternarylogic_epi32::<0xE8>(x[I], y[I], z[I]))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn parity(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
        both!(I => _mm512_ternarylogic_epi32::<0x96>(x[I], y[I], z[I]))
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn rotate<const LEFT: i32, const RIGHT: i32>(x: Lanes) -> Lanes {
        both!(I => _mm512_rol_epi32::<LEFT>(x[I]))
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
        let [low, high] = both!(I => u32::from(ask_register(filter, checks[I])));
        low | high << 16
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    #[inline]
    fn ask_register(filter: &Filter, checks: __m512i) -> u16 {
        if !filter.few().is_empty() {
            let equal = |word: &u32| _mm512_cmpeq_epi32_mask(checks, splat(*word)[0]);
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
    sweep!(#[target_feature(enable = "avx512f,avx512bw")]);
}
