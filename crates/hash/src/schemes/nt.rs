//! The NT hash: MD4 (RFC 1320) of the password in UTF-16LE (MS-NLMP 3.3.1).

use md4::{Digest as _, Md4};

use crate::schemes::kernel::{Kernel, scalar};
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::{Quirk, Setting};

/// Reads the rest of crypt(5) `$3$`: a dollar sign and 32 hexadecimal digits.
pub(crate) fn parse_crypt(rest: &[u8]) -> Result<Hash, HashError> {
    let digits = rest.strip_prefix(b"$").or_malformed(Scheme::Nt, "a dollar sign is missing")?;
    let Hash { setting, digest } = Hash::unsalted(Scheme::Nt, digits)?;
    Ok(Hash { setting: setting.with(Quirk::WideBytes), digest })
}

/// The digest of a password, if it is text.
pub(crate) fn digest(password: &[u8]) -> Option<[u8; 16]> {
    str::from_utf8(password).ok().map(|text| of_characters(text.chars()))
}

/// The digest of a password by its characters.
pub(crate) fn of_characters(characters: impl Iterator<Item = char>) -> [u8; 16] {
    let mut units = [0; 2];
    of_units(characters.flat_map(move |c| {
        let count = c.encode_utf16(&mut units).len();
        units.into_iter().take(count)
    }))
}

/// Guesses that are not text have no digest.
pub(crate) fn kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let by_byte = setting.quirk == Quirk::WideBytes;
    scalar(move |guess, each| {
        if by_byte {
            each(&of_units(guess.iter().map(|byte| u16::from(*byte))));
        } else if let Some(digest) = digest(guess) {
            each(&digest);
        }
        Ok(())
    })
}

fn of_units(units: impl Iterator<Item = u16>) -> [u8; 16] {
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
