//! The flags of `hook`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::{HistoryArg, PolicyArg};

const SAMBA_HELP: &str = "\
In smb.conf of an Active Directory domain controller:
  check password script = /usr/bin/strongpass hook samba

Never write %u there: Samba puts the name of the account into the environment, which is safe.

Examples:
  printf %s \"$new\" | SAMBA_CPS_ACCOUNT_NAME=k.harper strongpass hook samba
  strongpass hook samba --policy birchington-plus --history --system network

The domain must ask for complexity (samba-tool domain passwordsettings set --complexity=on), or the
script is not run. Why a password was refused is in Samba's log; Windows shows people its own text.
A computer's or service's own long random password is let through: names that end in $ (14
characters), dns-… and krbtgt (100 characters). After 8 seconds the answer is no.";

const PAM_EXEC_HELP: &str = "\
In /etc/pam.d/common-password, before the line of pam_unix.so, which then needs use_authtok:
  password requisite pam_exec.so quiet stdout expose_authtok /usr/bin/strongpass hook pam-exec

Example:
  printf %s \"$new\" | PAM_TYPE=password PAM_USER=k.harper strongpass hook pam-exec

Linux-PAM before 1.6.0 (Debian 12 has 1.5.2) does not give the new password to pam_exec: this
command then gets nothing and refuses everything. Use pam_strongpass.so there; it is better
everywhere, because it asks again and tells everything that is wrong at once.";

#[derive(Subcommand, Debug)]
pub(crate) enum HookCommand {
    /// Answer the `check password script` of Samba
    #[command(after_help = SAMBA_HELP)]
    Samba(HookArgs),
    /// Answer the module `pam_exec` of Linux-PAM
    #[command(after_help = PAM_EXEC_HELP)]
    PamExec(HookArgs),
}

#[derive(Args, Debug)]
pub(crate) struct HookArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    /// A word list made by `strongpass words build`, besides the built-in one (may be repeated)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) words: Vec<PathBuf>,
    /// The system the password is for; with pam-exec by default the one of the PAM service
    #[arg(long, value_name = "SYSTEM")]
    pub(crate) system: Option<String>,
    /// Ask the history whether the account uses or used it, or nearly the same, on any system
    #[arg(long)]
    pub(crate) history: bool,
    /// Record it in the history if it is accepted, before the caller has stored it
    #[arg(long, requires = "history")]
    pub(crate) record: bool,
    #[command(flatten)]
    pub(crate) file: HistoryArg,
}
