//! The one fold: what a person typed → the characters that a dictionary knows.
//!
//! Case, accents, compatibility forms (`Ｐ`, `𝓹`, `ﬁ`) and letters of other scripts that look Latin
//! (`Рassword` with a Cyrillic `Р`) are undone, so that a disguise that changes nothing for the
//! reader changes nothing for the rule. It serves the build of a dictionary and every query, and
//! matching only: length, classes and fingerprints see the password as typed.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use zeroize::{DefaultIsZeroes, Zeroize};

/// One folded character, and where in the password it came from.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Cell {
    /// The folded character in Latin-1, a letter in lower case; 0 if no dictionary could hold it.
    pub(crate) key: u8,
    /// Whether a letter was typed as a capital.
    pub(crate) upper: bool,
    /// Byte offset of the character it came from.
    pub(crate) at: u16,
}

impl DefaultIsZeroes for Cell {}

impl Cell {
    pub(crate) fn is_letter(self) -> bool {
        self.key.is_ascii_lowercase()
    }

    /// The letters that this digit or symbol is often typed for; 0 for none.
    ///
    /// A larger table (`8→b 9→g +→t (→c` …) doubled the false rejects for 1.3 points of catch.
    pub(crate) fn disguises(self) -> [u8; 2] {
        match self.key {
            b'0' => [b'o', 0],
            b'1' => [b'i', b'l'],
            b'3' => [b'e', 0],
            b'4' | b'@' => [b'a', 0],
            b'5' | b'$' => [b's', 0],
            b'7' => [b't', 0],
            b'!' => [b'i', 0],
            _ => [0, 0],
        }
    }
}

/// A folded password. It is as secret as the password, and wiped like it.
pub(crate) struct Folded {
    cells: Vec<Cell>,
    bytes: usize,
}

impl Folded {
    pub(crate) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Byte offsets, in the password as typed, of the characters that cells `start..end` came from.
    pub(crate) fn span(&self, start: usize, end: usize) -> (usize, usize) {
        let at = |i: usize| self.cells.get(i).map_or(self.bytes, |cell| usize::from(cell.at));
        // The next cell may come from the same character (`æ` is two cells), so look for the next
        // character; marks and invisible characters in between belong to the one before.
        let last = at(end.saturating_sub(1));
        let next = self.cells.get(end..).unwrap_or_default().iter();
        let end = next.map(|cell| usize::from(cell.at)).find(|&at| at > last).unwrap_or(self.bytes);
        (at(start), end)
    }
}

impl Drop for Folded {
    fn drop(&mut self) {
        self.cells.zeroize();
    }
}

/// Folds a password of at most [`Password::MAX_BYTES`](crate::Password::MAX_BYTES).
pub(crate) fn fold(text: &str) -> Folded {
    // One character becomes at most 18 (U+FDFA); reserving for the usual case keeps `cells` from
    // moving, which would leave an unwiped copy behind.
    let room = if text.is_ascii() { text.len() } else { text.chars().count().saturating_mul(18) };
    let mut cells = Vec::with_capacity(room);
    for (at, c) in text.char_indices() {
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        match u8::try_from(c) {
            Ok(key) if key.is_ascii() => cells.push(Cell {
                key: key.to_ascii_lowercase(),
                upper: key.is_ascii_uppercase(),
                at,
            }),
            _ => fold_other(c, |key| cells.push(Cell { key, upper: c.is_uppercase(), at })),
        }
    }
    Folded { cells, bytes: text.len() }
}

/// A dictionary entry as the keys that [`fold`] would give it, or `None` if it holds a character
/// that no folded password can.
pub(crate) fn fold_entry(entry: &str) -> Option<Vec<u8>> {
    let keys: Vec<u8> = fold(entry).cells().iter().map(|cell| cell.key).collect();
    (!keys.contains(&0)).then_some(keys)
}

fn fold_other(c: char, mut push: impl FnMut(u8)) {
    if let Some(letter) = capital_look_alike(c) {
        return push(letter);
    }
    if crate::shape::is_invisible(c) {
        return;
    }
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| {
            for part in part.to_lowercase().filter(|&part| !is_combining_mark(part)) {
                match look_alike(part) {
                    Some(letters) => letters.iter().for_each(|&key| push(key)),
                    // Every character of Latin-1 is its own key; no entry holds any other.
                    None => push(u8::try_from(part).unwrap_or(0)),
                }
            }
        });
    }
}

/// Capitals that look like another Latin letter than their small form does (`ν` is a v, `Ν` an n).
fn capital_look_alike(c: char) -> Option<u8> {
    Some(match c {
        'Η' => b'h',
        'Ν' => b'n',
        'Υ' => b'y',
        _ => return None,
    })
}

/// The Latin letters that a lower-case character without marks looks like.
///
/// The letters are those of Unicode's confusables (UTS #39) that a keyboard in use in a British
/// school, or a web page of "fancy text", offers.
fn look_alike(c: char) -> Option<&'static [u8]> {
    Some(match c {
        'а' | 'α' | 'ɑ' | 'ᴀ' => b"a",
        'ʙ' | 'в' | 'β' => b"b",
        'с' | 'ϲ' | 'ᴄ' => b"c",
        'ԁ' | 'đ' | 'ð' | 'ᴅ' => b"d",
        'е' | 'ε' | 'є' | 'ᴇ' => b"e",
        'ɡ' | 'ɢ' => b"g",
        'һ' | 'ħ' | 'н' | 'ʜ' => b"h",
        'і' | 'ı' | 'ι' | 'ɪ' => b"i",
        'ј' | 'ᴊ' => b"j",
        'к' | 'κ' | 'ᴋ' => b"k",
        'ł' | 'ӏ' | 'ʟ' => b"l",
        'м' | 'μ' | 'ᴍ' => b"m",
        'η' | 'ŋ' | 'п' | 'ɴ' => b"n",
        'о' | 'ο' | 'ø' | 'ᴏ' => b"o",
        'р' | 'ρ' | 'ᴘ' => b"p",
        'ԛ' => b"q",
        'г' | 'ʀ' => b"r",
        'ѕ' | 'ꜱ' => b"s",
        'т' | 'τ' | 'ŧ' | 'ᴛ' => b"t",
        'υ' | 'ᴜ' => b"u",
        'ν' | 'ѵ' | 'ᴠ' => b"v",
        'ԝ' | 'ω' | 'ᴡ' => b"w",
        'х' | 'χ' => b"x",
        'у' | 'ү' | 'ʏ' => b"y",
        'ζ' | 'ᴢ' => b"z",
        'æ' => b"ae",
        'œ' => b"oe",
        'ß' => b"ss",
        'þ' => b"th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(typed: &str, folded: &[u8]) {
        let keys: Vec<u8> = fold(typed).cells().iter().map(|cell| cell.key).collect();
        assert_eq!(keys, folded, "{typed}");
    }

    #[test]
    fn table() {
        check("", b"");
        check("Password1!", b"password1!");
        check("pässwörd", b"password");
        check("Cafe\u{301}", b"cafe");
        check("Ｐassword", b"password");
        check("𝓹𝓪𝓼𝓼", b"pass");
        check("Рassword", b"password"); // Cyrillic Er
        check("ΝΗΥ νηυ", b"nhy vnu"); // Greek, capitals and small
        check("Straße", b"strasse");
        check("STRAẞE", b"strasse");
        check("æther œuvre øl Łódź", b"aether oeuvre ol lodz");
        check("ﬁsh", b"fish");
        check("İstanbul", b"istanbul");
        check("ſpring", b"spring");
        check("pass\u{200b}word\u{ad}", b"password");
        check("5£", b"5\xa3");
        check("5€", b"5\0");
        check("😀", b"\0");
        check("пароль", b"napo\0\0");
    }

    #[test]
    fn spans_are_the_typed_characters() {
        let folded = fold("a\u{301}bæc");
        // á (a + mark: bytes 0..3), b (3..4), æ (4..6: two cells), c (6..7)
        assert_eq!(folded.cells().len(), 5);
        assert_eq!(folded.span(0, 1), (0, 3));
        assert_eq!(folded.span(1, 3), (3, 6));
        assert_eq!(folded.span(3, 4), (4, 6));
        assert_eq!(folded.span(4, 5), (6, 7));
        assert_eq!(folded.span(0, 5), (0, 7));
    }

    #[test]
    fn no_character_outgrows_its_room() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            assert!(fold(c.encode_utf8(&mut [0; 4])).cells().len() <= 18, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn idempotent(typed in "\\PC{0,40}") {
            let once: String = fold(&typed).cells().iter().map(|cell| char::from(cell.key)).collect();
            let twice: String = fold(&once).cells().iter().map(|cell| char::from(cell.key)).collect();
            prop_assert_eq!(once, twice);
        }

        #[test]
        fn build_and_query_agree(word in "[a-zà-ÿ]{3,20}") {
            let query: Vec<u8> = fold(&word.to_uppercase()).cells().iter().map(|c| c.key).collect();
            prop_assert_eq!(fold_entry(&word), Some(query));
        }
    }
}
