//! The NT hash of one guess: MD4 (RFC 1320) of its UTF-16LE (MS-NLMP 3.3.1).

use md4::{Digest as _, Md4};

/// The digest of a password by its characters.
pub(crate) fn from_chars(characters: impl Iterator<Item = char>) -> [u8; 16] {
    let mut units = [0; 2];
    from_units(characters.flat_map(move |c| {
        let count = c.encode_utf16(&mut units).len();
        units.into_iter().take(count)
    }))
}

/// The digest of a password by its UTF-16 units.
pub(crate) fn from_units(units: impl Iterator<Item = u16>) -> [u8; 16] {
    let mut md4 = Md4::new();
    let mut buffer = [0_u8; 64];
    let mut units = units.peekable();
    while units.peek().is_some() {
        let mut len = 0;
        for (pair, unit) in buffer.as_chunks_mut::<2>().0.iter_mut().zip(&mut units) {
            *pair = unit.to_le_bytes();
            len += 2;
        }
        md4.update(buffer.get(..len).unwrap_or_default());
    }
    md4.finalize().into()
}
