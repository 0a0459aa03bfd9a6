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

/// Frequent passwords and their letters, with their rank from 1, for an audit that guesses the
/// likeliest first; in the order of the list, which is that of the alphabet.
///
/// ```
/// let first = strongpass_wordlists::frequent_passwords().find(|(_, rank)| *rank == 1);
/// assert_eq!(first, Some(("123456", 1)));
/// ```
pub fn frequent_passwords() -> impl Iterator<Item = (&'static str, u32)> {
    let lines = include_str!("../passwords.txt").lines();
    lines.filter_map(|line| {
        let (password, rank) = line.split_once('\t')?;
        Some((password, rank.parse().ok()?))
    })
}

/// Words of four to six letters that most people know, for passwords that are made of words.
///
/// ```
/// let words: Vec<&str> = strongpass_wordlists::common_words().collect();
/// assert!(words.contains(&"kettle") && words.len() > 8_000);
/// ```
pub fn common_words() -> impl Iterator<Item = &'static str> {
    include_str!(concat!(env!("OUT_DIR"), "/common")).lines()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_whole() {
        WordList::built_in(BUILT_IN).unwrap().verify().unwrap();
    }
}
