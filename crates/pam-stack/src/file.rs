//! Files that are read as they are.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::error::StackError;

/// Reads a whole file that may not be larger than `most` bytes.
#[expect(clippy::disallowed_methods, reason = "it holds no secret")]
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, StackError> {
    let failed = |error| StackError::from_io(path, error);
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|len| len > most) {
        return Err(StackError::TooLarge { path: path.to_owned(), most });
    }
    Ok(bytes)
}
