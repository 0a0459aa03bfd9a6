//! Finds which column of a register holds what.

use std::collections::BTreeMap;

use strongpass_tables::headings::{ChosenColumns, Meaning, TableKind, plain};
use strongpass_tables::{Dialect, Row, RowError, Rows, not_a_table, text};

/// Numbers of columns, from 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// How many there are.
    pub(super) count: usize,
    first: BTreeMap<Meaning, usize>,
    /// What a thief may know: asset tags, telephone numbers, rooms.
    pub(super) numbers: Vec<usize>,
}

/// What is where in a register.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) shape: Dialect,
    /// The first byte behind the heading, and its line.
    pub(super) begin: (usize, usize),
    pub(super) columns: Columns,
}

const NOT_KNOWN: &str = "\
does not look like a register. It needs a heading with a column called Device and one called \
Passcode, such as Device,Holder,Passcode,Set on,Known by";
const UTF16: &str = "is UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\")";
const NOT_TEXT: &str = "contains a zero byte, so it is not a text file; save it as CSV in UTF-8";
const TWO_PASSCODES: &str =
    "two columns look like the passcode; say which is in force, with --column passcode=HEADING";
const NO_SUCH: &str = "no column has a heading that --column names";

/// A title and some remarks may stand above the heading.
const MOST_ABOVE: usize = 10;

impl Layout {
    /// Finds out what is where; errors never repeat a line, which may hold passcodes.
    pub(super) fn from_bytes(file: &[u8], chosen: &ChosenColumns) -> Result<Self, RowError> {
        if let Some(why) = not_a_table(file) {
            return Err(RowError { line: 1, why });
        }
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
            let shape = Dialect::Quoted(delimiter);
            let mut rows = Rows::new(file, shape, (start, 1));
            for _ in 0..MOST_ABOVE {
                match rows.next_row() {
                    Ok(Some(row)) => {
                        if let Some(columns) = Columns::from_heading(file, &row, chosen)? {
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
    /// The column that holds this; a device and a passcode are in every register.
    pub(super) fn first(&self, meaning: Meaning) -> Option<usize> {
        self.first.get(&meaning).copied()
    }

    /// The columns of a heading; `None` if it is none.
    fn from_heading(
        file: &[u8],
        row: &Row<'_>,
        chosen: &ChosenColumns,
    ) -> Result<Option<Self>, RowError> {
        let headings: Vec<String> = row.cells.iter().map(|cell| text(file, cell)).collect();
        let find = |meaning| chosen.find(meaning, TableKind::Register, &headings);
        let first: BTreeMap<Meaning, usize> = Meaning::in_table(TableKind::Register)
            .filter_map(|meaning| Some((meaning, find(meaning)?)))
            .collect();
        if ![Meaning::Device, Meaning::Passcode].iter().all(|needed| first.contains_key(needed)) {
            return Ok(None);
        }
        if chosen.is_missing(&headings) {
            return Err(RowError { line: row.line, why: NO_SUCH });
        }
        let means = |heading: &String, wanted: Meaning| match chosen.of(heading) {
            Some(meaning) => meaning == wanted,
            None => !chosen.has(wanted) && wanted.is(TableKind::Register, &plain(heading)),
        };
        if headings.iter().filter(|heading| means(heading, Meaning::Passcode)).count() > 1 {
            return Err(RowError { line: row.line, why: TWO_PASSCODES });
        }
        let numbers = headings.iter().enumerate();
        let numbers = numbers.filter(|(_, heading)| means(heading, Meaning::Number));
        Ok(Some(Self {
            count: headings.len(),
            first,
            numbers: numbers.map(|(number, _)| number).collect(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use strongpass_tables::headings::ChosenColumn;

    use super::*;

    #[track_caller]
    fn check(file: &str, delimiter: u8, line: usize, expected: &Columns) {
        let layout = Layout::from_bytes(file.as_bytes(), &ChosenColumns::default()).unwrap();
        assert_eq!(layout.shape, Dialect::Quoted(delimiter), "{file}");
        assert_eq!(layout.begin.1, line, "{file}");
        assert_eq!(&layout.columns, expected, "{file}");
    }

    fn columns(count: usize, first: &[(Meaning, usize)], numbers: &[usize]) -> Columns {
        let mut first: BTreeMap<Meaning, usize> = first.iter().copied().collect();
        if let Some(number) = numbers.first() {
            first.insert(Meaning::Number, *number);
        }
        Columns { count, first, numbers: numbers.to_vec() }
    }

    #[test]
    fn columns_are_found_by_name() {
        use Meaning::{Device, Holder, KnownBy, Passcode, SetOn};
        let all = [(Device, 0), (Holder, 1), (Passcode, 2), (SetOn, 3), (KnownBy, 4)];
        let own = columns(5, &all, &[]);
        check("device,holder,passcode,set_on,known_by\n", b',', 2, &own);
        check("\u{feff}DEVICE;Held by;PIN (6 digits);Date set;Who knows?\r\n", b';', 2, &own);
        check("Phone\tUser\tUnlock code\tLast changed\tAlso known by\n", b'\t', 2, &own);
        check("Our phones\n\nDevice|Name|Code|Date|Known to\n", b'|', 4, &own);
        check("Phones, 2026\nDevice,Staff,Passcode,Set,Knowers\n", b',', 3, &own);
        let assets = columns(4, &[(Device, 1), (Passcode, 3)], &[1, 2]);
        check("Make,Asset tag,Telephone number,Passcode\n", b',', 2, &assets);
        let both = columns(3, &[(Device, 1), (Passcode, 2)], &[0]);
        check("\"Asset\",\"Device\",\"Passcode [secret]\"\n", b',', 2, &both);
    }

    #[test]
    fn exports_of_device_management() {
        let of = |file: &str, texts: &[&str]| {
            let chosen: Vec<ChosenColumn> =
                texts.iter().map(|text| text.parse().unwrap()).collect();
            let layout = Layout::from_bytes(file.as_bytes(), &chosen.into());
            layout.map(|layout| {
                let of = |meaning| layout.columns.first(meaning);
                (of(Meaning::Device).unwrap(), of(Meaning::Holder), of(Meaning::Passcode).unwrap())
            })
        };
        let jamf = "Display Name,Serial Number,Username,Passcode\n";
        assert_eq!(of(jamf, &[]), Ok((0, Some(2), 3)));
        let autopilot = "Device Serial Number,Group Tag,Assigned User,PIN\n";
        assert_eq!(of(autopilot, &[]), Ok((0, Some(2), 3)));
        let intune = "Device ID,Device name,Primary user UPN,IMEI,Passcode\n";
        assert_eq!(of(intune, &[]), Ok((1, Some(2), 4)));
        let own = "Label,Old PIN,PIN,Passcode,In the hands of\n";
        assert!(of(own, &[]).is_err());
        let chosen = ["device=Label", "passcode=Old PIN", "holder=In the hands of"];
        assert_eq!(of(own, &chosen), Ok((0, Some(4), 1)));
        assert_eq!(of(own, &["device=Label", "passcode=Code"]).map_err(|it| it.line), Err(1));
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        let why = |file: &[u8]| {
            let error = Layout::from_bytes(file, &ChosenColumns::default()).unwrap_err();
            (error.line, error.why)
        };
        assert!(why(b"%PDF-1.7").1.contains("CSV"));
        assert_eq!(why(b""), (1, NOT_KNOWN));
        assert_eq!(why(b"Phone 1,839174\nPhone 2,918273\n"), (1, NOT_KNOWN));
        assert_eq!(why(b"Device,Holder\na,b\n"), (1, NOT_KNOWN));
        assert_eq!(why(b"x\nDevice,PIN,Passcode\n"), (2, TWO_PASSCODES));
        assert_eq!(why(b"\xff\xfeD\0"), (1, UTF16));
        assert_eq!(why(b"Device,Passcode\na\0\n"), (2, NOT_TEXT));
        assert_eq!(why(b"\"Device,Passcode\n").0, 1);
    }
}
