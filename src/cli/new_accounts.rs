//! The flags of `new-accounts`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use strongpass_registers::{AccountsFormat, Paper};
use strongpass_tables::headings::ChosenColumn;

use super::{PolicyArg, column};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  strongpass new-accounts new.csv                       check every row
  strongpass new-accounts new.csv --fill -o ready.csv   and give a password to those who have none
  strongpass new-accounts new.csv --fill -o ready.csv --slips slips.html

Understood are the bulk uploads of Google Workspace and Microsoft Entra, the files of newusers and
chpasswd, and any CSV file or workbook (.xlsx) with a heading such as:
  Account,First name,Last name,Email,Password

Everything else in the file stays as it is, byte for byte; of a workbook CSV is written. A password may not hold a name of its
row, and no two rows may have the same one. The files that are written hold passwords: only you can
read them; delete them when the accounts are made.")]
pub(crate) struct NewAccountsArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    /// The file (`-`: standard input)
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The format; by default found out from the heading or the shape
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<FileFormat>,
    /// Which column holds what, if its heading does not say so: account=HEADING, password=HEADING …
    /// (may be repeated)
    #[arg(long, value_name = "WHAT=HEADING", value_parser = column)]
    pub(crate) column: Vec<ChosenColumn>,
    /// Give a new password to every row that has none
    #[arg(long, requires = "output")]
    pub(crate) fill: bool,
    /// How many characters a new password has; by default 12, or as many as the policy asks for
    #[arg(short, long, value_name = "L", requires = "fill")]
    #[arg(value_parser = clap::value_parser!(u16).range(4..=128))]
    pub(crate) length: Option<u16>,
    /// A word list made by `strongpass words build`, besides the built-in one (may be repeated)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) words: Vec<PathBuf>,
    /// Write the rows here; the file may not exist yet
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Write sheets to print and cut up, with a slip for each person whose password is strong
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) slips: Option<PathBuf>,
    /// The name of the school, for the slips
    #[arg(long, value_name = "NAME", requires = "slips")]
    pub(crate) school: Option<String>,
    /// The paper that the slips are printed on; by default a4
    #[arg(long, value_name = "PAPER", requires = "slips")]
    pub(crate) paper: Option<PaperSize>,
    /// Answer in JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What slips are printed on.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PaperSize {
    /// 210 × 297 mm
    A4,
    /// 8.5 × 11 inches
    Letter,
}

impl From<PaperSize> for Paper {
    fn from(size: PaperSize) -> Self {
        match size {
            PaperSize::A4 => Self::A4,
            PaperSize::Letter => Self::Letter,
        }
    }
}

/// What a file of new accounts may be.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FileFormat {
    /// A heading and rows, separated by commas, semicolons or tabs
    Csv,
    /// Google Workspace, bulk upload of users
    Google,
    /// Microsoft Entra, bulk create
    Entra,
    /// name:password:uid:gid:full name:home:shell
    Newusers,
    /// name:password
    Chpasswd,
}

impl From<FileFormat> for AccountsFormat {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Csv => Self::Csv,
            FileFormat::Google => Self::Google,
            FileFormat::Entra => Self::Entra,
            FileFormat::Newusers => Self::Newusers,
            FileFormat::Chpasswd => Self::Chpasswd,
        }
    }
}
