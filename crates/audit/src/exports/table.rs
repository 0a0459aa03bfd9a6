//! Tables with a heading: CSV of a domain, of WordPress, phpBB, Drupal, Laravel, of anybody.

use strongpass_tables::{LenientRowError, LenientRows, Lines};

use super::Format;
use super::builder::{ExportBuilder, count};
use super::columns::{self, Column};
use super::console;
use super::skipped::Why;

/// A table whose heading was read.
pub(super) struct Table {
    columns: Vec<Column>,
    rows: LenientRows,
    /// A cell of the heading is a hash: the line of an account has run into it.
    pub(super) has_hash: bool,
}

/// As many bytes as a heading may have.
const LONGEST: usize = 8192;

impl Table {
    /// Reads a heading, of accounts with hashes or without; `lines` is then after it.
    pub(super) fn headed(lines: &mut Lines<'_>) -> Option<Self> {
        let line = lines.clone().next()?.bytes;
        let is_letter =
            |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'"' | b' ' | b'|');
        if line.len() > LONGEST || !line.first().is_some_and(is_letter) {
            return None;
        }
        for separator in *b",;\t|" {
            // Headings seldom have the separator in them, and a reader of rows is dear to make.
            let cells: Vec<&[u8]> = line.split(|byte| *byte == separator).collect();
            if cells.len() < 2 || !columns::is_table(&Column::of_table(&cells)) {
                continue;
            }
            let (mut after, mut rows) = (lines.clone(), LenientRows::new(separator));
            let Ok(row) = rows.read(&mut after) else { continue };
            let columns = Column::of_table(&row.cells().collect::<Vec<_>>());
            let has_hash = row.cells().any(columns::is_signed);
            if columns::is_table(&columns) {
                *lines = after;
                return Some(Self { columns, rows, has_hash });
            }
        }
        None
    }

    /// Whether the row that begins where `lines` is has a hash where this table has hashes, whatever
    /// the name of its account begins with.
    pub(super) fn has_row(&mut self, mut lines: Lines<'_>) -> bool {
        let Ok(row) = self.rows.read(&mut lines) else { return false };
        let mut cells = self.columns.iter().zip(row.cells());
        row.len() == self.columns.len() && cells.any(|(column, cell)| column.is_hash_in(cell))
    }

    /// Reads the row that begins where `lines` is, or says why it is none of this table.
    pub(super) fn read(
        &mut self,
        lines: &mut Lines<'_>,
        builder: &mut ExportBuilder<'_>,
    ) -> Result<(), Why> {
        let line = lines.read() + 1;
        let line_bytes = lines.clone().next().map_or(&[][..], |line| line.bytes);
        let row = match self.rows.read(lines) {
            Ok(row) => row,
            Err(error) => {
                let why = match error {
                    LenientRowError::OpenQuote => Why::OpenQuote,
                    LenientRowError::TooLong => Why::TooLong,
                };
                builder.skip(line, None, why);
                return Ok(());
            }
        };
        if row.len() != self.columns.len() {
            if console::is_count(line_bytes) {
                builder.beside();
                return Ok(());
            }
            return Err(Why::Cells { has: count(row.len()), heading: count(self.columns.len()) });
        }
        let cells: Vec<(Column, &[u8])> =
            self.columns.iter().copied().zip(row.cells().map(<[u8]>::trim_ascii)).collect();
        if cells.iter().all(|(_, cell)| cell.is_empty()) {
            builder.blank();
        } else {
            columns::read(line, &cells, Format::Table, builder);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    type Lines<T> = Vec<(u32, T)>;

    /// The accounts and the reasons, with their lines.
    fn read(file: &str) -> (Lines<String>, Lines<&'static str>) {
        let export = Export::read("web", "a", file.as_bytes().to_vec(), &ReadOptions::default());
        let account = |one: &crate::Credential| (one.line, export.text(one.account).to_owned());
        let skipped = export.skipped.iter().map(|one| (one.line, one.why.id()));
        (export.credentials.iter().map(account).collect(), skipped.collect())
    }

    fn accounts(expected: &[(u32, &str)]) -> Lines<String> {
        expected.iter().map(|(line, account)| (*line, (*account).to_owned())).collect()
    }

    const NT: &str = "567667E52888A59D0ABCF0C066DB867B";

    #[test]
    fn separators() {
        for separator in [",", ";", "\t", "|"] {
            let file = format!("Name,SamAccountName,NTHash\nKate,kharper,{NT}\n\n,lchen,{NT}");
            let (loaded, skipped) = read(&file.replace(',', separator));
            assert_eq!(loaded, accounts(&[(2, "kharper"), (4, "lchen")]), "{separator:?}");
            assert_eq!(skipped, []);
        }
    }

    #[test]
    fn cells_over_several_lines() {
        let file =
            format!("user,note,nthash\na,\"two\nlines\",{NT}\nb,,{NT}\nc,\"open,{NT}\nd,,{NT}\n");
        let (loaded, skipped) = read(&file);
        assert_eq!(loaded, accounts(&[(2, "a"), (4, "b"), (6, "d")]));
        assert_eq!(skipped, [(5, "open-quote")]);
    }

    #[test]
    fn what_is_no_row_may_be_something_else() {
        let file = format!("user,note,nthash\na,,{NT}\nb:$NT${NT}\nc,{NT}x\nd\n,,{NT}\n,,\n");
        let (loaded, skipped) = read(&file);
        assert_eq!(loaded, accounts(&[(2, "a"), (3, "b")]));
        assert_eq!(skipped, [(4, "cells"), (5, "cells"), (6, "no-account")]);
    }

    #[test]
    fn what_consoles_draw_around_tables() {
        let psql = format!(" usename |  passwd  \n---------+-------\n a  | $3$${NT}\n(1 row)\n");
        let box_ =
            format!("+---+---+\n| User | password |\n+---+---+\n| a | $3$${NT} |\n+---+---+\n");
        let sqlcmd = format!("name,password_hash\n----,----\na,$3$${NT}\n\n(1 rows affected)\n");
        let plus = format!("\n\"NAME\",\"SPARE4\"\n\"a\",\"$3$${NT}\"\n\n1 row selected.\n");
        for (file, line) in [(psql, 3), (box_, 4), (sqlcmd, 3), (plus, 3)] {
            assert_eq!(read(&file), (accounts(&[(line, "a")]), vec![]), "{file}");
        }
        assert_eq!(read("(1 row)\n---- x\n").1, [(1, "unrecognised"), (2, "unrecognised")]);
    }

    #[test]
    fn accounts_that_look_like_comments() {
        let file = format!("user,nthash\n##Login##,{NT}\n# a note, of two cells\n#note\n");
        assert_eq!(read(&file), (accounts(&[(2, "##Login##")]), vec![]));
    }

    #[test]
    fn columns_that_name_a_scheme() {
        let md5 = "5f4dcc3b5aa765d61d8327deb882cf99";
        assert_eq!(read(&format!("user,md5\na,{md5}\n")).0, accounts(&[(2, "a")]));
        assert_eq!(read(&format!("user,password\na,{md5}\n")).1, [(2, "ambiguous")]);
        assert_eq!(read("user,password\na,\nb,hunter2\n").1, [(2, "no-password"), (3, "no-hash")]);
    }
}
