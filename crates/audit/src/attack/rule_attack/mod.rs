//! Guessing unsalted digests: words × rules over lanes, against all digests at once.
//!
//! A guess costs the same for one digest and for a million, so all that an export has of a kind
//! are looked for together. Words of one length are put side by side, a rule is compiled once for
//! that length, and lanes make, hash and compare a guess for 32 words at a time. What lanes
//! cannot make (a rule that looks at letters, a word of unusual characters, a guess of more than
//! 59 units) is made alone. Either way a guess is found only when it has been made again by the
//! rule itself and its whole digest compared.

mod alone;
mod alphabet;
mod batch;
mod list;
mod plan;
mod ruleset;
mod targets;
#[cfg(test)]
mod tests;
mod work;

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use strongpass_hash::InstructionSet;

pub(crate) use list::List;
pub(crate) use ruleset::Ruleset;
pub(crate) use targets::Targets;

/// A digest that was guessed, and the guess: the word and the rule that make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// The number of the digest.
    pub(crate) target: u32,
    /// The number of the word.
    pub(crate) word: usize,
    /// The number of the rule.
    pub(crate) rule: usize,
}

/// Tries every rule on every word of a range. Hands back what was found, by the number of the
/// digest, and how many guesses were made: words times rules. Where several guesses have one
/// digest, it is always the same of them. What is found is not looked for any more.
///
/// Work is spread over the threads of the rayon pool that it is called in. What is found does not
/// depend on their number, nor on the instructions.
pub(crate) fn sweep(
    instructions: InstructionSet,
    targets: &mut Targets<'_>,
    words: (&List, Range<usize>),
    rules: &Ruleset,
    stop: &AtomicBool,
) -> (Vec<Hit>, u64) {
    let (hits, guesses) = work::run(instructions, targets, words, rules, stop);
    targets.leave(hits.iter().map(|hit| hit.target));
    (hits, guesses)
}
