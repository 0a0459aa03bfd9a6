//! What consoles and tools put before a line: colours, and where it was asked.

use strongpass_tables::Line;
use zeroize::{Zeroize as _, Zeroizing};

/// Takes the colours of a terminal (ECMA-48, CSI … m) out of a file.
pub(super) fn uncolour(file: &mut Zeroizing<Vec<u8>>) {
    if memchr::memchr(0x1b, file).is_none() {
        return;
    }
    let mut clean = Zeroizing::new(Vec::with_capacity(file.len()));
    let mut rest = file.as_slice();
    while let Some(at) = memchr::memchr(0x1b, rest) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, b""));
        clean.extend_from_slice(before);
        let inside = from.get(2..).filter(|_| from.get(1) == Some(&b'[')).unwrap_or_default();
        let end = inside.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b';'));
        let is_colour = end.and_then(|end| inside.get(end)) == Some(&b'm');
        let len = end.filter(|_| is_colour).map_or(1, |end| end + 3);
        if !is_colour {
            clean.push(0x1b);
        }
        rest = from.get(len..).unwrap_or_default();
    }
    clean.extend_from_slice(rest);
    file.zeroize();
    *file = clean;
}

/// A line without what `NetExec` and `CrackMapExec` write before it (protocol, address, port, computer),
/// and without the sign of Metasploit before a hash.
pub(super) fn unprefixed(line: Line<'_>) -> Line<'_> {
    let mut line = line;
    line.bytes = after_computer(line.bytes).unwrap_or(line.bytes);
    if let Some(rest) = line.bytes.strip_prefix(b"[+] ")
        && is_pwdump(rest)
    {
        line.bytes = rest;
    }
    line
}

fn after_computer(line: &[u8]) -> Option<&[u8]> {
    let protocols: [&[u8]; 5] = [b"SMB ", b"LDAP ", b"WINRM ", b"WMI ", b"MSSQL "];
    protocols.iter().find(|protocol| line.starts_with(protocol))?;
    let mut rest = line;
    let mut words = [b"".as_slice(); 4];
    for word in &mut words {
        let end = rest.iter().position(|byte| *byte == b' ')?;
        let after = rest.get(end..)?;
        *word = rest.get(..end)?;
        rest = after.trim_ascii_start();
    }
    let [_, address, port, _] = words;
    let is_address = address.iter().all(|b| b.is_ascii_hexdigit() || matches!(b, b'.' | b':'));
    (is_address && !port.is_empty() && port.iter().all(u8::is_ascii_digit)).then_some(rest)
}

/// Whether a line has the colons of pwdump.
fn is_pwdump(line: &[u8]) -> bool {
    line.ends_with(b":::") && !line.contains(&b' ')
}

/// Whether a line is one that a console draws between a heading and its rows: `----+----`.
pub(super) fn is_rule(line: &[u8]) -> bool {
    let dashes = line.iter().filter(|byte| matches!(byte, b'-' | b'=')).count();
    let is_drawn =
        |byte: &u8| matches!(byte, b'-' | b'=' | b'+' | b'|' | b',' | b';' | b'\t' | b' ');
    dashes > 2 && line.iter().all(is_drawn)
}

/// Whether a line is how a console ends a table: `(2 rows)`, `2 rows selected.`
pub(super) fn is_count(line: &[u8]) -> bool {
    let text = line.trim_ascii();
    let text = text.strip_prefix(b"(").and_then(|text| text.strip_suffix(b")")).unwrap_or(text);
    let (number, rest) = strongpass_tables::cut(text, b' ').unwrap_or((text, b""));
    let ends: [&[u8]; 8] = [
        b"row",
        b"rows",
        b"row affected",
        b"rows affected",
        b"row selected.",
        b"rows selected.",
        b"row in set",
        b"rows in set",
    ];
    number.iter().all(u8::is_ascii_digit) && ends.contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Export, ReadOptions};

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let file = line.as_bytes().to_vec();
        let export = Export::read("network", "a", file, &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| export.text(one.account).to_owned());
        let skipped = export.skipped.iter().map(|one| one.why.id().to_owned());
        let seen: Vec<String> = loaded.chain(skipped).collect();
        let comments = format!("{} comments", export.lines.comments);
        let seen = if seen.is_empty() { comments } else { seen.join(" ") };
        assert_eq!(seen, expected, "{line}");
    }

    #[test]
    fn prefixes() {
        let hash = "kharper:1104:x:567667e52888a59d0abcf0c066db867b:::";
        let prefix = "SMB         10.0.0.5        445    DC1              ";
        check(&format!("{prefix}{hash}"), "kharper");
        check(&format!("\x1b[1m\x1b[34mSMB\x1b[0m         10.0.0.5 445 DC1 {hash}"), "kharper");
        check(&format!("{prefix}[+] Dumped 12 NTDS hashes"), "1 comments");
        check(&format!("[+] {hash}"), "kharper");
        check("[+] Account found: kharper", "1 comments");
    }

    #[test]
    fn only_colours_are_taken_out() {
        let mut file = Zeroizing::new(b"a\x1b[0;31mb\x1bc\x1b[2Jd\x1b[".to_vec());
        uncolour(&mut file);
        assert_eq!(file.as_slice(), b"ab\x1bc\x1b[2Jd\x1b[");
    }
}
