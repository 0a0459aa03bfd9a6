//! What a rule attack found.

/// A digest that was guessed, and the guess: the word and the rule that make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::attack) struct RuleHit {
    /// The number of the digest.
    pub(in crate::attack) target: u32,
    /// The number of the word.
    pub(in crate::attack) word: usize,
    /// The number of the rule.
    pub(in crate::attack) rule: usize,
}
