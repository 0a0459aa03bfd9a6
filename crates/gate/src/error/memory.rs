//! Why a memory did not answer.

use std::error::Error;
use std::fmt;

/// Why a memory did not answer, in its own words.
#[derive(Debug)]
pub struct MemoryError {
    kind: MemoryErrorKind,
    said: Box<dyn Error + Send + Sync>,
}

/// What a door must know of an error whose words it does not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a new kind must be met by every door")]
pub enum MemoryErrorKind {
    /// The call or the configuration is wrong.
    Mistake,
    /// The password is too long or not text.
    NotText,
    /// Another program holds the memory: it will pass.
    Busy,
    /// This user may not look: another one may see that all is well.
    Denied,
    /// Anything else.
    Fault,
}

impl MemoryError {
    /// An error with its words, which say what is wrong and what to do.
    pub fn new(kind: MemoryErrorKind, said: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, said: said.into() }
    }

    /// What a door must know of it.
    pub fn kind(&self) -> MemoryErrorKind {
        self.kind
    }
}

impl fmt::Display for MemoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said.fmt(f)
    }
}

impl Error for MemoryError {}
