//! HMAC-SHA-256 (RFC 2104) under a key of 32 bytes.

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Of all pieces, one after the other.
pub(crate) fn mac(key: &[u8; 32], pieces: &[&[u8]]) -> Hmac<Sha256> {
    // RFC 2104: a key shorter than the block of 64 bytes is filled with zeros.
    let mut block = [0; 64];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new((&block).into());
    zeroize::Zeroize::zeroize(&mut block);
    for piece in pieces {
        mac.update(piece);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::hex;

    /// RFC 4231, test case 2 has a key of 4 bytes, case 1 one of 20; filled with zeros they are the
    /// same keys in RFC 2104.
    #[test]
    fn is_hmac_sha_256() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let digest = mac(&key, &[b"what do ya want ", b"for nothing?"]).finalize().into_bytes();
        assert_eq!(
            hex::encode(&digest),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
