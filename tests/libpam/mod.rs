//! libpam's other side, as a program; and the module that Cargo has built for the tests.

#![allow(dead_code, clippy::allow_attributes, reason = "tests use it in part")]

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiles a program or library of this folder, or of another one of the tests.
pub(crate) fn compile(source: &str, to: &Path, more: &[&str]) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(source);
    let mut cc = Command::new("cc");
    cc.arg("-o").arg(to).arg(&source).args(more);
    assert!(cc.status().unwrap().success(), "{}", source.display());
}

/// Makes the program `host` in that folder; see `host.c`.
pub(crate) fn compile_host(folder: &Path) -> PathBuf {
    let host = folder.join("host");
    compile("libpam/host.c", &host, &["-l:libpam.so.0"]);
    host
}

/// The module beside this test.
pub(crate) fn module() -> PathBuf {
    let module = env::current_exe().unwrap().with_file_name("libpam_strongpass.so");
    assert!(module.exists(), "{}", module.display());
    module
}
