//! Tables for spreadsheets, in which no cell is a formula.

use crate::printable::printable;

/// A table, as UTF-8 with the mark by which Excel knows it, and line ends of RFC 4180.
#[derive(Debug)]
pub struct Csv {
    text: String,
    columns: usize,
}

impl Csv {
    /// A table with these headings.
    pub fn new(headings: &[&str]) -> Self {
        let mut table = Self { text: "\u{feff}".into(), columns: headings.len() };
        table.row(headings);
        table
    }

    /// Adds a row of as many cells as there are headings.
    pub fn row(&mut self, cells: &[&str]) {
        debug_assert_eq!(cells.len(), self.columns, "a cell for every heading");
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                self.text.push(',');
            }
            self.cell(&printable(cell));
        }
        self.text.push_str("\r\n");
    }

    /// The whole table.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn cell(&mut self, cell: &str) {
        let guard = if is_formula(cell) { "'" } else { "" };
        // Semicolons part cells too, in spreadsheets of other countries.
        let quoted = cell.contains(['"', ',', ';']) || cell.trim() != cell;
        if quoted {
            self.text.push('"');
        }
        self.text.push_str(guard);
        for c in cell.chars() {
            self.text.push(c);
            if c == '"' {
                self.text.push('"');
            }
        }
        if quoted {
            self.text.push('"');
        }
    }
}

/// Whether a spreadsheet would calculate it (OWASP, CSV Injection): the fullwidth signs too, and
/// whatever spaces stand before.
fn is_formula(cell: &str) -> bool {
    cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, written: &str) {
        let mut table = Csv::new(&["a", "b"]);
        table.row(&[cell, "x"]);
        let bytes = table.into_bytes();
        let text = str::from_utf8(&bytes).unwrap();
        assert_eq!(text, format!("\u{feff}a,b\r\n{written},x\r\n"), "{cell:?}");
    }

    #[test]
    fn no_cell_is_a_formula_or_breaks_out() {
        check("Zoë", "Zoë");
        check("", "");
        check("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
        check("+44", "'+44");
        check("-1", "'-1");
        check("@SUM(1)", "'@SUM(1)");
        check(" =1", "\"' =1\"");
        check("＝1", "'＝1");
        check("a,b", "\"a,b\"");
        check("a;b", "\"a;b\"");
        check("a\"b", "\"a\"\"b\"");
        check("a=b", "a=b");
        // A line end or a tab is not text that anybody sees.
        check("\t=1", "\u{fffd}=1");
        check("a\r\nb", "a\u{fffd}\u{fffd}b");
    }
}
