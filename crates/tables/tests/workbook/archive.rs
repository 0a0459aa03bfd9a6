//! Workbooks for tests, put together from their parts.

use miniz_oxide::deflate::compress_to_vec;

/// A workbook of these parts.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    packed(parts.iter().map(|(name, text)| (*name, text.as_bytes(), text.len())))
}

/// A workbook of parts with the sizes that they claim to have.
pub(crate) fn packed<'p>(parts: impl Iterator<Item = (&'p str, &'p [u8], usize)>) -> Vec<u8> {
    let (mut file, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for (name, bytes, claimed) in parts {
        let data = compress_to_vec(bytes, 1);
        let size = |size: usize| u32::try_from(size).unwrap().to_le_bytes();
        let (packed, unpacked) = (size(data.len()), size(claimed));
        let crc = rawzip::crc32(bytes).to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let offset = size(file.len());
        let common =
            [&[20, 0, 0, 0, 8, 0, 0, 0, 0, 0][..], &crc, &packed, &unpacked, &length, &[0, 0]]
                .concat();
        file.extend([b"PK\x03\x04", common.as_slice(), name.as_bytes(), &data].concat());
        let rest = [&[0; 10][..], &offset].concat();
        directory.extend([b"PK\x01\x02\x14\0", common.as_slice(), &rest, name.as_bytes()].concat());
        count += 1;
    }
    let (count, size) = (count.to_le_bytes(), |size: usize| u32::try_from(size).unwrap());
    let (at, long) = (size(file.len()).to_le_bytes(), size(directory.len()).to_le_bytes());
    file.extend(directory);
    file.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &long, &at, &[0, 0]].concat());
    file
}

/// A workbook with one sheet, in which these are the rows, and strings that cells share.
pub(crate) fn of_sheet(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    of_parts("", "<sheet name=\"One\" r:id=\"r1\"/>", &[("xl/worksheets/one.xml", &sheet)], strings)
}

/// A workbook whose own part has these settings and sheets.
pub(crate) fn of_parts(
    settings: &str,
    sheets: &str,
    parts: &[(&str, &str)],
    strings: &str,
) -> Vec<u8> {
    let book =
        format!("<?xml version=\"1.0\"?><workbook>{settings}<sheets>{sheets}</sheets></workbook>");
    let mut relations: Vec<String> = Vec::new();
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    for (number, (name, _)) in parts.iter().enumerate() {
        relations.push(relation(&format!("r{}", number + 1), "worksheet", &format!("/{name}")));
    }
    relations.push(relation("s", "sharedStrings", "sharedStrings.xml"));
    relations.push(relation("f", "styles", "styles.xml"));
    let wrapped = |inside: &str| format!("<Relationships>{inside}</Relationships>");
    let (root, relations) = (
        wrapped(&relation("w", "officeDocument", "xl/workbook.xml")),
        wrapped(&relations.concat()),
    );
    let strings = format!("<sst>{strings}</sst>");
    let mut all = vec![
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/sharedStrings.xml", &strings),
        ("xl/styles.xml", STYLES),
    ];
    all.extend(parts);
    archive(&all)
}

/// Style 1 is a date, 2 has four digits, 3 is a date of its own, 4 is text.
const STYLES: &str = "<styleSheet><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"0000\"/>\
    <numFmt numFmtId=\"165\" formatCode=\"dd/mm/yyyy\"/></numFmts>\
    <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
    <cellXfs><xf/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>\
    <xf numFmtId=\"49\"/></cellXfs></styleSheet>";
