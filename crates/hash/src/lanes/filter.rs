//! A set of words that answers "no" or "perhaps" without leaving the cache.

/// The words of digests that are looked for: each sets two bits of one cell of a bitmap. The top
/// bits of a word choose the cell, so that asking is one load.
#[derive(Clone, Debug)]
pub struct Filter {
    cells: Box<[u32]>,
    /// What is left of a word when it is shifted right by this is the number of its cell.
    shift: u32,
    /// All words, if there are so few that comparing is cheaper.
    few: Vec<u32>,
}

impl Filter {
    /// The most words that are compared one by one.
    const FEW: usize = 4;
    /// 1 KB, and 1 MB: half of the second-level cache of what is in servers and schools.
    const CELLS: (usize, usize) = (1 << 8, 1 << 18);

    /// A filter for these words: 16 bits for each, as long as that fits a cache. With a million
    /// words eight bits are left, and one in twenty of other words gets through.
    pub fn new(words: &[u32]) -> Self {
        let cells = (words.len() / 2).next_power_of_two().clamp(Self::CELLS.0, Self::CELLS.1);
        let shift = cells.leading_zeros() + 33 - usize::BITS;
        let mut filter = Self { cells: vec![0; cells].into(), shift, few: Vec::new() };
        for &word in words {
            let place = filter.place(word);
            if let Some(cell) = filter.cells.get_mut(place) {
                *cell |= pattern(word);
            }
        }
        if words.len() <= Self::FEW {
            filter.few = words.to_vec();
        }
        filter
    }

    /// Whether the word may be in the set.
    pub fn may_have(&self, word: u32) -> bool {
        if !self.few.is_empty() {
            return self.few.contains(&word);
        }
        let pattern = pattern(word);
        self.cells.get(self.place(word)).is_some_and(|cell| cell & pattern == pattern)
    }

    /// The cells, of which there are two to the power of 32 less [`Self::shift`].
    pub(crate) const fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// By how much a word is shifted right to be the number of its cell: always below 32.
    pub(crate) const fn shift(&self) -> u32 {
        self.shift
    }

    /// The words to compare with instead of looking into cells, if there are few.
    pub(crate) const fn few(&self) -> &[u32] {
        self.few.as_slice()
    }

    fn place(&self, word: u32) -> usize {
        usize::try_from(word >> self.shift).unwrap_or(usize::MAX)
    }
}

/// The bits of a word in its cell.
const fn pattern(word: u32) -> u32 {
    1 << (word & 31) | 1 << ((word >> 5) & 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_missed_and_little_else_gets_through() {
        // A sequence that never repeats (Knuth's multiplicative hash).
        let word = |n: u32| n.wrapping_mul(2_654_435_761);
        for (count, most) in [(0, 0), (1, 0), (4, 0), (5, 30), (300, 300), (10_000, 300)] {
            let words: Vec<u32> = (0..count).map(word).collect();
            let filter = Filter::new(&words);
            assert!(words.iter().all(|&word| filter.may_have(word)), "{count}");
            let others = (count..count + 10_000).filter(|&n| filter.may_have(word(n))).count();
            assert!(others <= most, "{count}: {others} of 10,000 others");
            assert_eq!(filter.cells().len(), 1 << (32 - filter.shift()));
        }
    }
}
