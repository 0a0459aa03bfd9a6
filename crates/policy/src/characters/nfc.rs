//! One password however the keyboard composes it: NFC (UAX #15).

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use zeroize::Zeroizing;

/// A password in NFC, so that `é` is one password however the keyboard composes it; wiped on drop.
///
/// ```
/// assert_eq!(*strongpass_policy::nfc("Zoe\u{308}!92"), "Zoë!92");
/// ```
pub fn nfc(password: &str) -> Zeroizing<String> {
    // NFC is at most three times as long in UTF-8; a string that grows leaves a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(3 * password.len()));
    if is_nfc_quick(password.chars()) == IsNormalized::Yes {
        text.push_str(password);
    } else {
        password.nfc().for_each(|c| text.push(c));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_are_one_password() {
        assert_eq!(*nfc("Zoe\u{308}!92"), "Zoë!92");
        assert_eq!(nfc("\u{1d160}").as_str(), "\u{1d158}\u{1d165}\u{1d16e}");
        for text in ["", "abc", "\u{1d160}\u{1d160}", "\u{390}\u{344}"] {
            let normal = nfc(text);
            assert!(normal.capacity() == 3 * text.len(), "it grew");
        }
    }
}
