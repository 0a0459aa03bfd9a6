//! The key of a file, and random bytes.

use zeroize::Zeroizing;

use crate::error::AgeError;

/// The key that a file is encrypted with, fresh for each.
pub(crate) type FileKey = Zeroizing<[u8; 16]>;

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, AgeError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| AgeError::NoRandom)?;
    Ok(bytes)
}
