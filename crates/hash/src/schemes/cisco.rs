//! Cisco IOS secrets: type 4, type 8 and type 9 (type 5 is MD5 crypt).

use crate::encoding::fields::cut;
use crate::encoding::radix64::{high_first, is_crypt64};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `$cisco4$`: SHA-256 without a salt.
pub(crate) fn parse_4(text: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Sha256;
    Ok(Hash { setting: Setting::new(scheme, Cost::Fixed, &[], 32), digest: digest(scheme, text)? })
}

/// Reads the rest of `$8$`: salt and digest of PBKDF2 with SHA-256 and 20,000 rounds.
pub(crate) fn parse_8(rest: &[u8]) -> Result<Hash, HashError> {
    parse(Scheme::Pbkdf2Sha256, Cost::Rounds(20_000), rest)
}

/// Reads the rest of `$9$`: salt and digest of scrypt with N = 2^14 and r = p = 1.
pub(crate) fn parse_9(rest: &[u8]) -> Result<Hash, HashError> {
    parse(Scheme::Scrypt, Cost::Scrypt { log_n: 14, r: 1, p: 1, t: 0 }, rest)
}

/// The salt is hashed as it is written.
fn parse(scheme: Scheme, cost: Cost, rest: &[u8]) -> Result<Hash, HashError> {
    let (salt, text) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    if salt.len() != 14 || !is_crypt64(salt) {
        return Err(malformed(scheme, "its salt is not 14 characters of Cisco's"));
    }
    Ok(Hash { setting: Setting::new(scheme, cost, salt, 32), digest: digest(scheme, text)? })
}

fn digest(scheme: Scheme, text: &[u8]) -> Result<Digest, HashError> {
    let digest = high_first(text).filter(|digest| digest.len() == 32);
    digest.map(Digest::new).or_malformed(scheme, "its digest is not 43 characters of Cisco's")
}
