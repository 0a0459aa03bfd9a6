//! The guesses of all stages one after another, each once: what a slow scheme is fed with.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use zeroize::Zeroizing;

use super::stage::Stage;

/// A block of guesses. One of them may be someone's password, so its memory is wiped.
#[derive(Debug, Default)]
pub(crate) struct Block {
    bytes: Zeroizing<Vec<u8>>,
    ends: Vec<usize>,
}

impl Block {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(crate) fn push(&mut self, guess: &str) {
        self.bytes.extend_from_slice(guess.as_bytes());
        self.ends.push(self.bytes.len());
    }

    pub(crate) fn get(&self, index: usize) -> Option<&[u8]> {
        let start =
            index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.bytes.get(start..*self.ends.get(index)?)
    }

    pub(crate) fn slices(&self) -> Vec<&[u8]> {
        (0..self.len()).filter_map(|index| self.get(index)).collect()
    }
}

/// Where a block of guesses ends.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) enum Filled {
    /// The block is full.
    Full,
    /// The level is over; the next guess begins another.
    Level,
    /// There are no more.
    All,
}

/// A place in the guesses of all stages.
#[derive(Debug)]
pub(crate) struct Stream<'a> {
    stages: &'a [Stage],
    /// Which stage and level the next guess is from.
    pub(crate) stage: usize,
    pub(crate) level: usize,
    part: usize,
    word: usize,
    shape: usize,
    tried: HashSet<u64>,
    hasher: RandomState,
}

impl<'a> Stream<'a> {
    /// This many guesses are remembered so that none is tried twice (some 50 MB); a scheme that is
    /// fed more than that is a fast one.
    const REMEMBERED: usize = 1 << 21;

    pub(crate) fn new(stages: &'a [Stage]) -> Self {
        Self {
            stages,
            stage: 0,
            level: 0,
            part: 0,
            word: 0,
            shape: 0,
            tried: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    /// Adds guesses to `block` until it has `most`, or until the level is over.
    pub(crate) fn fill(&mut self, block: &mut Block, most: usize) -> Filled {
        let mut word_chars = Vec::new();
        let mut guess_chars = Zeroizing::new(Vec::with_capacity(256));
        let mut guess = Zeroizing::new(String::with_capacity(1024));
        while let Some(stage) = self.stages.get(self.stage) {
            if self.level >= stage.levels() {
                (self.stage, self.level) = (self.stage.saturating_add(1), 0);
                continue;
            }
            while let Some((words, shapes)) = stage.parts(self.level).nth(self.part) {
                let (words, shapes) = (stage.words.level(words), stage.shapes.rules(shapes));
                while let Some(word) = words.and_then(|words| words.get(self.word)) {
                    word_chars.clear();
                    word_chars.extend(word.chars());
                    while let Some(shape) = shapes.get(self.shape) {
                        if block.len() >= most {
                            return Filled::Full;
                        }
                        self.shape = self.shape.saturating_add(1);
                        if shape.apply(&word_chars, &mut guess_chars) {
                            guess.clear();
                            guess.extend(guess_chars.iter());
                            if self.is_new(&guess) {
                                block.push(&guess);
                            }
                        }
                    }
                    (self.word, self.shape) = (self.word.saturating_add(1), 0);
                }
                (self.part, self.word) = (self.part.saturating_add(1), 0);
            }
            (self.level, self.part) = (self.level.saturating_add(1), 0);
            return Filled::Level;
        }
        Filled::All
    }

    fn is_new(&mut self, guess: &str) -> bool {
        let hash = self.hasher.hash_one(guess);
        if self.tried.len() >= Self::REMEMBERED {
            return !self.tried.contains(&hash);
        }
        self.tried.insert(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(stages: &[Stage], most: usize) -> Vec<String> {
        let mut stream = Stream::new(stages);
        let mut guesses = Vec::new();
        loop {
            let mut block = Block::default();
            let filled = stream.fill(&mut block, most);
            let texts = block.slices().into_iter().map(|g| String::from_utf8(g.to_vec()).unwrap());
            guesses.extend(texts);
            if filled == Filled::All {
                return guesses;
            }
        }
    }

    #[test]
    fn every_word_in_every_shape_once_the_likeliest_first() {
        let stages = [
            Stage::listed(&["one", "two"], &[":", "c", "c$1"]),
            Stage::listed(&["two", "one1"], &[":"]),
        ];
        let guesses = all(&stages, 100);
        assert_eq!(guesses, ["one", "One", "One1", "two", "Two", "Two1", "one1"]);
    }

    #[test]
    fn the_size_of_the_blocks_changes_nothing() {
        let stages =
            [Stage::listed(&["one", "two", "three", "four"], &[":", "c", "u", "$1", "$1$!"])];
        let whole = all(&stages, 1000);
        assert_eq!(whole.len(), 20);
        for most in 1..8 {
            assert_eq!(all(&stages, most), whole);
        }
    }
}
