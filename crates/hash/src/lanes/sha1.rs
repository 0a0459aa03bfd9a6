//! SHA-1 (FIPS 180-4) over lanes.

/// The state before the first block.
pub(crate) const IV: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];

/// Stamps a block of SHA-1 for the lanes in scope.
macro_rules! sha1 {
    ($(#[$attribute:meta])*) => {
        $(#[$attribute])*
        #[inline]
        fn compress(before: [Lanes; 5], block: &[Lanes; 16]) -> [Lanes; 5] {
            let mut w = *block;
            let [mut a, mut b, mut c, mut d, mut e] = before;
            macro_rules! given {
                ($i:literal) => {
                    w[$i]
                };
            }
            macro_rules! made {
                ($i:literal) => {{
                    let three = parity(w[($i + 13) % 16], w[($i + 8) % 16], w[($i + 2) % 16]);
                    w[$i] = rotate::<1, 31>(exclusive_or(three, w[$i]));
                    w[$i]
                }};
            }
            macro_rules! step {
                ($f:ident $a:ident $b:ident $c:ident $d:ident $e:ident,
                    $word:expr, $k:literal) => {
                    let sum = add(add($e, splat($k)), $word);
                    $e = add(add(sum, $f($b, $c, $d)), rotate::<5, 27>($a));
                    $b = rotate::<30, 2>($b);
                };
            }
            macro_rules! five {
                ($f:ident $word:ident $i:literal $j:literal $l:literal $m:literal $n:literal,
                    $k:literal) => {
                    step!($f a b c d e, $word!($i), $k);
                    step!($f e a b c d, $word!($j), $k);
                    step!($f d e a b c, $word!($l), $k);
                    step!($f c d e a b, $word!($m), $k);
                    step!($f b c d e a, $word!($n), $k);
                };
            }
            five!(choose given 0 1 2 3 4, 0x5a82_7999);
            five!(choose given 5 6 7 8 9, 0x5a82_7999);
            five!(choose given 10 11 12 13 14, 0x5a82_7999);
            step!(choose a b c d e, given!(15), 0x5a82_7999);
            step!(choose e a b c d, made!(0), 0x5a82_7999);
            step!(choose d e a b c, made!(1), 0x5a82_7999);
            step!(choose c d e a b, made!(2), 0x5a82_7999);
            step!(choose b c d e a, made!(3), 0x5a82_7999);
            five!(parity made 4 5 6 7 8, 0x6ed9_eba1);
            five!(parity made 9 10 11 12 13, 0x6ed9_eba1);
            five!(parity made 14 15 0 1 2, 0x6ed9_eba1);
            five!(parity made 3 4 5 6 7, 0x6ed9_eba1);
            five!(majority made 8 9 10 11 12, 0x8f1b_bcdc);
            five!(majority made 13 14 15 0 1, 0x8f1b_bcdc);
            five!(majority made 2 3 4 5 6, 0x8f1b_bcdc);
            five!(majority made 7 8 9 10 11, 0x8f1b_bcdc);
            five!(parity made 12 13 14 15 0, 0xca62_c1d6);
            five!(parity made 1 2 3 4 5, 0xca62_c1d6);
            five!(parity made 6 7 8 9 10, 0xca62_c1d6);
            five!(parity made 11 12 13 14 15, 0xca62_c1d6);
            let [i, j, k, l, m] = before;
            [add(a, i), add(b, j), add(c, k), add(d, l), add(e, m)]
        }
    };
}
pub(crate) use sha1;
