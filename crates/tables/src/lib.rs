//! Tables that people export from somewhere: text of any encoding, rows, cells and headings.
//!
//! [`decode`] makes UTF-8 of a file; [`Lines`] counts its lines, and
//! [`LineBlocks`] reads those of a source that is too large for one piece; [`Rows`] and [`LenientRows`] read
//! rows of cells (RFC 4180 with any delimiter); [`headings`] says what a column holds by its name.
//! [`SpellingDictionary`] reads the words of a spelling dictionary, [`workbook_to_csv`] the table of a
//! workbook.
//!
//! ```
//! use strongpass_tables::{Dialect, Rows, content, decode};
//!
//! let file = decode(b"Account,Password\nkharper,\"a,b\"\n".to_vec());
//! let mut rows = Rows::new(&file, Dialect::Quoted(b','), (0, 1));
//! rows.next_row()?;
//! let row = rows.next_row()?.expect("there are two rows");
//! assert_eq!((row.line, content(&file, &row.cells[1])), (2, b"a,b".as_slice()));
//! assert_eq!(row.cells[1].place, 26..29);
//! # Ok::<(), strongpass_tables::RowError>(())
//! ```
//!
//! # What it never does
//! - It opens no file, asks no clock and prints nothing.
//! - It keeps no copy of a cell that is not wiped: cells are places in the caller's file, and what
//!   has to be copied lies in memory that is wiped.
//! - An error never repeats what is in the file, which may hold passwords.

#![forbid(unsafe_code)]

mod encoding;
mod foreign;
pub mod headings;
pub mod hex;
mod lines;
mod rows;
mod spelling;
mod workbook;

pub use encoding::{DecodedText, Encoding, decode, decode_text, decode_utf16, from_windows_1252};
pub use foreign::not_a_table;
pub use lines::blocks::{LineBlocks, count_lines, line_ranges, lines_of};
pub use lines::{Line, Lines, cut};
pub use rows::cell::{Cell, content, is_blank, is_placeholder, text, undoubled};
pub use rows::lenient::{LenientRow, LenientRowError, LenientRows};
pub use rows::{Dialect, Row, RowError, Rows};
pub use spelling::{AffixError, SpellingDictionary};
pub use workbook::{WorkbookError, workbook_to_csv};
