//! The cells of a sheet, as places in its part.

use super::container::{DAMAGED, TOO_LARGE};
use super::error::WorkbookError;
use super::xml::{Element, Xml};

/// The last row and column that a sheet can have.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;
/// Far more cells than any list of people has.
pub(super) const MOST_ITEMS: usize = 1 << 22;

const ORDER: &str = "the cells are not in order, as every spreadsheet writes them";
const KIND: &str = "a cell holds what no spreadsheet writes";
const NO_RESULT: &str =
    "a formula has no result that was saved; open it in Excel, and save it again, or";

/// A cell that holds something.
pub(super) struct Cell<'x> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) style: usize,
    pub(super) kind: Kind,
    /// What is in `<v>` or `<is>`, as it is written there.
    pub(super) inside: &'x str,
}

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    /// The number of a string that cells share.
    Shared,
    /// A string of its own.
    Inline,
    /// What a formula gave, or an error such as `#N/A`.
    Text,
    Truth,
    /// A date of ISO 8601.
    Date,
}

/// The cells of a sheet that contain something, row by row; hidden rows and columns are read, too.
/// If the workbook is `to_be_computed`, what its formulas gave is not known.
pub(super) fn cells(part: &[u8], to_be_computed: bool) -> Result<Vec<Cell<'_>>, WorkbookError> {
    let mut xml = Xml::new(part)?;
    if xml.root()?.name() != "worksheet" {
        return Err(DAMAGED.into());
    }
    let (mut cells, mut is_read) = (Vec::new(), false);
    while let Some(element) = xml.child()? {
        if element.name() != "sheetData" {
            xml.inside(&element)?;
            continue;
        }
        if std::mem::replace(&mut is_read, true) {
            return Err(DAMAGED.into());
        }
        let mut last = 0;
        while let Some(element) = xml.child()? {
            if element.name() != "row" {
                return Err(DAMAGED.into());
            }
            let row = match element.attribute("r")? {
                Some(row) => row.parse().map_err(|_| DAMAGED)?,
                None => last + 1,
            };
            if row <= last || row > LAST_ROW {
                return Err(ORDER.into());
            }
            read_row(&mut xml, row, to_be_computed, &mut cells)
                .map_err(|error| error.in_row(row))?;
            last = row;
        }
    }
    xml.finish()?;
    Ok(cells)
}

fn read_row<'x>(
    xml: &mut Xml<'x>,
    row: u32,
    to_be_computed: bool,
    cells: &mut Vec<Cell<'x>>,
) -> Result<(), WorkbookError> {
    let mut last = 0;
    while let Some(element) = xml.child()? {
        if element.name() != "c" {
            return Err(DAMAGED.into());
        }
        let column = match element.attribute("r")? {
            Some(place) => column(&place, row).ok_or(ORDER)?,
            None => last + 1,
        };
        if column <= last || column > LAST_COLUMN {
            return Err(ORDER.into());
        }
        last = column;
        let style = element.attribute("s")?.filter(|style| !style.is_empty());
        let style = style.map_or(Ok(0), |style| style.parse()).map_err(|_| DAMAGED)?;
        let (kind, is_text) = kind(&element)?;
        let (mut value, mut string, mut has_formula) = (None, None, false);
        while let Some(part) = xml.child()? {
            let inside = xml.inside(&part)?;
            let place = match part.name() {
                "v" => &mut value,
                "is" => &mut string,
                name => {
                    has_formula |= name == "f";
                    continue;
                }
            };
            if place.replace(inside).is_some() {
                return Err(DAMAGED.into());
            }
        }
        let inside = if kind == Kind::Inline { string } else { value };
        let inside = inside.filter(|inside| !inside.is_empty());
        if has_formula && (to_be_computed || (inside.is_none() && !is_text)) {
            return Err(NO_RESULT.into());
        }
        let Some(inside) = inside else { continue };
        if cells.len() == MOST_ITEMS {
            return Err(TOO_LARGE.into());
        }
        cells.push(Cell { row, column, style, kind, inside });
    }
    Ok(())
}

/// What a cell holds, and whether it is what a formula gave as text, which may be nothing.
fn kind(element: &Element<'_>) -> Result<(Kind, bool), WorkbookError> {
    let kind = match element.attribute("t")?.as_deref() {
        None | Some("n") => Kind::Number,
        Some("s") => Kind::Shared,
        Some("inlineStr") => Kind::Inline,
        Some("str") => return Ok((Kind::Text, true)),
        Some("e") => Kind::Text,
        Some("b") => Kind::Truth,
        Some("d") => Kind::Date,
        Some(_) => return Err(KIND.into()),
    };
    Ok((kind, false))
}

/// The column of a place such as `C7`, if it is in that row.
fn column(place: &str, row: u32) -> Option<u32> {
    let digits = place.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = place.strip_suffix(digits).filter(|letters| (1..=3).contains(&letters.len()))?;
    let number = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, |column, letter| column * 26 + number(letter));
    (!digits.starts_with('+') && digits.parse() == Ok(row)).then_some(column)
}

/// The strings that cells share, as they are written in their part.
pub(super) fn strings(part: &[u8]) -> Result<Vec<&str>, WorkbookError> {
    let mut xml = Xml::new(part)?;
    if xml.root()?.name() != "sst" {
        return Err(DAMAGED.into());
    }
    let mut strings = Vec::new();
    while let Some(element) = xml.child()? {
        let inside = xml.inside(&element)?;
        if element.name() == "si" {
            if strings.len() == MOST_ITEMS {
                return Err(TOO_LARGE.into());
            }
            strings.push(inside);
        }
    }
    xml.finish()?;
    Ok(strings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        for (place, expected) in [
            ("A7", Some(1)),
            ("Z7", Some(26)),
            ("AA7", Some(27)),
            ("XFD7", Some(16_384)),
            ("c7", Some(3)),
            ("A8", None),
            ("7", None),
            ("A", None),
            ("", None),
            ("AAAA7", None),
            ("A+7", None),
            ("é7", None),
        ] {
            assert_eq!(column(place, 7), expected, "{place}");
        }
    }
}
