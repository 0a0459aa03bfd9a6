//! MD5 crypt (Kamp 1994; crypt(5) `$1$`) and Apache's apr1: 1,000 rounds.

use md5::{Digest as _, Md5};

use crate::encoding::fields::cut;
use crate::encoding::radix64::crypt64;
use crate::schemes::kernel::{Kernel, simple};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Where the bytes of the digest stand in the text.
pub(crate) const ORDER: [usize; 16] = [12, 6, 0, 13, 7, 1, 14, 8, 2, 15, 9, 3, 5, 10, 4, 11];

/// Reads the rest of `$1$`: salt and digest.
pub(crate) fn parse(rest: &[u8]) -> Result<Hash, HashError> {
    parse_as(Scheme::Md5crypt, rest)
}

/// Reads the rest of `$apr1$`.
pub(crate) fn parse_apache(rest: &[u8]) -> Result<Hash, HashError> {
    parse_as(Scheme::Apr1, rest)
}

fn parse_as(scheme: Scheme, rest: &[u8]) -> Result<Hash, HashError> {
    let (salt, text) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    if salt.len() > 8 {
        return Err(malformed(scheme, "its salt has more than 8 characters"));
    }
    let digest = crypt64(text).and_then(|bytes| reorder(&bytes, &ORDER));
    let digest = digest.or_malformed(scheme, "its digest is not 22 characters of crypt(3)")?;
    Ok(Hash { setting: Setting::new(scheme, Cost::Fixed, salt, 16), digest })
}

/// Puts the bytes of a text where they stand in the digest; the text must have as many.
pub(crate) fn reorder(bytes: &[u8], order: &[usize]) -> Option<Digest> {
    let mut digest = vec![0; order.len()];
    for (byte, place) in bytes.iter().zip(order) {
        *digest.get_mut(*place)? = *byte;
    }
    (bytes.len() == order.len()).then(|| Digest::new(digest))
}

pub(crate) fn kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let magic = magic(setting.scheme());
    simple(move |guess| digest(guess, &setting.salt, magic))
}

/// What tells the two apart.
pub(crate) const fn magic(scheme: Scheme) -> &'static [u8] {
    if matches!(scheme, Scheme::Apr1) { b"$apr1$" } else { b"$1$" }
}

pub(crate) const ROUNDS: u32 = 1_000;

/// The digest that the rounds start from.
pub(crate) fn first(password: &[u8], salt: &[u8], magic: &[u8]) -> [u8; 16] {
    let mut inner = Md5::new_with_prefix(password);
    inner.update(salt);
    inner.update(password);
    let inner = inner.finalize();

    let mut outer = Md5::new_with_prefix(password);
    outer.update(magic);
    outer.update(salt);
    for piece in password.chunks(16) {
        outer.update(inner.get(..piece.len()).unwrap_or_default());
    }
    let mut bits = password.len();
    while bits != 0 {
        let first = password.get(..1).unwrap_or_default();
        outer.update(if bits & 1 == 1 { b"\0" } else { first });
        bits >>= 1;
    }
    outer.finalize().into()
}

fn digest(password: &[u8], salt: &[u8], magic: &[u8]) -> [u8; 16] {
    let mut digest = first(password, salt, magic);
    for round in 0..ROUNDS {
        let mut md5 = Md5::new();
        let odd = round % 2 == 1;
        md5.update(if odd { password } else { &digest });
        if round % 3 != 0 {
            md5.update(salt);
        }
        if round % 7 != 0 {
            md5.update(password);
        }
        md5.update(if odd { &digest } else { password });
        digest = md5.finalize().into();
    }
    digest
}
