//! The flags of `doctor`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{HistoryArg, PolicyArg};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  strongpass doctor                                 as root: this whole computer
  strongpass doctor --service passwd --service sshd
  strongpass doctor --pam-config /mnt/etc/pam.d --pam-modules /mnt/usr/lib/security

Looked at are the built-in words, the policy in force, the history, and for each PAM service that
sets passwords: is pam_strongpass asked on every way through its stack, before the password is
stored; may another module ask for another password; is the new one remembered; and who may change
the files. A line marked ? is something to know, or what this user may not look at.

Exit codes: 0 all is in order, 1 it is not, 2 wrong usage, 3 something could not be looked at.")]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    #[command(flatten)]
    pub(crate) file: HistoryArg,
    /// Look at this PAM service only, and expect it to ask `pam_strongpass` (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub(crate) service: Vec<String>,
    /// The configuration of PAM, a folder or a file; by default `/etc/pam.d`, else `/etc/pam.conf`
    #[arg(long, value_name = "DIR|FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) pam_config: Option<PathBuf>,
    /// The folder of the PAM modules; by default the one that has `pam_unix.so`
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) pam_modules: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    pub(crate) json: bool,
}
