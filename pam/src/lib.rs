//! `pam_strongpass.so`: the rule, at the moment an account gets a password.
//!
//! ```text
//! password requisite  pam_strongpass.so retry=3
//! password [success=1 default=ignore] pam_unix.so obscure use_authtok try_first_pass yescrypt
//! password requisite  pam_deny.so
//! password required   pam_permit.so
//! password optional   pam_strongpass.so record
//! ```
//!
//! C ends in `libpam.rs`: libpam calls `pam_sm_chauthtok` there, and everything behind it is safe
//! Rust, which speaks with libpam through one trait. The manual is `docs/man/pam_strongpass.8`.
//!
//! # What it never does
//! - It lets no panic into its host, and prints nothing about one.
//! - It starts no thread, writes to no standard stream, reads no environment, changes no signal
//!   handler, directory or mask: it is a guest in `passwd`, `sshd` and the rest.
//! - It takes nothing for a yes that is none: what could not be checked is refused, and what can be
//!   known beforehand is said before anybody types.
//!
//! Sources: `pam_sm_chauthtok(3)`, `pam_get_authtok(3)`, and Linux-PAM's `pam_password.c` and
//! `pam_get_authtok.c` (1.5.2) for what they leave open.

#![cfg(target_os = "linux")]

mod bindings;
mod hook;
mod host;
mod libpam;
mod module;
mod ready;

pub use libpam::pam_sm_chauthtok;
