//! What a password is made of: how long it is and which classes of characters it has.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::fold::Folded;
use super::unseen::{is_invisible_in, is_typed_unknowingly};

/// How many characters a password has, and whether there are any of each class.
///
/// *Numbers* are Unicode decimal digits (Nd), *letters* anything alphabetic in either case,
/// *symbols* every other character that can be seen, the space, `£` and `€` included.
#[derive(Default, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub(crate) struct Shape {
    /// Code points after NFC, as NIST SP 800-63B-4 §3.1.1.2 counts, of those that can be seen.
    pub(crate) characters: usize,
    pub(crate) numbers: bool,
    pub(crate) letters: bool,
    pub(crate) symbols: bool,
    /// Characters that cannot be typed or seen: no two systems agree on what they are.
    pub(crate) unreadable: bool,
}

impl Shape {
    pub(crate) fn from_folded(folded: &Folded<'_>) -> Self {
        let mut shape = Self::default();
        if folded.is_ascii() {
            let seen = folded.count(|key| matches!(key, b' '..=b'~'));
            shape.characters = seen;
            let numbers = folded.count(|key| key.is_ascii_digit());
            let letters = folded.count(|key| key.is_ascii_lowercase());
            shape.numbers = numbers > 0;
            shape.letters = letters > 0;
            shape.symbols = seen > numbers + letters;
            shape.unreadable = seen < folded.typed().len();
        } else if is_nfc_quick(folded.typed().chars()) == IsNormalized::Yes {
            folded.typed().chars().for_each(|c| shape.add(c));
        } else {
            folded.typed().nfc().for_each(|c| shape.add(c));
        }
        shape
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a symbol is whatever is nothing else")]
    fn add(&mut self, c: char) {
        match u8::try_from(c) {
            Ok(b'0'..=b'9') => self.numbers = true,
            Ok(b'a'..=b'z' | b'A'..=b'Z') => self.letters = true,
            Ok(b' '..=b'~') => self.symbols = true,
            Ok(0..=0x7f) => return self.unreadable = true,
            _ => match c.general_category() {
                category if is_invisible_in(category, c) => {
                    self.unreadable |= !is_typed_unknowingly(c);
                    return;
                }
                GeneralCategory::DecimalNumber => self.numbers = true,
                // The category of most says whether they are alphabetic, which takes long to look
                // up.
                GeneralCategory::OtherNumber => self.symbols = true,
                GeneralCategory::UppercaseLetter
                | GeneralCategory::LowercaseLetter
                | GeneralCategory::OtherLetter
                | GeneralCategory::LetterNumber => self.letters = true,
                _ if c.is_alphabetic() => self.letters = true,
                // An accent is part of the character before it.
                GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::EnclosingMark => {}
                _ => self.symbols = true,
            },
        }
        self.characters += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characters::fold::fold;
    use crate::characters::unseen::is_invisible;

    #[track_caller]
    fn check(text: &str, characters: usize, classes: &str) {
        let [numbers, letters, symbols, unreadable] =
            ['1', 'a', '!', '?'].map(|c| classes.contains(c));
        let expected = Shape { characters, numbers, letters, symbols, unreadable };
        assert_eq!(Shape::from_folded(&fold(text)), expected, "{text:?}");
    }

    #[test]
    fn what_is_alphabetic_is_a_letter() {
        for c in (0x80..=0x10_ffff).filter_map(char::from_u32).filter(|&c| !is_invisible(c)) {
            let mut shape = Shape::default();
            shape.add(c);
            assert!(shape.letters || !c.is_alphabetic(), "{c:?}");
        }
    }

    #[test]
    fn table() {
        check("", 0, "");
        check("aB3!", 4, "1a!");
        check(" £€~", 4, "!");
        check("cafe\u{301}", 4, "a"); // é in NFC
        check("x\u{302}\u{325}1", 4, "1a"); // marks without a composed form
        check("пароль٣", 7, "1a"); // Cyrillic, Arabic-Indic three
        check("²½Ⅷ", 3, "a!"); // not decimal digits; Ⅷ is alphabetic
        check("👩‍🏫", 2, "!"); // woman, joiner, school
        check("❤\u{fe0f}", 1, "!"); // a heart, as a picture
        check("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", 1, "!"); // England
        check("a\u{200c}\u{200d}", 1, "a");
        check("a\tb\0", 2, "a?");
        check("a\u{7f}\u{85}", 1, "a?");
        check("a\u{200b}\u{202e}\u{feff}", 1, "a?");
        check("a\u{ad}\u{34f}\u{115f}\u{17b4}\u{180e}\u{2800}\u{3164}", 1, "a?");
        check("漢字", 2, "a");
        check("مرحبا!", 6, "a!");
    }
}
