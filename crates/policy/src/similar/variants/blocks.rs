//! The runs of letters, digits and symbols in a password.

/// A run of characters of one kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) range: std::ops::Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Letters,
    Digits,
    Symbols,
}

pub(super) fn kind(c: char) -> Kind {
    if c.is_ascii_digit() {
        Kind::Digits
    } else if c.is_alphabetic() {
        Kind::Letters
    } else {
        Kind::Symbols
    }
}

/// The runs of letters, digits and symbols, in order.
pub(super) fn blocks(text: &[char]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (at, &c) in text.iter().enumerate() {
        let kind = kind(c);
        match blocks.last_mut() {
            Some(last) if last.kind == kind => last.range.end = at + 1,
            _ => blocks.push(Block { kind, range: at..at + 1 }),
        }
    }
    blocks
}
