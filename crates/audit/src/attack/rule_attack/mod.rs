//! The rule attack: words × rules over lanes, against all unsalted digests at once.
//!
//! A guess costs the same for one digest and for a million, so all that an export has of a kind
//! are looked for together. Words of one length are put side by side, a rule is compiled once for
//! that length, and lanes make, hash and compare a guess for 32 words at a time. What lanes
//! cannot make (a rule that looks at letters, a word of unusual characters, a guess of more than
//! 59 units) is made alone. Either way a guess is found only when it has been made again by the
//! rule itself and its whole digest compared.

mod hit;
mod jobs;
mod remaining;
mod run;
mod scalar;
#[cfg(test)]
mod tests;
mod word_batch;
mod workspace;

pub(super) use remaining::RemainingDigests;
pub(super) use run::try_rules;
