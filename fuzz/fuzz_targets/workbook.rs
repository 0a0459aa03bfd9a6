//! Any bytes as a workbook, and as the sheet and the shared strings of a whole one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use strongpass_tables::workbook_to_csv;

const MOST: usize = 1 << 20;

fuzz_target!(|file: &[u8]| {
    read(file);
    let whole = |part: &str| part.as_bytes().to_vec();
    let mut parts = [
        ("[Content_Types].xml", whole("<Types/>")),
        ("_rels/.rels", relations(&[("w", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", whole("<workbook><sheets><sheet r:id='a'/></sheets></workbook>")),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("a", "worksheet", "a.xml"), ("s", "sharedStrings", "s.xml")]),
        ),
        ("xl/a.xml", whole("<worksheet><sheetData><row><c t='s'><v>0</v></c></row></sheetData></worksheet>")),
        ("xl/s.xml", whole("<sst><si><t>a</t></si></sst>")),
    ];
    for number in 2..parts.len() {
        let before = std::mem::replace(&mut parts[number].1, file.to_vec());
        read(&archive(&parts));
        parts[number].1 = before;
    }
    let table = workbook_to_csv(&archive(&parts), MOST);
    assert_eq!(table.unwrap().unwrap().as_slice(), b"a\n");
});

fn read(file: &[u8]) {
    match workbook_to_csv(file, MOST) {
        Ok(None) => {}
        Ok(Some(table)) => {
            assert!(table.len() <= MOST && table.ends_with(b"\n"));
            assert!(str::from_utf8(&table).is_ok());
        }
        Err(error) => {
            let said = error.in_file("x.xlsx");
            assert!(!said.contains(char::is_control), "reaches the terminal");
        }
    }
}

fn relations(all: &[(&str, &str, &str)]) -> Vec<u8> {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id='{id}' Type='x/{kind}' Target='{target}'/>")
    };
    format!("<Relationships>{}</Relationships>", all.iter().map(one).collect::<String>()).into()
}

/// An archive whose parts are not packed.
fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let size = (bytes.len() as u32).to_le_bytes();
        let crc = crc32(bytes).to_le_bytes();
        let length = (name.len() as u16).to_le_bytes();
        let common =
            [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &crc, &size, &size, &length, &[0, 0]].concat();
        let place = (file.len() as u32).to_le_bytes();
        file.extend([b"PK\x03\x04", &common[..], name.as_bytes(), bytes].concat());
        let rest = [&[0; 10][..], &place].concat();
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &rest, name.as_bytes()].concat());
    }
    let count = (parts.len() as u16).to_le_bytes();
    let sizes = [(directory.len() as u32).to_le_bytes(), (file.len() as u32).to_le_bytes()];
    file.extend(directory);
    file.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &sizes.concat(), &[0, 0]].concat());
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
