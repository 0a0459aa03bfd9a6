//! Words side by side, in all their forms.

use strongpass_hash::Batch;

use crate::rules::{Form, Forms, WordClass};

/// A batch of words of one class.
#[derive(Debug)]
pub(super) struct WordBatch {
    pub(super) batch: Batch,
    /// Which ASCII characters the words have, and at the place of others whether they have such.
    present: [bool; 256],
}

impl WordBatch {
    pub(super) fn new() -> Self {
        // Room for all kinds: growing would leave a copy behind.
        Self { batch: Batch::new(Form::rows(WordClass::LONGEST).into()), present: [false; 256] }
    }

    /// Takes other words, in these forms; `marks` says whether anybody will ask for characters.
    pub(super) fn fill<'w, W: ExactSizeIterator<Item = &'w str>>(
        &mut self,
        class: WordClass,
        (forms, marks): (Forms, bool),
        words: W,
    ) {
        let length = usize::from(class.length());
        self.batch.resize(Form::rows(class.length()).into());
        self.batch.set_words(words.len());
        self.present = [!marks; 256];
        for (lane, word) in words.enumerate() {
            for byte in word.bytes().take(if marks { word.len() } else { 0 }) {
                if let Some(mark) = self.present.get_mut(usize::from(byte)) {
                    *mark = true;
                }
            }
            // Of these words each character is one unit, and of ASCII one byte.
            if let WordClass::Ascii(_) = class {
                self.batch.write(lane, word.bytes().map(u16::from));
            } else {
                self.batch.write(lane, word.encode_utf16());
            }
        }
        for form in Form::ALL.into_iter().filter(|&form| form != Form::Plain && forms.has(form)) {
            let to = usize::from(form.row(class.length(), 0));
            match class {
                WordClass::Ascii(_) => self.batch.derive(0..length, to, |unit| ascii(form, unit)),
                WordClass::Wide(_) | WordClass::Alone => {
                    self.batch.derive(0..length, to, |unit| wide(form, unit));
                }
            }
        }
    }

    /// Whether some word may have the character in any case.
    pub(super) fn may_have(&self, character: char) -> bool {
        let (ascii, others) = self.present.split_at(0x80);
        let Some(byte) = u8::try_from(character).ok().filter(u8::is_ascii) else {
            return others.contains(&true);
        };
        let cases = [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
        cases.iter().any(|&case| ascii.get(usize::from(case)) == Some(&true))
    }
}

/// Like [`Form::of`], for ASCII, and without a branch.
const fn ascii(form: Form, unit: u16) -> u16 {
    let changes = match form {
        Form::Plain => false,
        Form::Lower => unit.wrapping_sub(0x41) < 26,
        Form::Upper => unit.wrapping_sub(0x61) < 26,
        Form::Toggled => (unit | 0x20).wrapping_sub(0x61) < 26,
    };
    if changes { unit ^ 0x20 } else { unit }
}

fn wide(form: Form, unit: u16) -> u16 {
    let changed = char::from_u32(unit.into()).map(|c| u32::from(form.of(c)));
    changed.and_then(|c| u16::try_from(c).ok()).unwrap_or(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_present_in_any_case() {
        let mut words = WordBatch::new();
        words.fill(WordClass::Ascii(5), (Forms::default(), true), ["Ab-Z{"].into_iter());
        assert!("AaBb-Zz{".chars().all(|c| words.may_have(c)));
        assert!("Cc[@`ß_~\u{1a}\u{d}".chars().all(|c| !words.may_have(c)));
        words.fill(WordClass::Wide(1), (Forms::default(), true), ["é"].into_iter());
        assert!(words.may_have('ß') && !words.may_have('c'));
    }
}
