//! Lists of new accounts: their passwords checked, or made, before the accounts are.

mod account;
mod columns;
mod fill;
mod finding;
mod format;
mod judge;
mod layout;
mod list;
mod slips;

pub use finding::{NewAccountFinding, NewAccountFindingKind};
pub use format::AccountsFormat;
pub use list::NewAccounts;
pub use slips::Paper;
