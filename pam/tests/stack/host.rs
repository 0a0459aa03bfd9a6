//! A program that changes a password through libpam, with a script in place of a person.

#![expect(unsafe_code, reason = "libpam is written in C")]

use std::collections::VecDeque;
use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, ptr};

// security/_pam_types.h
pub(crate) const SUCCESS: c_int = 0;
pub(crate) const SERVICE_ERR: c_int = 3;
pub(crate) const SYSTEM_ERR: c_int = 4;
pub(crate) const USER_UNKNOWN: c_int = 10;
pub(crate) const MAXTRIES: c_int = 11;
pub(crate) const CONV_ERR: c_int = 19;
pub(crate) const AUTHTOK_ERR: c_int = 20;
pub(crate) const AUTHTOK_LOCK_BUSY: c_int = 22;
pub(crate) const TRY_AGAIN: c_int = 24;
pub(crate) const MODULE_UNKNOWN: c_int = 28;
pub(crate) const SILENT: c_int = 0x8000;
pub(crate) const CHANGE_EXPIRED: c_int = 0x20;

const TTY: c_int = 3;

const PROMPT_ECHO_OFF: c_int = 1;
const ERROR_MSG: c_int = 3;
const TEXT_INFO: c_int = 4;

#[repr(C)]
struct Message {
    style: c_int,
    text: *const c_char,
}

#[repr(C)]
struct Response {
    text: *mut c_char,
    code: c_int,
}

type Converse = extern "C" fn(
    count: c_int,
    messages: *mut *const Message,
    responses: *mut *mut Response,
    script: *mut c_void,
) -> c_int;

#[repr(C)]
struct Conversation {
    converse: Converse,
    script: *mut c_void,
}

#[link(name = "libpam.so.0", kind = "dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    fn pam_start_confdir(
        service: *const c_char,
        user: *const c_char,
        conversation: *const Conversation,
        directory: *const c_char,
        handle: *mut *mut c_void,
    ) -> c_int;
    fn pam_chauthtok(handle: *mut c_void, flags: c_int) -> c_int;
    fn pam_set_item(handle: *mut c_void, item: c_int, value: *const c_void) -> c_int;
    fn pam_setcred(handle: *mut c_void, flags: c_int) -> c_int;
    fn pam_end(handle: *mut c_void, status: c_int) -> c_int;
}

unsafe extern "C" {
    safe fn getuid() -> c_uint;
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn strdup(text: *const c_char) -> *mut c_char;
}

pub(crate) fn is_root() -> bool {
    getuid() == 0
}

/// What the person at the prompt will type, and what was said to them.
#[derive(Default, Debug)]
struct Script {
    answers: VecDeque<CString>,
    prompts: Vec<String>,
    errors: Vec<String>,
    remarks: Vec<String>,
}

/// How a change of a password went.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) code: c_int,
    pub(crate) prompts: Vec<String>,
    pub(crate) errors: Vec<String>,
    pub(crate) remarks: Vec<String>,
    /// Answers that nobody asked for.
    pub(crate) unasked: usize,
}

impl Change {
    #[track_caller]
    pub(crate) fn is(&self, code: c_int, prompts: usize, errors: &[&str]) {
        assert_eq!((self.code, self.prompts.len()), (code, prompts), "{self:#?}");
        assert_eq!(self.errors, errors);
        let said = self.errors.iter().chain(&self.remarks);
        for message in said {
            assert!(message.len() < 512, "{message}");
        }
    }
}

/// A directory for one test: services, policies, a history. Removed when the test ends.
pub(crate) struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

impl Place {
    pub(crate) fn new() -> Self {
        use std::os::unix::fs::DirBuilderExt as _;
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("strongpass-pam-{}-{number}", std::process::id()));
        fs::DirBuilder::new().mode(0o700).create(&path).unwrap();
        let place = Self(path);
        // Whatever history the machine that runs the tests has, it is none of theirs.
        place.write("policy.toml", "one_system = \"off\"\n");
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::write(self.path(name), text).unwrap();
        // Whatever the umask is: what a group may write is not trusted.
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o644)).unwrap();
    }

    /// The `policy=` argument for the sentence without a history.
    pub(crate) fn policy(&self) -> String {
        format!("policy={}", self.path("policy.toml").display())
    }

    /// Writes a stack of lines `control arguments`, each for the module.
    pub(crate) fn stack(&self, service: &str, lines: &[(&str, &str)]) {
        let module = module();
        let mut text = String::new();
        for (control, arguments) in lines {
            writeln!(text, "password {control} {} {arguments}", module.display()).unwrap();
        }
        self.write(service, &text);
    }

    /// Changes a password with the sentence, `arguments` beside it, and those answers.
    pub(crate) fn check(&self, arguments: &str, answers: &[&str]) -> Change {
        self.stack("check", &[("requisite", &format!("{} {arguments}", self.policy()))]);
        self.change("check", answers)
    }

    pub(crate) fn change(&self, service: &str, answers: &[&str]) -> Change {
        self.change_of("k.harper", service, 0, answers)
    }

    pub(crate) fn change_of(
        &self,
        user: &str,
        service: &str,
        flags: c_int,
        answers: &[&str],
    ) -> Change {
        let call = |handle| {
            // SAFETY: the handle is live.
            unsafe { pam_chauthtok(handle, flags) }
        };
        self.with_handle(user, service, answers, call)
    }

    /// The same by a program that says at which terminal the person sits.
    pub(crate) fn change_at_terminal(&self, service: &str, answers: &[&str]) -> Change {
        let call = |handle| {
            // SAFETY: the handle is live, and libpam copies the string.
            let set = unsafe { pam_set_item(handle, TTY, c"tty1".as_ptr().cast()) };
            assert_eq!(set, SUCCESS);
            // SAFETY: the handle is live.
            unsafe { pam_chauthtok(handle, 0) }
        };
        self.with_handle("k.harper", service, answers, call)
    }

    /// Calls a hook that the module has not.
    pub(crate) fn set_credentials(&self) -> c_int {
        self.write("auth", &format!("auth required {}\n", module().display()));
        // SAFETY: the handle is live.
        self.with_handle("k.harper", "auth", &[], |handle| unsafe { pam_setcred(handle, 0) }).code
    }

    fn with_handle(
        &self,
        user: &str,
        service: &str,
        answers: &[&str],
        call: impl FnOnce(*mut c_void) -> c_int,
    ) -> Change {
        let c_string = |text: &str| CString::new(text).unwrap();
        let answers = answers.iter().map(|answer| c_string(answer)).collect();
        let mut script = Script { answers, ..Script::default() };
        let conversation = Conversation { converse, script: (&raw mut script).cast() };
        let (service, user) = (c_string(service), c_string(user));
        let directory = c_string(self.0.to_str().unwrap());
        let mut handle = ptr::null_mut();
        // SAFETY: the strings end with NUL; the conversation outlives the handle.
        let started = unsafe {
            pam_start_confdir(
                service.as_ptr(),
                user.as_ptr(),
                &raw const conversation,
                directory.as_ptr(),
                &raw mut handle,
            )
        };
        assert_eq!(started, SUCCESS);
        let code = call(handle);
        // SAFETY: the handle is live, and not used again.
        unsafe { pam_end(handle, code) };
        let Script { answers, prompts, errors, remarks } = script;
        Change { code, prompts, errors, remarks, unasked: answers.len() }
    }
}

/// The module that Cargo has built for this test.
pub(crate) fn module() -> PathBuf {
    let test = env::current_exe().unwrap();
    let module = test.parent().unwrap().join("libpam_strongpass.so");
    assert!(module.exists(), "{}", module.display());
    module
}

pub(crate) fn as_text(path: &Path) -> &str {
    path.to_str().unwrap()
}

extern "C" fn converse(
    count: c_int,
    messages: *mut *const Message,
    responses: *mut *mut Response,
    script: *mut c_void,
) -> c_int {
    let count = usize::try_from(count).unwrap_or_default();
    // SAFETY: it is the script that `with_handle` passed, which nobody else looks at meanwhile.
    let script = unsafe { &mut *(script.cast::<Script>()) };
    // SAFETY: `calloc` may be called with any sizes; libpam frees what it is given.
    let answers = unsafe { calloc(count, size_of::<Response>()) }.cast::<Response>();
    // SAFETY: that is room for `count` responses, all zero.
    let places = unsafe { std::slice::from_raw_parts_mut(answers, count) };
    // SAFETY: on Linux-PAM `messages` is an array of `count` pointers.
    let messages = unsafe { std::slice::from_raw_parts(messages, count) };
    for (place, &message) in places.iter_mut().zip(messages) {
        // SAFETY: each points to a message.
        let message = unsafe { &*message };
        // SAFETY: whose text ends with NUL.
        let text = unsafe { CStr::from_ptr(message.text) }.to_str();
        let text = text.unwrap_or("(not UTF-8)").to_owned();
        match message.style {
            PROMPT_ECHO_OFF => {
                script.prompts.push(text);
                let Some(answer) = script.answers.pop_front() else { return CONV_ERR };
                // SAFETY: the answer ends with NUL.
                place.text = unsafe { strdup(answer.as_ptr()) };
            }
            ERROR_MSG => script.errors.push(text),
            TEXT_INFO => script.remarks.push(text),
            _ => return CONV_ERR,
        }
    }
    // SAFETY: libpam gives a place for the pointer.
    unsafe { *responses = answers };
    SUCCESS
}
