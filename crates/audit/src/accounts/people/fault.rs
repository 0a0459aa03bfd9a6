//! What is wrong with a table of people, and what to do about it.

use std::error::Error;
use std::fmt;

use strongpass_tables::LenientRowError;

/// Something in the table that was left out, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PeopleNote {
    /// The line, from 1.
    pub line: u32,
    /// What was left out.
    pub what: String,
}

impl fmt::Display for PeopleNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.what)
    }
}

/// Why a table of people cannot be used, by line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PeopleError {
    /// Lines with what is wrong with each; at least one.
    pub faults: Vec<(u32, PeopleFault)>,
}

/// What is wrong with a line of a table of people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PeopleFault {
    /// The first line is not a heading with a column of accounts.
    NoAccounts,
    /// It is something else, and this is what to save it as.
    NotATable(&'static str),
    /// Only a column called `UPN` may hold the accounts, or the numbers of pupils.
    WhichUpn,
    /// A heading was chosen that the table has not.
    NoSuchColumn,
    /// A row without an account.
    NoAccount,
    /// A row with more or fewer cells than the heading.
    Cells {
        /// How many it has.
        has: usize,
        /// How many the heading has.
        heading: usize,
    },
    /// A quotation mark opens a cell and nothing closes it.
    OpenQuote,
    /// The row is longer than any person's.
    TooLong,
    /// The account was someone else's on an earlier line.
    Claimed {
        /// That line.
        by: u32,
    },
}

impl From<LenientRowError> for PeopleFault {
    fn from(error: LenientRowError) -> Self {
        match error {
            LenientRowError::OpenQuote => Self::OpenQuote,
            LenientRowError::TooLong => Self::TooLong,
        }
    }
}

impl fmt::Display for PeopleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cells { has, heading } => {
                return write!(
                    f,
                    "the row has {has} cells and the heading {heading}; put a cell that contains \
                     the separator in quotation marks",
                );
            }
            Self::Claimed { by } => {
                return write!(
                    f,
                    "line {by} gives this account to someone else; name the system \
                     (`network=kharper`), or give both rows the same `person`",
                );
            }
            Self::NoAccounts => {
                "no column is called `account` or `email`; the first line must be a heading such as \
                 `person,account,system,first name,last name,role`"
            }
            Self::NotATable(why) => why,
            Self::WhichUpn => {
                "the column UPN may be the account (the principal name of Active Directory) or not \
                 (the Unique Pupil Number of SIMS, Arbor and Bromcom), and nothing else names one. Say \
                 which column does: --column account=HEADING, or --column account=UPN if that is it"
            }
            Self::NoSuchColumn => "no column has a heading that --column names",
            Self::NoAccount => "this person has no account; leave the row out or fill it in",
            Self::OpenQuote => "a quotation mark is opened here and never closed",
            Self::TooLong => "the row is longer than any person's",
        })
    }
}

/// How many faults are told at once.
const TOLD: usize = 10;

impl fmt::Display for PeopleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (line, fault)) in self.faults.iter().take(TOLD).enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}{line}: {fault}")?;
        }
        match self.faults.len().saturating_sub(TOLD) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more lines"),
        }
    }
}

impl Error for PeopleError {}
