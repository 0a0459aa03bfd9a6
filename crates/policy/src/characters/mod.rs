//! The characters of a password: what they are, and how a reader would read them.

pub(crate) mod digits;
pub(crate) mod fold;
pub(crate) mod nfc;
pub(crate) mod shape;
pub(crate) mod unseen;
