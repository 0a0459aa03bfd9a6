//! A word in a password, as a verdict tells of it.

use super::disguise::Disguise;
use super::list::List;

/// A word in the password: where, from which list, how it is hidden. Never the word itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Match {
    /// Where it is.
    pub span: Span,
    /// The list that has it.
    pub list: List,
    /// How it is hidden.
    pub disguise: Disguise,
}

impl Match {
    pub(crate) fn new(span: Span, list: List, disguise: Disguise) -> Self {
        Self { span, list, disguise }
    }
}

/// The part of the password that breaks a rule: `start..end` in bytes of the password as typed,
/// always on character boundaries. Shown to nobody but the person who typed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
}
