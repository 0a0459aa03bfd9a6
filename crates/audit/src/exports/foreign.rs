//! Files that people hand over although no hashes are in them, known by how they begin.

use super::skipped::Foreign;

/// What a file is that cannot be an export; by its first bytes and lines.
pub(super) fn recognised(file: &[u8]) -> Option<Foreign> {
    let starts = |magic: &[u8]| file.starts_with(magic);
    // The signature of an ESE database stands after its checksum.
    if file.get(4..8) == Some(&[0xef, 0xcd, 0xab, 0x89]) {
        return Some(Foreign::NtdsDit);
    }
    if starts(b"regf") {
        return Some(Foreign::Hive);
    }
    // A spreadsheet is a packed file, too; its first entry tells.
    if starts(b"PK\x03\x04") {
        let begin = file.get(..200).unwrap_or(file);
        let inside = |name: &[u8]| memchr::memmem::find(begin, name).is_some();
        let document = inside(b"[Content_Types].xml") || inside(b"mimetype") || inside(b"xl/");
        return Some(if document { Foreign::Document } else { Foreign::Archive });
    }
    let archives: [&[u8]; 5] =
        [b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf\x27", b"\x28\xb5\x2f\xfd"];
    if archives.into_iter().any(starts) {
        return Some(Foreign::Archive);
    }
    if starts(b"%PDF") || starts(b"\xd0\xcf\x11\xe0") {
        return Some(Foreign::Document);
    }
    if starts(b"SQLite format 3") || starts(b"\x03\xd9\xa2\x9a") {
        return Some(Foreign::Database);
    }
    let begin = file.get(..4096).unwrap_or(file);
    // Text has no such bytes; a stray one is the matter of its line.
    let control = begin.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26)).count();
    if control * 8 > begin.len() {
        return Some(Foreign::Binary);
    }
    by_lines(begin)
}

fn by_lines(begin: &[u8]) -> Option<Foreign> {
    let first = begin.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    for line in first.filter(|line| !line.is_empty()).take(20) {
        let starts = |start: &[u8]| {
            line.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
        };
        let statements: [&[u8]; 6] = [
            b"-- MySQL dump",
            b"-- MariaDB dump",
            b"-- PostgreSQL database dump",
            b"CREATE TABLE ",
            b"INSERT INTO ",
            b"/*!40101 SET",
        ];
        if statements.into_iter().any(starts) {
            return Some(Foreign::Sql);
        }
        if starts(b"User accounts for \\\\") || starts(b"The request will be processed at a domain")
        {
            return Some(Foreign::NetUser);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (file, expected) in [
            (b"\x12\x34\x56\x78\xef\xcd\xab\x89\0\0".as_slice(), Some(Foreign::NtdsDit)),
            (b"regf\x01\0\0\0", Some(Foreign::Hive)),
            (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", Some(Foreign::Document)),
            (b"PK\x03\x04\x14\0\x06\0hashes.txt", Some(Foreign::Archive)),
            (b"\x1f\x8b\x08\0", Some(Foreign::Archive)),
            (b"%PDF-1.7", Some(Foreign::Document)),
            (b"SQLite format 3\0", Some(Foreign::Database)),
            (b"\n\nUser accounts for \\\\DC1\n\n-----", Some(Foreign::NetUser)),
            (b"-- MariaDB dump 10.19\n", Some(Foreign::Sql)),
            (b"\x01\x02\x03\x04\x05text", Some(Foreign::Binary)),
            (b"kharper:$1$a$b\n\0", None),
            (b"", None),
        ] {
            assert_eq!(recognised(file), expected, "{}", String::from_utf8_lossy(file));
        }
    }
}
