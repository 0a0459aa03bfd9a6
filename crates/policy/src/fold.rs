//! The one fold: what a person typed → the characters that a dictionary knows.
//!
//! Case, accents, compatibility forms (`Ｐ`, `𝓹`, `ﬁ`) and letters of other scripts that look Latin
//! (`Рassword` with a Cyrillic `Р`) are undone, so that a disguise that changes nothing for the
//! reader changes nothing for the rule. It serves the build of a dictionary and every query, and
//! matching only: length, classes and fingerprints see the password as typed.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use zeroize::Zeroize;

/// A folded password. It is as secret as the password, and wiped like it.
pub(crate) struct Folded<'t> {
    typed: &'t str,
    keys: Vec<u8>,
    /// Byte offset in `typed` of the character that each key came from, and whether that is a
    /// capital; empty for ASCII, where the offset is the index of the key.
    from: Vec<(u16, bool)>,
}

impl Folded<'_> {
    /// The folded characters in Latin-1, letters in lower case; 0 for one that no dictionary holds.
    pub(crate) fn keys(&self) -> &[u8] {
        &self.keys
    }

    /// Whether the character behind a key was typed as a capital.
    pub(crate) fn is_upper(&self, key: usize) -> bool {
        if self.from.is_empty() {
            return self.typed.as_bytes().get(key).is_some_and(u8::is_ascii_uppercase);
        }
        self.from.get(key).is_some_and(|&(_, upper)| upper)
    }

    /// Byte offsets, in the password as typed, of the characters behind keys `start..end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> (usize, usize) {
        // The next key may come from the same character (`æ` is two keys), so look for the next
        // character; marks and invisible characters in between belong to the one before.
        let last = self.at(end.saturating_sub(1));
        let next = (end..self.keys.len()).map(|key| self.at(key)).find(|&at| at > last);
        (self.at(start), next.unwrap_or(self.typed.len()))
    }

    fn at(&self, key: usize) -> usize {
        let from = || self.from.get(key).map(|&(at, _)| usize::from(at));
        let at = if self.from.is_empty() { Some(key) } else { from() };
        at.map_or(self.typed.len(), |at| at.min(self.typed.len()))
    }
}

impl Drop for Folded<'_> {
    fn drop(&mut self) {
        self.keys.zeroize();
        self.from.zeroize();
    }
}

/// Folds a password of at most [`Password::MAX_BYTES`](crate::Password::MAX_BYTES).
pub(crate) fn fold(typed: &str) -> Folded<'_> {
    if typed.is_ascii() {
        return Folded { typed, keys: typed.to_ascii_lowercase().into_bytes(), from: Vec::new() };
    }
    // One character becomes at most 18 (U+FDFA); with room for all, nothing moves and leaves an
    // unwiped copy behind.
    let room = typed.chars().count().saturating_mul(18);
    let (mut keys, mut from) = (Vec::with_capacity(room), Vec::with_capacity(room));
    for (offset, c) in typed.char_indices() {
        let offset = u16::try_from(offset).unwrap_or(u16::MAX);
        let mut push = |key| {
            keys.push(key);
            from.push((offset, c.is_uppercase()));
        };
        match u8::try_from(c) {
            Ok(key) if key.is_ascii() => push(key.to_ascii_lowercase()),
            _ => fold_other(c, push),
        }
    }
    Folded { typed, keys, from }
}

/// A dictionary entry as the keys that [`fold`] would give it, or `None` if it holds a character
/// that no folded password can.
pub(crate) fn fold_entry(entry: &str) -> Option<Vec<u8>> {
    let keys = fold(entry).keys().to_vec();
    (!keys.contains(&0)).then_some(keys)
}

/// The letters that a digit or symbol is often typed for.
///
/// A larger table (`8→b 9→g +→t (→c` …) doubled the false rejects for 1.3 points of catch.
pub(crate) const fn disguises(key: u8) -> &'static [u8] {
    match key {
        b'0' => b"o",
        b'1' => b"il",
        b'3' => b"e",
        b'4' | b'@' => b"a",
        b'5' | b'$' => b"s",
        b'7' => b"t",
        b'!' => b"i",
        _ => b"",
    }
}

/// The digits and symbols that are often typed for a letter.
pub(crate) fn disguised_as(letter: u8) -> Vec<u8> {
    (b' '..=b'~').filter(|&key| disguises(key).contains(&letter)).collect()
}

/// Whether there are any such letters, asked far more often.
pub(crate) fn is_disguise(key: u8) -> bool {
    /// A bit for each key of ASCII.
    const MASK: u128 = {
        let (mut mask, mut key) = (0, 0_u8);
        while key < 128 {
            if !disguises(key).is_empty() {
                mask |= 1 << key;
            }
            key += 1;
        }
        mask
    };
    key < 128 && MASK >> key & 1 == 1
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
        assert_eq!(fold(typed).keys(), folded, "{typed}");
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
        assert_eq!(folded.keys().len(), 5);
        assert_eq!(folded.span(0, 1), (0, 3));
        assert_eq!(folded.span(1, 3), (3, 6));
        assert_eq!(folded.span(3, 4), (4, 6));
        assert_eq!(folded.span(4, 5), (6, 7));
        assert_eq!(folded.span(0, 5), (0, 7));
        assert_eq!(folded.span(4, 9), (6, 7));
    }

    #[test]
    fn capitals_are_those_typed() {
        let folded = fold("aBÉé\u{301}ÆС"); // the last is Cyrillic
        let upper: Vec<bool> = (0..folded.keys().len()).map(|key| folded.is_upper(key)).collect();
        assert_eq!(upper, [false, true, true, false, true, true, true]);
    }

    #[test]
    fn no_character_outgrows_its_room() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            assert!(fold(c.encode_utf8(&mut [0; 4])).keys().len() <= 18, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn idempotent(typed in "\\PC{0,40}") {
            let once: String = fold(&typed).keys().iter().copied().map(char::from).collect();
            let twice: String = fold(&once).keys().iter().copied().map(char::from).collect();
            prop_assert_eq!(once, twice);
        }

        #[test]
        fn build_and_query_agree(word in "[a-zà-ÿ]{3,20}") {
            let query = fold(&word.to_uppercase()).keys().to_vec();
            prop_assert_eq!(fold_entry(&word), Some(query));
        }
    }
}
