//! MD5 (RFC 1321) over lanes.

/// The state before the first block.
pub(crate) const IV: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

/// Stamps a block of MD5 for the lanes in scope.
macro_rules! md5 {
    ($(#[$attribute:meta])*) => {
        $(#[$attribute])*
        #[inline]
        fn compress([i, j, k, l]: [Lanes; 4], block: &[Lanes; 16]) -> [Lanes; 4] {
            let [mut a, mut b, mut c, mut d] = [i, j, k, l];
            macro_rules! step {
                ($f:ident $a:ident $b:ident $c:ident $d:ident
                    $word:literal << $left:literal, $k:literal) => {
                    let sum = add(add(add($a, splat($k)), block[$word]), $f!($b $c $d));
                    $a = add(rotate::<$left, { 32 - $left }>(sum), $b);
                };
            }
            macro_rules! four {
                ($f:ident $i:literal $j:literal $k:literal $l:literal << $s:literal $t:literal
                    $u:literal $v:literal, $m:literal $n:literal $o:literal $p:literal) => {
                    step!($f a b c d $i << $s, $m);
                    step!($f d a b c $j << $t, $n);
                    step!($f c d a b $k << $u, $o);
                    step!($f b c d a $l << $v, $p);
                };
            }
            macro_rules! first {
                ($b:ident $c:ident $d:ident) => {
                    choose($b, $c, $d)
                };
            }
            macro_rules! second {
                ($b:ident $c:ident $d:ident) => {
                    choose($d, $b, $c)
                };
            }
            macro_rules! third {
                ($b:ident $c:ident $d:ident) => {
                    parity($b, $c, $d)
                };
            }
            macro_rules! fourth {
                ($b:ident $c:ident $d:ident) => {
                    unless($b, $c, $d)
                };
            }
            four!(first 0 1 2 3 << 7 12 17 22, 0xd76a_a478 0xe8c7_b756 0x2420_70db 0xc1bd_ceee);
            four!(first 4 5 6 7 << 7 12 17 22, 0xf57c_0faf 0x4787_c62a 0xa830_4613 0xfd46_9501);
            four!(first 8 9 10 11 << 7 12 17 22, 0x6980_98d8 0x8b44_f7af 0xffff_5bb1 0x895c_d7be);
            four!(first 12 13 14 15 << 7 12 17 22, 0x6b90_1122 0xfd98_7193 0xa679_438e 0x49b4_0821);
            four!(second 1 6 11 0 << 5 9 14 20, 0xf61e_2562 0xc040_b340 0x265e_5a51 0xe9b6_c7aa);
            four!(second 5 10 15 4 << 5 9 14 20, 0xd62f_105d 0x0244_1453 0xd8a1_e681 0xe7d3_fbc8);
            four!(second 9 14 3 8 << 5 9 14 20, 0x21e1_cde6 0xc337_07d6 0xf4d5_0d87 0x455a_14ed);
            four!(second 13 2 7 12 << 5 9 14 20, 0xa9e3_e905 0xfcef_a3f8 0x676f_02d9 0x8d2a_4c8a);
            four!(third 5 8 11 14 << 4 11 16 23, 0xfffa_3942 0x8771_f681 0x6d9d_6122 0xfde5_380c);
            four!(third 1 4 7 10 << 4 11 16 23, 0xa4be_ea44 0x4bde_cfa9 0xf6bb_4b60 0xbebf_bc70);
            four!(third 13 0 3 6 << 4 11 16 23, 0x289b_7ec6 0xeaa1_27fa 0xd4ef_3085 0x0488_1d05);
            four!(third 9 12 15 2 << 4 11 16 23, 0xd9d4_d039 0xe6db_99e5 0x1fa2_7cf8 0xc4ac_5665);
            four!(fourth 0 7 14 5 << 6 10 15 21, 0xf429_2244 0x432a_ff97 0xab94_23a7 0xfc93_a039);
            four!(fourth 12 3 10 1 << 6 10 15 21, 0x655b_59c3 0x8f0c_cc92 0xffef_f47d 0x8584_5dd1);
            four!(fourth 8 15 6 13 << 6 10 15 21, 0x6fa8_7e4f 0xfe2c_e6e0 0xa301_4314 0x4e08_11a1);
            four!(fourth 4 11 2 9 << 6 10 15 21, 0xf753_7e82 0xbd3a_f235 0x2ad7_d2bb 0xeb86_d391);
            [add(a, i), add(b, j), add(c, k), add(d, l)]
        }
    };
}
pub(crate) use md5;
