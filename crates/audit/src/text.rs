//! Reading text of any origin: encodings, lines, rows, digits.

pub(crate) mod encoding;
pub(crate) mod hex;
pub(crate) mod lines;
pub(crate) mod rows;
