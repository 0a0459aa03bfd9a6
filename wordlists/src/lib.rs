//! Words no password may contain, folded, sorted and compiled; SOURCES.md says where each list
//! came from.

#![forbid(unsafe_code)]

use strongpass_policy::{Dictionary, DictionaryError, WordList};

/// The compiled list: SCOWL words, names, frequent passwords, places, school words, runs of keys.
pub static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.fst"));

/// The built-in dictionary. Nothing is parsed or copied; a page of it is read when it is needed.
///
/// ```
/// let dictionary = strongpass_wordlists::dictionary()?;
/// assert!(dictionary.entry("Birchington").is_some());
/// # Ok::<(), strongpass_policy::DictionaryError>(())
/// ```
///
/// # Errors
/// If this program was built wrongly.
pub fn dictionary() -> Result<Dictionary, DictionaryError> {
    WordList::built_in(BUILT_IN).map(Dictionary::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_whole() {
        WordList::built_in(BUILT_IN).unwrap().verify().unwrap();
    }
}
