//! SHA-256 crypt and SHA-512 crypt (Drepper 2007; crypt(5) `$5$` and `$6$`).

use sha_crypt::Params;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::encoding::fields::{cut, number};
use crate::encoding::radix64::crypt64;
use crate::schemes::kernel::{Kernel, simple};
use crate::schemes::md5crypt::reorder;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `$5$`: rounds if not the usual, salt, digest.
pub(crate) fn parse_256(rest: &[u8]) -> Result<Hash, HashError> {
    parse(Scheme::Sha256crypt, rest, &order_256())
}

/// The digest that 43 characters of SHA-256 crypt stand for.
pub(crate) fn digest_256(text: &[u8]) -> Option<Digest> {
    crypt64(text).and_then(|bytes| reorder(&bytes, &order_256()))
}

fn order_256() -> Vec<usize> {
    let mut order = shuffled(10, |group| 3 - group % 3);
    order.splice(30.., [30, 31]);
    order
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

/// SHA-256 crypt with a salt of any length, as MySQL has it: `sha-crypt` reads 16 bytes of one.
pub(crate) fn long_salt_kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    simple(|guess| digest_long_salt(guess, &setting.salt, setting.cost().rounds()))
}

fn digest_long_salt(password: &[u8], salt: &[u8], rounds: u32) -> [u8; 32] {
    let within = Sha256::new_with_prefix(password).chain_update(salt).chain_update(password);
    let within: [u8; 32] = within.finalize().into();
    let mut first = Sha256::new_with_prefix(password).chain_update(salt);
    for piece in password.chunks(within.len()) {
        first.update(within.get(..piece.len()).unwrap_or_default());
    }
    let mut bits = password.len();
    while bits != 0 {
        first.update(if bits & 1 == 1 { &within } else { password });
        bits >>= 1;
    }
    let mut digest: [u8; 32] = first.finalize().into();
    let repeated = |bytes: &[u8], times: usize| {
        let mut all = Sha256::new();
        (0..times).for_each(|_| all.update(bytes));
        let all: [u8; 32] = all.finalize().into();
        Zeroizing::new(all.into_iter().cycle().take(bytes.len()).collect::<Vec<u8>>())
    };
    let salt = repeated(salt, 16 + digest.first().copied().map_or(0, usize::from));
    let password = repeated(password, password.len());
    for round in 0..rounds {
        let mut next = Sha256::new();
        let odd = round % 2 == 1;
        next.update(if odd { password.as_slice() } else { &digest });
        if round % 3 != 0 {
            next.update(&*salt);
        }
        if round % 7 != 0 {
            next.update(&*password);
        }
        next.update(if odd { digest.as_slice() } else { &password });
        digest = next.finalize().into();
    }
    digest
}
