//! The store: a database, its lock and files, and the rows in it.

pub(crate) mod history;
mod lock;
pub(crate) mod rows;
mod schema;
pub(crate) mod status;
