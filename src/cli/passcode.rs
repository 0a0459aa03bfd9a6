//! The flags of `passcode`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use strongpass_policy::Day;
use strongpass_tables::headings::ChosenColumn;

use super::{Hint, PolicyArg, column};
use crate::report::ReportArgs;

const CHECK_HELP: &str = "\
Examples:
  strongpass passcode check                         type a code and see every clause
  strongpass passcode check --context CT79RD --context 01843849000 --context B12
  printf %s \"$code\" | strongpass passcode check --stdin --json

A code with letters in it, or of more than ten digits, is judged as a password.";

const GENERATE_HELP: &str = "\
Examples:
  strongpass passcode generate                      one code of six digits
  strongpass passcode generate -n 30 --length 8 --context-file school.txt

Every code that is accepted is equally likely.";

const AUDIT_HELP: &str = "\
Examples:
  strongpass passcode audit register.csv
  strongpass passcode audit register.csv --html report.html --csv to-do.csv --leavers left.csv
  strongpass passcode audit register.csv.age --identity key.txt --html report.html
  strongpass passcode audit register.csv --replace new.csv --max-age 2y

The register is a CSV file or a workbook (.xlsx) with a heading, such as
  Device,Holder,Passcode,Set on,Known by
Columns are found by name; of the known-by people one is parted from the next by a semicolon.

Exit codes: 0 nothing found, 1 something found, 3 a row could not be checked. No output has a
passcode in it but the new register of --replace, which only you can read.";

const POLICY_HELP: &str = "\
Examples:
  strongpass passcode policy ipads.json          a policy of Intune, as JSON
  strongpass passcode policy codes.mobileconfig  a profile of Apple's, signed or not

Exit codes: 0 every clause that device management can enforce is enforced, 1 some are not, 3 the file
could not be read.";

#[derive(Subcommand, Debug)]
pub(crate) enum PasscodeCommand {
    /// Test a passcode before you set it
    #[command(after_help = CHECK_HELP)]
    Check(PasscodeCheckArgs),
    /// Make passcodes that are accepted
    #[command(after_help = GENERATE_HELP)]
    Generate(PasscodeGenerateArgs),
    /// Say what is refused, and what to look at on the phone itself
    Explain(PolicyArg),
    /// Find out which devices in the register need a new passcode, without showing one
    #[command(after_help = AUDIT_HELP)]
    Audit(Box<RegisterArgs>),
    /// Say which clauses of the policy a device management enforces, and which it does not
    #[command(after_help = POLICY_HELP)]
    Policy(PasscodePolicyArgs),
}

#[derive(Args, Debug)]
pub(crate) struct PasscodePolicyArgs {
    /// The policy of the device management: JSON of Intune, or a profile of Apple or Jamf
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    /// Answer in JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ContextArgs {
    /// What a thief may know of you, the school or the phone: a telephone number, postcode, room,
    /// asset tag, year or name (may be repeated)
    #[arg(long, value_name = "TEXT")]
    pub(crate) context: Vec<String>,
    /// A file of such, one a line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) context_file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct PasscodeCheckArgs {
    /// Refused, without repeating it as the usual error would
    #[arg(hide = true)]
    pub(crate) passcode: Option<std::ffi::OsString>,
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    /// Read the passcode from standard input, without a prompt
    #[arg(long)]
    pub(crate) stdin: bool,
    /// Answer in JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PasscodeGenerateArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    /// How many
    #[arg(short, long, value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub(crate) number: u32,
    /// How many digits; by default as many as the policy asks for
    #[arg(short, long, value_name = "L")]
    #[arg(value_parser = clap::value_parser!(u16).range(4..=10))]
    pub(crate) length: Option<u16>,
    /// Answer in JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct RegisterArgs {
    /// The register: a CSV file or a workbook, or one encrypted with age (`-`: standard input)
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) register: PathBuf,
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    #[command(flatten)]
    pub(crate) context: ContextArgs,
    /// Which column holds what, if its heading does not say so: device=HEADING, holder=HEADING,
    /// passcode=HEADING … (may be repeated)
    #[arg(long, value_name = "WHAT=HEADING", value_parser = column)]
    pub(crate) column: Vec<ChosenColumn>,
    /// Who has left: a name on each line, or a CSV file or workbook with columns Name and Left on
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) leavers: Option<PathBuf>,
    /// Report codes that are older: 90d, 18m, 2y
    #[arg(long, value_name = "AGE", value_parser = days)]
    pub(crate) max_age: Option<u32>,
    /// Count ages up to this day (YYYY-MM-DD), by default today
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<Day>,
    /// A file with the key that opens an encrypted register, from `age-keygen` (may be repeated)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) identity: Vec<PathBuf>,
    /// Write a new register with fresh codes for the devices that need one; the file may not exist
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) replace: Option<PathBuf>,
    /// How many digits a fresh code has; by default as many as the policy asks for
    #[arg(short, long, value_name = "L", requires = "replace")]
    #[arg(value_parser = clap::value_parser!(u16).range(4..=10))]
    pub(crate) length: Option<u16>,
    #[command(flatten)]
    pub(crate) report: ReportArgs,
}

/// `90d`, `18m` or `2y`, in days.
fn days(text: &str) -> Result<u32, Hint> {
    let unit = |c: char| match c.to_ascii_lowercase() {
        'd' => Some((1, 1)),
        'w' => Some((7, 1)),
        'm' => Some((365, 12)),
        'y' => Some((365, 1)),
        _ => None,
    };
    let last = text.chars().next_back();
    let (number, (times, parts)) = match last.and_then(unit) {
        Some(unit) => (text.trim_end_matches(char::is_alphabetic), unit),
        None => (text, (1, 1)),
    };
    let days = number.trim().parse::<u32>().ok().and_then(|number| number.checked_mul(times));
    let days = days.map(|days| days / parts).filter(|days| (1..=36_500).contains(days));
    let hint = "use a number of days, weeks, months or years: 90d, 12w, 18m, 2y";
    days.ok_or_else(|| Hint::new(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        for (text, expected) in
            [("90", 90), ("90d", 90), ("2w", 14), ("12m", 365), ("18M", 547), ("2y", 730)]
        {
            assert_eq!(days(text), Ok(expected), "{text}");
        }
        for text in ["", "y", "0d", "-1y", "1.5y", "2 months", "9999y", "99999999999"] {
            assert!(days(text).is_err(), "{text}");
        }
    }
}
