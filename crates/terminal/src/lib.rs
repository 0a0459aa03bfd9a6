//! Asks people at a terminal, without showing what they type, and tells them things there: in
//! sentences as wide as the window, and whole reports in words.

#![forbid(unsafe_code)]

mod document;
mod masked;
#[cfg_attr(not(unix), path = "prompt/plain.rs")]
mod prompt;
pub mod text;

pub use document::{Told, write};
pub use masked::Masked;
pub use prompt::{Conversation, Key, hidden};
