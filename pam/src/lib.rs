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
//! This file is where C ends: libpam calls `pam_sm_chauthtok`, and everything behind it is safe
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
#![expect(unsafe_code, reason = "libpam is written in C")]

mod host;
mod module;
mod ready;

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::Once;

use strongpass_policy::Password;

use host::{Code, Flags, Level, Pam, Tone};

/// `struct pam_handle`, of which nothing is known here.
#[repr(C)]
struct Handle {
    opaque: [u8; 0],
}

/// `struct passwd` of the C library on Linux.
#[repr(C)]
struct Passwd {
    name: *const c_char,
    password: *const c_char,
    uid: c_uint,
    gid: c_uint,
    gecos: *const c_char,
    directory: *const c_char,
    shell: *const c_char,
}

// By its full name, because only its development package has `libpam.so`.
#[link(name = "libpam.so.0", kind = "dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    fn pam_get_user(pam: *mut Handle, user: *mut *const c_char, prompt: *const c_char) -> c_int;
    fn pam_get_item(pam: *const Handle, item: c_int, value: *mut *const c_void) -> c_int;
    fn pam_set_item(pam: *mut Handle, item: c_int, value: *const c_void) -> c_int;
    fn pam_get_authtok_noverify(
        pam: *mut Handle,
        token: *mut *const c_char,
        prompt: *const c_char,
    ) -> c_int;
    fn pam_get_authtok_verify(
        pam: *mut Handle,
        token: *mut *const c_char,
        prompt: *const c_char,
    ) -> c_int;
    fn pam_prompt(
        pam: *mut Handle,
        style: c_int,
        response: *mut *mut c_char,
        format: *const c_char,
        ...
    ) -> c_int;
    fn pam_syslog(pam: *const Handle, priority: c_int, format: *const c_char, ...);
    fn pam_modutil_getpwnam(pam: *mut Handle, user: *const c_char) -> *const Passwd;
}

unsafe extern "C" {
    safe fn getuid() -> c_uint;
}

// security/_pam_types.h
const PAM_SERVICE: c_int = 1;
const PAM_AUTHTOK: c_int = 6;
const PAM_OLDAUTHTOK: c_int = 7;
const PAM_ERROR_MSG: c_int = 3;
const PAM_TEXT_INFO: c_int = 4;

/// Changes a password: called by libpam once to ask whether that is possible (`PAM_PRELIM_CHECK`),
/// and then to do it (`PAM_UPDATE_AUTHTOK`).
///
/// The module has no other hook, and exports none: of a module that lacks one libpam says
/// `PAM_MODULE_UNKNOWN`, which is the truth.
///
/// # Safety
/// Only libpam calls it: `pam` is the handle of a running `pam_chauthtok(3)`, and `argv` points to
/// `count` strings; all live until it returns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pam_sm_chauthtok(
    pam: *mut c_void,
    flags: c_int,
    count: c_int,
    argv: *const *const c_char,
) -> c_int {
    silence_panics();
    let mut libpam = Libpam { handle: pam.cast(), token: ptr::null() };
    let code = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: libpam passes `count` strings in `argv` (pam_dispatch.c, `_pam_dispatch_aux`).
        let arguments = unsafe { arguments_of(count, argv) };
        module::run(&mut libpam, Flags::from_bits(flags), &arguments)
    }));
    let code = code.unwrap_or_else(|panic| {
        // Dropping what was thrown might throw again.
        #[expect(clippy::mem_forget, reason = "a leak is the lesser evil")]
        std::mem::forget(panic);
        let closing = catch_unwind(AssertUnwindSafe(|| {
            libpam.forget();
            libpam.log(Level::Critical, "an internal error (panic); the password was refused");
        }));
        #[expect(clippy::mem_forget, reason = "as above")]
        std::mem::forget(closing);
        Code::SYSTEM_ERR
    });
    code.0
}

/// The words of a panic may hold a secret, and the standard error belongs to the host. The hook is
/// that of this module's own copy of the standard library: a host in Rust keeps its own.
fn silence_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}

/// # Safety
/// `argv` points to `count` strings, or `count` is 0.
unsafe fn arguments_of(count: c_int, argv: *const *const c_char) -> Vec<String> {
    let count = usize::try_from(count).unwrap_or(0);
    let argument = |at| {
        // SAFETY: `at` is less than `count`, and the caller answers for so many.
        let place = unsafe { argv.add(at) };
        // SAFETY: as above, it is a place within `argv`.
        let argument = unsafe { place.read() };
        // SAFETY: the caller answers for its being a string.
        unsafe { text(argument) }.unwrap_or_default()
    };
    (0..count).map(argument).collect()
}

/// A copy of a string that is no secret.
///
/// # Safety
/// `text` is null or a string that ends with NUL.
unsafe fn text(text: *const c_char) -> Option<String> {
    // SAFETY: the caller answers for it.
    let text = unsafe { bytes(text) }?;
    Some(text.to_string_lossy().into_owned())
}

/// # Safety
/// `text` is null, or a string that ends with NUL and stays as it is while the result is used.
unsafe fn bytes<'a>(text: *const c_char) -> Option<&'a CStr> {
    if text.is_null() {
        return None;
    }
    // SAFETY: it is not null, and the caller answers for the rest.
    Some(unsafe { CStr::from_ptr(text) })
}

/// A string for C; what follows a NUL, which no text of ours has, is dropped.
fn c_string(text: &str) -> CString {
    CString::new(text.split('\0').next().unwrap_or_default()).unwrap_or_default()
}

/// One call of libpam.
struct Libpam {
    /// Live as long as this value: it is made and dropped within the hook.
    handle: *mut Handle,
    /// What `pam_get_authtok_noverify` answered: the one pointer that the second question may be
    /// asked with, because libpam compares the retyped password with what it points to.
    token: *const c_char,
}

impl Libpam {
    fn item(&self, item: c_int) -> Option<&CStr> {
        let mut value: *const c_void = ptr::null();
        // SAFETY: the handle is live, and `value` is a place for a pointer.
        let code = unsafe { pam_get_item(self.handle, item, &raw mut value) };
        // SAFETY: only items that are strings are asked for; libpam owns them, and changes them
        // only through `&mut self`.
        let value = unsafe { bytes(value.cast()) };
        value.filter(|_| code == Code::SUCCESS.0)
    }

    fn password(&self, item: c_int) -> Option<Password> {
        self.item(item).map(|token| Password::new(token.to_bytes()))
    }
}

impl Pam for Libpam {
    fn user(&mut self) -> Result<String, Code> {
        let mut user: *const c_char = ptr::null();
        // SAFETY: the handle is live, `user` is a place for a pointer, and a null prompt is libpam's
        // own.
        let code = unsafe { pam_get_user(self.handle, &raw mut user, ptr::null()) };
        if code != Code::SUCCESS.0 {
            return Err(Code(code));
        }
        // SAFETY: on success it is a string that libpam owns.
        unsafe { text(user) }.ok_or(Code::USER_UNKNOWN)
    }

    fn service(&self) -> String {
        self.item(PAM_SERVICE).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn requester_is_root(&self) -> bool {
        getuid() == 0
    }

    fn real_name(&mut self, user: &str) -> Option<String> {
        let user = c_string(user);
        // SAFETY: the handle is live and `user` a string; what is returned lives as long as the
        // handle.
        let entry = unsafe { pam_modutil_getpwnam(self.handle, user.as_ptr()) };
        // SAFETY: it is null or points to a whole entry.
        let entry = unsafe { entry.as_ref() }?;
        // SAFETY: the fields of an entry are strings or null.
        unsafe { text(entry.gecos) }
    }

    fn ask(&mut self) -> Result<Password, Code> {
        self.token = ptr::null();
        let (handle, token) = (self.handle, &raw mut self.token);
        // SAFETY: the handle is live, `token` is a place for a pointer, and a null prompt is libpam's
        // own, which heeds `authtok_type=`.
        let code = unsafe { pam_get_authtok_noverify(handle, token, ptr::null()) };
        if code != Code::SUCCESS.0 {
            return Err(Code(code));
        }
        // SAFETY: on success it is a string that libpam owns.
        let token = unsafe { bytes(self.token) }.ok_or(Code::AUTHTOK_ERR)?;
        Ok(Password::new(token.to_bytes()))
    }

    fn retype(&mut self) -> Result<(), Code> {
        if self.token.is_null() {
            return Err(Code::AUTHTOK_ERR);
        }
        let (handle, token) = (self.handle, &raw mut self.token);
        // SAFETY: the handle is live, and `token` is what `pam_get_authtok_noverify` set: `forget`
        // takes it away when the item that it points to goes.
        let code = unsafe { pam_get_authtok_verify(handle, token, ptr::null()) };
        self.token = ptr::null();
        if code == Code::SUCCESS.0 { Ok(()) } else { Err(Code(code)) }
    }

    fn given(&self) -> Option<Password> {
        self.password(PAM_AUTHTOK)
    }

    fn old(&self) -> Option<Password> {
        self.password(PAM_OLDAUTHTOK)
    }

    fn forget(&mut self) {
        self.token = ptr::null();
        // SAFETY: the handle is live; null takes the item away, and libpam wipes it.
        unsafe { pam_set_item(self.handle, PAM_AUTHTOK, ptr::null()) };
    }

    fn tell(&mut self, tone: Tone, message: &str) {
        let style = match tone {
            Tone::Error => PAM_ERROR_MSG,
            Tone::Remark => PAM_TEXT_INFO,
        };
        let message = c_string(message);
        let (format, no_answer) = (c"%s".as_ptr(), ptr::null_mut::<*mut c_char>());
        // SAFETY: the handle is live, the format takes one string and is given one, and no answer is
        // wanted of a message.
        unsafe { pam_prompt(self.handle, style, no_answer, format, message.as_ptr()) };
    }

    fn log(&mut self, level: Level, message: &str) {
        let message = c_string(message);
        let format = c"%s".as_ptr();
        // SAFETY: the handle is live; the format takes one string and is given one.
        unsafe { pam_syslog(self.handle, level.priority(), format, message.as_ptr()) };
    }
}
