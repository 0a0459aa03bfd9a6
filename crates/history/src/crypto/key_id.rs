//! The name of a key.

use std::fmt;

use hmac::Mac as _;

use super::hex;
use super::mac::mac;

/// The name of a key, computed from the key: so a wrong or garbled key is noticed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KeyId(pub(crate) [u8; 8]);

impl KeyId {
    /// The name of a key. It tells nothing of the key: that is random, of 512 bits.
    pub(crate) fn from_keys(tag: &[u8; 32], name: &[u8; 32]) -> Self {
        let digest: [u8; 32] =
            mac(tag, &[b"strongpass key id 1\0", name]).finalize().into_bytes().into();
        let mut id = [0; 8];
        id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        Self(id)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}
