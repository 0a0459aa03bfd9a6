//! Configuration files as text.

use std::path::Path;

use strongpass_trusted::{Opener, Trust};

use crate::error::GateError;

/// No configuration is larger.
const MOST_BYTES: u64 = 1 << 20;

/// Reads a configuration file as text; `None` if there is none.
///
/// # Errors
/// If it is not trusted, cannot be read, is not UTF-8 or has nothing in it.
pub fn read_configuration(path: &Path, trust: Trust) -> Result<Option<String>, GateError> {
    let Some(bytes) = Opener::new(trust).read(path, MOST_BYTES)? else { return Ok(None) };
    let text =
        String::from_utf8(bytes).map_err(|_| GateError::NotUtf8 { path: path.to_owned() })?;
    // Some editors begin a file with a mark.
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if text.trim().is_empty() {
        // What a crash or a full disk leaves is not what anybody decided.
        return Err(GateError::Empty { path: path.to_owned() });
    }
    Ok(Some(text))
}
