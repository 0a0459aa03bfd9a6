//! Exports of hashed passwords: a parser for each format, one [`Export`] out.

mod account_names;
mod builder;
mod checksum;
mod columns;
mod credential;
mod duplicates;
mod export;
mod foreign;
mod format;
mod json;
mod ldif;
mod options;
mod pairs;
mod pwdump;
mod read;
mod secret;
mod secretsdump;
mod shadow;
mod skipped;
mod smbpasswd;
mod table;
mod text;
mod windows;

pub(crate) use account_names::{is_of_administrators, is_title_of_administrators};
pub(crate) use columns::is_yes;
pub use credential::{AccountKind, AccountStatus, Credential, Lm};
pub use export::{Export, LineCounts};
pub use format::Format;
pub use options::ReadOptions;
pub use secret::Secret;
pub use skipped::{Foreign, Skipped, Why};
pub use text::Text;
