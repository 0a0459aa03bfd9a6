//! Guesses in lanes: words of one length side by side, changed and hashed together.
//!
//! A guess here is a word that a rule has changed. All words of a [`Batch`](batch::Batch) have one
//! length, so a rule does the same to each: it takes characters of the word, in one case or
//! another, puts constants between them, and adds some at the end. That is a recipe, and a
//! [`Recipes`](recipe::Recipes) is many of them; a sweep makes the guesses of a recipe for all
//! words of a batch at once, hashes them, and asks a [`Filter`](filter::Filter) whether one of the
//! digests may be looked for. It hands back [`Candidate`](candidate::Candidate)s: the caller makes
//! each guess once more, by itself, and compares the whole digest.

pub(crate) mod batch;
pub(crate) mod candidate;
pub(crate) mod chain;
pub(crate) mod change;
pub(crate) mod filter;
pub(crate) mod line;
pub(crate) mod md4;
pub(crate) mod md5;
pub(crate) mod nt;
pub(crate) mod recipe;
pub(crate) mod sha1;
pub(crate) mod sha2;
pub(crate) mod sweep;
pub(crate) mod unsalted;
