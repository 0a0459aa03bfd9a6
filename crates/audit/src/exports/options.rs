//! What a person says about an export, because it does not say it itself.

use strongpass_hash::{Limits, Scheme};

/// What an export does not say itself.
#[derive(Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "a plain set of options that callers fill in")]
pub struct ReadOptions {
    /// The scheme of hashes in hexadecimal that do not name theirs (`--as nt`).
    pub assume: Option<Scheme>,
    /// What one guess may cost at the most; a hash that asks for more is skipped.
    pub limits: Limits,
    /// The days since 1970 until today, by which accounts have expired; none if it is not to matter.
    pub today: Option<i64>,
    /// The `/etc/passwd` that belongs to an `/etc/shadow`: full names, and who is the system's.
    pub passwd: Option<Vec<u8>>,
}
