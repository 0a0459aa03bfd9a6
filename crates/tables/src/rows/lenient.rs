//! Rows among other lines, read leniently: what is not a row costs one line, not the file.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use super::cell::{Quotes, find, undouble};
use crate::lines::Lines;

/// A reader of rows; one for a whole file. It keeps to RFC 4180 with any delimiter, and takes what
/// programs write beside it: marks inside a cell, something behind a closing mark.
pub struct LenientRows {
    delimiter: u8,
    cells: Vec<Place>,
    /// Cells that had to be copied because marks in them are doubled.
    copied: Zeroizing<Vec<u8>>,
}

/// The cells of a row, without their quotation marks.
pub struct LenientRow<'r, 'f: 'r> {
    file: &'f [u8],
    copied: &'r [u8],
    cells: &'r [Place],
}

/// Where the content of a cell is.
#[derive(Clone)]
enum Place {
    File(Range<usize>),
    Copied(Range<usize>),
}

/// Why a line is not a row; the reader is behind that line then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "who reads rows has an answer to each")]
pub enum LenientRowError {
    /// A quotation mark opens a cell and nothing closes it.
    OpenQuote,
    /// More than 64 KiB or more than 512 cells.
    TooLong,
}

/// As many bytes as a row may have: far more than any person and any hash.
const MOST_BYTES: usize = 1 << 16;
const MOST_CELLS: usize = 512;

impl fmt::Debug for LenientRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LenientRows({:?})", char::from(self.delimiter))
    }
}

impl fmt::Debug for LenientRow<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LenientRow({} cells)", self.cells.len())
    }
}

impl LenientRows {
    /// Reads rows with that delimiter.
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter, cells: Vec::new(), copied: Zeroizing::default() }
    }

    /// The row that begins where `lines` is.
    ///
    /// # Errors
    /// If that line is not a row.
    pub fn read<'f>(
        &mut self,
        lines: &mut Lines<'f>,
    ) -> Result<LenientRow<'_, 'f>, LenientRowError> {
        let rest = lines.rest();
        let file = rest.get(..MOST_BYTES).unwrap_or(rest);
        let (read, is_ended) = self.read_cells(file);
        let is_whole = is_ended || read == rest.len() && self.cells.len() <= MOST_CELLS;
        let text = file.get(..read).unwrap_or_default();
        let first = memchr::memchr(b'\n', text).map_or(text.len(), |end| end + 1);
        let quotes = memchr::memchr_iter(b'"', text).count();
        if is_whole && (first == read || quotes.is_multiple_of(2)) {
            lines.advance(read);
            return Ok(LenientRow { file, copied: &self.copied, cells: &self.cells });
        }
        // Only this line is lost, not all that an open quotation mark would swallow.
        lines.advance(1);
        let is_open = !quotes.is_multiple_of(2) && first < read;
        Err(if is_open { LenientRowError::OpenQuote } else { LenientRowError::TooLong })
    }

    /// Reads cells up to the end of a row: how many bytes those are, and whether a line end or the
    /// end of the cells that a row may have came first.
    fn read_cells(&mut self, file: &[u8]) -> (usize, bool) {
        self.cells.clear();
        self.copied.clear();
        let mut at = 0;
        loop {
            let found = find(file, at, self.delimiter);
            let place = match found.quotes {
                Quotes::None | Quotes::Around => Place::File(found.place),
                Quotes::Doubled | Quotes::Followed | Quotes::Open => self.copy(file, found.place),
            };
            self.cells.push(place);
            let too_many = self.cells.len() > MOST_CELLS;
            match file.get(found.end..).unwrap_or_default() {
                [] => return (found.end, false),
                _ if too_many => return (found.end, false),
                [byte, ..] if *byte == self.delimiter => at = found.end + 1,
                [b'\r', b'\n', ..] => return (found.end + 2, true),
                [_, ..] => return (found.end + 1, true),
            }
        }
    }

    fn copy(&mut self, file: &[u8], place: Range<usize>) -> Place {
        // Large enough for any row: growing would leave a copy behind.
        let start = self.copied.len();
        self.copied.reserve_exact(MOST_BYTES.saturating_sub(start));
        undouble(file.get(place).unwrap_or_default(), &mut self.copied);
        Place::Copied(start..self.copied.len())
    }
}

impl<'r> LenientRow<'r, '_> {
    /// How many cells it has.
    pub const fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether it has none: no row that was read is like that.
    pub const fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cells, without white space around them.
    pub fn cells(&self) -> impl Iterator<Item = &'r [u8]> + Clone {
        let (file, copied) = (self.file, self.copied);
        self.cells.iter().map(move |place| {
            let cell = match place {
                Place::File(place) => file.get(place.clone()),
                Place::Copied(place) => copied.get(place.clone()),
            };
            cell.unwrap_or_default().trim_ascii()
        })
    }
}

#[cfg(test)]
mod tests {
    use csv_core::{ReadRecordResult, ReaderBuilder};
    use proptest::prelude::*;

    use super::*;

    /// Each row as its line and its cells.
    fn all(file: &str) -> Vec<(u32, Result<Vec<String>, LenientRowError>)> {
        let (mut lines, mut rows, mut all) =
            (Lines::new(file.as_bytes()), LenientRows::new(b','), vec![]);
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
        let open = (2, Err(LenientRowError::OpenQuote));
        let file = "a,b\n\"c,d\ne,f\ng,h\n";
        let after = [(3, Ok(row(&["e", "f"]))), (4, Ok(row(&["g", "h"])))];
        assert_eq!(all(file)[1..], [vec![open], after.to_vec()].concat());
    }

    #[test]
    fn a_row_has_bounds() {
        let long = format!("{}\nb\n", "a".repeat(MOST_BYTES));
        assert_eq!(all(&long), [(1, Err(LenientRowError::TooLong)), (2, Ok(row(&["b"])))]);
        let wide = format!("{}\nb\n", ",".repeat(MOST_CELLS));
        assert_eq!(all(&wide), [(1, Err(LenientRowError::TooLong)), (2, Ok(row(&["b"])))]);
        let open = format!("\"{}\nb\n{}", "a".repeat(9), "c\n".repeat(MOST_BYTES));
        assert_eq!(all(&open)[..2], [(1, Err(LenientRowError::OpenQuote)), (2, Ok(row(&["b"])))]);
    }

    /// The first record of a text as csv-core reads it, without spaces around cells.
    fn by_csv_core(text: &[u8]) -> Vec<Vec<u8>> {
        let mut reader = ReaderBuilder::new().delimiter(b',').build();
        let (mut cells, mut ends) = (vec![0; 256], vec![0; 256]);
        let (mut read, mut written, mut count) = (0, 0, 0);
        loop {
            let (result, n, bytes, fields) =
                reader.read_record(&text[read..], &mut cells[written..], &mut ends[count..]);
            (read, written, count) = (read + n, written + bytes, count + fields);
            if matches!(result, ReadRecordResult::Record | ReadRecordResult::End) {
                break;
            }
        }
        let starts = [0].into_iter().chain(ends.iter().copied());
        let cells = starts.zip(&ends[..count]).map(|(start, end)| cells[start..*end].trim_ascii());
        cells.map(<[u8]>::to_vec).collect()
    }

    proptest! {
        /// The library that read exports before this did is the judge.
        #[test]
        fn rows_are_those_of_csv_core(text in "[ab,\"][ab,;\"\r\n]{0,40}") {
            let mut rows = LenientRows::new(b',');
            if let Ok(row) = rows.read(&mut Lines::new(text.as_bytes())) {
                let cells: Vec<Vec<u8>> = row.cells().map(<[u8]>::to_vec).collect();
                prop_assert_eq!(cells, by_csv_core(text.as_bytes()));
            }
        }
    }
}
