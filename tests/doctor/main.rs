//! `doctor` on PAM stacks: those that distributions have (`tests/pam`), and every way to get one
//! wrong.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod computer;
mod files;
mod lines;
mod ways;

#[path = "../cmd/run.rs"]
#[expect(dead_code, reason = "it has more than is needed here")]
mod run;
