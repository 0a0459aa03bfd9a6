//! What a stored hash is: scheme, salt, cost and digest. How it is read and computed is known to
//! the modules above.

pub(crate) mod bar;
pub(crate) mod cost;
pub(crate) mod digest;
pub(crate) mod error;
pub(crate) mod hash;
pub(crate) mod limits;
pub(crate) mod scheme;
pub(crate) mod setting;
