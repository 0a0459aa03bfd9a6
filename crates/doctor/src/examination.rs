//! Everything that a verdict rests on, one thing after the other.

use crate::finding::Finding;
use crate::request::{DoctorError, Request};
use crate::{history, pam, policy, program};

/// Looks at everything.
///
/// # Errors
/// If PAM is asked for something that it does not have, or its services cannot be listed.
pub fn examine(request: &Request<'_>) -> Result<Vec<Finding>, DoctorError> {
    let mut findings = vec![program::built_in_words(), program::verdicts(), program::random()];
    findings.extend(policy::findings(request.policy));
    findings.extend(history::findings(request.history_config));
    findings.extend(pam::findings(request)?);
    Ok(findings)
}
