//! What can be done to a file.

use std::fs::{self, File};
use std::os::unix::fs::{chown, symlink};
use std::process::Command;

use crate::sandbox::Sandbox;

/// Where links of the sandbox point; a door that writes to one makes this file.
pub(crate) const BEHIND_A_LINK: &str = "elsewhere/made";

/// Nobody in particular.
const STRANGER: u32 = 61_234;

pub(super) fn remove(sandbox: &Sandbox, file: &str) {
    fs::remove_file(sandbox.path(file)).unwrap();
}

pub(super) fn empty(sandbox: &Sandbox, file: &str) {
    sandbox.write(file, "");
}

pub(super) fn truncate(sandbox: &Sandbox, file: &str, len: u64) {
    File::options().write(true).open(sandbox.path(file)).unwrap().set_len(len).unwrap();
}

pub(super) fn append(sandbox: &Sandbox, file: &str, more: &str) {
    sandbox.write(file, [&sandbox.read(file), more.as_bytes()].concat());
}

pub(super) fn write_at(sandbox: &Sandbox, file: &str, at: usize, bytes: &[u8]) {
    let mut content = sandbox.read(file);
    content[at..at + bytes.len()].copy_from_slice(bytes);
    sandbox.write(file, content);
}

pub(super) fn flip(sandbox: &Sandbox, file: &str, at: usize) {
    let byte = sandbox.read(file)[at] ^ 1;
    write_at(sandbox, file, at, &[byte]);
}

/// Where the text is in the file.
pub(super) fn find(sandbox: &Sandbox, file: &str, text: &[u8]) -> usize {
    let content = sandbox.read(file);
    content.windows(text.len()).position(|window| window == text).unwrap()
}

pub(super) fn folder(sandbox: &Sandbox, file: &str) {
    fs::remove_file(sandbox.path(file)).ok();
    fs::create_dir(sandbox.path(file)).unwrap();
}

pub(super) fn pipe(sandbox: &Sandbox, file: &str) {
    remove(sandbox, file);
    let made = Command::new("mkfifo").args(["-m", "600"]).arg(sandbox.path(file)).status();
    assert!(made.unwrap().success());
}

pub(super) fn open_to_all(sandbox: &Sandbox, file: &str) {
    sandbox.set_mode(file, if sandbox.path(file).is_dir() { 0o777 } else { 0o666 });
}

pub(super) fn link(sandbox: &Sandbox, file: &str) {
    let target = sandbox.path("elsewhere").join(file.replace('/', "-"));
    fs::rename(sandbox.path(file), &target).unwrap();
    symlink(target, sandbox.path(file)).unwrap();
}

pub(super) fn dangling_link(sandbox: &Sandbox, file: &str) {
    fs::remove_file(sandbox.path(file)).ok();
    symlink(sandbox.path(BEHIND_A_LINK), sandbox.path(file)).unwrap();
}

pub(super) fn give_away(sandbox: &Sandbox, file: &str) {
    chown(sandbox.path(file), Some(STRANGER), None).unwrap();
}
