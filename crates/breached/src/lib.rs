//! The list of breached passwords: how often a password was found in breaches.
//!
//! [Have I Been Pwned](https://haveibeenpwned.com/Passwords) publishes hashes of passwords that
//! were stolen somewhere, with the number of times each was seen. A password that is in the list is
//! tried first by everybody who attacks accounts, however complicated it looks. [`BreachFile`]
//! opens the list as it was downloaded, or a smaller index that [`build_index`] made of it, and
//! looks digests up.
//!
//! # What it never does
//! - It opens no file, asks no clock and prints nothing: it reads from what the caller opened.
//! - It sees digests only, never a password.
//! - It never answers "not breached" from a list that is damaged or incomplete: that is an error.

#![forbid(unsafe_code)]

mod completeness;
mod digest;
mod error;
mod file;
mod index;
mod list;
mod seen;

pub use completeness::Completeness;
pub use digest::BreachScheme;
pub use error::BreachError;
pub use file::BreachFile;
pub use index::{BreachIndex, BuildError, BuildProgress, Built, build_index};
pub use list::BreachList;
pub use seen::Seen;
