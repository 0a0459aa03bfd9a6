//! The attack on stored hashes: which guesses are tried where, in which order, and what they find.

mod checkpoint;
mod class;
mod curve;
mod found;
mod outlook;
mod progress;
mod reach;
mod resume;
mod rule_attack;
mod salted;
mod salted_cursor;
mod schedule;
mod seal;
mod search;
mod secrets;
mod targets;
mod time_slice;
mod unsalted;
mod unsalted_cursor;

pub use checkpoint::Checkpoint;
pub(crate) use found::How;
pub use progress::{Bounds, Progress};
pub use reach::FoundBy;
pub use resume::ResumeError;
pub use seal::CheckpointError;
pub(crate) use search::Search;
pub(crate) use targets::{Hashes, Targets};
