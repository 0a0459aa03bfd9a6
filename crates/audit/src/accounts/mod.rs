//! Accounts of all exports, and which of them are one person's.

mod index;
mod listed;
mod name;
mod number;
mod people;

pub(crate) use index::{AccountIndex, MOST_OF_PERSON};
pub use listed::{Listed, ListedPerson};
pub(crate) use name::local;
pub(crate) use number::{index, number};
pub use people::{MissingAccounts, People, PeopleError, PeopleFault, PeopleNote, PersonDetails};
