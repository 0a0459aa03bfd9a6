//! What the cells of a table say about an account: yes, no, disabled.

/// Whether a cell says yes: `True`, `yes`, `1`.
pub(crate) fn is_yes(value: &[u8]) -> bool {
    let value = value.to_ascii_lowercase();
    matches!(value.as_slice(), b"true" | b"yes" | b"y" | b"t" | b"on")
        || value.iter().all(u8::is_ascii_digit) && value.iter().any(|digit| *digit != b'0')
}

pub(super) fn is_no(value: &[u8]) -> bool {
    let value = value.to_ascii_lowercase();
    matches!(
        value.as_slice(),
        b"false"
            | b"no"
            | b"n"
            | b"f"
            | b"off"
            | b"0"
            | b"disabled"
            | b"inactive"
            | b"blocked"
            | b"locked"
            | b"suspended"
            | b"expired"
            | b"deactivated"
            | b"ldap_blocked"
            | b"left"
            | b"deleted"
            | b"archived"
    )
}

/// `ADS_UF_ACCOUNTDISABLE` of `userAccountControl` (MS-ADTS 2.2.16).
pub(super) fn is_disabled(control: &[u8]) -> bool {
    let control: Option<u32> = str::from_utf8(control).ok().and_then(|text| text.parse().ok());
    control.is_some_and(|control| control & 2 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no() {
        for yes in ["True", "YES", "1", "512", "y"] {
            assert!(is_yes(yes.as_bytes()) && !is_no(yes.as_bytes()), "{yes}");
        }
        for no in ["False", "no", "0", "Disabled", "n"] {
            assert!(is_no(no.as_bytes()) && !is_yes(no.as_bytes()), "{no}");
        }
        for neither in ["", "maybe", "000"] {
            assert!(!is_no(neither.as_bytes()) && !is_yes(neither.as_bytes()), "{neither}");
        }
        assert!(is_disabled(b"514") && !is_disabled(b"512") && !is_disabled(b""));
    }
}
