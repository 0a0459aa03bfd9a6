//! `shadow(5)`, `passwd(5)` and `master.passwd(5)`: accounts of Unix.

use strongpass_tables::{Line, Lines, cut};

use super::Format;
use super::builder::{About, ExportBuilder, Login, count};
use super::credential::{AccountKind, AccountStatus};
use super::skipped::Why;

/// Reads a line of one of the three; `false` if it is something else.
pub(super) fn read(line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
    if is_include(line.bytes) {
        builder.beside();
        return true;
    }
    let Some(entry) = Entry::parse(line.bytes) else { return false };
    builder.is(Format::Shadow);
    let mut about = About::default();
    if let Some(uid) = entry.uid {
        let (kind, privileged) = by_uid(uid);
        about = About { kind, privileged, names: builder.names(&[&entry.full_name()]), ..about };
        if entry.field == b"x" {
            entry.remember(uid, builder);
            builder.beside();
            return true;
        }
    } else {
        about.privileged = entry.account == b"root";
    }
    let locked = entry.field.iter().take_while(|byte| **byte == b'!').count();
    let mut stored = entry.field.get(locked..).unwrap_or_default();
    for word in [b"*LK*".as_slice(), b"*LOCKED*"] {
        stored = stored.strip_prefix(word).unwrap_or(stored);
    }
    if stored.len() < entry.field.len() {
        about.status = AccountStatus::Disabled;
        if stored.is_empty() {
            builder.skip(line.number, Some(entry.account), Why::NoPassword);
            return true;
        }
    }
    // `usermod --expiredate 1`: the way to close an account for good.
    if matches!(entry.expire, b"0" | b"1") || builder.is_past(entry.expire) {
        about.status = AccountStatus::Disabled;
    }
    builder.store(line.number, entry.account, stored, about);
    true
}

/// Reads the `/etc/passwd` that goes with an export.
pub(super) fn read_logins(file: &[u8], builder: &mut ExportBuilder<'_>) {
    for line in Lines::new(file) {
        if let Some(entry @ Entry { uid: Some(uid), .. }) = Entry::parse(line.bytes) {
            entry.remember(uid, builder);
        }
    }
}

/// Gives accounts of `shadow(5)` what `passwd(5)` says about them.
pub(super) fn join(builder: &mut ExportBuilder<'_>) {
    if builder.logins.is_empty() {
        return;
    }
    let logins = std::mem::take(&mut builder.logins);
    for at in 0..builder.export.credentials.len() {
        let Some(credential) = builder.export.credentials.get(at) else { continue };
        let account = builder.export.text(credential.account).as_bytes();
        let Some(login) = logins.get(account) else { continue };
        let first = builder.export.names.len();
        if login.name.len > 0 {
            builder.export.names.push(login.name);
        }
        let end = count(builder.export.names.len());
        let (kind, privileged) = by_uid(login.uid);
        if let Some(credential) = builder.export.credentials.get_mut(at) {
            if credential.names.0 == credential.names.1 {
                credential.names = (count(first), end);
            }
            credential.kind = kind;
            credential.privileged |= privileged;
        }
    }
}

struct Entry<'a> {
    account: &'a [u8],
    field: &'a [u8],
    /// Only `passwd(5)` and `master.passwd(5)` have it.
    uid: Option<u32>,
    gecos: &'a [u8],
    expire: &'a [u8],
}

impl<'a> Entry<'a> {
    fn parse(line: &'a [u8]) -> Option<Self> {
        let mut fields = [b"".as_slice(); 10];
        let mut n = 0;
        for field in line.split(|byte| *byte == b':') {
            *fields.get_mut(n)? = field;
            n += 1;
        }
        let numbers = |fields: &[&[u8]]| {
            fields.iter().all(|field| {
                let digits = field.strip_prefix(b"-").unwrap_or(field);
                digits.iter().all(u8::is_ascii_digit)
            })
        };
        let is_path = |field: &[u8]| field.is_empty() || field.starts_with(b"/");
        let none = b"".as_slice();
        let entry = match *fields.get(..n)? {
            [account, field, changed, least, most, warn, grace, expire, _]
                if numbers(&[changed, least, most, warn, grace, expire]) =>
            {
                Self { account, field, uid: None, gecos: none, expire }
            }
            [account, field, uid, gid, gecos, home, shell]
                if numbers(&[gid]) && is_path(home) && is_path(shell) =>
            {
                Self { account, field, uid: Some(number(uid)?), gecos, expire: none }
            }
            [account, field, uid, gid, _, changed, expire, gecos, home, shell]
                if numbers(&[gid, changed, expire]) && is_path(home) && is_path(shell) =>
            {
                Self { account, field, uid: Some(number(uid)?), gecos, expire: none }
            }
            _ => return None,
        };
        (!entry.account.is_empty()).then_some(entry)
    }

    /// The first part of the GECOS field: the others are rooms and telephones. An `&` in it stands
    /// for the login with a capital.
    fn full_name(&self) -> Vec<u8> {
        let name = cut(self.gecos, b',').map_or(self.gecos, |(name, _)| name);
        let mut login = self.account.to_vec();
        if let Some(first) = login.first_mut() {
            first.make_ascii_uppercase();
        }
        name.split(|byte| *byte == b'&').collect::<Vec<_>>().join(login.as_slice())
    }

    fn remember(&self, uid: u32, builder: &mut ExportBuilder<'_>) {
        if let Some(name) = builder.text(&self.full_name()) {
            builder.logins.insert(self.account.to_vec(), Login { uid, name });
        }
    }
}

fn number(field: &[u8]) -> Option<u32> {
    str::from_utf8(field).ok()?.parse().ok()
}

/// Accounts below 1000 are the system's, by `login.defs(5)`; 65534 is `nobody`.
const fn by_uid(uid: u32) -> (AccountKind, bool) {
    match uid {
        0 => (AccountKind::Person, true),
        1..=999 | 65_534 => (AccountKind::Service, false),
        _ => (AccountKind::Person, false),
    }
}

/// `+::::::`, `-kharper::::::` and the like: entries of NIS that are let in or kept out, without a
/// password of their own.
fn is_include(line: &[u8]) -> bool {
    match line {
        [b'+' | b'-'] | [b'+' | b'-', b'@', ..] => true,
        [b'+' | b'-', rest @ ..] => cut(rest, b':').is_some_and(|(_, rest)| {
            rest.starts_with(b":") && memchr::memchr_iter(b':', rest).count() >= 4
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let file = format!("{line}\n").into_bytes();
        let export = Export::read("server", "shadow", file, &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| {
            let privileged = if one.privileged { " privileged" } else { "" };
            let names: Vec<&str> = export.names(one).collect();
            let of = format!("{:?} {:?}{privileged}", one.kind, one.status);
            format!("{} {of} {}", export.text(one.account), names.join(", ")).trim_end().to_owned()
        });
        let skipped = export.skipped.iter().map(|one| one.why.id().to_owned());
        let mut seen: Vec<String> = loaded.chain(skipped).collect();
        if export.lines.beside > 0 {
            seen.push("beside".to_owned());
        }
        assert_eq!(seen, [expected], "{line}");
    }

    const HASH: &str = "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0";

    #[test]
    fn shadow() {
        check(&format!("ann:{HASH}:19700:0:99999:7:::"), "ann Person Enabled");
        check(&format!("ann:!{HASH}:19700:0:99999:7:::"), "ann Person Disabled");
        check(&format!("ann:!!{HASH}:19700:0:99999:7:::"), "ann Person Disabled");
        check(&format!("ann:*LK*{HASH}:19700::::::"), "ann Person Disabled");
        check(&format!("ann:{HASH}:19700:0:99999:7::1:"), "ann Person Disabled");
        check(&format!("ann:{HASH}:19700:0:99999:7::20000:"), "ann Person Enabled");
        check(&format!("root:{HASH}:19700:0:99999:7:::"), "root Person Enabled privileged");
        check("ann::19700:0:99999:7:::", "ann Person Enabled");
        for none in ["*", "!", "!!", "!*", "x", "*LK*"] {
            check(&format!("ann:{none}:19700:0:99999:7:::"), "no-password");
        }
        check("ann:$1$/6k.2IU/$oMAb:19700:0:99999:7:::", "malformed");
    }

    #[test]
    fn passwd() {
        check("ann:x:1000:1000:Ann Lee,,,:/home/ann:/bin/sh", "beside");
        let line = |uid: u32| format!("ann:{HASH}:{uid}:10:& Lee,Room 4:/home/ann:/bin/sh");
        check(&line(1000), "ann Person Enabled Ann Lee");
        check(&line(0), "ann Person Enabled privileged Ann Lee");
        for service in [1, 33, 100, 999, 65_534] {
            check(&line(service), "ann Service Enabled Ann Lee");
        }
        check(
            &format!("ann:{HASH}:1000:10::0:0:Ann Lee:/home/ann:/bin/sh"),
            "ann Person Enabled Ann Lee",
        );
        check("ann::1000:1000:Ann Lee:/home/ann:/bin/sh", "ann Person Enabled Ann Lee");
    }

    #[test]
    fn entries_elsewhere() {
        for include in
            ["+", "+::::::", "+@staff::::::", "-ann", "+::0:0:::", "-ann::::::::", "+ann::::::"]
        {
            let expected = if include == "-ann" { "unrecognised" } else { "beside" };
            check(include, expected);
        }
    }

    #[test]
    fn a_passwd_in_the_same_file_counts_too() {
        let file = format!("ann:{HASH}:19700:0:99999:7:::\nann:x:0:0:Ann Lee:/root:/bin/sh\n");
        let export = Export::read("server", "both", file.into_bytes(), &ReadOptions::default());
        let ann = &export.credentials[0];
        assert_eq!(export.names(ann).collect::<Vec<_>>(), ["Ann Lee"]);
        assert!(ann.privileged);
    }
}
