//! Which column of a register holds what.

use crate::rows::{Row, RowError, Rows, Shape, plain, text};

/// Numbers of columns, from 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// How many there are.
    pub(super) count: usize,
    pub(super) device: usize,
    pub(super) passcode: usize,
    pub(super) holder: Option<usize>,
    pub(super) set_on: Option<usize>,
    pub(super) known_by: Option<usize>,
    /// What a thief may know: asset tags, telephone numbers, rooms.
    pub(super) numbers: Vec<usize>,
}

/// What is where in a register.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) shape: Shape,
    /// The first byte behind the heading, and its line.
    pub(super) begin: (usize, usize),
    pub(super) columns: Columns,
}

/// Headings without spaces, capitals and signs; of several the first in the list is meant.
const DEVICE: [&str; 20] = [
    "device",
    "devicename",
    "deviceid",
    "deviceno",
    "devicenumber",
    "handset",
    "phone",
    "mobile",
    "mobilephone",
    "smartphone",
    "tablet",
    "ipad",
    "equipment",
    "item",
    "asset",
    "assettag",
    "assetnumber",
    "assetid",
    "assetno",
    "inventorynumber",
];
const PASSCODE: [&str; 14] = [
    "passcode",
    "currentpasscode",
    "devicepasscode",
    "pin",
    "pincode",
    "pinnumber",
    "devicepin",
    "code",
    "unlockcode",
    "unlockpin",
    "lockcode",
    "screenlock",
    "passcodepin",
    "password",
];
const HOLDER: [&str; 20] = [
    "holder",
    "heldby",
    "user",
    "assignedto",
    "issuedto",
    "allocatedto",
    "usedby",
    "owner",
    "responsible",
    "responsibleperson",
    "staff",
    "staffmember",
    "memberofstaff",
    "staffname",
    "employee",
    "person",
    "name",
    "fullname",
    "username",
    "who",
];
const SET_ON: [&str; 17] = [
    "seton",
    "set",
    "dateset",
    "setdate",
    "passcodeset",
    "passcodeseton",
    "passcodedate",
    "pinset",
    "changed",
    "changedon",
    "datechanged",
    "lastchanged",
    "lastchangedon",
    "lastset",
    "updated",
    "lastupdated",
    "date",
];
const KNOWN_BY: [&str; 9] = [
    "knownby",
    "alsoknownby",
    "knownto",
    "alsoknownto",
    "knowers",
    "whoknows",
    "whoknowsit",
    "sharedwith",
    "known",
];
const NUMBER: [&str; 24] = [
    "asset",
    "assettag",
    "assetnumber",
    "assetid",
    "assetno",
    "inventorynumber",
    "serial",
    "serialnumber",
    "serialno",
    "imei",
    "room",
    "roomnumber",
    "telephone",
    "telephonenumber",
    "phonenumber",
    "mobilenumber",
    "number",
    "tel",
    "extension",
    "ext",
    "postcode",
    "payrollnumber",
    "staffnumber",
    "employeenumber",
];

const NOT_KNOWN: &str = "\
does not look like a register. It needs a heading with a column called Device and one called \
Passcode, such as Device,Holder,Passcode,Set on,Known by";
const UTF16: &str = "is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\")";
const NOT_TEXT: &str = "holds a zero byte, so it is no text file; save it as CSV, as UTF-8";
const TWO_PASSCODES: &str =
    "two columns look like the passcode; rename the one that is not meant, or was before";

/// A title and some remarks may stand above the heading.
const MOST_ABOVE: usize = 10;

impl Layout {
    /// Finds out what is where; errors never repeat a line, which may hold passcodes.
    pub(super) fn of(file: &[u8]) -> Result<Self, RowError> {
        if file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff") {
            return Err(RowError { line: 1, why: UTF16 });
        }
        if let Some(at) = file.iter().position(|&byte| byte == 0) {
            let before = file.get(..at).unwrap_or_default();
            let line = before.split(|&byte| byte == b'\n').count();
            return Err(RowError { line, why: NOT_TEXT });
        }
        let start = if file.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut broken = None;
        for delimiter in *b",;\t|" {
            let shape = Shape::Quoted(delimiter);
            let mut rows = Rows::new(file, shape, (start, 1));
            for _ in 0..MOST_ABOVE {
                match rows.next_row() {
                    Ok(Some(row)) => {
                        if let Some(columns) = Columns::of(file, &row)? {
                            return Ok(Self { shape, begin: rows.place(), columns });
                        }
                    }
                    Ok(None) => break,
                    Err(error) => {
                        broken.get_or_insert(error);
                        break;
                    }
                }
            }
        }
        Err(broken.unwrap_or(RowError { line: 1, why: NOT_KNOWN }))
    }
}

impl Columns {
    /// The columns of a heading; `None` if it is none.
    fn of(file: &[u8], row: &Row<'_>) -> Result<Option<Self>, RowError> {
        let headings: Vec<String> = row.cells.iter().map(|cell| plain(&text(file, cell))).collect();
        let first = |names: &[&str]| {
            names.iter().find_map(|name| headings.iter().position(|heading| heading == name))
        };
        let (Some(device), Some(passcode)) = (first(&DEVICE), first(&PASSCODE)) else {
            return Ok(None);
        };
        let is_passcode = |heading: &&String| PASSCODE.contains(&heading.as_str());
        if headings.iter().filter(is_passcode).count() > 1 {
            return Err(RowError { line: row.line, why: TWO_PASSCODES });
        }
        let numbers = headings.iter().enumerate();
        let numbers = numbers.filter(|(_, heading)| NUMBER.contains(&heading.as_str()));
        Ok(Some(Self {
            count: headings.len(),
            device,
            passcode,
            holder: first(&HOLDER),
            set_on: first(&SET_ON),
            known_by: first(&KNOWN_BY),
            numbers: numbers.map(|(number, _)| number).collect(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, delimiter: u8, line: usize, expected: &Columns) {
        let layout = Layout::of(file.as_bytes()).unwrap();
        assert_eq!(layout.shape, Shape::Quoted(delimiter), "{file}");
        assert_eq!(layout.begin.1, line, "{file}");
        assert_eq!(&layout.columns, expected, "{file}");
    }

    #[test]
    fn columns_are_found_by_name() {
        let own = Columns {
            count: 5,
            device: 0,
            passcode: 2,
            holder: Some(1),
            set_on: Some(3),
            known_by: Some(4),
            numbers: Vec::new(),
        };
        check("device,holder,passcode,set_on,known_by\n", b',', 2, &own);
        check("\u{feff}DEVICE;Held by;PIN (6 digits);Date set;Who knows?\r\n", b';', 2, &own);
        check("Phone\tUser\tUnlock code\tLast changed\tAlso known by\n", b'\t', 2, &own);
        check("Our phones\n\nDevice|Name|Code|Date|Known to\n", b'|', 4, &own);
        check("Phones, 2026\nDevice,Staff,Passcode,Set,Knowers\n", b',', 3, &own);
        let assets =
            Columns { count: 4, device: 1, passcode: 3, numbers: vec![1, 2], ..Columns::default() };
        check("Make,Asset tag,Telephone number,Passcode\n", b',', 2, &assets);
        let both =
            Columns { count: 3, device: 1, passcode: 2, numbers: vec![0], ..Columns::default() };
        check("\"Asset\",\"Device\",\"Passcode [secret]\"\n", b',', 2, &both);
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        let why = |file: &[u8]| {
            let error = Layout::of(file).unwrap_err();
            (error.line, error.why)
        };
        assert_eq!(why(b""), (1, NOT_KNOWN));
        assert_eq!(why(b"Phone 1,839174\nPhone 2,918273\n"), (1, NOT_KNOWN));
        assert_eq!(why(b"Device,Holder\na,b\n"), (1, NOT_KNOWN));
        assert_eq!(why(b"x\nDevice,PIN,Passcode\n"), (2, TWO_PASSCODES));
        assert_eq!(why(b"\xff\xfeD\0"), (1, UTF16));
        assert_eq!(why(b"Device,Passcode\na\0\n"), (2, NOT_TEXT));
        assert_eq!(why(b"\"Device,Passcode\n").0, 1);
    }

    #[test]
    fn each_name_has_one_meaning() {
        let all = [&DEVICE[..], &PASSCODE, &HOLDER, &SET_ON, &KNOWN_BY].concat();
        let mut sorted = all.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), all.len());
        assert!(all.iter().chain(&NUMBER).all(|name| plain(name) == **name));
    }
}
