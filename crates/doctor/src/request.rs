//! What is to be looked at, and what is wrong with asking for it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use strongpass_pam_stack::StackError;

/// What is to be looked at; by default what this computer uses.
#[derive(Clone, Copy, Default, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the caller fills it in")]
pub struct Request<'a> {
    /// A preset or a file in place of the policy of this computer.
    pub policy: Option<&'a str>,
    /// A file in place of the configuration of the history.
    pub history_config: Option<&'a Path>,
    /// These PAM services only; none means all that set passwords.
    pub services: &'a [String],
    /// A folder or a file in place of the configuration of PAM.
    pub pam_config: Option<&'a Path>,
    /// A folder in place of that of the PAM modules.
    pub pam_modules: Option<&'a Path>,
}

/// Why nothing can be said of PAM.
#[derive(Debug)]
#[non_exhaustive]
pub enum DoctorError {
    /// The configuration that was named cannot be looked at.
    PamConfig {
        /// The folder or file.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// PAM has no service of a name that was given.
    NoService,
    /// The services cannot be listed.
    Stack(StackError),
}

impl DoctorError {
    /// Whether the call is wrong, and not this computer's state.
    pub fn is_mistake(&self) -> bool {
        match self {
            Self::PamConfig { .. } | Self::NoService => true,
            Self::Stack(_) => false,
        }
    }
}

impl fmt::Display for DoctorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PamConfig { path, source } => {
                write!(f, "--pam-config: {}: {source}", path.display())
            }
            Self::NoService => f.write_str("--service: PAM has no service of that name"),
            Self::Stack(error) => error.fmt(f),
        }
    }
}

// `Display` says all of it.
impl Error for DoctorError {}
