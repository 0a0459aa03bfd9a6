//! A password that waits: kept so that no copy of it as it was typed is in memory meanwhile.

use std::fmt;

use strongpass_policy::Password;
use zeroize::Zeroizing;

/// A password, each byte changed by a random one that is kept elsewhere; both are wiped on drop.
pub struct Masked {
    mask: Zeroizing<Vec<u8>>,
    bytes: Zeroizing<Vec<u8>>,
}

impl Masked {
    /// `None` if it is not text, or there are no random bytes: then nothing is kept.
    pub fn new(password: &Password) -> Option<Self> {
        let text = password.expose()?.as_bytes();
        let mut mask = Zeroizing::new(vec![0; text.len()]);
        getrandom::fill(&mut mask).ok()?;
        let bytes = Zeroizing::new(changed(text, &mask));
        Some(Self { mask, bytes })
    }

    /// The password as it was typed.
    pub fn password(&self) -> Password {
        Password::new(&Zeroizing::new(changed(&self.bytes, &self.mask)))
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Masked(…)")
    }
}

fn changed(bytes: &[u8], mask: &[u8]) -> Vec<u8> {
    bytes.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back() {
        let password = Password::new("vT7$kq2zé".as_bytes());
        let masked = Masked::new(&password).unwrap();
        assert_eq!(masked.password().expose(), password.expose());
        assert_ne!(masked.bytes.as_slice(), password.expose().unwrap().as_bytes());
        assert!(Masked::new(&Password::new(b"\xff")).is_none());
    }
}
