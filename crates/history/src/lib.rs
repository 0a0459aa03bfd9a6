//! What we keep about people: that a password was used, where and when; never the password.

#![forbid(unsafe_code)]

mod account;
mod config;
mod day;
mod erase;
mod error;
mod files;
mod fingerprint;
mod hex;
mod history;
mod kdf;
mod keys;
mod likeness;
mod lock;
mod near;
mod record;
mod rotate;
mod rows;
mod schema;
mod seal;
mod status;
mod system;
mod transfer;
mod variants;

pub use account::{Account, AccountError};
pub use config::Config;
pub use day::{Day, DayError};
pub use error::HistoryError;
pub use fingerprint::{Fingerprint, Scope};
pub use history::History;
pub use kdf::Kdf;
pub use keys::KeyId;
pub use likeness::likeness;
pub use near::{Effort, Search};
pub use status::{KeyStatus, Remembered, Status};
pub use system::{System, SystemError};
