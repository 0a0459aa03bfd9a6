//! Kerberos keys of a password: `aes256-cts-hmac-sha1-96` and its shorter kin (RFC 3962).

use aes::cipher::consts::U16;
use aes::cipher::{BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes256, Block};

use crate::encoding::fields::{cut, cut_last};
use crate::encoding::hex;
use crate::schemes::derived::{Around, Secret, plain_key};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// The rounds where none are said, as in Active Directory (RFC 3962, section 4).
const ROUNDS: u32 = 4_096;

/// `kerberos`, folded to 128 bits (RFC 3961, appendix A.1).
const KERBEROS: [u8; 16] = *b"kerberos\x7b\x9b\x5b\x2b\x93\x13\x2b\x93";

/// Reads the rest of `$krb5db$`: `17` or `18`, account, realm and key, between dollar signs.
pub(crate) fn parse(rest: &[u8]) -> Result<Hash, HashError> {
    let (number, rest) = cut(rest, b'$').ok_or(HashError::Unknown)?;
    let scheme = match number {
        b"17" => Scheme::KerberosAes128,
        b"18" => Scheme::KerberosAes256,
        _ => return Err(HashError::Unsupported { what: "a Kerberos key of this type" }),
    };
    let (rest, digits) = cut_last(rest, b'$').or_malformed(scheme, "its key is missing")?;
    let (account, realm) = cut_last(rest, b'$').or_malformed(scheme, "its realm is missing")?;
    from_key(scheme, &[realm, account].concat(), digits)
}

/// A key in hexadecimal, with its salt: the realm in capitals, then the account.
pub(crate) fn from_key(scheme: Scheme, salt: &[u8], digits: &[u8]) -> Result<Hash, HashError> {
    let len = if scheme == Scheme::KerberosAes128 { 16 } else { 32 };
    let key = hex::decode(digits).filter(|key| key.len() == len);
    let key = key.or_malformed(scheme, "its key is not 32 or 64 hexadecimal digits")?;
    let setting = Setting::new(scheme, Cost::Rounds(ROUNDS), salt, len);
    Ok(Hash { setting, digest: Digest::new(key) })
}

/// The steps for a key of 128 bits.
pub(crate) const AES128: Around = Around { keys: plain_key, finish: derive::<Aes128> };

/// The steps for a key of 256 bits.
pub(crate) const AES256: Around = Around { keys: plain_key, finish: derive::<Aes256> };

/// DK(key, "kerberos") of RFC 3961: the constant encrypted, and that again, until it is enough.
fn derive<C>(_: &Setting, key: &[u8]) -> Secret
where
    C: KeyInit + BlockCipherEncrypt<BlockSize = U16>,
{
    let mut derived = Secret::new(Vec::with_capacity(key.len()));
    // The key has the length that its cipher takes: `from_key` has seen to that.
    let Ok(cipher) = C::new_from_slice(key) else { return derived };
    let mut block = Block::from(KERBEROS);
    while derived.len() < key.len() {
        cipher.encrypt_block(&mut block);
        derived.extend_from_slice(&block);
    }
    derived
}
