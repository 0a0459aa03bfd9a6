//! One run of a fast digest over the password, with or without a salt.

use hmac::digest::Output;
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use sha2::Digest;

use crate::schemes::kernel::{Kernel, scalar, simple};
use crate::stored::setting::Setting;

/// The password, then the salt.
pub(crate) fn before_salt<D: Digest>(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let salt = &setting.salt;
    simple(move |guess| D::new().chain_update(guess).chain_update(salt).finalize())
}

/// An HMAC of the password, with the salt as key.
pub(crate) fn keyed<D: EagerHash>(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    simple(|guess| hmac::<D>(&setting.salt, guess))
}

/// Two readings of one text: the salt, then the password; or an HMAC.
pub(crate) fn after_salt_or_keyed<D>(setting: &Setting) -> Box<dyn Kernel + Send + '_>
where
    D: EagerHash + Digest,
{
    let salt = &setting.salt;
    scalar(move |guess, each| {
        each(&D::new().chain_update(salt).chain_update(guess).finalize());
        each(&hmac::<D>(salt, guess));
        Ok(())
    })
}

/// The salt before the password and behind it: a table does not say which.
pub(crate) fn either_side<D: Digest>(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let salt = &setting.salt;
    scalar(move |guess, each| {
        each(&D::new().chain_update(guess).chain_update(salt).finalize());
        each(&D::new().chain_update(salt).chain_update(guess).finalize());
        Ok(())
    })
}

/// HMAC (RFC 2104).
pub(crate) fn hmac<D: EagerHash>(key: &[u8], message: &[u8]) -> Output<Hmac<D>> {
    keyed_mac::<D>(key).chain_update(message).finalize().into_bytes()
}

/// HMAC with its key, ready for many messages.
#[expect(clippy::expect_used, reason = "RFC 2104: a key may have any length")]
pub(crate) fn keyed_mac<D: EagerHash>(key: &[u8]) -> Hmac<D> {
    Hmac::new_from_slice(key).expect("any length will do")
}
