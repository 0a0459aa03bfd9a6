//! Why a workbook cannot be read, and what to do.

use std::error::Error;
use std::fmt;

/// Why a workbook was not read. Nothing of its cells is in it, for they may be passwords.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum WorkbookError {
    /// It is damaged, too large, or written as no spreadsheet writes one.
    Unreadable {
        /// The row of the sheet, from 1, if one is to blame.
        row: Option<u32>,
        /// A sentence without its end.
        why: &'static str,
    },
    /// Several sheets contain data, and which is meant is not guessed. Their names.
    SeveralSheets(Vec<String>),
}

impl WorkbookError {
    /// The error with the name of the file before it, and the row if one is to blame.
    pub fn in_file(&self, name: &str) -> String {
        match self {
            Self::Unreadable { row: Some(row), .. } => format!("{name}:{row}: {self}"),
            Self::Unreadable { .. } | Self::SeveralSheets(_) => format!("{name}: {self}"),
        }
    }

    /// The same in that row, unless it has one.
    pub(super) fn in_row(self, row: u32) -> Self {
        match self {
            Self::Unreadable { row: None, why } => Self::Unreadable { row: Some(row), why },
            Self::Unreadable { .. } | Self::SeveralSheets(_) => self,
        }
    }
}

impl From<&'static str> for WorkbookError {
    fn from(why: &'static str) -> Self {
        Self::Unreadable { row: None, why }
    }
}

/// How many names of sheets an error lists.
const MOST_NAMES: usize = 8;

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { why, .. } => write!(
                f,
                "{why}; open it in a spreadsheet, and save the sheet as \"CSV UTF-8\" (File, Save As)"
            ),
            Self::SeveralSheets(names) => {
                write!(f, "the workbook has {} sheets that contain data (", names.len())?;
                for (number, name) in names.iter().take(MOST_NAMES).enumerate() {
                    f.write_str(if number == 0 { "" } else { ", " })?;
                    write_name(f, name)?;
                }
                f.write_str(if names.len() > MOST_NAMES { " …" } else { "" })?;
                f.write_str(
                    "); save the one that is meant as \"CSV UTF-8\" (File, Save As), or as a workbook \
                     of its own",
                )
            }
        }
    }
}

/// A name from outside, with what could mislead a terminal escaped.
fn write_name(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    for c in name.chars().take(40) {
        match c {
            '\'' | '"' => write!(f, "{c}")?,
            _ => write!(f, "{}", c.escape_debug())?,
        }
    }
    Ok(())
}

impl Error for WorkbookError {}
