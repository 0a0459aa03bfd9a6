//! SHA-256 of an export, which a checkpoint is sealed with.

use std::fmt;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// SHA-256 of the file: whoever has it could try passwords on a small export.
#[derive(Default)]
pub(crate) struct Checksum(Zeroizing<[u8; 32]>);

impl Checksum {
    pub(super) fn new(file: &[u8]) -> Self {
        Self(Zeroizing::new(Sha256::digest(file).into()))
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl fmt::Debug for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checksum(..)")
    }
}
