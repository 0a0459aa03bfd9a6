//! A password in use: bounded, wiped on drop, never printed.

use std::fmt;

use zeroize::{Zeroize as _, Zeroizing};

use crate::characters::digits::digits;

/// A secret, from the door that received it to the rule that judges it.
///
/// It has no `Display`, no `Clone` and no serialisation; `Debug` prints `Password(..)`; its memory
/// is overwritten when it is dropped. Anything may be put in, because "too long" and "not text" are
/// verdicts and not crashes: such bytes are not kept.
///
/// ```
/// use strongpass_policy::Password;
/// let password = Password::new("horse-Battery9".as_bytes());
/// assert_eq!(format!("{password:?}"), "Password(..)");
/// ```
pub struct Password {
    /// Empty if it is unreadable.
    text: Zeroizing<String>,
    unreadable: Option<Unreadable>,
}

/// Why a password cannot be read as text; each is a [`Rule`](crate::Rule) of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    TooLong,
    NotText,
}

impl Password {
    /// The longest password that is looked at, in bytes of UTF-8; a longer one is rejected, not cut.
    pub const MAX_BYTES: usize = 512;

    /// Takes a copy of `bytes`, which the caller wipes.
    pub fn new(bytes: &[u8]) -> Self {
        let (text, unreadable) = if bytes.len() > Self::MAX_BYTES {
            ("", Some(Unreadable::TooLong))
        } else {
            str::from_utf8(bytes).map_or(("", Some(Unreadable::NotText)), |text| (text, None))
        };
        Self { text: Zeroizing::new(text.to_owned()), unreadable }
    }

    /// Takes a copy of other text in place of this one, which is wiped: for those who judge many.
    pub fn replace(&mut self, text: &str) {
        // Before it may move to a larger piece of memory.
        self.text.zeroize();
        self.unreadable = (text.len() > Self::MAX_BYTES).then_some(Unreadable::TooLong);
        if self.unreadable.is_none() {
            // No more than is needed, for all of it is wiped.
            self.text.reserve_exact(text.len());
            self.text.push_str(text);
        }
    }

    /// The secret itself, for the code that must have it: an estimator, a hash, the user's own
    /// terminal. `None` if it is longer than [`MAX_BYTES`](Self::MAX_BYTES) or not UTF-8.
    pub fn expose(&self) -> Option<&str> {
        self.text().ok()
    }

    /// The digits of a passcode (values, not characters): of any script, without spaces, hyphens and
    /// dots. `None` for what is judged as a password: more than ten digits, or anything else in it.
    ///
    /// ```
    /// use strongpass_policy::Password;
    /// let digits = Password::new(b"83-15 92").digits();
    /// assert_eq!(digits.as_ref().map(|digits| digits.as_slice()), Some(&[8, 3, 1, 5, 9, 2][..]));
    /// ```
    pub fn digits(&self) -> Option<Zeroizing<Vec<u8>>> {
        digits(self.expose()?)
    }

    pub(crate) fn text(&self) -> Result<&str, Unreadable> {
        self.unreadable.map_or(Ok(&self.text), Err)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        for secret in ["", "Kestrel!92", "\u{1f511}"] {
            assert_eq!(format!("{:?}", Password::new(secret.as_bytes())), "Password(..)");
        }
    }

    #[test]
    fn bounds() {
        assert_eq!(Password::new(&[b'a'; 512]).expose().map(str::len), Some(512));
        assert!(matches!(Password::new(&[b'a'; 513]).text(), Err(Unreadable::TooLong)));
        assert!(matches!(Password::new(&[0xff]).text(), Err(Unreadable::NotText)));
        // Longer than the bound wins over not being text: it is never looked at.
        assert!(matches!(Password::new(&[0xff; 600]).text(), Err(Unreadable::TooLong)));
    }

    #[test]
    fn what_is_replaced_is_gone() {
        let mut password = Password::new(&[0xff]);
        for text in ["Kestrel!92", "x", "", &"a".repeat(512), "\u{1f511}"] {
            password.replace(text);
            assert_eq!(password.expose(), Some(text));
        }
        password.replace(&"a".repeat(513));
        assert!(matches!(password.text(), Err(Unreadable::TooLong)));
        assert!(password.text.is_empty());
    }
}
