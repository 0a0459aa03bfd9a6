//! Codes that people choose: those that are a pattern, and numbers of theirs that a thief may know.

mod birthday;
pub(crate) mod keypad;
pub(crate) mod numbers;
