//! Rows of cells, as places in the file: what is not changed stays as it is, byte for byte.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

/// More columns than any file of accounts has.
const MOST_CELLS: usize = 1_000;

/// How cells are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// RFC 4180 with this delimiter: cells may be in quotation marks.
    Quoted(u8),
    /// Colons, and a line end is a line end; the last of so many cells may hold colons.
    Colons(usize),
}

/// What a cell holds is here; quotation marks around it are not included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cell {
    pub(crate) place: Range<usize>,
    /// Whether quotation marks in it are doubled.
    pub(crate) doubled: bool,
}

/// A row and the line it begins on.
#[derive(Debug)]
pub(crate) struct Row<'r> {
    pub(crate) line: usize,
    pub(crate) cells: &'r [Cell],
}

/// Why a file cannot be taken apart. It does not repeat what is in the file.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct RowError {
    pub(crate) line: usize,
    pub(crate) why: &'static str,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.why)
    }
}

/// The rows of a file, one after another.
pub(crate) struct Rows<'b> {
    bytes: &'b [u8],
    shape: Shape,
    at: usize,
    line: usize,
    cells: Vec<Cell>,
}

impl<'b> Rows<'b> {
    /// The rows from that byte on, which begins that line.
    pub(crate) fn new(bytes: &'b [u8], shape: Shape, (at, line): (usize, usize)) -> Self {
        Self { bytes, shape, at, line, cells: Vec::new() }
    }

    /// The next row that holds anything, or `None` at the end.
    pub(crate) fn next_row(&mut self) -> Result<Option<Row<'_>>, RowError> {
        while self.at < self.bytes.len() {
            let line = self.line;
            self.cells.clear();
            match self.shape {
                Shape::Quoted(delimiter) => self.quoted_row(delimiter)?,
                Shape::Colons(most) => self.line_of_colons(most),
            }
            let bytes = self.bytes;
            if self.cells.iter().any(|cell| !is_blank(content(bytes, cell))) {
                return Ok(Some(Row { line, cells: &self.cells }));
            }
        }
        Ok(None)
    }

    /// Where the next row begins: its first byte and its line.
    pub(crate) fn place(&self) -> (usize, usize) {
        (self.at, self.line)
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn quoted_row(&mut self, delimiter: u8) -> Result<(), RowError> {
        let line = self.line;
        loop {
            if self.cells.len() == MOST_CELLS {
                return Err(RowError { line, why: "has more than 1,000 columns" });
            }
            if self.byte() == Some(b'"') {
                self.quoted_cell(delimiter)?;
            } else {
                let start = self.at;
                let ends = |&byte: &u8| byte == delimiter || byte == b'\n' || byte == b'\r';
                let rest = self.bytes.get(start..).unwrap_or_default();
                self.at += rest.iter().position(ends).unwrap_or(rest.len());
                self.cells.push(Cell { place: start..self.at, doubled: false });
            }
            match self.byte() {
                Some(byte) if byte == delimiter => self.at += 1,
                Some(b'\r') if self.bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    self.line += 1;
                    return Ok(());
                }
                Some(_) => {
                    self.at += 1;
                    self.line += 1;
                    return Ok(());
                }
                None => return Ok(()),
            }
        }
    }

    fn quoted_cell(&mut self, delimiter: u8) -> Result<(), RowError> {
        let opened = self.line;
        self.at += 1;
        let start = self.at;
        let mut doubled = false;
        loop {
            match self.byte() {
                None => {
                    let why = "a quotation mark opens here and is never closed";
                    return Err(RowError { line: opened, why });
                }
                Some(b'"') if self.bytes.get(self.at + 1) == Some(&b'"') => {
                    doubled = true;
                    self.at += 2;
                }
                Some(b'"') => break,
                Some(byte) => {
                    self.line += usize::from(byte == b'\n');
                    self.at += 1;
                }
            }
        }
        self.cells.push(Cell { place: start..self.at, doubled });
        self.at += 1;
        match self.byte() {
            Some(byte) if byte != delimiter && byte != b'\r' && byte != b'\n' => {
                let why = "something follows a closing quotation mark; inside a value it is \
                           written twice";
                Err(RowError { line: self.line, why })
            }
            _ => Ok(()),
        }
    }

    fn line_of_colons(&mut self, most: usize) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
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

/// What is between the quotation marks, or all of a cell without them.
pub(crate) fn content<'b>(bytes: &'b [u8], cell: &Cell) -> &'b [u8] {
    bytes.get(cell.place.clone()).unwrap_or_default()
}

/// Whether a cell holds nothing but spaces.
pub(crate) fn is_blank(content: &[u8]) -> bool {
    content.iter().all(u8::is_ascii_whitespace)
}

/// Makes doubled quotation marks single.
pub(crate) fn single(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(Vec::with_capacity(bytes.len()));
    let mut bytes = bytes.iter();
    while let Some(&byte) = bytes.next() {
        text.push(byte);
        if byte == b'"' {
            bytes.next();
        }
    }
    text
}

/// A cell that is no secret, for people and for rules. What is not UTF-8 is most likely from an
/// older Windows program; only the rule and the eye get to see it.
pub(crate) fn text(file: &[u8], cell: &Cell) -> String {
    let bytes = content(file, cell);
    let text = str::from_utf8(bytes).map_or_else(
        |_| Cow::Owned(bytes.iter().copied().map(char::from).collect()),
        Cow::Borrowed,
    );
    let text = text.trim();
    if cell.doubled { text.replace("\"\"", "\"") } else { text.to_owned() }
}

/// A heading as it is compared: `Initial password [passwordProfile] Required` is `initialpassword`.
pub(crate) fn plain(heading: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in heading.chars() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => plain.extend(c.to_lowercase()),
            _ => {}
        }
    }
    plain.strip_suffix("required").unwrap_or(&plain).to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str, shape: Shape) -> Result<Vec<(usize, Vec<&str>)>, RowError> {
        let mut rows = Rows::new(text.as_bytes(), shape, (0, 1));
        let mut all = Vec::new();
        while let Some(row) = rows.next_row()? {
            let cells = row.cells.iter().filter_map(|cell| text.get(cell.place.clone()));
            all.push((row.line, cells.collect()));
        }
        Ok(all)
    }

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &[&str])]) {
        let rows = all(text, Shape::Quoted(b',')).unwrap();
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
        let error = |text| all(text, Shape::Quoted(b',')).unwrap_err();
        assert_eq!(error("a\nb,\"c\nd\n").line, 2);
        assert_eq!(error("a\n\"b\nc\"d\n").line, 3);
        assert_eq!(error(&",".repeat(MOST_CELLS)).line, 1);
    }

    #[test]
    fn colons() {
        let pairs = all("a:b:c\n\nd:\r\n", Shape::Colons(2)).unwrap();
        assert_eq!(pairs, [(1, vec!["a", "b:c"]), (3, vec!["d", "\r"])]);
        let fields = all("a:b:\n\"a:b", Shape::Colons(8)).unwrap();
        assert_eq!(fields, [(1, vec!["a", "b", ""]), (2, vec!["\"a", "b"])]);
    }

    #[test]
    fn marks_are_single_again() {
        assert_eq!(single(b"a\"\"b\"\"").as_slice(), b"a\"b\"");
        assert_eq!(single(b"\"\"\"\"").as_slice(), b"\"\"");
        assert_eq!(single(b"").as_slice(), b"");
    }

    proptest! {
        /// The cells are in order and apart, and only marks of the format are between them.
        #[test]
        fn nothing_is_lost(text in "[ab,;\"\\r\\n:]{0,40}") {
            for shape in [Shape::Quoted(b','), Shape::Colons(2), Shape::Colons(7)] {
                let mut rows = Rows::new(text.as_bytes(), shape, (0, 1));
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
