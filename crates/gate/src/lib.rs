//! The way from a door to the rule: trusted files, policy, words and history make one decision.
//!
//! Every door (prompt, script, PAM, hook, new accounts) asks here, so that all of them find the same
//! files, ask the history the same question and answer alike.
//!
//! ```
//! use strongpass_gate::{Decision, Gate, InForce, Question, Trust};
//! use strongpass_policy::Password;
//!
//! let in_force = InForce::find(Some("birchington"), Trust::of_process())?;
//! let gate = Gate::new(in_force, &[])?;
//! let question = Question { accounts: &["k.harper"], ..Question::default() };
//! match gate.decide(&Password::new(b"Xk9#horse!"), &question) {
//!     Decision::Accepted(_) => unreachable!(),
//!     Decision::Refused(refused) => {
//!         assert_eq!(refused.verdict().violations()[0].rule.id(), "dictionary-word");
//!     }
//!     Decision::CouldNotCheck(_) => unreachable!(),
//! }
//! # Ok::<(), strongpass_gate::GateError>(())
//! ```
//!
//! # Three outcomes
//! Accepted, refused, could not check. A history that is configured, or was asked for, and does not
//! answer is never a yes, whatever the policy says; "when available" is about a computer for which
//! nobody configured one. No function makes one outcome of another:
//!
//! ```compile_fail
//! # use strongpass_gate::Decision;
//! fn wave_through(decision: Decision) -> Decision {
//!     match decision {
//!         Decision::CouldNotCheck(unchecked) => Decision::Accepted(unchecked),
//!         other => other,
//!     }
//! }
//! ```
//!
//! # What it never does
//! - It prints nothing and knows no flags: that is for the doors.
//! - It keeps nothing about people: that is for a [`Memory`], which it asks through a trait.
//! - It takes only a name that does not exist for "not configured"; see [`strongpass_trusted`].
//! - It reads the clock only for the day of a record and for how long near copies may be searched for.

#![forbid(unsafe_code)]

mod breached;
mod decision;
mod digest;
mod error;
mod files;
mod gate;
mod in_force;
mod machine;
mod memory;

pub use breached::{BreachLookUp, BreachedPasswords};
pub use decision::{Accepted, Decision, Refused, Unchecked};
pub use error::memory::{MemoryError, MemoryErrorKind};
pub use error::{FileKind, GateError};
pub use files::read_configuration;
pub use gate::{Gate, Purpose, Question, today};
pub use in_force::{InForce, word_list};
pub use machine::is_machine_password;
pub use memory::{Inquiry, Memory, Search};
pub use strongpass_trusted::Trust;
