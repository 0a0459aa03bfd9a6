//! Passwords that are nearly the same.

pub(crate) mod likeness;
pub(crate) mod variants;
