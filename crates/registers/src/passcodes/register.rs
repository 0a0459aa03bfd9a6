//! Reads a register of passcodes: every row is a device or is skipped with its reason.

use std::fmt;
use std::ops::Range;

use strongpass_policy::{Day, Password, is_unseen};
use strongpass_tables::headings::{ChosenColumns, Meaning};
use strongpass_tables::{
    Cell, Row, RowError, Rows, content, is_blank, is_placeholder, text, undoubled,
};

use super::columns::{Columns, Layout};
use super::{dates, people};
use crate::error::RegisterError;

/// More devices than any federation of schools has.
const MOST_ROWS: usize = 200_000;

/// A register of passcodes, taken apart. It holds secrets, which are wiped when it is dropped.
pub struct Register {
    /// The devices, in the order of the file.
    pub devices: Vec<Device>,
    /// The rows that are not understood.
    pub skipped: Vec<SkippedRow>,
    pub(super) columns: Columns,
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Register").field("devices", &self.devices.len()).finish_non_exhaustive()
    }
}

impl Register {
    /// Reads a register: a CSV file in UTF-8 with a heading; `chosen` says what columns hold whose
    /// headings do not.
    ///
    /// ```
    /// use strongpass_registers::{ChosenColumns, Register};
    ///
    /// let file = b"Device,Passcode\nPhone 1,839174\nPhone 2\n";
    /// let register = Register::from_bytes(file, &ChosenColumns::default())?;
    /// assert_eq!(register.devices.len(), 1);
    /// assert_eq!(register.skipped[0].line, 3);
    /// # Ok::<(), strongpass_registers::RegisterError>(())
    /// ```
    ///
    /// # Errors
    /// If it is not a register, or has no row.
    pub fn from_bytes(file: &[u8], chosen: &ChosenColumns) -> Result<Self, RegisterError> {
        let layout = Layout::from_bytes(file, chosen)?;
        let (devices, skipped) = read(file, &layout)?;
        if devices.is_empty() && skipped.is_empty() {
            return Err(RegisterError::NoDevice);
        }
        Ok(Self { devices, skipped, columns: layout.columns })
    }

    /// Whether a column says who has a device or knows its code: without one nobody can be found who
    /// left.
    pub fn names_people(&self) -> bool {
        [Meaning::Holder, Meaning::KnownBy].iter().any(|who| self.columns.first(*who).is_some())
    }
}

/// A device in the register.
pub struct Device {
    /// Its line in the file, from 1.
    pub line: usize,
    /// What it is called.
    pub name: String,
    /// Who has it.
    pub holder: String,
    /// Who knows the code, as it was written.
    pub(super) known_by: String,
    pub(super) set_on: SetOn,
    /// What else a thief may know.
    pub(super) numbers: Vec<String>,
    /// Where the code is in the file.
    pub(super) place: Range<usize>,
    /// `None` if there is none.
    pub(super) code: Option<Password>,
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("line", &self.line).finish_non_exhaustive()
    }
}

/// When a code was set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SetOn {
    Day(Day),
    Blank,
    Unreadable,
}

/// A row that was not checked, and why.
#[derive(Debug)]
pub struct SkippedRow {
    /// Its line in the file, from 1.
    pub line: usize,
    /// A sentence that repeats nothing of the row.
    pub why: &'static str,
}

fn read(file: &[u8], layout: &Layout) -> Result<(Vec<Device>, Vec<SkippedRow>), RowError> {
    let mut rows = Rows::new(file, layout.shape, layout.begin);
    let (mut devices, mut skipped) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next_row()? {
        if devices.len() + skipped.len() == MOST_ROWS {
            let why = "there are more than 200,000 rows; split the register";
            return Err(RowError { line: row.line, why });
        }
        match device(file, layout, &row) {
            Ok(device) => devices.push(device),
            Err(why) => skipped.push(SkippedRow { line: row.line, why }),
        }
    }
    Ok((devices, skipped))
}

const TOO_MANY: &str = "It has more cells than the heading, so what is where is not known. A value \
                        with the separator in it needs quotation marks around it.";
const TOO_FEW: &str = "It ends before the passcode.";
const NO_DEVICE: &str = "It names no device.";

fn device(file: &[u8], layout: &Layout, row: &Row<'_>) -> Result<Device, &'static str> {
    let columns = &layout.columns;
    let of = |number: usize| row.cells.get(number).map(|cell| text(file, cell)).unwrap_or_default();
    let first = |meaning| columns.first(meaning).map(of).unwrap_or_default();
    if row.cells.len() > columns.count {
        return Err(TOO_MANY);
    }
    let passcode = columns.first(Meaning::Passcode).and_then(|number| row.cells.get(number));
    let cell = passcode.ok_or(TOO_FEW)?;
    let name = first(Meaning::Device);
    if name.is_empty() {
        return Err(NO_DEVICE);
    }
    let set_on = first(Meaning::SetOn);
    let place = bare(file, cell);
    Ok(Device {
        line: row.line,
        name,
        holder: first(Meaning::Holder),
        known_by: first(Meaning::KnownBy),
        set_on: match dates::parse_day(&set_on) {
            Some(day) => SetOn::Day(day),
            None if set_on.is_empty() => SetOn::Blank,
            None => SetOn::Unreadable,
        },
        numbers: columns.numbers.iter().map(|&number| of(number)).collect(),
        code: code(file.get(place.clone()).unwrap_or_default(), cell.doubled),
        place,
    })
}

/// The code itself, without what keeps a spreadsheet from dropping its leading 0: `="012345"`,
/// `'012345`.
fn bare(file: &[u8], cell: &Cell) -> Range<usize> {
    let whole = content(file, cell);
    let (before, inner) = match whole {
        [b'=', b'"', b'"', inner @ .., b'"', b'"'] if cell.doubled => (3, inner),
        [b'=', b'"', inner @ .., b'"'] => (2, inner),
        [b'\'', inner @ ..] => (1, inner),
        _ => (0, whole),
    };
    // Web tables put an unseen character before a number so that a spreadsheet keeps its 0.
    let is_nothing = |c: char| c.is_whitespace() || is_unseen(c);
    let (before, inner) = match str::from_utf8(inner) {
        Ok(text) => {
            let shown = text.trim_start_matches(is_nothing);
            let before = before + text.len() - shown.len();
            (before, shown.trim_end_matches(is_nothing).as_bytes())
        }
        Err(_) => (before + inner.len() - inner.trim_ascii_start().len(), inner.trim_ascii()),
    };
    let start = cell.place.start + before;
    start..start + inner.len()
}

fn code(bytes: &[u8], doubled: bool) -> Option<Password> {
    if is_blank(bytes) || is_placeholder(bytes) {
        return None;
    }
    Some(if doubled { Password::new(&undoubled(bytes)) } else { Password::new(bytes) })
}

impl Device {
    /// Those who know the code: the holder and whoever is named.
    pub(super) fn knowers(&self) -> Vec<people::Person> {
        let mut knowers = people::listed(&self.known_by);
        if let Some(holder) = people::Person::from_text(&self.holder)
            && !knowers.iter().any(|other| other.may_be(&holder))
        {
            knowers.push(holder);
        }
        knowers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<Device>, Vec<SkippedRow>) {
        let layout = Layout::from_bytes(text.as_bytes(), &ChosenColumns::default()).unwrap();
        read(text.as_bytes(), &layout).unwrap()
    }

    #[track_caller]
    fn check(cell: &str, expected: Option<&str>) {
        let text = format!("Device,Passcode,Holder\nPhone 1,{cell},Kate Harper\n");
        let (devices, skipped) = all(&text);
        let [device] = devices.as_slice() else { unreachable!("{cell}") };
        assert!(skipped.is_empty());
        let code = device.code.as_ref().map(|code| code.expose().unwrap());
        assert_eq!(code, expected, "{cell}");
        // A new code takes its place, and nothing else changes.
        let mut replaced = text;
        replaced.replace_range(device.place.clone(), "205716");
        let (devices, _) = all(&replaced);
        assert_eq!(devices[0].code.as_ref().unwrap().expose(), Some("205716"), "{replaced}");
        assert_eq!(devices[0].holder, "Kate Harper");
    }

    #[test]
    fn codes_in_cells() {
        check("839174", Some("839174"));
        check("\"839174\"", Some("839174"));
        check(" 83 91 74 ", Some("83 91 74"));
        check("=\"039174\"", Some("039174"));
        check("\"=\"\"039174\"\"\"", Some("039174"));
        check("'039174", Some("039174"));
        check("\"a\"\"b\"", Some("a\"b"));
        check("\u{1f}039174", Some("039174"));
        check("\u{200b}039174\u{a0}", Some("039174"));
        check("\"\u{feff}039174\"", Some("039174"));
        for nothing in
            ["n/a", "TBC", "None", "?", "??", "-", "\u{2014}", "not set", "#N/A", "unknown"]
        {
            check(nothing, None);
        }
        check("", None);
        check("\" \"", None);
    }

    #[test]
    fn every_row_is_accounted_for() {
        let (devices, skipped) =
            all("Device,Holder,Passcode,Set on\nPhone 1,Kate,839174,2026-01-02\n\nPhone 2\n\
             Phone 3,Harper, Kate,1,2\n,Kate,839174\nPhone 4,,,soon\n");
        let lines: Vec<usize> = devices.iter().map(|device| device.line).collect();
        assert_eq!(lines, [2, 7]);
        assert_eq!(devices[1].set_on, SetOn::Unreadable);
        let skipped: Vec<_> = skipped.iter().map(|row| (row.line, row.why)).collect();
        assert_eq!(skipped, [(4, TOO_FEW), (5, TOO_MANY), (6, NO_DEVICE)]);
    }

    proptest::proptest! {
        /// Whatever follows a heading is devices and skipped rows, whose codes are where they say.
        #[test]
        fn anything_may_be_in_a_register(rows in "([a1 '=\"\\xe9,\r\n;]{0,60})") {
            let text = format!("Device,Passcode,Holder\n{rows}");
            let layout = Layout::from_bytes(text.as_bytes(), &ChosenColumns::default()).unwrap();
            if let Ok((devices, _)) = read(text.as_bytes(), &layout) {
                let mut end = 0;
                for device in devices {
                    proptest::prop_assert!(device.place.start >= end, "{}", text);
                    end = device.place.end;
                    let bytes = text.as_bytes().get(device.place).unwrap();
                    proptest::prop_assert!(device.code.is_some() != is_blank(bytes), "{}", text);
                }
            }
        }
    }
}
