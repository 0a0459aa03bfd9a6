//! Rows of cells, as places in the file: what is not changed stays as it is, byte for byte.

use std::fmt;

use cell::{Cell, Quotes, content, find, is_blank};

pub(crate) mod cell;
pub(crate) mod lenient;

/// More columns than any file of accounts has.
const MOST_CELLS: usize = 1_000;

/// How cells are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "the two ways in which such files are written")]
pub enum Dialect {
    /// RFC 4180 with this delimiter: cells may be in quotation marks.
    Quoted(u8),
    /// Colons, and a line end is a line end; the last of the given number of cells may hold colons.
    Colons(usize),
}

/// A row and the line it begins on.
#[derive(Debug)]
#[non_exhaustive]
pub struct Row<'r> {
    /// The line, from 1.
    pub line: usize,
    /// Its cells.
    pub cells: &'r [Cell],
}

/// Why a file cannot be read as rows, or not as what it should be. It does not repeat what is in
/// the file.
#[derive(PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "who reads a kind of table adds its own reasons")]
pub struct RowError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub why: &'static str,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.why)
    }
}

impl std::error::Error for RowError {}

/// The rows of a file, one after another. What is not written as RFC 4180 has it is an error: a
/// file that is to be changed must be understood to the last byte.
pub struct Rows<'f> {
    file: &'f [u8],
    dialect: Dialect,
    at: usize,
    line: usize,
    cells: Vec<Cell>,
}

impl fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rows({:?}, line {})", self.dialect, self.line)
    }
}

impl<'f> Rows<'f> {
    /// The rows from that byte on, which begins that line.
    pub fn new(file: &'f [u8], dialect: Dialect, (at, line): (usize, usize)) -> Self {
        Self { file, dialect, at, line, cells: Vec::new() }
    }

    /// The next row that holds anything, or `None` at the end.
    ///
    /// # Errors
    /// If a quotation mark is not closed or something follows a closing one, or if a row has more
    /// than 1,000 cells.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, RowError> {
        while self.at < self.file.len() {
            let line = self.line;
            self.cells.clear();
            match self.dialect {
                Dialect::Quoted(delimiter) => self.read_quoted(delimiter)?,
                Dialect::Colons(most) => self.read_colons(most),
            }
            let file = self.file;
            if self.cells.iter().any(|cell| !is_blank(content(file, cell))) {
                return Ok(Some(Row { line, cells: &self.cells }));
            }
        }
        Ok(None)
    }

    /// Where the next row begins: its first byte and its line.
    pub fn place(&self) -> (usize, usize) {
        (self.at, self.line)
    }

    fn read_quoted(&mut self, delimiter: u8) -> Result<(), RowError> {
        let line = self.line;
        loop {
            if self.cells.len() == MOST_CELLS {
                return Err(RowError { line, why: "has more than 1,000 columns" });
            }
            self.read_cell(delimiter)?;
            let ends = match self.file.get(self.at..).unwrap_or_default() {
                [byte, ..] if *byte == delimiter => 0,
                [b'\r', b'\n', ..] => 2,
                [_, ..] => 1,
                [] => return Ok(()),
            };
            self.at += ends.max(1);
            if ends > 0 {
                self.line += 1;
                return Ok(());
            }
        }
    }

    fn read_cell(&mut self, delimiter: u8) -> Result<(), RowError> {
        let opened = self.line;
        let found = find(self.file, self.at, delimiter);
        match found.quotes {
            Quotes::Open => {
                let why = "a quotation mark opens here and is never closed";
                return Err(RowError { line: opened, why });
            }
            Quotes::Followed => {
                let why = "something follows a closing quotation mark; inside a value it is \
                           written twice";
                let quoted = self.file.get(found.place).unwrap_or_default();
                return Err(RowError { line: opened + lines_before_mark(quoted), why });
            }
            Quotes::None => {}
            Quotes::Around | Quotes::Doubled => {
                let quoted = self.file.get(found.place.clone()).unwrap_or_default();
                self.line += memchr::memchr_iter(b'\n', quoted).count();
            }
        }
        let doubled = found.quotes == Quotes::Doubled;
        self.cells.push(Cell { place: found.place, doubled });
        self.at = found.end;
        Ok(())
    }

    fn read_colons(&mut self, most: usize) {
        let rest = self.file.get(self.at..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        let mut start = self.at;
        for part in line.splitn(most, |&byte| byte == b':') {
            self.cells.push(Cell { place: start..start + part.len(), doubled: false });
            start += part.len() + 1;
        }
        self.at += (end + 1).min(rest.len());
        self.line += 1;
    }
}

/// How many lines end before the mark that closes a quotation.
fn lines_before_mark(quoted: &[u8]) -> usize {
    let (mut at, mut lines) = (0, 0);
    while let Some(&byte) = quoted.get(at) {
        match (byte, quoted.get(at + 1)) {
            (b'"', Some(b'"')) => at += 1,
            (b'"', _) => break,
            (b'\n', _) => lines += 1,
            _ => {}
        }
        at += 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str, dialect: Dialect) -> Result<Vec<(usize, Vec<&str>)>, RowError> {
        let mut rows = Rows::new(text.as_bytes(), dialect, (0, 1));
        let mut all = Vec::new();
        while let Some(row) = rows.next_row()? {
            let cells = row.cells.iter().filter_map(|cell| text.get(cell.place.clone()));
            all.push((row.line, cells.collect()));
        }
        Ok(all)
    }

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &[&str])]) {
        let rows = all(text, Dialect::Quoted(b',')).unwrap();
        let rows: Vec<(usize, &[&str])> =
            rows.iter().map(|(line, cells)| (*line, cells.as_slice())).collect();
        assert_eq!(rows, expected, "{text:?}");
    }

    #[test]
    fn table() {
        check("", &[]);
        check("a,b\n", &[(1, &["a", "b"])]);
        check("a,b", &[(1, &["a", "b"])]);
        check("a,\r\n,b\r\n", &[(1, &["a", ""]), (2, &["", "b"])]);
        check("a,b\rc,d\r", &[(1, &["a", "b"]), (2, &["c", "d"])]);
        check("a\n\n , \n\"\",\nb", &[(1, &["a"]), (5, &["b"])]);
        check("\"a,\n\"\"b\",c\nd", &[(1, &["a,\n\"\"b", "c"]), (3, &["d"])]);
        check("a\"b,\"c\"", &[(1, &["a\"b", "c"])]);
        check("a,", &[(1, &["a", ""])]);
    }

    #[test]
    fn what_cannot_be_taken_apart_is_an_error_with_its_line() {
        let error = |text| all(text, Dialect::Quoted(b',')).unwrap_err();
        assert_eq!(error("a\nb,\"c\nd\n").line, 2);
        assert_eq!(error("a\n\"b\nc\"d\n").line, 3);
        assert_eq!(error(&",".repeat(MOST_CELLS)).line, 1);
    }

    #[test]
    fn colons() {
        let pairs = all("a:b:c\n\nd:\r\n", Dialect::Colons(2)).unwrap();
        assert_eq!(pairs, [(1, vec!["a", "b:c"]), (3, vec!["d", "\r"])]);
        let fields = all("a:b:\n\"a:b", Dialect::Colons(8)).unwrap();
        assert_eq!(fields, [(1, vec!["a", "b", ""]), (2, vec!["\"a", "b"])]);
    }

    proptest! {
        /// The cells are in order and apart, and only marks of the format are between them.
        #[test]
        fn nothing_is_lost(text in "[ab,;\"\\r\\n:]{0,40}") {
            for dialect in [Dialect::Quoted(b','), Dialect::Colons(2), Dialect::Colons(7)] {
                let mut rows = Rows::new(text.as_bytes(), dialect, (0, 1));
                let mut end = 0;
                while let Ok(Some(row)) = rows.next_row() {
                    for cell in row.cells {
                        let between = text.get(end..cell.place.start).unwrap();
                        prop_assert!(!between.contains(['a', 'b']), "{}", between);
                        end = cell.place.end;
                    }
                }
            }
        }
    }
}
