//! Encrypted files as lines of text, to send by mail (RFC 7468, the strict form).

use std::borrow::Cow;

use base64ct::{Base64, Encoding};

use crate::error::AgeError;

const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";
const WIDTH: usize = 64;

/// Whether it looks like one.
pub(super) fn is_armor(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(BEGIN.as_bytes())
}

/// The file itself, if it comes as text; else it as it is.
pub(super) fn unarmored(file: &[u8]) -> Result<Cow<'_, [u8]>, AgeError> {
    if !is_armor(file) {
        return Ok(file.into());
    }
    let text = str::from_utf8(file.trim_ascii()).map_err(|_| AgeError::Armor)?;
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let (first, last) = (lines.next(), lines.next_back());
    if (first, last) != (Some(BEGIN), Some(END)) {
        return Err(AgeError::Armor);
    }
    let mut base64 = String::with_capacity(text.len());
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        let is_whole = line.len() == WIDTH && !line.contains('=');
        let is_end = lines.peek().is_none() && (1..=WIDTH).contains(&line.len());
        if !is_whole && !is_end {
            return Err(AgeError::Armor);
        }
        base64.push_str(line);
    }
    Base64::decode_vec(&base64).map(Cow::Owned).map_err(|_| AgeError::Armor)
}
