//! What was met when something was looked at.

use std::fs::File;
use std::io::{self, ErrorKind};

use strongpass_gate::GateError;
use strongpass_history::HistoryError;
use strongpass_pam_stack::StackError;
use strongpass_trusted::TrustError;

/// An error in words, and whether another user would not meet it.
pub(crate) struct Failure {
    pub(crate) why: String,
    pub(crate) is_denied: bool,
}

impl From<GateError> for Failure {
    fn from(error: GateError) -> Self {
        Self { is_denied: !error.is_mistake() && error.is_denied(), why: error.to_string() }
    }
}

impl From<TrustError> for Failure {
    fn from(error: TrustError) -> Self {
        Self { is_denied: error.is_denied(), why: error.to_string() }
    }
}

impl From<StackError> for Failure {
    fn from(error: StackError) -> Self {
        Self { is_denied: error.is_denied(), why: error.to_string() }
    }
}

impl From<HistoryError> for Failure {
    fn from(error: HistoryError) -> Self {
        let denied = |error: &io::Error| error.kind() == ErrorKind::PermissionDenied;
        #[expect(clippy::wildcard_enum_match_arm, reason = "all others are mistakes")]
        let is_denied = match &error {
            HistoryError::Io { source, .. } => denied(source),
            // Of root it is true: the disk is mounted for reading only.
            HistoryError::ReadOnly { path } => File::open(path).is_err_and(|error| denied(&error)),
            _ => false,
        };
        Self { is_denied, why: error.to_string() }
    }
}
