//! What rules do to single characters, for a row at a time.

use super::batch::Row;

/// A change of each character of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "each is met where rules are compiled")]
pub enum Change {
    /// One for another.
    Replace(u16, u16),
    /// The small form, of characters below U+0100.
    Lower,
    /// The capital, of characters below U+0100 (`ÿ` and `µ` have theirs beyond).
    Upper,
    /// The other case, of characters below U+0100.
    Toggle,
    /// The code doubled, in eight bits; characters of more bits stay.
    ShiftLeft,
    /// The code halved; characters of more than eight bits stay.
    ShiftRight,
    /// The code and one, in eight bits; characters of more bits stay.
    Increment,
    /// The code less one, in eight bits; characters of more bits stay.
    Decrement,
}

impl Change {
    /// Plain loops: inlined into a kernel, they become its vectors.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled for each instruction set that calls it")]
    pub(crate) fn apply(self, row: &mut Row) {
        match self {
            Self::Replace(old, new) => each(row, |c| if c == old { new } else { c }),
            Self::Lower => each(row, lower),
            Self::Upper => each(row, upper),
            Self::Toggle => each(row, |c| {
                let small = lower(c);
                if small == c { upper(c) } else { small }
            }),
            Self::ShiftLeft => code(row, |c| c << 1),
            Self::ShiftRight => code(row, |c| c >> 1),
            Self::Increment => code(row, |c| c.wrapping_add(1)),
            Self::Decrement => code(row, |c| c.wrapping_sub(1)),
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "like `apply`")]
fn each(row: &mut Row, change: impl Fn(u16) -> u16) {
    for c in &mut row.0 {
        *c = change(*c);
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "like `apply`")]
fn code(row: &mut Row, change: impl Fn(u16) -> u16) {
    each(row, |c| if c < 0x100 { change(c) & 0xff } else { c });
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "like `apply`")]
const fn lower(c: u16) -> u16 {
    let capital = within(c, 0x41, 0x5a) || within(c, 0xc0, 0xde) && c != 0xd7;
    if capital { c | 0x20 } else { c }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "like `apply`")]
const fn upper(c: u16) -> u16 {
    let small = within(c, 0x61, 0x7a) || within(c, 0xe0, 0xfe) && c != 0xf7;
    match c {
        0xb5 => 0x39c,
        0xff => 0x178,
        _ if small => c & !0x20,
        _ => c,
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "like `apply`")]
const fn within(c: u16, first: u16, last: u16) -> bool {
    c.wrapping_sub(first) <= last - first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(change: Change, c: u16) -> u16 {
        let mut row = Row([c; 32]);
        change.apply(&mut row);
        row.0[31]
    }

    #[test]
    fn case_is_that_of_unicode_below_0x100() {
        let single = |mut to: Vec<char>| (to.len() == 1).then(|| to.remove(0));
        for c in 0..0x100 {
            let character = char::from_u32(c.into()).unwrap();
            let code =
                |to: Option<char>| u16::try_from(u32::from(to.unwrap_or(character))).unwrap();
            let small = code(single(character.to_lowercase().collect()));
            let capital = code(single(character.to_uppercase().collect()));
            assert_eq!(changed(Change::Lower, c), small, "{c:x}");
            assert_eq!(changed(Change::Upper, c), capital, "{c:x}");
            assert_eq!(
                changed(Change::Toggle, c),
                if small == c { capital } else { small },
                "{c:x}"
            );
        }
    }

    #[test]
    fn codes_are_of_eight_bits() {
        let changes = [Change::ShiftLeft, Change::ShiftRight, Change::Increment, Change::Decrement];
        let all = |c| changes.map(|change| changed(change, c));
        assert_eq!(all(0x61), [0xc2, 0x30, 0x62, 0x60]);
        assert_eq!(all(0xff), [0xfe, 0x7f, 0x00, 0xfe]);
        assert_eq!(all(0x00), [0x00, 0x00, 0x01, 0xff]);
        assert_eq!(all(0x178), [0x178; 4]);
        assert_eq!(changed(Change::Replace(0x61, 0x20ac), 0x61), 0x20ac);
        assert_eq!(changed(Change::Replace(0x61, 0x20ac), 0x62), 0x62);
    }
}
