//! MD4 (RFC 1320) over lanes: the body, once, and how a digest is run backwards.
//!
//! The last steps of MD4 add words of the message in the order 1 9 5 13 3 11 7 15. In a short
//! guess, of 13 UTF-16 units or fewer, words 7 to 13 and 15 are zero. From a digest that is
//! looked for, the three last steps (words 11, 7, 15) can then be undone, which gives the value
//! of `d` after step 42 of 48; up to 27 units only the last step (word 15) is known, which gives
//! `b` after step 44. Guesses stop there and compare one word.

/// The state before the first block.
pub(crate) const IV: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
const ROUND_3: u32 = 0x6ed9_eba1;

/// The most units of a guess that stops after step 42.
pub(crate) const SHORT: usize = 13;

/// What is compared: `d` after step 42 and `b` after step 44 of a guess with that digest.
pub(crate) fn checks(digest: &[u8; 16]) -> [u32; 2] {
    let (words, _) = digest.as_chunks::<4>();
    let mut state = [0; 4];
    for ((word, bytes), start) in state.iter_mut().zip(words).zip(IV) {
        *word = u32::from_le_bytes(*bytes).wrapping_sub(start);
    }
    let [a, b, c, d] = state;
    let before = |after: u32, left: u32, x: u32, y: u32, z: u32| {
        after.rotate_right(left).wrapping_sub(x ^ y ^ z).wrapping_sub(ROUND_3)
    };
    let b = before(b, 15, c, d, a);
    let c = before(c, 11, d, a, b);
    let d = before(d, 9, a, b, c);
    [d, b]
}

/// Stamps MD4 for the lanes in scope.
macro_rules! md4 {
    ($(#[$attribute:meta])*) => {
        /// The first steps of one block, of which the first `WORDS` words and the length are not
        /// zero.
        $(#[$attribute])*
        #[inline]
        fn steps<const WORDS: usize, const STEPS: usize>(
            [mut a, mut b, mut c, mut d]: [Lanes; 4],
            block: &[Lanes; 16],
            bits: Lanes,
        ) -> [Lanes; 4] {
            macro_rules! step {
                ($f:ident $a:ident $b:ident $c:ident $d:ident
                    $word:literal << $left:literal, $k:expr) => {
                    let mut sum = $a;
                    if $word < WORDS {
                        sum = add(sum, block[$word]);
                    } else if $word == 14 {
                        sum = add(sum, bits);
                    }
                    if let Some(k) = $k {
                        sum = add(sum, k);
                    }
                    sum = add(sum, $f($b, $c, $d));
                    $a = rotate::<$left, { 32 - $left }>(sum);
                };
            }
            macro_rules! four {
                ($f:ident $i:literal $j:literal $k:literal $l:literal << $s:literal $t:literal
                    $u:literal $v:literal, $constant:expr) => {
                    step!($f a b c d $i << $s, $constant);
                    step!($f d a b c $j << $t, $constant);
                    step!($f c d a b $k << $u, $constant);
                    step!($f b c d a $l << $v, $constant);
                };
            }
            let none = None::<Lanes>;
            four!(choose 0 1 2 3 << 3 7 11 19, none);
            four!(choose 4 5 6 7 << 3 7 11 19, none);
            four!(choose 8 9 10 11 << 3 7 11 19, none);
            four!(choose 12 13 14 15 << 3 7 11 19, none);
            let root_of_2 = Some(splat(0x5a82_7999));
            four!(majority 0 4 8 12 << 3 5 9 13, root_of_2);
            four!(majority 1 5 9 13 << 3 5 9 13, root_of_2);
            four!(majority 2 6 10 14 << 3 5 9 13, root_of_2);
            four!(majority 3 7 11 15 << 3 5 9 13, root_of_2);
            let root_of_3 = Some(splat(0x6ed9_eba1));
            four!(parity 0 8 4 12 << 3 9 11 15, root_of_3);
            four!(parity 2 10 6 14 << 3 9 11 15, root_of_3);
            step!(parity a b c d 1 << 3, root_of_3);
            step!(parity d a b c 9 << 9, root_of_3);
            if STEPS > 42 {
                step!(parity c d a b 5 << 11, root_of_3);
                step!(parity b c d a 13 << 15, root_of_3);
            }
            if STEPS > 44 {
                four!(parity 3 11 7 15 << 3 9 11 15, root_of_3);
            }
            [a, b, c, d]
        }

        /// The word that a filter is asked for, of guesses of that many units.
        $(#[$attribute])*
        fn check(block: &[Lanes; 32], units: u16) -> Lanes {
            let [a, b, c, d] = crate::lanes::md4::IV;
            let iv = [splat(a), splat(b), splat(c), splat(d)];
            let bits = splat(u32::from(units) * 16);
            let ([first, second], _) = block.as_chunks::<16>() else { return iv[0] };
            match units / 2 + 1 {
                1 => steps::<1, 42>(iv, first, bits)[3],
                2 => steps::<2, 42>(iv, first, bits)[3],
                3 => steps::<3, 42>(iv, first, bits)[3],
                4 => steps::<4, 42>(iv, first, bits)[3],
                5 => steps::<5, 42>(iv, first, bits)[3],
                6 => steps::<6, 42>(iv, first, bits)[3],
                7 => steps::<7, 42>(iv, first, bits)[3],
                8 => steps::<8, 44>(iv, first, bits)[1],
                9 => steps::<9, 44>(iv, first, bits)[1],
                10 => steps::<10, 44>(iv, first, bits)[1],
                11 => steps::<11, 44>(iv, first, bits)[1],
                12 => steps::<12, 44>(iv, first, bits)[1],
                13 => steps::<13, 44>(iv, first, bits)[1],
                14 => steps::<14, 44>(iv, first, bits)[1],
                _ => two_blocks(iv, first, second, bits),
            }
        }

        /// All of both blocks, and then the last step backwards as in [`checks`]: what a short
        /// guess with the same digest would give.
        $(#[$attribute])*
        fn two_blocks(
            iv: [Lanes; 4],
            first: &[Lanes; 16],
            second: &[Lanes; 16],
            bits: Lanes,
        ) -> Lanes {
            let sum = |[a, b, c, d]: [Lanes; 4], [e, f, g, h]: [Lanes; 4]| {
                [add(a, e), add(b, f), add(c, g), add(d, h)]
            };
            let middle = sum(steps::<16, 48>(iv, first, bits), iv);
            let after = steps::<14, 48>(middle, second, bits);
            let ([a, b, c, d], [i, j, k, l]) = (sum(after, middle), iv);
            let [a, b, c, d] = [subtract(a, i), subtract(b, j), subtract(c, k), subtract(d, l)];
            let before = subtract(rotate::<17, 15>(b), parity(c, d, a));
            subtract(before, splat(0x6ed9_eba1))
        }
    };
}
pub(crate) use md4;
