//! LDIF (RFC 2849): entries of a directory, with every password that they keep.

mod entry;

use strongpass_tables::{Line, Lines, cut};
use zeroize::Zeroizing;

use super::Format;
use super::builder::ExportBuilder;
use super::columns;
use super::skipped::Why;
use entry::Entry;

/// As many bytes as the value of an attribute that matters may have.
const LONGEST: usize = 1 << 16;

/// What entries and the talk of ldapsearch begin with.
const BEGINS: [&[u8]; 5] = [b"dn", b"version", b"search", b"result", b"ref"];

/// Whether a line begins an entry.
pub(super) fn recognised(line: &[u8]) -> bool {
    let Some((name, rest)) = cut(line, b':') else { return false };
    let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
    let is_value = rest.starts_with(b" ") || rest.starts_with(b":") || rest.starts_with(b"<");
    is_value && (BEGINS.iter().any(|known| is(known)) || entry::is_password(name))
}

/// Reads the entry that begins where `lines` is, up to the blank line behind it.
pub(super) fn read(lines: &mut Lines<'_>, builder: &mut ExportBuilder<'_>) {
    builder.is(Format::Ldif);
    let mut entry = Entry::new(lines.read() + 1);
    loop {
        let mut after = lines.clone();
        let Some(line) = after.next().filter(|line| !line.bytes.is_empty()) else { break };
        // Some tools write no blank line between entries.
        if entry.has_dn() && starts_entry(line.bytes) {
            break;
        }
        let value = unfolded(line, &mut after);
        *lines = after;
        if line.bytes.starts_with(b"#") {
            continue;
        }
        attribute(line, &value, &mut entry);
    }
    entry.finish(builder);
}

fn starts_entry(line: &[u8]) -> bool {
    line.get(..3).is_some_and(|name| name.eq_ignore_ascii_case(b"dn:"))
}

/// A line with those that continue it: they begin with a space.
fn unfolded(line: Line<'_>, after: &mut Lines<'_>) -> Zeroizing<Vec<u8>> {
    let begin = after.clone();
    let mut len = line.bytes.len();
    let mut ahead = begin.clone();
    while let Some(next) = ahead.next().filter(|next| next.bytes.starts_with(b" ")) {
        len += next.bytes.len();
        after.next();
    }
    // As large as it gets: nothing is moved, which would leave a copy behind.
    let mut whole = Zeroizing::new(Vec::with_capacity(len));
    whole.extend_from_slice(line.bytes);
    for next in begin.take_while(|next| next.number <= after.read()) {
        whole.extend_from_slice(next.bytes.get(1..).unwrap_or_default());
    }
    whole
}

/// Reads `name: text`, `name:: base64` or `name:< url`.
fn attribute(line: Line<'_>, whole: &[u8], entry: &mut Entry) {
    let Some((name, rest)) = cut(whole, b':') else {
        // What ends a search, or the `-` of a change.
        if whole != b"-" && !whole.ends_with(b"password OK") {
            entry.fault(line.number, Why::NotLdif, false);
        }
        return;
    };
    // `userPassword;lang-en` is a userPassword.
    let (name, _) = cut(name, b';').unwrap_or((name, b""));
    if !entry::is_known(name) {
        // What is a hash by its sign is one, whatever its attribute is called.
        let value = match rest.split_first() {
            Some((b':', text)) if rest.len() <= LONGEST => decoded(text.trim_ascii()),
            Some((b':' | b'<', _)) | None => None,
            Some(_) => Some(Zeroizing::new(rest.trim_ascii_start().to_vec())),
        };
        if let Some(value) = value.filter(|value| columns::is_signed(value)) {
            entry.add_signed(line.number, name, value);
        }
        return;
    }
    let is_password = entry::is_password(name);
    match rest.split_first() {
        _ if rest.len() > LONGEST => entry.fault(line.number, Why::TooLong, is_password),
        Some((b':', text)) => match decoded(text.trim_ascii()) {
            Some(value) => entry.add(line.number, name, value),
            None => entry.fault(line.number, Why::Base64, is_password),
        },
        Some((b'<', _)) => entry.fault(line.number, Why::Url, is_password),
        _ => {
            entry.add(line.number, name, Zeroizing::new(rest.trim_ascii_start().to_vec()));
        }
    }
}

/// Base64 (RFC 4648), with or without its padding.
fn decoded(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    use base64ct::{Base64Unpadded, Encoding as _};
    let end = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let digits = str::from_utf8(text.get(..end)?).ok()?;
    let mut value = Zeroizing::new(vec![0; digits.len() * 3 / 4]);
    Base64Unpadded::decode(digits, &mut value).ok()?;
    Some(value)
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions, Secret};

    /// What a file is read as, line by line.
    fn read(file: &str) -> Vec<String> {
        let export =
            Export::read("directory", "a", file.as_bytes().to_vec(), &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| {
            let scheme = match &one.secret {
                Secret::Hash(hash) => hash.setting.scheme().id(),
                Secret::Clear(_) => "clear",
                Secret::Nt(_) => "nt",
                Secret::Blank => "blank",
            };
            let account = export.text(one.account);
            (one.line, format!("{} {account} {scheme} {:?}", one.line, one.status))
        });
        let skipped =
            export.skipped.iter().map(|one| (one.line, format!("{} {}", one.line, one.why.id())));
        let mut all: Vec<(u32, String)> = loaded.chain(skipped).collect();
        all.sort();
        all.into_iter().map(|(_, text)| text).collect()
    }

    const SSHA: &str = "{SSHA}CeLswZ8GdCQ43dhVEFzVncI1vB1dKwUA";

    #[test]
    fn folded_lines_are_one() {
        let file = "dn: uid=k\n harper,dc=school\r\nuserPassword:: e1NTSEF9Q2VMc3da@\n";
        let cut = file.replace('@', "\n OEdkQ1E0M2Ro\n VkVGelZuY0kxdkIxZEt3VUE=");
        assert_eq!(read(&cut), ["3 kharper ssha Enabled"]);
        assert_eq!(read(&cut.replace("OEdk", "OE*k")), ["3 base64"]);
    }

    #[test]
    fn entries_end_where_others_begin() {
        let entry = |account: &str| format!("dn: uid={account},dc=school\nuserPassword: {SSHA}\n");
        let file = format!("{}{}\n\n# a comment\n {}", entry("a"), entry("b"), entry("c"));
        // The third has lost its dn to the comment: it is folded.
        assert_eq!(read(&file), ["2 a ssha Enabled", "4 b ssha Enabled", "9 no-account"]);
    }

    #[test]
    fn values_that_lock_or_hold_no_hash() {
        let read = |value: &str| read(&format!("dn: uid=a\nuserPassword: {value}\n")).join("");
        assert_eq!(read("{CRYPT}!$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0"), "2 a md5crypt Disabled");
        assert_eq!(read(&format!("!{SSHA}")), "2 a ssha Disabled");
        assert_eq!(read("Blue-Badger7"), "2 a clear Enabled");
        assert_eq!(read("{CLEARTEXT}Blue-Badger7"), "2 a clear Enabled");
        assert_eq!(read(""), "2 no-password");
        assert_eq!(read("{CRYPT}*"), "2 no-password");
        assert_eq!(read("{X-NEW}abc"), "2 unknown-hash");
        assert_eq!(read("{SASL}a@SCHOOL"), "2 elsewhere");
    }

    #[test]
    fn what_directories_say_beside_entries() {
        let talk =
            "# extended LDIF\n#\nversion: 1\n\nsearch: 2\nresult: 0 Success\n\n# numEntries: 3\n";
        assert!(read(talk).is_empty());
        assert_eq!(read("dn: uid=a\nuid: a\nnonsense\n"), ["1 not-exported", "3 not-ldif"]);
        assert_eq!(read("dn: ou=staff\nobjectClass: organizationalUnit\n"), Vec::<String>::new());
    }

    #[test]
    fn histories_of_any_length() {
        let many = format!("20250901081200Z#1.3#38#{SSHA}");
        let file = format!(
            "dn: uid=a\nuserPassword: {SSHA}\n{}",
            format!("pwdHistory: {many}\n").repeat(300)
        );
        assert_eq!(read(&file).len(), 301);
        let hashes = "QUFBQUFBQUFBQUFBQUFB".repeat(900);
        let file = format!("dn: uid=a\nntPwdHistory:: {hashes}\n");
        assert!(
            read(&file).iter().all(|line| line == "2 a nt Enabled"
                || line == "2 duplicate"
                || line == "2 not-nt")
        );
    }

    #[test]
    fn the_last_password_is_the_first_before_the_one_in_use() {
        let old = |year: u32| format!("pwdHistory: {year}0901081200Z#1.3#9#{{CLEAR}}{year}\n");
        let file = format!("dn: uid=a\n{}{}{}", old(2023), old(2025), old(2024));
        let export = Export::read("directory", "a", file.into_bytes(), &ReadOptions::default());
        let previous: Vec<(u32, u8)> =
            export.credentials.iter().map(|one| (one.line, one.previous)).collect();
        assert_eq!(previous, [(2, 3), (3, 1), (4, 2)]);
    }

    #[test]
    fn changes_are_no_entries() {
        let record = |kind: &str| format!("dn: uid=a\nchangetype: {kind}\nuserPassword: {SSHA}\n");
        assert_eq!(read(&record("add")), ["3 a ssha Enabled"]);
        assert_eq!(read(&record("modify")), ["1 change"]);
    }
}
