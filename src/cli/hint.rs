//! What a value may be, for who typed another.

use std::borrow::Cow;
use std::fmt;

/// What a value may be, in words of ours: what was typed is never in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Hint(Cow<'static, str>);

impl Hint {
    pub(super) fn new(allowed: impl Into<Cow<'static, str>>) -> Self {
        Self(allowed.into())
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Hint {}
