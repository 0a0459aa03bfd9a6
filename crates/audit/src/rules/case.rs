//! The case of single characters: never one for two, so that places stay where they are.

/// The capital of a character, if that is one character (`ß` has none).
pub(crate) fn upper(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_uppercase();
    }
    only(character.to_uppercase()).unwrap_or(character)
}

/// The small form of a character, if that is one character.
pub(crate) fn lower(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    only(character.to_lowercase()).unwrap_or(character)
}

/// The other case.
pub(crate) fn toggle(character: char) -> char {
    let small = lower(character);
    if small == character { upper(character) } else { small }
}

fn only(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_of_one_character() {
        assert_eq!(['a', 'Z', '1', 'é', 'ß', 'Σ'].map(upper), ['A', 'Z', '1', 'É', 'ß', 'Σ']);
        assert_eq!(['a', 'Z', '1', 'É', 'İ', 'Σ'].map(lower), ['a', 'z', '1', 'é', 'İ', 'σ']);
        assert_eq!(['a', 'Z', '_', 'É', 'ß', 'ö'].map(toggle), ['A', 'z', '_', 'é', 'ß', 'Ö']);
    }
}
