//! SHA-256 crypt and SHA-512 crypt (Drepper 2007; crypt(5) `$5$` and `$6$`).

use sha_crypt::Params;

use crate::encoding::fields::{cut, number};
use crate::encoding::radix64::crypt64;
use crate::schemes::kernel::{Kernel, simple};
use crate::schemes::md5crypt::reorder;
use crate::stored::cost::Cost;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `$5$`: rounds if not the usual, salt, digest.
pub(crate) fn parse_256(rest: &[u8]) -> Result<Hash, HashError> {
    let mut order = shuffled(10, |group| 3 - group % 3);
    order.splice(30.., [30, 31]);
    parse(Scheme::Sha256crypt, rest, &order)
}

/// Reads the rest of `$6$`.
pub(crate) fn parse_512(rest: &[u8]) -> Result<Hash, HashError> {
    let mut order = shuffled(21, |group| group % 3);
    order.splice(63.., [63]);
    parse(Scheme::Sha512crypt, rest, &order)
}

/// Where the bytes of a digest stand in the text: three thirds, interleaved and turned.
fn shuffled(third: usize, turn: impl Fn(usize) -> usize) -> Vec<usize> {
    let group = |at: usize| {
        let mut group = [at, at + third, at + 2 * third];
        group.rotate_left(turn(at) % 3);
        group.reverse();
        group
    };
    (0..third).flat_map(group).collect()
}

fn parse(scheme: Scheme, rest: &[u8], order: &[usize]) -> Result<Hash, HashError> {
    let (rounds, rest) = match rest.strip_prefix(b"rounds=") {
        None => (Params::RECOMMENDED_ROUNDS, rest),
        Some(rest) => {
            let (rounds, rest) = cut(rest, b'$').or_malformed(scheme, "its salt is missing")?;
            (number(rounds).unwrap_or(0), rest)
        }
    };
    if !(Params::ROUNDS_MIN..=Params::ROUNDS_MAX).contains(&rounds) {
        return Err(malformed(scheme, "its rounds are not between 1,000 and 999,999,999"));
    }
    let (salt, text) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    if salt.len() > 16 {
        return Err(malformed(scheme, "its salt has more than 16 characters"));
    }
    let digest = crypt64(text).and_then(|bytes| reorder(&bytes, order));
    let digest = digest.or_malformed(scheme, "its digest is cut short or damaged")?;
    Ok(Hash { setting: Setting::new(scheme, Cost::Rounds(rounds), salt, order.len()), digest })
}

pub(crate) fn kernel<const LEN: usize>(
    setting: &Setting,
    digest: fn(&[u8], &[u8], Params) -> [u8; LEN],
) -> Result<Box<dyn Kernel + Send + '_>, HashError> {
    let params = Params::new(setting.cost().rounds());
    let params = params.map_err(|_| HashError::Refused { scheme: setting.scheme() })?;
    Ok(simple(move |guess| digest(guess, &setting.salt, params)))
}
