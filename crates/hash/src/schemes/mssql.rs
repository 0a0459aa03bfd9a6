//! Microsoft SQL Server's logins: `0x0100` (2000 to 2008) and `0x0200` (2012 and later).

use crate::encoding::hex;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::{Quirk, Setting};

/// Reads the hexadecimal digits after `0x`: version, 4 bytes of salt, digest of the password in
/// UTF-16LE and the salt. SQL Server 2000 adds a digest of the password in capitals.
pub(crate) fn parse(digits: &[u8]) -> Result<Hash, HashError> {
    let bytes = hex::decode(digits).ok_or(HashError::Unknown)?;
    let [first, second, rest @ ..] = bytes.as_slice() else { return Err(HashError::Unknown) };
    let (scheme, lens): (_, &[usize]) = match [first, second] {
        [1, 0] => (Scheme::MssqlSha1, &[20, 40]),
        [2, 0] => (Scheme::MssqlSha512, &[64]),
        [3, 0] => {
            return Err(HashError::Unsupported { what: "a login of SQL Server 2025 (0x0300)" });
        }
        _ => return Err(HashError::Unknown),
    };
    let parts = rest.split_at_checked(4).filter(|(_, digest)| lens.contains(&digest.len()));
    let Some((salt, digest)) = parts else {
        return Err(malformed(scheme, "it has not the length of its version"));
    };
    let len = lens.first().copied().unwrap_or_default();
    let digest = digest.get(..len).unwrap_or_default();
    let setting = Setting::new(scheme, Cost::Fixed, salt, len).with(Quirk::Utf16);
    Ok(Hash { setting, digest: Digest::new(digest) })
}
