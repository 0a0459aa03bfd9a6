//! SHA-256 and SHA-512 (FIPS 180-4) over lanes: one body, two widths of words.

/// The constants of the 80 steps of SHA-512; the upper halves of the first 64 are SHA-256's.
pub(crate) const K: [u64; 80] = [
    0x428a_2f98_d728_ae22,
    0x7137_4491_23ef_65cd,
    0xb5c0_fbcf_ec4d_3b2f,
    0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538,
    0x59f1_11f1_b605_d019,
    0x923f_82a4_af19_4f9b,
    0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242,
    0x1283_5b01_4570_6fbe,
    0x2431_85be_4ee4_b28c,
    0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f,
    0x80de_b1fe_3b16_96b1,
    0x9bdc_06a7_25c7_1235,
    0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2,
    0xefbe_4786_384f_25e3,
    0x0fc1_9dc6_8b8c_d5b5,
    0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275,
    0x4a74_84aa_6ea6_e483,
    0x5cb0_a9dc_bd41_fbd4,
    0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab,
    0xa831_c66d_2db4_3210,
    0xb003_27c8_98fb_213f,
    0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2,
    0xd5a7_9147_930a_a725,
    0x06ca_6351_e003_826f,
    0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc,
    0x2e1b_2138_5c26_c926,
    0x4d2c_6dfc_5ac4_2aed,
    0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de,
    0x766a_0abb_3c77_b2a8,
    0x81c2_c92e_47ed_aee6,
    0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364,
    0xa81a_664b_bc42_3001,
    0xc24b_8b70_d0f8_9791,
    0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218,
    0xd699_0624_5565_a910,
    0xf40e_3585_5771_202a,
    0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8,
    0x1e37_6c08_5141_ab53,
    0x2748_774c_df8e_eb99,
    0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63,
    0x4ed8_aa4a_e341_8acb,
    0x5b9c_ca4f_7763_e373,
    0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc,
    0x78a5_636f_4317_2f60,
    0x84c8_7814_a1f0_ab72,
    0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28,
    0xa450_6ceb_de82_bde9,
    0xbef9_a3f7_b2c6_7915,
    0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c,
    0xd186_b8c7_21c0_c207,
    0xeada_7dd6_cde0_eb1e,
    0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba,
    0x0a63_7dc5_a2c8_98a6,
    0x113f_9804_bef9_0dae,
    0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84,
    0x32ca_ab7b_40c7_2493,
    0x3c9e_be0a_15c9_bebc,
    0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6,
    0x597f_299c_fc65_7e2a,
    0x5fcb_6fab_3ad6_faec,
    0x6c44_198c_4a47_5817,
];

/// The state before the first block of SHA-512; the upper halves are SHA-256's.
pub(crate) const IV: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// The constants of the 64 steps of SHA-256.
pub(crate) const K_256: [u32; 64] = upper_halves(&K);

/// The state before the first block of SHA-256.
pub(crate) const IV_256: [u32; 8] = upper_halves(&IV);

/// The first words of a table, cut to their upper halves.
const fn upper_halves<const FROM: usize, const TO: usize>(longs: &[u64; FROM]) -> [u32; TO] {
    let mut words = [0; TO];
    let (mut longs, mut rest) = (longs.as_slice(), words.as_mut_slice());
    while let ([long, more @ ..], [word, less @ ..]) = (longs, rest) {
        let [_, _, _, _, a, b, c, d] = long.to_le_bytes();
        *word = u32::from_le_bytes([a, b, c, d]);
        (longs, rest) = (more, less);
    }
    words
}

/// Stamps a block of SHA-2 for the lanes in scope, with the rotations (and the shifts, last in
/// the schedule's) by which the two widths differ.
macro_rules! sha2 {
    ($(#[$attribute:meta])* $table:ident [$a1:literal $a2:literal $a3:literal]
        [$e1:literal $e2:literal $e3:literal] [$s1:literal $s2:literal $s3:literal]
        [$t1:literal $t2:literal $t3:literal]) => {
        /// Σ0 of the standard.
        $(#[$attribute])*
        #[inline]
        fn mixed_a(x: Lanes) -> Lanes {
            let (first, second) = (
                rotate::<{ BITS - $a1 }, $a1>(x),
                rotate::<{ BITS - $a2 }, $a2>(x),
            );
            parity(first, second, rotate::<{ BITS - $a3 }, $a3>(x))
        }

        /// Σ1 of the standard.
        $(#[$attribute])*
        #[inline]
        fn mixed_e(x: Lanes) -> Lanes {
            let (first, second) = (
                rotate::<{ BITS - $e1 }, $e1>(x),
                rotate::<{ BITS - $e2 }, $e2>(x),
            );
            parity(first, second, rotate::<{ BITS - $e3 }, $e3>(x))
        }

        /// σ0 of the standard, for a word of the message.
        $(#[$attribute])*
        #[inline]
        fn mixed_early(x: Lanes) -> Lanes {
            let (first, second) = (
                rotate::<{ BITS - $s1 }, $s1>(x),
                rotate::<{ BITS - $s2 }, $s2>(x),
            );
            parity(first, second, shift_right::<$s3>(x))
        }

        /// σ1 of the standard, for a word of the message.
        $(#[$attribute])*
        #[inline]
        fn mixed_late(x: Lanes) -> Lanes {
            let (first, second) = (
                rotate::<{ BITS - $t1 }, $t1>(x),
                rotate::<{ BITS - $t2 }, $t2>(x),
            );
            parity(first, second, shift_right::<$t3>(x))
        }

        $(#[$attribute])*
        #[inline]
        fn compress(before: [Lanes; 8], block: &[Lanes; 16]) -> [Lanes; 8] {
            let mut w = *block;
            let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = before;
            macro_rules! given {
                ($i:literal) => {
                    w[$i]
                };
            }
            macro_rules! made {
                ($i:literal) => {{
                    let (early, late) = (w[($i + 1) % 16], w[($i + 14) % 16]);
                    let sum = add(w[$i], mixed_early(early));
                    w[$i] = add(sum, add(w[($i + 9) % 16], mixed_late(late)));
                    w[$i]
                }};
            }
            macro_rules! step {
                ($k:ident $word:ident $i:literal, $a:ident $b:ident $c:ident $d:ident
                    $e:ident $f:ident $g:ident $h:ident) => {
                    let sum = add(add($h, splat($k[$i])), $word!($i));
                    let sum = add(add(sum, choose($e, $f, $g)), mixed_e($e));
                    $d = add($d, sum);
                    $h = add(add(sum, majority($a, $b, $c)), mixed_a($a));
                };
            }
            macro_rules! sixteen {
                ($k:ident $word:ident) => {
                    step!($k $word 0, a b c d e f g h);
                    step!($k $word 1, h a b c d e f g);
                    step!($k $word 2, g h a b c d e f);
                    step!($k $word 3, f g h a b c d e);
                    step!($k $word 4, e f g h a b c d);
                    step!($k $word 5, d e f g h a b c);
                    step!($k $word 6, c d e f g h a b);
                    step!($k $word 7, b c d e f g h a);
                    step!($k $word 8, a b c d e f g h);
                    step!($k $word 9, h a b c d e f g);
                    step!($k $word 10, g h a b c d e f);
                    step!($k $word 11, f g h a b c d e);
                    step!($k $word 12, e f g h a b c d);
                    step!($k $word 13, d e f g h a b c);
                    step!($k $word 14, c d e f g h a b);
                    step!($k $word 15, b c d e f g h a);
                };
            }
            let (sixteens, _) = $table.as_chunks::<16>();
            if let [first, more @ ..] = sixteens {
                sixteen!(first given);
                for k in more {
                    sixteen!(k made);
                }
            }
            let [i, j, k, l, m, n, o, p] = before;
            [
                add(a, i), add(b, j), add(c, k), add(d, l),
                add(e, m), add(f, n), add(g, o), add(h, p),
            ]
        }
    };
}
pub(crate) use sha2;
