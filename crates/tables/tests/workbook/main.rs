//! Workbooks of real programs, of odd ones and of hostile ones.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![expect(clippy::format_push_string, clippy::format_collect, reason = "a test is in no hurry")]

mod archive;

use std::fs;
use std::path::Path;

use archive::{archive, of_parts, of_sheet, packed};
use proptest::prelude::*;
use strongpass_tables::{Dialect, Rows, WorkbookError, not_a_table, text, workbook_to_csv};

const MOST: usize = 1 << 20;

fn golden(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks").join(name)).unwrap()
}

fn table(file: &[u8]) -> String {
    let table = workbook_to_csv(file, MOST).unwrap().expect("a workbook");
    String::from_utf8(table.to_vec()).unwrap()
}

fn why(file: &[u8]) -> String {
    workbook_to_csv(file, MOST).unwrap_err().in_file("x.xlsx")
}

/// The table of a sheet whose first row holds these cells.
#[track_caller]
fn check(cells: &str, strings: &str, expected: &str) {
    let file = of_sheet(&format!("<row r=\"1\">{cells}</row>"), strings);
    assert_eq!(table(&file), format!("{expected}\n"), "{cells}");
}

#[test]
fn every_program_writes_the_same_table() {
    let expected = String::from_utf8(golden("register.csv")).unwrap();
    for name in [
        "openpyxl.xlsx",
        "openpyxl-1904.xlsx",
        "xlsxwriter.xlsx",
        "xlsxwriter-inline.xlsx",
        "exceljs.xlsx",
        "sheetjs.xlsx",
        "sheetjs-stored.xlsx",
    ] {
        assert_eq!(table(&golden(name)), expected, "{name}");
    }
}

#[test]
fn two_sheets_are_not_guessed_about() {
    let file = golden("two-sheets.xlsx");
    let names = vec!["Autumn 2025".to_owned(), "Spring 2026".to_owned()];
    assert_eq!(workbook_to_csv(&file, MOST), Err(WorkbookError::SeveralSheets(names)));
    assert_eq!(
        why(&file),
        "x.xlsx: the workbook has 2 sheets that contain data (Autumn 2025, Spring 2026); save the \
         one that is meant as \"CSV UTF-8\" (File, Save As), or as a workbook of its own"
    );
    let names = vec!["\u{1b}[2J\u{202e}Tom's".to_owned(); 9];
    let said = WorkbookError::SeveralSheets(names).to_string();
    assert!(said.contains("\\u{1b}[2J\\u{202e}Tom's, ") && said.contains(" …); save"), "{said}");
}

#[test]
fn strings() {
    let shared = |strings: &str, expected: &str| {
        check("<c r=\"A1\" t=\"s\"><v>0</v></c>", strings, expected);
    };
    shared("<si><t>0042</t></si>", "0042");
    shared("<si><t> a </t></si>", "a");
    shared("<si><t xml:space=\"preserve\"> a </t></si>", " a ");
    shared("<si><r><rPr><b/></rPr><t>Zo</t></r><r><t>ë</t></r></si>", "Zoë");
    shared("<si><t>東</t><rPh sb=\"0\" eb=\"1\"><t>ひがし</t></rPh><phoneticPr/></si>", "東");
    shared("<si><t>a&lt;b&gt;&amp;&quot;&apos;&#65;&#x42;</t></si>", "\"a<b>&\"\"'AB\"");
    shared("<si><t><![CDATA[a<&b]]>c</t></si>", "a<&bc");
    shared("<si><t>a\r\nb&#10;c_x000D_\nd</t></si>", "a b c d");
    shared("<si><t>_x005F_x0041_ _x0041_ _x00G1_ x_</t></si>", "_x0041_ A _x00G1_ x_");
    shared("<si><t>a,b</t></si>", "\"a,b\"");
    check("<c t=\"inlineStr\"><is><t>a</t></is></c>", "", "a");
    check("<c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c>", "", "ab");
    check("<c t=\"str\"><f>A2&amp;\"x\"</f><v>k&amp;x</v></c><c><v>1</v></c>", "", "k&x,1");
    check("<c t=\"str\"><f>\"\"</f><v></v></c><c><v>1</v></c>", "", ",1");
    check("<c t=\"e\"><f>NA()</f><v>#N/A</v></c>", "", "#N/A");
    check("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>", "", "TRUE,FALSE");
}

#[test]
fn numbers_and_days() {
    check("<c><v>839174</v></c>", "", "839174");
    check("<c t=\"n\"><v>1.2E+3</v></c>", "", "1200");
    check("<c s=\"2\"><v>42</v></c>", "", "0042");
    check("<c s=\"4\"><v>42</v></c>", "", "42");
    check(
        "<c s=\"1\"><v>39886</v></c><c s=\"3\"><v>39886.5</v></c>",
        "",
        "2009-03-14,2009-03-14 12:00",
    );
    check("<c s=\"99\"><v>39886</v></c>", "", "39886");
    check("<c t=\"d\"><v>2009-03-14T00:00:00</v></c>", "", "2009-03-14");
    check("<c t=\"d\"><v>2009-03-14</v></c>", "", "2009-03-14");
    let sheet =
        "<worksheet><sheetData><row><c s=\"1\"><v>38424</v></c></row></sheetData></worksheet>";
    let sheets = "<sheet name=\"One\" r:id=\"r1\"/>";
    let from_1904 = "<workbookPr date1904=\"1\"/>";
    assert_eq!(table(&of_parts(from_1904, sheets, &[("xl/a.xml", sheet)], "")), "2009-03-14\n");
}

#[test]
fn places_of_cells() {
    check("<c r=\"B1\"><v>1</v></c><c r=\"D1\"><v>2</v></c>", "", ",1,,2");
    check("<c r=\"B1\"><v>1</v></c><c><v>2</v></c><c r=\"E1\" s=\"1\"/>", "", ",1,2");
    let rows = "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row hidden=\"1\"><c><v>2</v></c></row>\
                <row r=\"6\"><c r=\"C6\"><v>3</v></c></row><row r=\"9\"/>";
    assert_eq!(table(&of_sheet(rows, "")), "\n1,,\n2,,\n\n\n,,3\n");
    // Every row has as many cells as the widest, so that none ends before its time.
    let rows = "<row><c><v>1</v></c></row><row><c r=\"C2\" t=\"str\"><v> </v></c></row>";
    assert_eq!(table(&of_sheet(rows, "")), "1\n");
}

#[test]
fn names_with_prefixes_and_hidden_sheets() {
    let sheet = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?><x:worksheet xmlns:x=\"y\"><x:cols/>\
                 <x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>7</x:v></x:c></x:row></x:sheetData>\
                 <x:extLst><x:row/></x:extLst></x:worksheet><!-- end -->";
    let other = "<worksheet><sheetData><row><c><v>8</v></c></row></sheetData></worksheet>";
    let empty =
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/></row></sheetData></worksheet>";
    let sheets = "<sheet name=\"Empty\" state=\"visible\" r:id=\"r3\"/>\
                  <sheet name=\"Hidden\" state=\"hidden\" r:id=\"r2\"/>\
                  <sheet name=\"Deep\" state=\"veryHidden\" r:id=\"r2\"/>\
                  <sheet name=\"Shown\" sheetId=\"9\" r:id=\"r1\"/>";
    let parts = [("xl/a.xml", sheet), ("xl/b.xml", other), ("xl/c.xml", empty)];
    assert_eq!(table(&of_parts("", sheets, &parts, "")), "7\n");
    let hidden = "<sheet name=\"Hidden\" state=\"hidden\" r:id=\"r2\"/>";
    let said = why(&of_parts("", hidden, &parts, ""));
    assert!(said.starts_with("x.xlsx: no visible sheet contains data; "), "{said}");
}

#[test]
fn what_is_not_understood_is_an_error_with_its_row() {
    let advice = "; open it in a spreadsheet, and save the sheet as \"CSV UTF-8\" (File, Save As)";
    let in_row = |cells: &str| {
        let said = why(&of_sheet(&format!("<row r=\"3\">{cells}</row>"), "<si><t>a</t></si>"));
        assert!(said.starts_with("x.xlsx:3: ") && said.ends_with(advice), "{cells}: {said}");
        said
    };
    for cells in [
        "<c r=\"A4\"><v>1</v></c>",
        "<c r=\"B3\"><v>1</v></c><c r=\"A3\"><v>1</v></c>",
        "<c r=\"A3\"><v>1</v></c><c r=\"A3\"><v>1</v></c>",
        "<c r=\"XFE3\"><v>1</v></c>",
        "<c t=\"x\"><v>1</v></c>",
        "<c t=\"s\"><v>1</v></c>",
        "<c t=\"s\"><v>-1</v></c>",
        "<c t=\"b\"><v>2</v></c>",
        "<c><v>1e</v></c>",
        "<c><v>&#49;</v></c>",
        "<c><v>1</v><v>2</v></c>",
        "<c t=\"str\"><v>&secret;</v></c>",
        "<c t=\"str\"><v>&#0;</v></c>",
        "<c s=\"x\"><v>1</v></c>",
        "<c r=\"A3\" r=\"A3\"><v>1</v></c>",
        "<d/>",
    ] {
        in_row(cells);
    }
    assert!(in_row("<c><f>1+1</f></c>").contains("a formula has no result"));
    assert!(in_row("<c><f>1+1</f><v></v></c>").contains("a formula has no result"));
    for rows in [
        "<row r=\"0\"/>",
        "<row r=\"2\"/><row r=\"1\"/>",
        "<row r=\"1048577\"/>",
        "<row>",
        "</sheetData><sheetData>",
        "</sheetData></worksheet><x><y>",
        "<x/>",
    ] {
        assert!(why(&of_sheet(rows, "")).contains(": the "), "{rows}");
    }
    let to_be_computed = "<calcPr fullCalcOnLoad=\"1\"/>";
    let sheet =
        "<worksheet><sheetData><row><c><f>1+1</f><v>0</v></c></row></sheetData></worksheet>";
    let sheets = "<sheet name=\"One\" r:id=\"r1\"/>";
    let said = why(&of_parts(to_be_computed, sheets, &[("xl/a.xml", sheet)], ""));
    assert!(said.starts_with("x.xlsx:1: a formula has no result"), "{said}");
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]>\
                <worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
    let said = why(&of_parts("", sheets, &[("xl/a.xml", bomb)], ""));
    assert!(said.contains("defines its own entities"), "{said}");
}

#[test]
fn other_archives_are_no_workbooks() {
    for file in [b"".as_slice(), b"PK", b"PK\x03\x04", b"%PDF-1.7", &archive(&[("a.csv", "a,b")])] {
        assert_eq!(workbook_to_csv(file, MOST), Ok(None));
    }
    let document = "<Relationships><Relationship Id=\"w\" Type=\"x/officeDocument\" \
                    Target=\"word/document.xml\"/></Relationships>";
    let parts = |target: &str| {
        let root = document.replace("word/document.xml", target);
        archive(&[
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", &root),
            ("word/document.xml", "<w:document/>"),
            ("word/_rels/document.xml.rels", "<Relationships/>"),
        ])
    };
    assert!(why(&parts("word/document.xml")).contains("it is a document, not a workbook"));
    assert!(why(&parts("xl/workbook.bin")).contains(".xlsb"));
    assert!(why(&parts("nowhere.xml")).contains("damaged"));
}

#[test]
fn bombs_and_lies_about_sizes() {
    let large = vec![b' '; 65 << 20];
    let types = ("[Content_Types].xml", b"".as_slice(), 0);
    let said = why(&packed([types, ("_rels/.rels", &large, large.len())].into_iter()));
    assert!(said.contains("too large"), "{said}");
    for claimed in [0, 1, 2_000_000, 60 << 20] {
        let rels = ("_rels/.rels", b"<Relationships/>".as_slice(), claimed);
        assert!(why(&packed([types, rels].into_iter())).contains("damaged"), "{claimed}");
    }
    let twice = archive(&[("[Content_Types].xml", ""), ("_rels/.rels", "a"), ("_RELS/.rels", "b")]);
    assert!(why(&twice).contains("two parts of the same name"));
    // Few characters that are long to read, in many cells.
    let cell = "<c t=\"s\"><v>0</v></c>".repeat(1_000);
    let long = format!("<si><r><rPr>{}</rPr><t>x</t></r></si>", "x".repeat(1 << 20));
    assert!(why(&of_sheet(&format!("<row>{cell}</row>"), &long)).contains("too large"));
    let many: String = (0..2_000).map(|number| format!(" a{number}=\"\"")).collect();
    assert!(why(&of_sheet(&format!("<row{many}/>"), "")).contains("damaged"));
    // One string in many cells.
    let cell = "<c t=\"s\"><v>0</v></c>".repeat(1_000);
    let long = format!("<si><t>{}</t></si>", "x".repeat(2_000));
    let said = why(&of_sheet(&format!("<row>{cell}</row>"), &long));
    assert!(said.starts_with("x.xlsx: the workbook is too large to read; "), "{said}");
    let rows = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>".to_owned()
        + &"<row><c><v>1</v></c></row>".repeat(100);
    assert!(why(&of_sheet(&rows, "")).contains("too large to read"));
}

/// What a damaged workbook reads as: the same, an error, or no workbook, which readers of tables then
/// refuse.
#[track_caller]
fn same_or_refused(file: &[u8], expected: &str, what: impl std::fmt::Display) {
    match workbook_to_csv(file, MOST) {
        Ok(Some(table)) => assert_eq!(table.as_slice(), expected.as_bytes(), "{what}"),
        Ok(None) => {
            assert!(not_a_table(file).is_some() || !file.starts_with(b"PK\x03\x04"), "{what}");
        }
        Err(error) => assert!(!error.to_string().contains(char::is_control), "{what}"),
    }
}

#[test]
fn a_damaged_workbook_is_never_read_as_another() {
    let expected = String::from_utf8(golden("register.csv")).unwrap();
    for name in ["openpyxl.xlsx", "xlsxwriter-inline.xlsx", "sheetjs-stored.xlsx"] {
        let file = golden(name);
        for end in 0..file.len() {
            let cut = workbook_to_csv(&file[..end], MOST);
            assert!(!matches!(cut, Ok(Some(_))), "{name}: the first {end} bytes");
        }
        // A generator of Lehmer's, so that the same bits flip every time.
        let mut random = 48_271_u64;
        for _ in 0..1_000 {
            random = random * 48_271 % 0x7fff_ffff;
            let mut flipped = file.clone();
            let bit = usize::try_from(random).unwrap() % (8 * file.len());
            flipped[bit / 8] ^= 1 << (bit % 8);
            same_or_refused(&flipped, &expected, format_args!("{name}: bit {bit}"));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace("_x", "_x005F_x")
}

proptest! {
    /// A table reads alike from a workbook, with strings of its own or shared ones, and from CSV.
    #[test]
    fn a_workbook_reads_as_its_csv(
        rows in prop::collection::vec(prop::collection::vec("[a1 ,;\"'<&_x£\u{301}]{0,6}", 1..5), 1..6),
        shared in any::<bool>(),
    ) {
        let (mut sheet, mut strings, mut count) = (String::new(), String::new(), 0);
        for row in &rows {
            sheet.push_str("<row>");
            for cell in row {
                let text = format!("<t xml:space=\"preserve\">{}</t>", escaped(cell));
                if shared {
                    sheet.push_str(&format!("<c t=\"s\"><v>{count}</v></c>"));
                    strings.push_str(&format!("<si>{text}</si>"));
                    count += 1;
                } else {
                    sheet.push_str(&format!("<c t=\"inlineStr\"><is>{text}</is></c>"));
                }
            }
            sheet.push_str("</row>");
        }
        let file = of_sheet(&sheet, &strings);
        let quoted = |row: &Vec<String>| {
            let cells: Vec<_> = row.iter().map(|it| format!("\"{}\"", it.replace('"', "\"\""))).collect();
            cells.join(",") + "\n"
        };
        let csv: String = rows.iter().map(quoted).collect();
        let read = |file: &[u8]| {
            let (mut rows, mut all) = (Rows::new(file, Dialect::Quoted(b','), (0, 1)), Vec::new());
            while let Some(row) = rows.next_row().unwrap() {
                let mut cells: Vec<_> = row.cells.iter().map(|cell| text(file, cell)).collect();
                while cells.last().is_some_and(String::is_empty) {
                    cells.pop();
                }
                all.push((row.line, cells));
            }
            all
        };
        let expected = read(csv.as_bytes());
        match workbook_to_csv(&file, MOST) {
            Ok(table) => prop_assert_eq!(read(&table.unwrap()), expected),
            Err(_) => prop_assert!(expected.is_empty()),
        }
    }

    /// Any part may hold anything.
    #[test]
    fn anything_may_be_in_a_sheet(rows in "(<row>|</row>|<c>|</c>|<v>|</v>|<is>|<t>|</t>|<f/>|1|&amp;|&|<| r=\"A1\"|é){0,20}") {
        let file = of_sheet(&rows, &rows);
        if let Ok(table) = workbook_to_csv(&file, MOST) {
            prop_assert!(table.unwrap().ends_with(b"\n"));
        }
    }
}
