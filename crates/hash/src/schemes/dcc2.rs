//! Cached domain logons: PBKDF2-HMAC-SHA-1 over MD4 of NT hash and account name.

use md4::{Digest as _, Md4};
use sha1::Sha1;

use crate::encoding::fields::{cut, cut_last, number};
use crate::encoding::hex;
use crate::schemes::kernel::{Kernel, scalar};
use crate::schemes::nt;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `$DCC2$`: rounds, account and digest, between `#`.
pub(crate) fn parse(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Dcc2;
    let (rounds, rest) = cut(rest, b'#').or_malformed(scheme, "the account is missing")?;
    let (account, digits) = cut_last(rest, b'#').or_malformed(scheme, "its digest is missing")?;
    let rounds = number(rounds).filter(|rounds| *rounds > 0);
    let rounds = rounds.or_malformed(scheme, "the rounds are not a number")?;
    let account = str::from_utf8(account);
    let account = account.map_err(|_| malformed(scheme, "the account is not in UTF-8"))?;
    let salt: Vec<u8> = account.to_lowercase().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let digest = hex::decode(digits).filter(|digest| digest.len() == 16);
    let digest = digest.or_malformed(scheme, "its digest is not 32 hexadecimal digits")?;
    let setting = Setting::new(scheme, Cost::Rounds(rounds), &salt, digest.len());
    Ok(Hash { setting, digest: Digest::new(digest) })
}

/// What PBKDF2 takes for the password, if the guess is text.
pub(crate) fn key(guess: &[u8], salt: &[u8]) -> Option<[u8; 16]> {
    let nt = nt::digest(guess)?;
    Some(Md4::new().chain_update(nt).chain_update(salt).finalize().into())
}

pub(crate) fn kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let rounds = setting.cost().rounds();
    scalar(move |guess, each| {
        if let Some(key) = key(guess, &setting.salt) {
            let mut digest = [0; 16];
            pbkdf2::pbkdf2_hmac::<Sha1>(&key, &setting.salt, rounds, &mut digest);
            each(&digest);
        }
        Ok(())
    })
}
