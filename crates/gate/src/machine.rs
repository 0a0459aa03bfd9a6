//! Passwords that no person chose: those of computers and services.

/// Whether it is the random password of a computer or a service, which no person chose or types.
///
/// A name alone is not enough: computers are also set up by hand, and then with weak passwords.
/// The shortest that software makes for a computer has 14 characters; Samba makes 120 and more.
pub fn is_machine_password(account: &str, secret: &[u8]) -> bool {
    let account = account.to_lowercase();
    let account = account.rsplit('\\').next().unwrap_or_default();
    let least = match account {
        _ if account.ends_with('$') => 14,
        _ if account.starts_with("dns-") || account.starts_with("krbtgt") => 100,
        _ => return false,
    };
    str::from_utf8(secret).map_or(secret.len(), |text| text.chars().count()) >= least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_told_from_people() {
        let random = [b'x'; 120];
        for account in ["PC17$", "dns-dc1", "DNS-DC1", "SCHOOL\\PC17$", "krbtgt", "krbtgt_17"] {
            assert!(is_machine_password(account, &random), "{account}");
            assert!(!is_machine_password(account, &random[..13]), "{account}");
        }
        for account in ["k.harper", "dnsmith", "$k.harper", "k.dns-harper", ""] {
            assert!(!is_machine_password(account, &random), "{account}");
        }
        // A person may be called so; nobody types a hundred characters.
        assert!(!is_machine_password("dns-smith", &random[..99]));
        // Characters, not bytes.
        assert!(!is_machine_password("PC17$", "漢漢漢漢漢".as_bytes()));
        assert!(is_machine_password("PC17$", &[0xff; 14]));
    }
}
