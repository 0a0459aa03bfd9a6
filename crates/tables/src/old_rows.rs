//! Rows of a table (RFC 4180 with any separator), with the lines that they are on.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use zeroize::Zeroizing;

use crate::text::lines::Lines;

/// A reader of rows; one for a whole file.
pub(crate) struct Rows {
    reader: Reader,
    cells: Zeroizing<Vec<u8>>,
    ends: Vec<usize>,
}

/// The cells of a row, without their quotation marks.
pub(crate) struct Row<'r> {
    cells: &'r [u8],
    ends: &'r [usize],
}

/// Why a line is no row; it was gone over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowError {
    /// A quotation mark opens a cell and nothing closes it.
    OpenQuote,
    /// More bytes than [`MOST_BYTES`] or more cells than [`MOST_CELLS`].
    TooLong,
}

/// As many bytes as a row may have: far more than any person and any hash.
const MOST_BYTES: usize = 1 << 16;
const MOST_CELLS: usize = 512;

impl Rows {
    pub(crate) fn new(separator: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(separator).build(),
            cells: Zeroizing::new(vec![0; MOST_BYTES]),
            ends: vec![0; MOST_CELLS],
        }
    }

    /// The row that begins where `lines` is, or the reason why that line is none.
    pub(crate) fn read(&mut self, lines: &mut Lines<'_>) -> Result<Row<'_>, RowError> {
        let rest = lines.rest();
        let input = rest.get(..self.cells.len()).unwrap_or(rest);
        self.reader.reset();
        let (mut read, mut written, mut cells) = (0, 0, 0);
        let result = loop {
            let more = input.get(read..).unwrap_or_default();
            let into = self.cells.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(cells..).unwrap_or_default();
            let (result, n, bytes, fields) = self.reader.read_record(more, into, ends);
            (read, written, cells) = (read + n, written + bytes, cells + fields);
            // Once more with nothing: the end of the file ends the row.
            if !matches!(result, ReadRecordResult::InputEmpty) || more.is_empty() {
                break result;
            }
            if rest.len() > input.len() {
                break result;
            }
        };
        let whole = matches!(result, ReadRecordResult::Record);
        let text = input.get(..read).unwrap_or_default();
        let first = memchr::memchr(b'\n', text).map_or(text.len(), |end| end + 1);
        let quotes = memchr::memchr_iter(b'"', text).count();
        if whole && (first == read || quotes.is_multiple_of(2)) {
            lines.advance(read);
            return Ok(Row {
                cells: self.cells.get(..written).unwrap_or_default(),
                ends: self.ends.get(..cells).unwrap_or_default(),
            });
        }
        // Only this line is lost, not all that an open quotation mark would swallow.
        lines.advance(1);
        let open = !quotes.is_multiple_of(2) && first < read;
        Err(if open { RowError::OpenQuote } else { RowError::TooLong })
    }
}

impl<'r> Row<'r> {
    /// How many cells it has.
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cells, without white space around them.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &'r [u8]> + Clone {
        let cells = self.cells;
        self.ends.iter().scan(0, move |start, end| {
            let cell = cells.get(*start..*end);
            *start = *end;
            Some(cell.unwrap_or_default().trim_ascii())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row as its line and its cells.
    fn all(file: &str) -> Vec<(u32, Result<Vec<String>, RowError>)> {
        let (mut lines, mut rows, mut all) = (Lines::new(file.as_bytes()), Rows::new(b','), vec![]);
        while !lines.rest().is_empty() {
            let line = lines.read() + 1;
            let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
            all.push((line, rows.read(&mut lines).map(|row| row.cells().map(text).collect())));
        }
        all
    }

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|&cell| cell.to_owned()).collect()
    }

    #[test]
    fn rows_and_their_lines() {
        assert_eq!(all(""), []);
        assert_eq!(all("a, b ,\r\nc"), [(1, Ok(row(&["a", "b", ""]))), (2, Ok(row(&["c"])))]);
        let quoted = "\"a\"\"b\",\"c,\nd\"\ne,f\n";
        assert_eq!(all(quoted), [(1, Ok(row(&["a\"b", "c,\nd"]))), (3, Ok(row(&["e", "f"])))]);
        assert_eq!(
            all("6\" nails,a\nb"),
            [(1, Ok(row(&["6\" nails", "a"]))), (2, Ok(row(&["b"])))]
        );
    }

    #[test]
    fn an_open_quote_costs_one_line() {
        let open = (2, Err(RowError::OpenQuote));
        let file = "a,b\n\"c,d\ne,f\ng,h\n";
        let after = [(3, Ok(row(&["e", "f"]))), (4, Ok(row(&["g", "h"])))];
        assert_eq!(all(file)[1..], [vec![open], after.to_vec()].concat());
    }

    #[test]
    fn a_row_has_bounds() {
        let long = format!("{}\nb\n", "a".repeat(MOST_BYTES));
        assert_eq!(all(&long), [(1, Err(RowError::TooLong)), (2, Ok(row(&["b"])))]);
        let wide = format!("{}\nb\n", ",".repeat(MOST_CELLS));
        assert_eq!(all(&wide), [(1, Err(RowError::TooLong)), (2, Ok(row(&["b"])))]);
        let open = format!("\"{}\nb\n{}", "a".repeat(9), "c\n".repeat(MOST_BYTES));
        assert_eq!(all(&open)[..2], [(1, Err(RowError::OpenQuote)), (2, Ok(row(&["b"])))]);
    }
}
