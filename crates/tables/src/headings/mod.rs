//! Headings: what a column of a table holds, by its name, in one list.
//!
//! Programs and people give the same column many names, and one name means different things in
//! different tables: `user` is an account in an export and the holder in a register of devices. So
//! a heading is looked up for a kind of table. Add a name where its meaning is listed; a test says
//! if it has another one there already. Whoever hands in a table may say what a column holds
//! ([`ChosenColumns`]): that is asked for where a name means one thing in one school and another in
//! the next.

mod addresses;
mod aliases;
mod chosen;
mod devices;
mod lookup;
mod meaning;
mod plain;

pub use chosen::{ChosenColumn, ChosenColumnError, ChosenColumns};
pub use lookup::meaning;
pub use meaning::{Meaning, TableKind};
pub use plain::{plain, plain_whole};
