//! Trying every rule on every word.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use strongpass_hash::InstructionSet;

use super::hit::RuleHit;
use super::jobs;
use super::remaining::RemainingDigests;
use crate::guess::WordList;
use crate::rules::Ruleset;

/// Tries every rule on every word of a range. Hands back what was found, by the number of the
/// digest, and how many guesses were made: words times rules. Where several guesses have one
/// digest, it is always the same of them. What is found is not looked for any more.
///
/// The work is spread over the threads of the rayon pool that it is called in. What is found does not
/// depend on their number, nor on the instructions.
pub(in crate::attack) fn try_rules(
    instructions: InstructionSet,
    targets: &mut RemainingDigests<'_>,
    words: (&WordList, Range<usize>),
    rules: &Ruleset,
    stop: &AtomicBool,
) -> (Vec<RuleHit>, u64) {
    let (hits, guesses) = jobs::run(instructions, targets, words, rules, stop);
    targets.leave(hits.iter().map(|hit| hit.target));
    (hits, guesses)
}
