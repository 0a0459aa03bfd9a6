//! The digest by which a list of breached passwords knows a password.

use md4::Md4;
use sha1::{Digest, Sha1};
use strongpass_breached::BreachScheme;
use zeroize::Zeroizing;

/// The digest of a password, wiped like everything that is made on the way to it.
pub(crate) enum BreachDigest {
    Nt(Zeroizing<[u8; 16]>),
    Sha1(Zeroizing<[u8; 20]>),
}

impl AsRef<[u8]> for BreachDigest {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Nt(digest) => digest.as_slice(),
            Self::Sha1(digest) => digest.as_slice(),
        }
    }
}

/// Of the text in the encoding that the scheme has.
pub(crate) fn digest(scheme: BreachScheme, text: &str) -> BreachDigest {
    match scheme {
        BreachScheme::Nt => {
            let mut encoded = Zeroizing::new(Vec::with_capacity(2 * text.len()));
            encoded.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            let mut digest = Zeroizing::new([0; 16]);
            Md4::new_with_prefix(&*encoded).finalize_into((&mut *digest).into());
            BreachDigest::Nt(digest)
        }
        BreachScheme::Sha1 => {
            let mut digest = Zeroizing::new([0; 20]);
            Sha1::new_with_prefix(text).finalize_into((&mut *digest).into());
            BreachDigest::Sha1(digest)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn hex(scheme: BreachScheme, text: &str) -> String {
        let mut digits = String::new();
        let digest = digest(scheme, text);
        for byte in digest.as_ref() {
            write!(digits, "{byte:02x}").unwrap();
        }
        digits
    }

    #[test]
    fn digests_are_those_of_the_lists() {
        // FIPS 180-4 (examples of NIST) and RFC 1320 by way of [MS-NLMP] 4.2.2.1.2.
        assert_eq!(hex(BreachScheme::Sha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hex(BreachScheme::Nt, "Password"), "a4f49c406510bdcab6824ee7c30fd852");
        // Beyond the first plane a character is two units.
        assert_eq!(hex(BreachScheme::Nt, "\u{1f511}").len(), 32);
    }
}
