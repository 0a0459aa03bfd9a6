//! A heading as it is compared.

/// A heading without spaces, capitals, signs and remarks in brackets: `Initial password [passwordProfile] Required` is `initialpassword`.
pub fn plain(heading: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in heading.chars() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => plain.extend(c.to_lowercase()),
            _ => {}
        }
    }
    plain.strip_suffix("required").unwrap_or(&plain).to_owned()
}

/// A heading of a program, which has no remarks in brackets: `Display Name`, `display_name` and
/// `display(name)` are `displayname`. What is not ASCII is left out.
pub fn plain_whole(heading: &[u8]) -> String {
    let letters = heading.iter().filter(|byte| byte.is_ascii_alphanumeric());
    letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_without_their_trimmings() {
        assert_eq!(plain("Initial password [passwordProfile] Required"), "initialpassword");
        assert_eq!(plain("First Name [Required]"), "firstname");
        assert_eq!(plain(" E-Mail_Address (work) "), "emailaddress");
        assert_eq!(plain("PASSWORD"), "password");
        assert_eq!(plain("]["), "");
        assert_eq!(plain_whole(b"E-Mail_Address (work) "), "emailaddresswork");
    }
}
