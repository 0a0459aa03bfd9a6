//! Workbooks of Excel and of other spreadsheets (.xlsx, .xlsm), read as the table that they hold.
//!
//! Sources: ECMA-376 parts 1 (`SpreadsheetML`) and 2 (packages), APPNOTE.TXT (ZIP), RFC 1951.

mod container;
mod csv;
mod error;
mod number;
mod package;
mod sheet;
mod styles;
mod xml;

use zeroize::Zeroizing;

use container::{Container, MOST_OF_PART};
use package::Package;
use styles::Styles;

pub use error::WorkbookError;

const NOTHING: &str = "no visible sheet contains data";

/// The one table of a workbook as CSV in UTF-8, up to a limit in bytes; `None` if the file is no
/// workbook. Line by line these are the rows of the sheet, so that a line of the table is named as
/// the workbook's reader sees it; a line break inside a cell becomes a space.
///
/// A number is what was typed, a day is `2009-03-14`, and a number that is shown with leading zeros
/// has them. Hidden rows and columns are read, hidden sheets are not. No macro and no formula runs:
/// what a formula gave when the workbook was saved counts.
///
/// ```
/// use strongpass_tables::workbook_to_csv;
/// assert_eq!(workbook_to_csv(b"Device,Passcode", 1 << 20), Ok(None));
/// ```
///
/// # Errors
/// If several sheets contain data; if anything is damaged or unlike what spreadsheets write (half a
/// table would be taken for a whole one); or if a part, or the table, is larger than 64 MiB.
pub fn workbook_to_csv(
    file: &[u8],
    most: usize,
) -> Result<Option<Zeroizing<Vec<u8>>>, WorkbookError> {
    if !file.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    let mut container = match Container::open(file) {
        Ok(container) if container.has("[Content_Types].xml") => container,
        Ok(_) => return Ok(None),
        // Other archives that are damaged are not the concern of this.
        Err(_) if !begins_like_one(file) => return Ok(None),
        Err(error) => return Err(error),
    };
    let package = Package::read(&mut container)?;
    let part = package.strings.as_deref().map(|name| container.part(name)).transpose()?;
    let strings = part.as_ref().map(|part| sheet::strings(part)).transpose()?.unwrap_or_default();
    let part = package.styles.as_deref().map(|name| container.part(name)).transpose()?;
    let styles = part.map(|part| Styles::read(&part)).transpose()?.unwrap_or_default();
    let sources = csv::Sources::new(strings, styles, package.from_1904);
    let (mut table, mut names) = (None, Vec::new());
    for sheet in &package.sheets {
        let part = container.part(&sheet.part)?;
        let cells = sheet::cells(&part, package.to_be_computed)?;
        let csv = csv::csv(&cells, &sources, most.min(MOST_OF_PART))?;
        if !csv.is_empty() {
            names.push(sheet.name.clone());
            table.get_or_insert(csv);
        }
    }
    match table {
        Some(table) if names.len() == 1 => Ok(Some(table)),
        Some(_) => Err(WorkbookError::SeveralSheets(names)),
        None => Err(NOTHING.into()),
    }
}

/// Whether an archive begins with a part that workbooks have.
fn begins_like_one(file: &[u8]) -> bool {
    let begin = file.get(..200).unwrap_or(file);
    let parts: [&[u8]; 4] = [b"[Content_Types].xml", b"xl/", b"_rels/", b"docProps/"];
    parts.iter().any(|part| memchr::memmem::find(begin, part).is_some())
}
