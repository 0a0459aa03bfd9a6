//! The key ring, what is derived from a password, and how a record is sealed with both.

pub(crate) mod derived;
mod random;
pub(crate) mod ring;
pub(crate) mod seal;
