//! The NT hash: MD4 (RFC 1320) of the password in UTF-16LE (MS-NLMP 3.3.1).

use crate::lanes::nt::{from_chars, from_units};
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
    str::from_utf8(password).ok().map(|text| from_chars(text.chars()))
}

/// Guesses that are not text have no digest.
pub(crate) fn kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let by_byte = setting.quirk == Quirk::WideBytes;
    scalar(move |guess, each| {
        if by_byte {
            each(&from_units(guess.iter().map(|byte| u16::from(*byte))));
        } else if let Some(digest) = digest(guess) {
            each(&digest);
        }
        Ok(())
    })
}
