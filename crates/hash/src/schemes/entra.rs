//! What Entra Connect sends to the cloud: PBKDF2 over the NT hash (`v1;PPH1_MD4`).

use zeroize::Zeroizing;

use crate::encoding::fields::number;
use crate::encoding::hex;
use crate::schemes::derived::{Around, Secret, plain_digest};
use crate::schemes::nt;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `v1;PPH1_MD4,`: salt, rounds and digest, between commas; a semicolon may end
/// it.
pub(crate) fn parse(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::EntraSync;
    let rest = rest.strip_suffix(b";").unwrap_or(rest);
    let mut fields = rest.split(|byte| *byte == b',');
    let three: [Option<&[u8]>; 3] = std::array::from_fn(|_| fields.next());
    let ([Some(salt), Some(rounds), Some(digits)], None) = (three, fields.next()) else {
        return Err(malformed(scheme, "it has not salt, rounds and digest"));
    };
    let salt = hex::decode(salt).filter(|salt| !salt.is_empty());
    let salt = salt.or_malformed(scheme, "its salt is not hexadecimal")?;
    let rounds = number(rounds).filter(|rounds| *rounds > 0);
    let rounds = rounds.or_malformed(scheme, "its rounds are not a number")?;
    let digest = hex::decode(digits).filter(|digest| digest.len() == 32);
    let digest = digest.or_malformed(scheme, "its digest is not 64 hexadecimal digits")?;
    let setting = Setting::new(scheme, Cost::Rounds(rounds), &salt, digest.len());
    Ok(Hash { setting, digest: Digest::new(digest) })
}

/// The steps: the NT hash in capital hexadecimal digits, in UTF-16LE, is the key.
pub(crate) const AROUND: Around = Around { keys, finish: plain_digest };

fn keys(guess: &[u8]) -> [Option<Secret>; 2] {
    let key = nt::digest(guess).map(|digest| {
        let digits = hex::encode(&Zeroizing::new(digest)[..]);
        let mut key = Secret::new(Vec::with_capacity(64));
        key.extend(digits.iter().flat_map(|digit| [digit.to_ascii_uppercase(), 0]));
        key
    });
    [key, None]
}
