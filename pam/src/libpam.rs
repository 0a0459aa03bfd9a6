//! Libpam, made safe: what it offers as a trait of ours, and the one function that it calls.

#![expect(unsafe_code, reason = "libpam is written in C")]

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr;

use strongpass_policy::Password;

use crate::bindings::{
    Handle, PAM_AUTHTOK, PAM_ERROR_MSG, PAM_OLDAUTHTOK, PAM_SERVICE, PAM_TEXT_INFO, PAM_TTY,
    getuid, isatty, pam_get_authtok_noverify, pam_get_authtok_verify, pam_get_item, pam_get_user,
    pam_modutil_getpwnam, pam_prompt, pam_set_item, pam_syslog,
};
use crate::hook;
use crate::host::{Code, Flags, Level, Pam, Tone};

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
    let libpam = Libpam { handle: pam.cast(), token: ptr::null() };
    // SAFETY: libpam passes `count` strings in `argv` (pam_dispatch.c, `_pam_dispatch_aux`).
    let arguments = || unsafe { arguments_of(count, argv) };
    hook::answer(libpam, Flags::from_bits(flags), arguments).0
}

/// # Safety
/// `argv` points to `count` strings, or `count` is 0.
unsafe fn arguments_of(count: c_int, argv: *const *const c_char) -> Vec<String> {
    let count = usize::try_from(count).unwrap_or(0);
    let argument = |at| {
        // SAFETY: `at` is less than `count`, and the caller answers for that many.
        let place = unsafe { argv.add(at) };
        // SAFETY: as above, it is a place within `argv`.
        let argument = unsafe { place.read() };
        // SAFETY: the caller answers for its being a string.
        unsafe { text(argument) }.unwrap_or_default()
    };
    (0..count).map(argument).collect()
}

/// A copy of a string that is not a secret.
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

    fn has_terminal(&self) -> bool {
        // sshd, login and display managers say where the person sits; passwd asks where it was started.
        self.item(PAM_TTY).is_some_and(|name| !name.is_empty()) || isatty(0) == 1
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
