//! What rules change: characters, or something that stands for the characters of many words.

/// A change of the case of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// To the small form.
    Lower,
    /// To the capital.
    Upper,
    /// To the other case.
    Toggle,
}

/// A change of the code of one character, in eight bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// Doubled.
    ShiftLeft,
    /// Halved.
    ShiftRight,
    /// And one.
    Increment,
    /// Less one.
    Decrement,
}

/// A kind of characters, and what can be done with one. It does not know where they are in a guess,
/// so whatever rules do with places is written once for all kinds.
pub(crate) trait Alphabet {
    /// One of them.
    type Character: Copy;

    /// The one that a rule puts in.
    fn constant(&mut self, character: char) -> Self::Character;

    /// In another case.
    fn case(&mut self, of: Self::Character, case: Case) -> Self::Character;

    /// With another code.
    fn code(&mut self, of: Self::Character, code: Code) -> Self::Character;

    /// The new one if it is the old one.
    fn replace(&mut self, of: Self::Character, old: char, new: char) -> Self::Character;

    /// Whether it is that.
    fn is(&mut self, this: Self::Character, character: char) -> bool;

    /// Whether two texts are the same.
    fn are_equal(&mut self, one: &[Self::Character], other: &[Self::Character]) -> bool;
}

/// Unicode characters as they are.
pub(crate) struct Unicode;

impl Alphabet for Unicode {
    type Character = char;

    fn constant(&mut self, character: char) -> char {
        character
    }

    fn case(&mut self, of: char, case: Case) -> char {
        match case {
            Case::Lower => lower(of),
            Case::Upper => upper(of),
            Case::Toggle => {
                let small = lower(of);
                if small == of { upper(of) } else { small }
            }
        }
    }

    /// Bytes are what hashcat counts in; a character that is more than one is left alone.
    fn code(&mut self, of: char, code: Code) -> char {
        let Ok(byte) = u8::try_from(of) else { return of };
        let changed = match code {
            Code::ShiftLeft => byte << 1,
            Code::ShiftRight => byte >> 1,
            Code::Increment => byte.wrapping_add(1),
            Code::Decrement => byte.wrapping_sub(1),
        };
        changed.into()
    }

    fn replace(&mut self, of: char, old: char, new: char) -> char {
        if of == old { new } else { of }
    }

    fn is(&mut self, this: char, character: char) -> bool {
        this == character
    }

    fn are_equal(&mut self, one: &[char], other: &[char]) -> bool {
        one == other
    }
}

/// The capital of a character, if that is one character (`ß` has none): places stay where they
/// are.
fn upper(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_uppercase();
    }
    only(character.to_uppercase()).unwrap_or(character)
}

fn lower(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    only(character.to_lowercase()).unwrap_or(character)
}

fn only(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_of_one_character() {
        let to = |case| move |c| Unicode.case(c, case);
        let all = ['a', 'Z', '1', 'é', 'É', 'ß', 'İ', 'Σ'];
        assert_eq!(all.map(to(Case::Upper)), ['A', 'Z', '1', 'É', 'É', 'ß', 'İ', 'Σ']);
        assert_eq!(all.map(to(Case::Lower)), ['a', 'z', '1', 'é', 'é', 'ß', 'İ', 'σ']);
        assert_eq!(all.map(to(Case::Toggle)), ['A', 'z', '1', 'É', 'é', 'ß', 'İ', 'σ']);
    }
}
