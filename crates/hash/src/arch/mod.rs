//! The fenced folder: the only folder of this crate where code may be `unsafe`. It holds the
//! instruction sets (see README.md beside this file) and the platform's libxcrypt.

pub(crate) mod digests;
pub(crate) mod instructions;
mod portable;
mod sweep;
pub(crate) mod xcrypt;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
