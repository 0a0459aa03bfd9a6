//! Linker settings of the module, and a clear word if the library of PAM is missing.

#![forbid(unsafe_code)]
#![expect(clippy::disallowed_macros, reason = "this is how a build script speaks to Cargo")]
#![expect(clippy::disallowed_methods, reason = "Cargo speaks through the environment")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// What the module is linked to: part of every Debian, without its development package.
const LIBPAM: &str = "libpam.so.0";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        println!("cargo::warning=pam_strongpass is empty: PAM modules are made for Linux only");
        return;
    }
    // libpam unloads its modules; the standard library's thread keys must not point into nothing
    // then (rust-lang/rust#91979).
    println!("cargo::rustc-link-arg-cdylib=-Wl,-z,nodelete");
    let is_for_this_machine = env::var("TARGET") == env::var("HOST");
    // 60 kB less to map into every program that sets a password (DT_RELR of the ELF gABI).
    if is_for_this_machine && glibc() >= Some((2, 36)) {
        println!("cargo::rustc-link-arg-cdylib=-Wl,-z,pack-relative-relocs");
    }
    // The libraries of another machine are where only its linker knows.
    if is_for_this_machine && !is_known_to_compiler() && !is_in_usual_place() {
        println!(
            "cargo::warning={LIBPAM} was not found, so pam_strongpass cannot be linked. Install \
             it (Debian and Ubuntu: libpam0g; Fedora: pam-libs), or leave this crate out with \
             `--workspace --exclude pam_strongpass`."
        );
    }
}

/// The version of the C library that this machine runs, if it says so; as in the `build.rs` of the
/// command.
fn glibc() -> Option<(u32, u32)> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}

/// The compiler answers with a path, or with the bare name if it knows of none.
fn is_known_to_compiler() -> bool {
    let output = Command::new("cc").arg(format!("-print-file-name={LIBPAM}")).output();
    output.is_ok_and(|output| output.stdout.contains(&b'/'))
}

fn is_in_usual_place() -> bool {
    ["/lib", "/lib64", "/usr/lib", "/usr/lib64"].iter().any(|library| {
        let below = fs::read_dir(library).into_iter().flatten().flatten();
        Path::new(library).join(LIBPAM).exists()
            || below.into_iter().any(|entry| entry.path().join(LIBPAM).exists())
    })
}
