//! Reports to people and programs: one content, shown as a page, as a table and as JSON.
//!
//! What found something puts it into a [`Document`]; [`page`] shows it and knows nothing of what it
//! is about. [`Csv`] is a table for spreadsheets, [`write_json`] writes what is for programs,
//! [`write_verdict`] the answer of the policy. How a
//! report is shown at a terminal is the command's affair.
//!
//! ```
//! use strongpass_report::{Csv, counted, page, sample_document};
//!
//! let page = page(&sample_document());
//! assert!(page.starts_with("<!DOCTYPE html>"));
//!
//! let mut table = Csv::new(&["kite", "wrong"]);
//! table.row(&["=Zebedee", "no tail"]);
//! let text = String::from_utf8(table.into_bytes())?;
//! assert!(text.ends_with("\r\n'=Zebedee,no tail\r\n"));
//! assert_eq!(counted(1_200, "kite", "kites"), "1,200 kites");
//! # Ok::<(), std::string::FromUtf8Error>(())
//! ```
//!
//! # What it never does
//! - It opens no file, asks no clock and prints nothing.
//! - It never passes on text from outside as it is: in a page it is escaped, in a table it is no
//!   formula, and what shows nothing or what a terminal would obey is replaced or escaped.

#![forbid(unsafe_code)]

mod csv;
mod document;
mod html;
mod json;
mod numbers;
mod printable;
mod verdict;

pub use csv::Csv;
pub use document::header::{Header, Responsibility};
pub use document::lines::{Lines, Point};
pub use document::moment::Moment;
pub use document::range::Range;
pub use document::sample::sample_document;
pub use document::school::{Logo, LogoError, School};
pub use document::{
    Bar, Bars, Block, Check, Checks, Code, Document, Figure, Level, List, Readers, Row, Section,
    Table, Units,
};
pub use html::{page, push_escaped};
pub use json::{JSON_VERSION, write_json};
pub use numbers::{counted, grouped};
pub use printable::{printable, printable_lines};
pub use verdict::{Beside, NearSearch, write_verdict};
