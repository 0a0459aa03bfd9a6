//! Fair choices from random bytes.

use std::error::Error;
use std::fmt;

use zeroize::Zeroizing;

use crate::error::GeneratorError;

/// Fills a slice with random bytes: the operating system's, or the browser's.
///
/// It has to fill all of it or fail. After an error nothing is made of what is in the slice.
pub type RandomSource = fn(&mut [u8]) -> Result<(), Box<dyn Error + Send + Sync>>;

/// Random bytes, a block at a time.
pub(crate) struct Random {
    source: RandomSource,
    block: Zeroizing<[u8; 256]>,
    used: usize,
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random(..)")
    }
}

impl Random {
    pub(crate) fn new(source: RandomSource) -> Self {
        Self { source, block: Zeroizing::new([0; 256]), used: 256 }
    }

    /// One of `choices`, all equally likely: bytes above the last whole multiple are thrown away.
    pub(crate) fn one_of(&mut self, choices: &[u8]) -> Result<u8, GeneratorError> {
        let fair = 256 - 256 % choices.len();
        loop {
            let byte = usize::from(self.byte()?);
            if let (true, Some(&choice)) = (byte < fair, choices.get(byte % choices.len())) {
                return Ok(choice);
            }
        }
    }

    /// The same of up to 65,536 choices.
    pub(crate) fn one_of_many<T: Copy>(&mut self, choices: &[T]) -> Result<T, GeneratorError> {
        const ALL: usize = 1 << 16;
        let fair = ALL - ALL.checked_rem(choices.len()).unwrap_or(ALL);
        if fair == 0 {
            return Err(GeneratorError::NoRandomness("there is nothing to choose from".into()));
        }
        loop {
            let drawn = usize::from(u16::from_le_bytes([self.byte()?, self.byte()?]));
            if let (true, Some(&choice)) = (drawn < fair, choices.get(drawn % choices.len())) {
                return Ok(choice);
            }
        }
    }

    fn byte(&mut self) -> Result<u8, GeneratorError> {
        if self.used == self.block.len() {
            (self.source)(self.block.as_mut_slice()).map_err(GeneratorError::NoRandomness)?;
            self.used = 0;
        }
        let byte = self.block.get(self.used).copied().unwrap_or_default();
        self.used += 1;
        Ok(byte)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn os_random(into: &mut [u8]) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(getrandom::fill(into)?)
    }

    #[test]
    fn draws_are_uniform() {
        let mut random = Random::new(os_random);
        for choices in [
            &b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%*+-?"[..],
            b"0123456789",
            b"ab",
            b"abc",
        ] {
            let draws = 6_400 * choices.len();
            let mut counts = [0_usize; 256];
            for _ in 0..draws {
                counts[usize::from(random.one_of(choices).unwrap())] += 1;
            }
            // Eight standard deviations: one false alarm in 10^14.
            let near = |count: usize| count.abs_diff(6_400) < 640;
            assert!(choices.iter().all(|&c| near(counts[usize::from(c)])), "{choices:?}");
            assert_eq!(counts.iter().sum::<usize>(), draws);
        }
    }

    #[test]
    fn draws_of_many_are_uniform() {
        let mut random = Random::new(os_random);
        // Not a divisor of 65,536: what is left over would be drawn oftener.
        let choices: Vec<usize> = (0..300).collect();
        let mut counts = vec![0_usize; choices.len()];
        for _ in 0..1_600 * choices.len() {
            counts[random.one_of_many(&choices).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| count.abs_diff(1_600) < 320));
        assert!(random.one_of_many::<usize>(&[]).is_err());
    }
}
