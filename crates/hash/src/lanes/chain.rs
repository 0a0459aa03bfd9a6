//! Digests of digests, over and over: the loops of slow schemes, on lanes.

use zeroize::Zeroizing;

use super::line::{Line, Lines, Word};

/// A message of each guess, padded, with a hole into which the digest before goes.
#[derive(Default)]
pub(crate) struct Message<W: Word> {
    pub(crate) lines: Lines<W>,
    /// Where the hole starts: in which word, and after how many bits of it.
    pub(crate) hole: (usize, u32),
    /// The word in which the hole starts, and the one in which it ends, with zeros in the hole.
    pub(crate) ends: Zeroizing<[Line<W>; 2]>,
}

/// Each digest is that of a message with the digest before in it.
pub(crate) struct Chain<W: Word> {
    pub(crate) messages: Vec<Message<W>>,
    /// The places of the messages as they take turns, from the start again after the last.
    pub(crate) order: Vec<usize>,
    pub(crate) rounds: u32,
    pub(crate) digest: Lines<W>,
}

/// Each digest is the HMAC (RFC 2104) of the one before.
#[derive(Default)]
pub(crate) struct Macs<W: Word> {
    /// The states after the first block: the key with one pad and the other.
    pub(crate) inner: Lines<W>,
    pub(crate) outer: Lines<W>,
    pub(crate) rounds: u32,
    pub(crate) last: Lines<W>,
    /// All of them so far, by exclusive or (PBKDF2).
    pub(crate) sum: Lines<W>,
}

/// Stamps the loops for the digest in scope: its words, its start, and by which shifts a word
/// moves towards the end of the message, and what is left of it into the word behind.
macro_rules! chain {
    ($(#[$attribute:meta])* $words:literal, $iv:expr, $along:ident, $back:ident) => {
        /// Digests messages of whole blocks, from given states on.
        $(#[$attribute])*
        pub(crate) fn absorb(states: &mut [Line<Word>], message: &[Line<Word>], lanes: usize) {
            for part in 0..lanes.div_ceil(PER_PART) {
                let mut state = load_all(states, part);
                for block in message.as_chunks::<16>().0 {
                    state = compress(state, &load_all(block, part));
                }
                store_all(states, state, part);
            }
        }

        /// Follows a chain to its end.
        $(#[$attribute])*
        pub(crate) fn follow(chain: &mut Chain<Word>, lanes: usize) {
            for part in 0..lanes.div_ceil(PER_PART) {
                let mut digest = load_all(&chain.digest, part);
                for (_, at) in (0..chain.rounds).zip(chain.order.iter().cycle()) {
                    if let Some(message) = chain.messages.get_mut(*at) {
                        digest = link(message, digest, part);
                    }
                }
                store_all(&mut chain.digest, digest, part);
            }
        }

        $(#[$attribute])*
        #[inline]
        fn link(message: &mut Message<Word>, digest: [Lanes; $words], part: usize) -> [Lanes; $words] {
            let (first, bits) = message.hole;
            let [start, end] = &*message.ends;
            let mut left = load(start, part);
            let mut places = message.lines.iter_mut().skip(first);
            for (word, place) in digest.into_iter().zip(&mut places) {
                store(place, or(left, $along(word, bits)), part);
                left = $back(word, Word::BITS - bits);
            }
            if let Some(place) = places.next() {
                store(place, or(left, load(end, part)), part);
            }
            let mut state = start_state();
            for block in message.lines.as_chunks::<16>().0 {
                state = compress(state, &load_all(block, part));
            }
            state
        }

        $(#[$attribute])*
        #[inline]
        fn start_state() -> [Lanes; $words] {
            let mut state = [splat(0); $words];
            for (lanes, word) in state.iter_mut().zip($iv) {
                *lanes = splat(word);
            }
            state
        }

        $(#[$attribute])*
        #[inline]
        fn load_all<const COUNT: usize>(lines: &[Line<Word>], part: usize) -> [Lanes; COUNT] {
            let mut all = [splat(0); COUNT];
            for (lanes, line) in all.iter_mut().zip(lines) {
                *lanes = load(line, part);
            }
            all
        }

        $(#[$attribute])*
        #[inline]
        fn store_all(lines: &mut [Line<Word>], all: [Lanes; $words], part: usize) {
            for (line, lanes) in lines.iter_mut().zip(all) {
                store(line, lanes, part);
            }
        }
    };
}
pub(crate) use chain;

/// Stamps HMACs of HMACs for a digest of SHA.
macro_rules! macs {
    ($(#[$attribute:meta])* $words:literal) => {
        /// Takes as many HMACs as are asked for.
        $(#[$attribute])*
        pub(crate) fn repeat(macs: &mut Macs<Word>, lanes: usize) {
            // A block of the key, and a digest.
            let bits = splat((Word::BITS * (16 + $words)).into());
            for part in 0..lanes.div_ceil(PER_PART) {
                let inner: [Lanes; $words] = load_all(&macs.inner, part);
                let outer: [Lanes; $words] = load_all(&macs.outer, part);
                let mut last: [Lanes; $words] = load_all(&macs.last, part);
                let mut sum: [Lanes; $words] = load_all(&macs.sum, part);
                for _ in 0..macs.rounds {
                    let within = compress(inner, &padded(last, bits));
                    last = compress(outer, &padded(within, bits));
                    for (sum, last) in sum.iter_mut().zip(last) {
                        *sum = exclusive_or(*sum, last);
                    }
                }
                store_all(&mut macs.last, last, part);
                store_all(&mut macs.sum, sum, part);
            }
        }

        $(#[$attribute])*
        #[inline]
        fn padded(digest: [Lanes; $words], bits: Lanes) -> [Lanes; 16] {
            let mut block = [splat(0); 16];
            for (word, lanes) in block.iter_mut().zip(digest) {
                *word = lanes;
            }
            block[$words] = splat(1 << (Word::BITS - 1));
            block[15] = bits;
            block
        }
    };
}
pub(crate) use macs;
