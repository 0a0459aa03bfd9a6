//! The flags that all reports share.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use strongpass_report::Responsibility;

#[derive(Args, Debug)]
#[command(next_help_heading = "Report")]
pub(crate) struct ReportArgs {
    /// Answer in JSON, or write the report in JSON into a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "-")]
    pub(crate) json: Option<PathBuf>,
    /// Write the findings as a table for spreadsheets (`-`: standard output)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) csv: Option<PathBuf>,
    /// Write the report as one page, to read, print or hand in (`-`: standard output)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,
    /// Encrypt every file that is written, for this recipient (age1…) or all in a file (may be
    /// repeated); the answer then names nobody
    #[arg(long, value_name = "RECIPIENT|FILE", value_hint = ValueHint::FilePath)]
    pub(crate) encrypt_to: Vec<String>,
    /// What the report is for, if not what its head says by itself
    #[arg(long, value_name = "TEXT")]
    pub(crate) purpose: Option<String>,
    /// Who allowed it to be made
    #[arg(long, value_name = "NAME")]
    pub(crate) authorised_by: Option<String>,
    /// Who makes it; by default the name under which you are logged in
    #[arg(long, value_name = "NAME")]
    pub(crate) operator: Option<String>,
    /// For how many days it may be kept; its head says until when
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) keep_days: u32,
}

impl ReportArgs {
    /// Who answers for the report, and until when it may be kept.
    pub(crate) fn responsibility(&self) -> Responsibility {
        Responsibility {
            purpose: self.purpose.clone(),
            operator: self.operator.clone().or_else(user),
            authorised_by: self.authorised_by.clone(),
            keep_days: self.keep_days,
        }
    }
}

/// The name under which somebody is logged in. It is only printed; nothing is decided by it.
fn user() -> Option<String> {
    let names = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"];
    names.into_iter().filter_map(std::env::var_os).find_map(|name| {
        let name = name.into_string().ok()?;
        (!name.is_empty()).then_some(name)
    })
}
