//! What libpam and the C library offer, as C declares it. Only `libpam.rs` calls it.

#![expect(unsafe_code, reason = "libpam is written in C")]

use std::ffi::{c_char, c_int, c_uint, c_void};

/// `struct pam_handle`, of which nothing is known here.
#[repr(C)]
pub(crate) struct Handle {
    opaque: [u8; 0],
}

/// `struct passwd` of the C library on Linux.
#[repr(C)]
pub(crate) struct Passwd {
    name: *const c_char,
    password: *const c_char,
    uid: c_uint,
    gid: c_uint,
    pub(crate) gecos: *const c_char,
    directory: *const c_char,
    shell: *const c_char,
}

// By its full name, because only its development package has `libpam.so`.
#[link(name = "libpam.so.0", kind = "dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    pub(crate) fn pam_get_user(
        pam: *mut Handle,
        user: *mut *const c_char,
        prompt: *const c_char,
    ) -> c_int;
    pub(crate) fn pam_get_item(pam: *const Handle, item: c_int, value: *mut *const c_void)
    -> c_int;
    pub(crate) fn pam_set_item(pam: *mut Handle, item: c_int, value: *const c_void) -> c_int;
    pub(crate) fn pam_get_authtok_noverify(
        pam: *mut Handle,
        token: *mut *const c_char,
        prompt: *const c_char,
    ) -> c_int;
    pub(crate) fn pam_get_authtok_verify(
        pam: *mut Handle,
        token: *mut *const c_char,
        prompt: *const c_char,
    ) -> c_int;
    pub(crate) fn pam_prompt(
        pam: *mut Handle,
        style: c_int,
        response: *mut *mut c_char,
        format: *const c_char,
        ...
    ) -> c_int;
    pub(crate) fn pam_syslog(pam: *const Handle, priority: c_int, format: *const c_char, ...);
    pub(crate) fn pam_modutil_getpwnam(pam: *mut Handle, user: *const c_char) -> *const Passwd;
}

unsafe extern "C" {
    pub(crate) safe fn getuid() -> c_uint;
    pub(crate) safe fn isatty(descriptor: c_int) -> c_int;
}

// security/_pam_types.h
pub(crate) const PAM_SERVICE: c_int = 1;
pub(crate) const PAM_TTY: c_int = 3;
pub(crate) const PAM_AUTHTOK: c_int = 6;
pub(crate) const PAM_OLDAUTHTOK: c_int = 7;
pub(crate) const PAM_ERROR_MSG: c_int = 3;
pub(crate) const PAM_TEXT_INFO: c_int = 4;
