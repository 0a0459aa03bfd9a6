//! What the name of an account or a group says about it.

use super::credential::AccountKind;

/// Whose an account is, by its name, with or without a domain.
pub(super) fn kind(account: &[u8]) -> AccountKind {
    let name = match memchr::memrchr(b'\\', account) {
        Some(at) => account.get(at + 1..).unwrap_or_default(),
        None => account,
    };
    if name.ends_with(b"$") {
        return AccountKind::Machine;
    }
    let starts = |start: &[u8]| {
        name.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    let is = |whole: &[u8]| name.eq_ignore_ascii_case(whole);
    let service = match name.first() {
        Some(b'S' | b's') => [b"svc-".as_slice(), b"svc_", b"svc."].into_iter().any(starts),
        Some(b'M' | b'm') => starts(b"MSOL_"),
        Some(b'A' | b'a') => starts(b"AAD_"),
        Some(b'K' | b'k') => is(b"krbtgt") || starts(b"krbtgt_"),
        Some(b'G' | b'g') => is(b"Guest"),
        Some(b'D' | b'd') => is(b"DefaultAccount") || starts(b"dns-"),
        Some(b'W' | b'w') => is(b"WDAGUtilityAccount"),
        _ => false,
    };
    if service { AccountKind::Service } else { AccountKind::Person }
}

/// Whether members of a group may do more than others, by the group's name or its DN.
pub(crate) fn is_of_administrators(group: &[u8]) -> bool {
    let name = rdn(group).to_ascii_lowercase();
    let whole: [&[u8]; 6] =
        [b"account operators", b"backup operators", b"root", b"sudo", b"wheel", b"adm"];
    whole.contains(&name.as_slice()) || memchr::memmem::find(&name, b"admin").is_some()
}

/// Whether someone with that title usually runs the systems, or the school.
pub(crate) fn is_title_of_administrators(title: &[u8]) -> bool {
    let title = title.to_ascii_lowercase();
    let titles: [&[u8]; 8] = [
        b"headteacher",
        b"head teacher",
        b"network manager",
        b"it manager",
        b"ict manager",
        b"it technician",
        b"ict technician",
        b"system administrator",
    ];
    titles.iter().any(|known| memchr::memmem::find(&title, known).is_some())
}

/// The value of the first part of a DN: `kharper` of `uid=kharper,ou=staff,dc=school`. What is no
/// DN is returned whole.
pub(super) fn rdn(dn: &[u8]) -> &[u8] {
    let mut escaped = false;
    let comma = dn.iter().position(|byte| {
        let ends = *byte == b',' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    let first = comma.and_then(|comma| dn.get(..comma)).unwrap_or(dn);
    let value = memchr::memchr(b'=', first).and_then(|at| first.get(at + 1..)).unwrap_or(first);
    value.trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_and_services() {
        for machine in ["ROOM12-PC$", "school.local\\DC1$", "gmsa-backup$"] {
            assert_eq!(kind(machine.as_bytes()), AccountKind::Machine, "{machine}");
        }
        for service in ["krbtgt", "SCHOOL\\krbtgt_12345", "SVC-print", "svc_sims", "Guest"] {
            assert_eq!(kind(service.as_bytes()), AccountKind::Service, "{service}");
        }
        for person in ["kharper", "school.local\\svcharper", "guestroom", "$", "a$b", ""] {
            let expected = if person == "$" { AccountKind::Machine } else { AccountKind::Person };
            assert_eq!(kind(person.as_bytes()), expected, "{person}");
        }
    }

    #[test]
    fn groups() {
        for group in ["CN=Domain Admins,CN=Users,DC=school", "sudo", "cn=Backup Operators,dc=a"] {
            assert!(is_of_administrators(group.as_bytes()), "{group}");
        }
        for group in ["CN=Staff,OU=Domain Admins,DC=school", "sudoku", "CN=Year 4"] {
            assert!(!is_of_administrators(group.as_bytes()), "{group}");
        }
    }

    #[test]
    fn titles() {
        assert!(is_title_of_administrators(b"Deputy Headteacher"));
        assert!(!is_title_of_administrators(b"Head of Year 4"));
    }

    #[test]
    fn first_part_of_a_dn() {
        assert_eq!(rdn(b"uid=kharper,ou=staff"), b"kharper");
        assert_eq!(rdn(b"CN=Harper\\, Kate,OU=Staff"), b"Harper\\, Kate");
        assert_eq!(rdn(b"kharper"), b"kharper");
        assert_eq!(rdn(b""), b"");
    }
}
