//! What a sweep finds.

/// A guess that may have a digest that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Candidate {
    /// The number of the recipe, as [`Recipes::tail`](crate::Recipes::tail) gave it.
    pub recipe: u32,
    /// The number of the batch, from 0.
    pub batch: u32,
    /// The number of the word in its batch, from 0.
    pub word: u32,
    /// Whether it was the second filter that let it through.
    pub second: bool,
    /// The word of the digest that the filter was asked for.
    pub check: u32,
}

impl Candidate {
    /// A candidate of these numbers.
    pub const fn new(recipe: u32, batch: u32, word: u32, second: bool, check: u32) -> Self {
        Self { recipe, batch, word, second, check }
    }
}
