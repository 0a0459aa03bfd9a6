//! SHA-1 crypt (NetBSD; crypt(5) `$sha1$`): HMAC-SHA-1 of its own output, over and over.

use hmac::Mac as _;
use sha1::Sha1;

use crate::encoding::fields::{cut, number};
use crate::encoding::radix64::{crypt64, is_crypt64};
use crate::schemes::kernel::{Kernel, simple};
use crate::schemes::plain::keyed_mac;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `$sha1$`: rounds, salt, digest.
pub(crate) fn parse(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Sha1crypt;
    let (rounds, rest) = cut(rest, b'$').or_malformed(scheme, "its salt is missing")?;
    let (salt, text) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    let rounds = number(rounds).filter(|rounds| *rounds > 0);
    let rounds = rounds.or_malformed(scheme, "its rounds are not a number")?;
    if salt.is_empty() || salt.len() > 64 || !is_crypt64(salt) {
        return Err(malformed(scheme, "its salt is not 1 to 64 characters of crypt(3)"));
    }
    let digest = crypt64(text).and_then(|bytes| unfold(&bytes));
    let digest = digest.or_malformed(scheme, "its digest is not 28 characters of crypt(3)")?;
    Ok(Hash { setting: Setting::new(scheme, Cost::Rounds(rounds), salt, 20), digest })
}

/// Each three bytes stand in reverse; the first of all is there once more at the end.
fn unfold(bytes: &[u8]) -> Option<Digest> {
    let (groups, rest) = bytes.as_chunks::<3>();
    let mut digest: Vec<u8> = groups.iter().flat_map(|[a, b, c]| [*c, *b, *a]).collect();
    let again = digest.pop()?;
    let whole = rest.is_empty() && digest.len() == 20 && digest.first() == Some(&again);
    whole.then(|| Digest::new(digest))
}

/// What is hashed first.
pub(crate) fn first(setting: &Setting) -> Vec<u8> {
    let rounds = setting.cost().rounds().to_string();
    [&setting.salt, b"$sha1$".as_slice(), rounds.as_bytes()].concat()
}

pub(crate) fn kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let (rounds, first) = (setting.cost().rounds(), first(setting));
    simple(move |guess| {
        let key = keyed_mac::<Sha1>(guess);
        let mut digest = key.clone().chain_update(&first).finalize().into_bytes();
        for _ in 1..rounds {
            digest = key.clone().chain_update(digest).finalize().into_bytes();
        }
        digest
    })
}
