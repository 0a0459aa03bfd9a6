//! Lists of words: compiled, read, and found in a password.

pub(crate) mod automaton;
pub(crate) mod compile;
pub(crate) mod dictionary;
pub(crate) mod disguise;
pub(crate) mod few;
mod format;
pub(crate) mod hits;
mod layout;
pub(crate) mod list;
pub(crate) mod matches;
mod verify;
pub(crate) mod walk;
