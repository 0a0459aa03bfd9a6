//! Whether everything that a verdict rests on is in order: the built-in words, the policy in force,
//! the history, the PAM services that set passwords, and who may change the files.
//!
//! [`examine`] looks at everything, and returns a [`Finding`] for each thing. How findings are shown
//! is the affair of who asked.
//!
//! ```
//! use strongpass_doctor::{Request, examine};
//!
//! let findings = examine(&Request { policy: Some("ncsc"), ..Request::default() })?;
//! assert!(findings.iter().any(|finding| finding.what().contains("preset \"ncsc\"")));
//! # Ok::<(), strongpass_doctor::DoctorError>(())
//! ```
//!
//! # What it never does
//! - It changes nothing, and prints nothing.
//! - It never takes what this user may not look at for being in order.

#![forbid(unsafe_code)]

mod examination;
mod finding;
mod history;
mod owners;
mod pam;
mod policy;
mod program;
mod request;

pub use examination::examine;
pub use finding::{Finding, State};
pub use request::{DoctorError, Request};
