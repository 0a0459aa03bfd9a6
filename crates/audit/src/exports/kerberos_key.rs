//! A Kerberos key as an export has it.

use zeroize::Zeroizing;

/// A key of an account, which is skipped until it is known that nothing better is there.
pub(super) struct KerberosKey {
    pub(super) account: Vec<u8>,
    pub(super) kind: Vec<u8>,
    pub(super) digits: Zeroizing<Vec<u8>>,
    /// Its place among what is skipped.
    pub(super) skipped: usize,
    pub(super) line: u32,
}

impl KerberosKey {
    /// The best is the one that is tested soonest; `None` if none of that kind can be.
    pub(super) fn rank(&self) -> Option<u8> {
        match self.kind.as_slice() {
            // It is the NT hash (RFC 4757).
            b"rc4_hmac" | b"rc4-hmac" | b"arcfour-hmac" | b"0x17" => Some(0),
            b"aes256-cts-hmac-sha1-96" => Some(1),
            b"aes128-cts-hmac-sha1-96" => Some(2),
            _ => None,
        }
    }
}
