//! Digests, many at a time: how systems store passwords, and what a guess would look like there.
//!
//! A stored hash is read into the [`Setting`] that a guess must be hashed with and the [`Digest`]
//! that the right guess gives. A [`Hasher`] hashes guesses under a setting; each digest is handed
//! back to be compared with as many stored ones as there are.
//!
//! ```
//! use strongpass_hash::{Hash, Limits};
//!
//! let hash = Hash::parse(b"{SSHA}CeLswZ8GdCQ43dhVEFzVncI1vB1dKwUA")?;
//! assert_eq!(hash.setting.scheme().name(), "salted SHA-1");
//!
//! let mut hasher = hash.setting.hasher(&Limits::default())?;
//! let guesses: [&[u8]; 2] = [b"Kestrel!92", b"Blue-Badger7"];
//! let mut right = Vec::new();
//! hasher.digests(&guesses, &mut |guess, digest| {
//!     if digest == hash.digest.bytes() {
//!         right.push(guess);
//!     }
//! })?;
//! assert_eq!(right, [1]);
//! # Ok::<(), strongpass_hash::HashError>(())
//! ```
//!
//! It opens no file, knows no account and starts no thread. Nothing here shows, logs or keeps a
//! guess, and no error repeats a hash.

mod arch;
mod encoding;
mod hasher;
mod lanes;
mod read;
mod salted;
mod schemes;
mod storage;
mod stored;

pub use arch::instructions::InstructionSet;
pub use hasher::Hasher;
pub use lanes::batch::Batch;
pub use lanes::candidate::Candidate;
pub use lanes::change::Change;
pub use lanes::filter::Filter;
pub use lanes::recipe::{Recipes, Scratch, Source};
pub use lanes::unsalted::Unsalted;
pub use read::KeycloakCredential;
pub use storage::Storage;
pub use stored::bar::Grade;
pub use stored::cost::Cost;
pub use stored::digest::Digest;
pub use stored::error::HashError;
pub use stored::hash::Hash;
pub use stored::limits::Limits;
pub use stored::scheme::{Reads, Scheme};
pub use stored::setting::Setting;
