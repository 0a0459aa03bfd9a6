//! PBKDF2 (RFC 8018) with a step before it and one after it: what products derive from a password.

use hmac::EagerHash;
use pbkdf2::pbkdf2_hmac;
use zeroize::Zeroizing;

use crate::schemes::kernel::{Kernel, scalar};
use crate::stored::setting::Setting;

/// Bytes that are wiped when dropped.
pub(crate) type Secret = Zeroizing<Vec<u8>>;

/// The steps around PBKDF2.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    /// The keys that a guess may stand for: none if it cannot be a password there, mostly one.
    pub(crate) keys: fn(&[u8]) -> [Option<Secret>; 2],
    /// The digest of the derived bytes, of which there are as many as the digest has.
    pub(crate) finish: fn(&Setting, &[u8]) -> Secret,
}

/// The guess itself is the key.
pub(crate) fn plain_key(guess: &[u8]) -> [Option<Secret>; 2] {
    [Some(guess.to_vec().into()), None]
}

/// The derived bytes are the digest.
pub(crate) fn plain_digest(_: &Setting, derived: &[u8]) -> Secret {
    derived.to_vec().into()
}

pub(crate) fn kernel<D: EagerHash>(
    setting: &Setting,
    around: Around,
) -> Box<dyn Kernel + Send + '_> {
    let mut derived = Zeroizing::new(vec![0; setting.len.into()]);
    scalar(move |guess, each| {
        for key in (around.keys)(guess).into_iter().flatten() {
            pbkdf2_hmac::<D>(&key, &setting.salt, setting.cost().rounds(), &mut derived);
            each(&(around.finish)(setting, &derived));
        }
        Ok(())
    })
}
