//! The module in a real stack of the real libpam, as an ordinary user: no root, no package.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod host;

mod check;
mod faults;
mod history;
mod readiness;
