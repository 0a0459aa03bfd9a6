//! How much one guess may cost before it is refused.

use std::time::Duration;

use crate::stored::error::HashError;
use crate::stored::setting::Setting;

/// What one guess may take at the most. A hash that asks for more is refused before anything is
/// allocated: an export may come from anywhere.
///
/// ```
/// use strongpass_hash::{Hash, Limits};
/// let hash = Hash::parse(b"$2b$31$.OGB/.SE/ueHAeqKBO2NC.ZuVSIB.PepGxGRnfVlTByapOd7DxlyC")?;
/// let refused = hash.setting.check(&Limits::default()).unwrap_err();
/// assert!(refused.to_string().contains("--max-cost"), "{refused}");
/// # Ok::<(), strongpass_hash::HashError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition; callers fill it in")]
pub struct Limits {
    /// Memory in KiB, for each guess that is being hashed: one a thread.
    pub memory_kib: u64,
    /// Time on one core, as [`Setting::price`] estimates it.
    pub time: Duration,
}

impl Default for Limits {
    /// 1 GiB and 10 seconds: above everything recommended for logins (the largest is RFC 9106's
    /// second choice with 64 MiB), so that only the absurd is refused.
    fn default() -> Self {
        Self { memory_kib: 1 << 20, time: Duration::from_secs(10) }
    }
}

impl Setting {
    /// Whether a guess stays within the limits.
    ///
    /// # Errors
    /// [`HashError::TooMuchMemory`] or [`HashError::TooCostly`], with the parameter and the
    /// option that raises the limit.
    pub fn check(&self, limits: &Limits) -> Result<(), HashError> {
        let (scheme, cost) = (self.scheme(), self.cost());
        let kib = cost.memory_kib();
        if kib > limits.memory_kib {
            return Err(HashError::TooMuchMemory { scheme, cost, limit_kib: limits.memory_kib });
        }
        if self.price() > limits.time {
            return Err(HashError::TooCostly { scheme, cost, limit: limits.time });
        }
        Ok(())
    }
}
