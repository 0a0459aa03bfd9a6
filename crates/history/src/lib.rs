//! What we keep about people: that a password was used, where and when; never the password.
//!
//! The clause "is only used on one system" needs a memory. This is the only crate that has one: of
//! each use a slow keyed fingerprint, in an SQLite database, with the keys in a file apart.
//!
//! ```
//! use strongpass_history::{Account, Config, Day, Effort, History, Scope};
//! use strongpass_policy::{Likeness, Password};
//!
//! # let place = std::env::temp_dir().join(format!("strongpass-doc-{}", std::process::id()));
//! let mut config = Config::from_toml(
//!     "[systems]\nnetwork = \"the school network\"\nemail = \"email\"\n",
//! )?;
//! # config.store = place.join("store/history.db");
//! # config.keys = place.join("keys/history.keys");
//! # config.kdf = strongpass_history::Kdf::new(8, 1, 1)?;
//! let today: Day = "2026-11-22".parse()?;
//! let mut history = History::create(&config, today)?;
//! let account: Account = "SCHOOL\\K.Harper".parse()?;
//! let (network, email) = (config.system("network")?, config.system("email")?);
//!
//! // The network took her new password: remember it.
//! let mut used = history.fingerprint(&account, &Password::new(b"Kestrel!92"))?;
//! history.record(&mut used, &network, today)?;
//!
//! // Later she wants nearly the same one for her email.
//! let mut wanted = history.fingerprint(&account, &Password::new(b"Kestrel!93"))?;
//! let scope = Scope::OtherThan(&email);
//! let effort = Effort { threads: 2, proceed: &|| true };
//! history.look_near(&mut wanted, scope, effort)?;
//! let uses = history.uses_of(&mut wanted, scope)?;
//!
//! assert_eq!(uses[0].system, "the school network");
//! assert_eq!(uses[0].likeness, Likeness::Near);
//! # std::fs::remove_dir_all(place)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The door hands `Uses::Known(&uses)` to the policy, and `Uses::Unavailable` if any call fails:
//! "could not look" is never "never used".
//!
//! # What is kept
//! A record is `{version, account, system, day, parameters, key id, tag}`, where
//! - `account` stands for `HMAC-SHA-256(name key, account name)` and a random salt of 16 bytes;
//! - `tag = HMAC-SHA-256(tag key, system ‖ Argon2id(NFC(password), salt))`.
//!
//! Sources: RFC 9106 (Argon2), RFC 2104 (HMAC), UAX #15 (NFC and NFKC).
//!
//! # What it never does
//! - It stores no password in any form that could be turned back, none that is weaker than the slow
//!   hash of the exact password, and nothing of a password that was only checked.
//! - It asks no clock what day it is, prints nothing, and starts threads only when it is told how
//!   many.
//! - It compares no two people: each account has a salt of its own. Passwords that several people
//!   share are found by the audit.
//!
//! # Quirks
//! - Reading an account's uses needs the password or the keys; the database alone tells only how
//!   many accounts there are, which systems each uses, and when.
//! - [`History::look_near`] finds what was recorded before it began; [`History::record_if`] looks
//!   again for what it tried, not for other near copies.
//! - Unix only: it relies on owners, modes and `flock`.

#![forbid(unsafe_code)]

mod changes;
mod config;
mod configured;
mod crypto;
mod error;
mod files;
mod fingerprint;
mod keys;
mod store;

pub use config::Config;
pub use config::account::{Account, AccountError};
pub use config::system::{System, SystemError};
pub use configured::ConfiguredHistory;
pub use crypto::kdf::{Kdf, KdfError};
pub use crypto::key_id::KeyId;
pub use error::HistoryError;
pub use fingerprint::near::Effort;
pub use fingerprint::{Fingerprint, Scope};
pub use store::history::History;
pub use store::status::{KeyStatus, Remembered, Status};
pub use strongpass_gate::Search;
pub use strongpass_policy::{Day, DayError};
