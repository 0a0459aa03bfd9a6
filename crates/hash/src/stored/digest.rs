//! What hashing gives, to be compared and never shown.

use std::fmt;

use zeroize::Zeroize;

/// The outcome of hashing, as bytes; never shown, wiped when dropped.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(Box<[u8]>);

impl Digest {
    pub(crate) fn new(bytes: impl Into<Box<[u8]>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes, to compare.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Digest {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Digest(..)")
    }
}
