//! The two hash fields of a Windows account: LM and NT.

use strongpass_hash::Scheme;
use strongpass_tables::hex;

use super::lm::Lm;
use super::secret::Secret;
use super::skipped::Why;

/// What is in the field of an LM or NT hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Half<'a> {
    /// 32 hexadecimal digits, and the bytes that they stand for.
    Hash(&'a [u8], [u8; 16]),
    /// `NO PASSWORD***`: there is none to ask for.
    Blank,
    /// `NO LM-HASH***`: none is kept.
    None,
    /// Nothing.
    Empty,
    /// Something else.
    Bad,
}

impl<'a> Half<'a> {
    pub(super) fn parse(field: &'a [u8]) -> Self {
        if let Some(bytes) = hex::sixteen(field) {
            return Self::Hash(field, bytes);
        }
        match field {
            b"" => Self::Empty,
            _ if field.starts_with(b"NO PASSWORD") => Self::Blank,
            b if b.starts_with(b"NO LM-HASH") || b.starts_with(b"NO NT-HASH") => Self::None,
            _ => Self::Bad,
        }
    }

    /// What an LM hash says about the password, if it is one of something.
    pub(super) fn lm(self) -> Lm {
        if let Self::Hash(_, bytes) = self { Lm::from_hash(bytes) } else { Lm::Absent }
    }
}

/// What an account with these fields has for a password.
pub(super) fn stored(of_lm: Half<'_>, of_nt: Half<'_>) -> Result<Secret, Why> {
    match (of_nt, of_lm) {
        (Half::Hash(_, bytes), _) => Ok(Secret::from_nt(bytes)),
        (Half::Blank, _) => Ok(Secret::Blank),
        // A system so old that it keeps no other.
        (Half::None | Half::Empty, Half::Hash(digits, _)) if of_lm.lm() != Lm::Absent => {
            Secret::from_digits(Scheme::Lm, digits)
        }
        (Half::None | Half::Empty, _) => Err(Why::NoPassword),
        (Half::Bad, _) => Err(Why::NotNt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_lm() {
        let lm = |digits: &str| Half::parse(digits.as_bytes()).lm();
        assert_eq!(lm("AAD3B435B51404EEaad3b435b51404ee"), Lm::Absent);
        assert_eq!(lm("e52cac67419a9a22aad3b435b51404ee"), Lm::Short);
        assert_eq!(lm("e52cac67419a9a224a3b108f3fa6cb6d"), Lm::Whole);
        assert_eq!(lm("NO LM-HASH**********************"), Lm::Absent);
        assert_eq!(lm(""), Lm::Absent);
    }

    #[test]
    fn nothing_is_no_hash() {
        let stored = |nt: &str| stored(Half::None, Half::parse(nt.as_bytes()));
        assert!(matches!(stored("31D6CFE0D16AE931B73C59D7E0C089C0"), Ok(Secret::Blank)));
        assert!(matches!(stored("31D6CFE0D16AE931B73C59D7E0C089C1"), Ok(Secret::Nt(_))));
        assert!(matches!(stored("31D6CFE0"), Err(Why::NotNt)));
    }
}
