//! What a value may be, for who typed another.

use std::borrow::Cow;
use std::fmt;

use strongpass_tables::headings::{ChosenColumn, ChosenColumnError};

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

/// Which column holds what.
pub(crate) fn column(text: &str) -> Result<ChosenColumn, Hint> {
    text.parse().map_err(|error: ChosenColumnError| Hint::new(error.to_string()))
}
