//! phpass' portable hashes (`$P$`, `$H$`) and Drupal 7's (`$S$`): rounds of MD5 or SHA-512.

use sha2::Digest;

use crate::encoding::radix64::{crypt64, crypt64_number, six_bits};
use crate::schemes::kernel::{Kernel, scalar};
use crate::stored::cost::Cost;
use crate::stored::digest;
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `$P$`: cost, 8 characters of salt, 22 of digest.
pub(crate) fn parse(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Phpass;
    let (setting, text) = setting(scheme, 16, rest)?;
    let digest = crypt64(text).filter(|digest| digest.len() == 16);
    let digest = digest.or_malformed(scheme, "its digest is not 22 characters of crypt(3)")?;
    Ok(Hash { setting, digest: digest::Digest::new(digest) })
}

/// Reads the rest of `$S$`: cost, 8 characters of salt, 43 of digest. Drupal cuts the text off
/// in the middle of the digest's 33rd byte; 32 are compared.
pub(crate) fn parse_drupal(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Drupal7;
    let (setting, text) = setting(scheme, 32, rest)?;
    let whole = text.split_at_checked(40).zip(text.get(42)).filter(|_| text.len() == 43);
    let digest = whole.and_then(|((start, end), last)| {
        let mut digest = crypt64(start)?;
        let last = six_bits(*last)? & 0b1111;
        let [low, high, ..] = crypt64_number(end.get(..2)?)?.to_le_bytes();
        digest.extend([low, high | last << 4]);
        Some(digest)
    });
    let digest = digest.or_malformed(scheme, "its digest is not 43 characters of crypt(3)")?;
    Ok(Hash { setting, digest: digest::Digest::new(digest) })
}

fn setting(scheme: Scheme, len: usize, rest: &[u8]) -> Result<(Setting, &[u8]), HashError> {
    let (cost, rest) = rest.split_first().or_malformed(scheme, "its cost is missing")?;
    let cost = six_bits(*cost).filter(|cost| (7..=30).contains(cost));
    let cost = cost.or_malformed(scheme, "its cost is not between 7 and 30")?;
    let parts = rest.split_at_checked(8);
    let (salt, text) = parts.or_malformed(scheme, "its salt is cut short")?;
    Ok((Setting::new(scheme, Cost::Log2(cost), salt, len), text))
}

pub(crate) fn kernel<D: Digest>(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let rounds = 1_u32.checked_shl(setting.cost().log2().into()).unwrap_or(0);
    let len = usize::from(setting.len);
    scalar(move |guess, each| {
        let mut digest = D::new().chain_update(&setting.salt).chain_update(guess).finalize();
        for _ in 0..rounds {
            digest = D::new().chain_update(digest).chain_update(guess).finalize();
        }
        each(digest.get(..len).unwrap_or_default());
        Ok(())
    })
}
