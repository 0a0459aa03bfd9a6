//! One guess at a time, where lanes cannot make it.

use strongpass_hash::Unsalted;
use zeroize::Zeroizing;

use crate::attack::targets::Key;
use crate::rules::HashcatRule;

/// Makes and hashes single guesses.
pub(super) struct ScalarGuesser {
    unsalted: Unsalted,
    word: Zeroizing<Vec<char>>,
    guess: Zeroizing<Vec<char>>,
}

impl ScalarGuesser {
    pub(super) fn new(unsalted: Unsalted) -> Self {
        Self { unsalted, word: Zeroizing::default(), guess: Zeroizing::default() }
    }

    /// Sets the word that guesses are made of.
    pub(super) fn set_word(&mut self, word: &str) {
        self.word.clear();
        self.word.extend(word.chars());
    }

    /// The digest of what a rule makes of the word, unless it rejects it.
    pub(super) fn digest(&mut self, rule: &HashcatRule) -> Option<Key> {
        let accepted = rule.apply(&self.word, &mut self.guess);
        accepted.then(|| self.unsalted.digest(self.guess.iter().copied()))
    }
}
