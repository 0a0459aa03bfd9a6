//! The one fold: what a person typed → the characters that a dictionary knows.
//!
//! Case, accents, compatibility forms (`Ｐ`, `𝓹`, `ﬁ`) and letters of other scripts that look Latin
//! (`Рassword` with a Cyrillic `Р`) are undone, so that a disguise that changes nothing for the
//! reader changes nothing for the rule. It serves the build of a dictionary and every query, and
//! matching only: length, classes and fingerprints see the password as typed.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use zeroize::optimization_barrier;

use super::unseen::is_invisible;

/// Keys that are looked at together: what is done to a whole block takes no branch for each key.
pub(crate) type Block = [u8; 16];

/// A folded password. It is as secret as the password, and wiped like it.
pub(crate) struct Folded<'t> {
    typed: &'t str,
    /// The keys, and behind the last at least one 0. Few passwords need more than these two.
    few: [Block; FEW],
    /// All of them, where they are more.
    many: Vec<Block>,
    len: usize,
    has_capitals: bool,
    /// Byte offset in `typed` of the character that each key came from, and whether that is a
    /// capital; empty for ASCII, where the offset is the index of the key.
    from: Vec<(u16, bool)>,
}

const FEW: usize = 2;

impl<'t> Folded<'t> {
    /// Nothing yet: [`fold`](Self::fold) fills it where it lies, so that no copy is left behind.
    pub(crate) fn new(typed: &'t str) -> Self {
        let few = [Block::default(); FEW];
        Self { typed, few, many: Vec::new(), len: 0, has_capitals: false, from: Vec::new() }
    }
}

impl Folded<'_> {
    /// The password as typed.
    pub(crate) fn typed(&self) -> &str {
        self.typed
    }

    /// Whether that is ASCII, and so differs from its keys in capitals alone.
    pub(crate) fn is_ascii(&self) -> bool {
        self.from.is_empty() && self.len == self.typed.len()
    }

    /// The folded characters in Latin-1, letters in lower case; 0 for one that no dictionary holds.
    pub(crate) fn keys(&self) -> &[u8] {
        self.blocks().as_flattened().get(..self.len).unwrap_or_default()
    }

    /// Whether two keys are the same, and if no dictionary holds their characters, these.
    pub(crate) fn is_same(&self, one: usize, other: usize) -> bool {
        let typed = |key| self.typed.get(self.at(key)..).and_then(|rest| rest.chars().next());
        match (self.keys().get(one), self.keys().get(other)) {
            (Some(0), Some(0)) => typed(one) == typed(other),
            (Some(one), Some(other)) => one == other,
            _ => false,
        }
    }

    /// The same as [`keys`](Self::keys), filled up with 0: one at least.
    #[inline]
    pub(crate) fn blocks(&self) -> &[Block] {
        if self.many.is_empty() {
            self.few.get(..=self.len / size_of::<Block>()).unwrap_or_default()
        } else {
            &self.many
        }
    }

    /// With room for `keys` keys and a 0.
    fn make_room(&mut self, keys: usize) -> &mut [Block] {
        let blocks = keys / size_of::<Block>() + 1;
        if let Some(few) = self.few.get_mut(..blocks) {
            return few;
        }
        self.many = vec![Block::default(); blocks];
        &mut self.many
    }

    /// How many keys there are of a kind, to which 0 does not belong.
    #[inline]
    pub(crate) fn count(&self, is: impl Fn(u8) -> bool) -> usize {
        let count = |block: &Block| block.iter().map(|&key| u8::from(is(key))).sum::<u8>();
        self.blocks().iter().map(|block| usize::from(count(block))).sum()
    }

    /// Whether any character was typed as a capital.
    pub(crate) fn has_capitals(&self) -> bool {
        self.has_capitals
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
        let next = (end..self.len).map(|key| self.at(key)).find(|&at| at > last);
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
        self.few.fill(Block::default());
        self.many.fill(Block::default());
        self.from.fill((0, false));
        // Or the compiler may think that nobody misses what was written.
        optimization_barrier(&self.few);
        optimization_barrier(self.many.as_slice());
        optimization_barrier(self.from.as_slice());
    }
}

/// Folds what is at most as long as a [`Password`](crate::Password).
pub(crate) fn fold(typed: &str) -> Folded<'_> {
    let mut folded = Folded::new(typed);
    folded.fold();
    folded
}

impl Folded<'_> {
    /// Folds a password of at most [`Password::MAX_BYTES`](crate::Password::MAX_BYTES).
    pub(crate) fn fold(&mut self) {
        let typed = self.typed.as_bytes();
        let (mut all, mut has_capitals) = (0, false);
        let blocks = self.make_room(typed.len());
        for (block, bytes) in blocks.iter_mut().zip(typed.chunks(size_of::<Block>())) {
            block.get_mut(..bytes.len()).unwrap_or_default().copy_from_slice(bytes);
            all |= block.iter().fold(0, |all, byte| all | byte);
            has_capitals |= block.iter().fold(false, |any, byte| any | byte.is_ascii_uppercase());
            block.make_ascii_lowercase();
        }
        (self.len, self.has_capitals) = (typed.len(), has_capitals);
        if !all.is_ascii() {
            self.fold_characters();
        }
    }

    fn fold_characters(&mut self) {
        // One character becomes at most 18 (U+FDFA); with room for all, nothing moves and leaves an
        // unwiped copy behind.
        let room = self.typed.chars().count().saturating_mul(18);
        let mut from = Vec::with_capacity(room);
        let mut many = vec![Block::default(); room / size_of::<Block>() + 1];
        let mut slots = many.as_flattened_mut().iter_mut();
        self.has_capitals = false;
        for (offset, c) in self.typed.char_indices() {
            let offset = u16::try_from(offset).unwrap_or(u16::MAX);
            let is_upper = c.is_uppercase();
            self.has_capitals |= is_upper;
            let mut push = |key| {
                if let Some(slot) = slots.next() {
                    *slot = key;
                    from.push((offset, is_upper));
                }
            };
            match u8::try_from(c) {
                Ok(key) if key.is_ascii() => push(key.to_ascii_lowercase()),
                _ => fold_other(c, push),
            }
        }
        many.truncate(from.len() / size_of::<Block>() + 1);
        self.many.fill(Block::default());
        optimization_barrier(self.many.as_slice());
        (self.len, self.many, self.from) = (from.len(), many, from);
    }
}

/// A dictionary entry as the keys that [`fold`] would give it, or `None` if it holds a character
/// that no folded password can.
pub(crate) fn fold_entry(entry: &str) -> Option<Vec<u8>> {
    let keys = fold(entry).keys().to_vec();
    (!keys.contains(&0)).then_some(keys)
}

/// The letters that a digit or symbol is typed for, the likeliest first.
///
/// How likely each is, and what that makes of a word, is for the rule to say: see
/// [`chance`](crate::rules::chance).
pub(crate) const fn disguises(key: u8) -> &'static [u8] {
    match key {
        b'0' => b"o",
        b'1' | b'!' | b'|' => b"il",
        b'2' => b"z",
        b'3' => b"e",
        b'4' | b'@' => b"a",
        b'5' | b'$' => b"s",
        b'6' | b'9' => b"g",
        b'7' | b'+' => b"t",
        b'8' => b"b",
        b'(' | b'<' => b"c",
        _ => b"",
    }
}

/// Whether a key may stand for either of two letters, an i or an l.
#[inline]
pub(crate) fn is_either(key: u8) -> bool {
    KINDS.get(usize::from(key)).is_some_and(|kinds| kinds & EITHER != 0)
}

/// Whether few people type that digit or symbol for a letter.
#[inline]
pub(crate) fn is_rare(key: u8) -> bool {
    KINDS.get(usize::from(key)).is_some_and(|kinds| kinds & RARE != 0)
}

const EITHER: u8 = 1;
const RARE: u8 = 2;

static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    set(&mut kinds, b"1!|", EITHER);
    set(&mut kinds, b"2689+|(<", RARE);
    kinds
};

#[expect(clippy::as_conversions, clippy::indexing_slicing, reason = "done while compiling")]
const fn set(kinds: &mut [u8; 256], keys: &[u8], kind: u8) {
    let mut at = 0;
    while at < keys.len() {
        kinds[keys[at] as usize] |= kind;
        at += 1;
    }
}

/// The digits and symbols that are often typed for a letter.
pub(crate) fn disguised_as(letter: u8) -> Vec<u8> {
    (b' '..=b'~').filter(|&key| disguises(key).contains(&letter)).collect()
}

/// A digit or symbol as the letter that it is often typed for (of two the first), any other key as
/// itself.
#[inline]
pub(crate) fn read_as(key: u8) -> u8 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::indexing_slicing,
        reason = "done while compiling, for keys up to 255"
    )]
    static TABLE: [u8; 256] = {
        let (mut table, mut key) = ([0; 256], 0);
        while key < 256 {
            table[key] = match disguises(key as u8) {
                [letter, ..] => *letter,
                [] => key as u8,
            };
            key += 1;
        }
        table
    };
    TABLE.get(usize::from(key)).copied().unwrap_or(key)
}

fn fold_other(c: char, mut push: impl FnMut(u8)) {
    if let Some(letter) = capital_look_alike(c) {
        return push(letter);
    }
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| {
            if looks_like_nothing_latin(part) {
                if !is_combining_mark(part) && !is_invisible(c) {
                    push(0);
                }
                return;
            }
            for part in part.to_lowercase().filter(|&part| !is_combining_mark(part)) {
                match (look_alike(part), u8::try_from(part)) {
                    (Some(letters), _) => letters.iter().for_each(|&key| push(key)),
                    (None, Ok(key)) if key.is_ascii() => push(key),
                    (None, _) if is_invisible(c) => {}
                    // Every character of Latin-1 is its own key; no entry holds any other.
                    (None, key) => push(key.unwrap_or(0)),
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

/// Scripts from Hebrew to Vedic, of which no letter is read as Latin, nor becomes one in lower case:
/// one character may be a whole phrase of them (U+FDFA).
const fn looks_like_nothing_latin(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{1c7f}')
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
    fn some_scripts_look_like_nothing_latin() {
        let scripts = (0..=0x10_ffff).filter_map(char::from_u32);
        for c in scripts.filter(|&c| looks_like_nothing_latin(c)) {
            for lower in c.to_lowercase() {
                assert!(look_alike(lower).is_none() && u8::try_from(lower).is_err(), "{c:?}");
                assert_eq!(is_combining_mark(lower), is_combining_mark(c), "{c:?}");
            }
            assert_eq!(c.to_lowercase().count(), 1, "{c:?}");
        }
    }

    #[test]
    fn no_character_outgrows_its_room() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let keys = fold(c.encode_utf8(&mut [0; 4])).keys().len();
            assert!(keys <= 18, "{c:?}");
            assert!(keys == 0 || c.is_ascii() || !is_invisible(c), "{c:?}");
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
