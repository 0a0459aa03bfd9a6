//! How bytes are written as text: fields and numbers, hexadecimal, Base64 and its older cousins.

pub(crate) mod fields;
pub(crate) mod hex;
pub(crate) mod radix64;
