//! What a password is made of: how long it is and which classes of characters it has.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Counts over the characters of a password.
///
/// *Numbers* are Unicode decimal digits (Nd), *letters* anything alphabetic in either case,
/// *symbols* every other character that can be seen, the space, `£` and `€` included.
#[derive(Default, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Code points after NFC, as NIST SP 800-63B-4 §3.1.1.2 counts.
    pub(crate) characters: usize,
    pub(crate) numbers: usize,
    pub(crate) letters: usize,
    pub(crate) symbols: usize,
    /// Characters that cannot be typed or seen: no two systems agree on what they are.
    pub(crate) unreadable: usize,
}

impl Shape {
    pub(crate) fn of(text: &str) -> Self {
        let mut shape = Self::default();
        if text.is_ascii() {
            shape.characters = text.len();
            for byte in text.bytes() {
                *shape.ascii_class(byte) += 1;
            }
        } else {
            for c in text.nfc() {
                shape.characters += 1;
                shape.add(c);
            }
        }
        shape
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a symbol is whatever is nothing else")]
    fn add(&mut self, c: char) {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => *self.ascii_class(byte) += 1,
            _ if is_invisible(c) => self.unreadable += 1,
            _ if c.is_alphabetic() => self.letters += 1,
            _ => match c.general_category() {
                GeneralCategory::DecimalNumber => self.numbers += 1,
                // An accent or a joiner is part of the character before it.
                GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::EnclosingMark
                | GeneralCategory::Format => {}
                _ => self.symbols += 1,
            },
        }
    }

    fn ascii_class(&mut self, byte: u8) -> &mut usize {
        match byte {
            b'0'..=b'9' => &mut self.numbers,
            b'a'..=b'z' | b'A'..=b'Z' => &mut self.letters,
            b' '..=b'~' => &mut self.symbols,
            _ => &mut self.unreadable,
        }
    }
}

/// Whether a character outside ASCII cannot be seen, or changes how the ones around it are shown.
///
/// The joiners inside emoji and variation selectors are not counted: people type those unknowingly.
pub(crate) fn is_invisible(c: char) -> bool {
    let joiner = matches!(c, '\u{200c}' | '\u{200d}' | '\u{e0020}'..='\u{e007f}');
    !joiner
        // Blank letters, and what stands for bytes that were no text.
        && (matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fffd}')
            || matches!(
                c.general_category(),
                GeneralCategory::Control
                    | GeneralCategory::Format
                    | GeneralCategory::LineSeparator
                    | GeneralCategory::ParagraphSeparator
                    | GeneralCategory::PrivateUse
            ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, characters: usize, [numbers, letters, symbols, unreadable]: [usize; 4]) {
        let expected = Shape { characters, numbers, letters, symbols, unreadable };
        assert_eq!(Shape::of(text), expected, "{text:?}");
    }

    #[test]
    fn table() {
        check("", 0, [0, 0, 0, 0]);
        check("aB3!", 4, [1, 2, 1, 0]);
        check(" £€~", 4, [0, 0, 4, 0]);
        check("cafe\u{301}", 4, [0, 4, 0, 0]); // é in NFC
        check("x\u{302}\u{325}1", 4, [1, 1, 0, 0]); // marks without a composed form
        check("пароль٣", 7, [1, 6, 0, 0]); // Cyrillic, Arabic-Indic three
        check("²½Ⅷ", 3, [0, 1, 2, 0]); // not decimal digits; Ⅷ is alphabetic
        check("👩‍🏫", 3, [0, 0, 2, 0]); // woman, joiner, school
        check("a\tb\0", 4, [0, 2, 0, 2]);
        check("a\u{7f}\u{85}", 3, [0, 1, 0, 2]);
        check("a\u{200b}\u{202e}\u{feff}", 4, [0, 1, 0, 3]);
        check("漢字", 2, [0, 2, 0, 0]);
        check("مرحبا!", 6, [0, 5, 1, 0]);
    }
}
