//! Files that people hand in although they are not tables, known by how they begin.

/// What a file is instead of a table, and what to save it as; `None` if it may be one.
///
/// ```
/// let why = strongpass_tables::not_a_table(b"%PDF-1.7");
/// assert!(why.is_some_and(|why| why.contains("CSV")));
/// assert_eq!(strongpass_tables::not_a_table(b"Device,Passcode"), None);
/// ```
pub fn not_a_table(file: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| file.starts_with(magic);
    if starts(b"PK\x03\x04") {
        // A workbook is a packed file, too; its first entry tells.
        let begin = file.get(..200).unwrap_or(file);
        let inside = |name: &[u8]| memchr::memmem::find(begin, name).is_some();
        return Some(match () {
            () if inside(b"opendocument") => OPEN_DOCUMENT,
            () if inside(b"[Content_Types].xml") || inside(b"xl/") || inside(b"_rels/") => WORKBOOK,
            () => ARCHIVE,
        });
    }
    let archives: [&[u8]; 5] =
        [b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf\x27", b"\x28\xb5\x2f\xfd"];
    if archives.into_iter().any(starts) {
        return Some(ARCHIVE);
    }
    let others: [(&[u8], &'static str); 4] =
        [(b"\xd0\xcf\x11\xe0", OLD_WORKBOOK), (b"%PDF", PDF), (b"{\\rtf", TEXT), (b"<", PAGE)];
    let text = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file).trim_ascii_start();
    others.into_iter().find(|(magic, _)| text.starts_with(magic)).map(|(_, why)| why)
}

const WORKBOOK: &str = "is a workbook of Excel (.xlsx); open it, and save the sheet as \"CSV UTF-8\" \
                        (File, Save As)";
const OLD_WORKBOOK: &str = "is an old workbook of Excel (.xls), or one with a password; open it, and \
                            save the sheet as \"CSV UTF-8\" (File, Save As)";
const OPEN_DOCUMENT: &str = "is a spreadsheet of LibreOffice (.ods); open it, and save the sheet as \
                             \"Text CSV\" in UTF-8 (File, Save As)";
const PDF: &str = "is a PDF, which is made to be printed; export a CSV file from the program that \
                   made it";
const ARCHIVE: &str =
    "is a packed file; unpack it, and hand in the table that is in it, as CSV in UTF-8";
const TEXT: &str = "is a document with formatting (RTF); save the table as CSV in UTF-8";
const PAGE: &str = "is a web page or XML, which some programs call .xls; open it in a spreadsheet, and \
                    save it as \"CSV UTF-8\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_hand_in() {
        let zip = |name: &str| [b"PK\x03\x04\x14\0\x06\0\x08\0", name.as_bytes()].concat();
        for (file, expected) in [
            (zip("[Content_Types].xml"), Some(WORKBOOK)),
            (zip("xl/workbook.xml"), Some(WORKBOOK)),
            (zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), Some(OPEN_DOCUMENT)),
            (zip("register.csv"), Some(ARCHIVE)),
            (b"\x1f\x8b\x08".to_vec(), Some(ARCHIVE)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), Some(OLD_WORKBOOK)),
            (b"%PDF-1.7\n".to_vec(), Some(PDF)),
            (b"{\\rtf1\\ansi".to_vec(), Some(TEXT)),
            (b"\xef\xbb\xbf\r\n<html><table>".to_vec(), Some(PAGE)),
            (b"Device,Passcode\nPhone <1>,839174\n".to_vec(), None),
            (b"PK,Passcode\n".to_vec(), None),
            (b"".to_vec(), None),
        ] {
            assert_eq!(not_a_table(&file), expected, "{}", file.escape_ascii());
        }
    }
}
