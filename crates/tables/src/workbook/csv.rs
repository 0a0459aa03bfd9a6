//! The cells of a sheet as CSV: line by line its rows.

use std::cell::Cell as Counter;

use zeroize::Zeroizing;

use super::container::{DAMAGED, MOST_OF_ALL, TOO_LARGE, empty};
use super::error::WorkbookError;
use super::number::number;
use super::sheet::{Cell, Kind};
use super::styles::Styles;
use super::xml::{string, text};

const MORE: &str = "the workbook is too large to read; split it";

/// What cells refer to.
pub(super) struct Sources<'x> {
    strings: Vec<&'x str>,
    styles: Styles,
    from_1904: bool,
    /// So much of what cells hold may still be read: many may share one long string.
    left: Counter<usize>,
}

impl<'x> Sources<'x> {
    pub(super) const fn new(strings: Vec<&'x str>, styles: Styles, from_1904: bool) -> Self {
        Self { strings, styles, from_1904, left: Counter::new(MOST_OF_ALL) }
    }

    /// What a cell holds, as it is written.
    fn inside<'c>(&'c self, cell: &Cell<'c>) -> Result<&'c str, WorkbookError> {
        if cell.kind != Kind::Shared {
            return Ok(cell.inside);
        }
        let at: usize = cell.inside.trim_ascii().parse().map_err(|_| DAMAGED)?;
        Ok(self.strings.get(at).copied().ok_or(DAMAGED)?)
    }

    /// Hands over what a cell reads, piece by piece.
    fn read(&self, cell: &Cell<'_>, put: &mut dyn FnMut(&str)) -> Result<(), WorkbookError> {
        let inside = self.inside(cell)?;
        self.left.set(self.left.get().checked_sub(inside.len()).ok_or(TOO_LARGE)?);
        match cell.kind {
            Kind::Number => {
                let format = self.styles.format(cell.style);
                put(number(inside, format, self.from_1904)?.as_str());
            }
            Kind::Shared | Kind::Inline => string(inside, put)?,
            Kind::Text => text(inside, put)?,
            Kind::Truth => put(match inside.trim_ascii() {
                "1" | "true" => "TRUE",
                "0" | "false" => "FALSE",
                _ => return Err(DAMAGED.into()),
            }),
            Kind::Date => {
                // A day is midnight.
                let day = inside.trim_ascii().trim_end_matches('Z');
                let day = day.strip_suffix(".000").unwrap_or(day);
                text(day.strip_suffix("T00:00:00").unwrap_or(day), put)?;
            }
        }
        Ok(())
    }
}

/// The table that cells make, up to a limit in bytes; empty if there is nothing in any. A row is
/// the line of its number, all rows have the same number of cells, and a line break in a cell is a
/// space.
pub(super) fn csv(
    cells: &[Cell<'_>],
    sources: &Sources<'_>,
    most: usize,
) -> Result<Zeroizing<Vec<u8>>, WorkbookError> {
    // Counted before it is written: a vector that grows leaves copies behind.
    let (mut length, mut width, mut holds) = (0_usize, 0, false);
    for cell in cells {
        let mut shown = false;
        read(cell, sources, &mut |piece| shown |= !piece.trim().is_empty())?;
        holds |= shown;
        width = if shown { cell.column.max(width) } else { width };
    }
    if !holds {
        return empty(0);
    }
    write(cells, sources, width, &mut |piece| {
        length += piece.len();
        length <= most
    })?;
    let mut table = empty(length)?;
    write(cells, sources, width, &mut |piece| {
        table.extend_from_slice(piece.as_bytes());
        table.len() <= length
    })?;
    Ok(table)
}

fn read(
    cell: &Cell<'_>,
    sources: &Sources<'_>,
    put: &mut dyn FnMut(&str),
) -> Result<(), WorkbookError> {
    sources.read(cell, put).map_err(|error| error.in_row(cell.row))
}

/// Writes the table until `put` says that there is no more room.
fn write(
    cells: &[Cell<'_>],
    sources: &Sources<'_>,
    width: u32,
    put: &mut dyn FnMut(&str) -> bool,
) -> Result<(), WorkbookError> {
    let mut repeat = |text: &str, times: u32| -> Result<(), WorkbookError> {
        for _ in 0..times {
            if !put(text) {
                return Err(MORE.into());
            }
        }
        Ok(())
    };
    // The last cell that was written.
    let (mut row, mut column) = (0, 0);
    for cell in cells.iter().filter(|cell| cell.column <= width) {
        if row != cell.row {
            if row > 0 {
                repeat(",", width - column)?;
                repeat("\n", 1)?;
            }
            repeat("\n", cell.row - row - 1)?;
            (row, column) = (cell.row, 1);
        }
        repeat(",", cell.column - column)?;
        column = cell.column;
        let (mut quoted, mut fits, mut returned) = (false, true, false);
        read(cell, sources, &mut |piece| quoted |= piece.contains([',', '"', ';', '\t', '|']))?;
        repeat("\"", u32::from(quoted))?;
        read(cell, sources, &mut |piece| {
            for piece in piece.split_inclusive(['"', '\n', '\r']) {
                let after_return = std::mem::replace(&mut returned, piece.ends_with('\r'));
                let (piece, end) = match piece.as_bytes() {
                    [.., b'"'] => (piece, "\""),
                    [b'\n'] if after_return => ("", ""),
                    [.., b'\n' | b'\r'] => (piece.trim_end_matches(['\n', '\r']), " "),
                    _ => (piece, ""),
                };
                fits = fits && repeat(piece, 1).is_ok() && repeat(end, 1).is_ok();
            }
        })?;
        if !fits {
            return Err(MORE.into());
        }
        repeat("\"", u32::from(quoted))?;
    }
    repeat(",", width - column)?;
    repeat("\n", 1)
}
