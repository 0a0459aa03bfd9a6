//! A cell: where it is in the file, and what is in it.

use std::borrow::Cow;
use std::ops::Range;

use zeroize::Zeroizing;

/// The place of a cell in the file; quotation marks around it are not included.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Cell {
    /// Its bytes: what is written there replaces the cell and nothing else.
    pub place: Range<usize>,
    /// Whether quotation marks in it are doubled.
    pub doubled: bool,
}

/// What is between the quotation marks, or all of a cell without them.
pub fn content<'f>(file: &'f [u8], cell: &Cell) -> &'f [u8] {
    file.get(cell.place.clone()).unwrap_or_default()
}

/// Whether the content of a cell is nothing but spaces.
pub fn is_blank(content: &[u8]) -> bool {
    content.iter().all(u8::is_ascii_whitespace)
}

/// Whether a cell says that there is nothing to say: `n/a`, `TBC`, `none`, `?`, `-`.
pub fn is_placeholder(content: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(content) else { return false };
    let text = text.trim();
    let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let letters: Zeroizing<String> = Zeroizing::new(letters.take(24).collect());
    let is_mark = |c: char| matches!(c, '?' | '-' | '.' | '_' | '/' | '\u{2013}' | '\u{2014}');
    !text.is_empty() && (text.chars().all(is_mark) || PLACEHOLDERS.contains(&letters.as_str()))
}

/// Without spaces and signs.
const PLACEHOLDERS: [&str; 33] = [
    "na",
    "nan",
    "none",
    "nil",
    "null",
    "no",
    "nocode",
    "nopasscode",
    "nopin",
    "nopassword",
    "noneset",
    "notset",
    "notsetyet",
    "unset",
    "notknown",
    "unknown",
    "notrecorded",
    "notapplicable",
    "notavailable",
    "notyet",
    "tba",
    "tbc",
    "tbd",
    "todo",
    "tobeconfirmed",
    "tobeadvised",
    "tobeset",
    "pending",
    "missing",
    "blank",
    "empty",
    "lost",
    "forgotten",
];

/// The content of a cell with doubled quotation marks made single.
pub fn undoubled(content: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(Vec::with_capacity(content.len()));
    undouble(content, &mut text);
    text
}

/// A cell that is not a secret, for people and for rules. What is not UTF-8 is most likely from an
/// older Windows program; only the rule and the eye get to see it.
pub fn text(file: &[u8], cell: &Cell) -> String {
    let bytes = content(file, cell);
    let text = str::from_utf8(bytes).map_or_else(
        |_| Cow::Owned(bytes.iter().copied().map(char::from).collect()),
        Cow::Borrowed,
    );
    let text = text.trim();
    if cell.doubled { text.replace("\"\"", "\"") } else { text.to_owned() }
}

/// Adds what a quoted cell means: doubled marks become single. After a single mark, which closes
/// the quotation, every byte stands for itself.
pub(crate) fn undouble(content: &[u8], into: &mut Vec<u8>) {
    let mut rest = content;
    while let Some(mark) = memchr::memchr(b'"', rest) {
        let (before, after) = rest.split_at(mark);
        into.extend_from_slice(before);
        match after {
            [_, b'"', after @ ..] => {
                into.push(b'"');
                rest = after;
            }
            [_, after @ ..] => return into.extend_from_slice(after),
            [] => return,
        }
    }
    into.extend_from_slice(rest);
}

/// A cell as it was found, and what ends it.
pub(crate) struct Found {
    pub(crate) place: Range<usize>,
    pub(crate) quotes: Quotes,
    /// The byte behind the cell and its quotation marks.
    pub(crate) end: usize,
}

/// How a cell is quoted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// Not at all.
    None,
    /// Marks are around it and none is in it.
    Around,
    /// Marks are around it, and doubled ones in it.
    Doubled,
    /// Something follows the closing mark, which is in the place.
    Followed,
    /// No mark closes it before the end of the file.
    Open,
}

/// Finds the cell that begins there.
pub(crate) fn find(file: &[u8], begin: usize, delimiter: u8) -> Found {
    if file.get(begin) != Some(&b'"') {
        let end = end_of_plain(file, begin, delimiter);
        return Found { place: begin..end, quotes: Quotes::None, end };
    }
    let start = begin + 1;
    let (mut at, mut doubled) = (start, false);
    loop {
        let rest = file.get(at..).unwrap_or_default();
        let Some(mark) = memchr::memchr(b'"', rest) else {
            let end = file.len();
            return Found { place: start..end, quotes: Quotes::Open, end };
        };
        let mark = at + mark;
        match file.get(mark + 1) {
            Some(b'"') => (at, doubled) = (mark + 2, true),
            Some(&byte) if byte != delimiter && byte != b'\r' && byte != b'\n' => {
                let end = end_of_plain(file, mark + 1, delimiter);
                return Found { place: start..end, quotes: Quotes::Followed, end };
            }
            Some(_) | None => {
                let quotes = if doubled { Quotes::Doubled } else { Quotes::Around };
                return Found { place: start..mark, quotes, end: mark + 1 };
            }
        }
    }
}

fn end_of_plain(file: &[u8], begin: usize, delimiter: u8) -> usize {
    let rest = file.get(begin..).unwrap_or_default();
    begin + memchr::memchr3(delimiter, b'\n', b'\r', rest).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_say_nothing() {
        for text in ["n/a", " N.A. ", "TBC", "tbd", "None", "?", "???", "-", "\u{2013}", "Not set"]
        {
            assert!(is_placeholder(text.as_bytes()), "{text}");
        }
        for text in ["", " ", "839174", "n4", "nonesuch", "-1", "?a", "noneset1", "\u{e9}"] {
            assert!(!is_placeholder(text.as_bytes()), "{text}");
        }
        assert!(!is_placeholder(b"\xff"));
    }

    #[test]
    fn marks_are_single_again() {
        assert_eq!(undoubled(b"a\"\"b\"\"").as_slice(), b"a\"b\"");
        assert_eq!(undoubled(b"\"\"\"\"").as_slice(), b"\"\"");
        assert_eq!(undoubled(b"").as_slice(), b"");
        assert_eq!(undoubled(b"a\"\"b\"c\"\"d").as_slice(), b"a\"bc\"\"d");
    }
}
