//! The hook: what the module answers to one call of libpam, whatever happens. No panic leaves it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use crate::host::{Code, Flags, Level, Pam};
use crate::module;

/// Runs the module. A panic, of `arguments` too, takes the new password away and is an error.
pub(crate) fn answer(
    mut pam: impl Pam,
    flags: Flags,
    arguments: impl FnOnce() -> Vec<String>,
) -> Code {
    silence_panics();
    let code = catch_unwind(AssertUnwindSafe(|| {
        let arguments = arguments();
        module::run(&mut pam, flags, &arguments)
    }));
    code.unwrap_or_else(|panic| {
        // Dropping what was thrown might throw again.
        #[expect(clippy::mem_forget, reason = "a leak is the lesser evil")]
        std::mem::forget(panic);
        let closing = catch_unwind(AssertUnwindSafe(|| {
            pam.forget();
            pam.log(Level::Critical, "an internal error (panic); the password was refused");
        }));
        #[expect(clippy::mem_forget, reason = "as above")]
        std::mem::forget(closing);
        Code::SYSTEM_ERR
    })
}

/// The words of a panic may hold a secret, and the standard error belongs to the host. The hook is
/// that of this module's own copy of the standard library: a host in Rust keeps its own.
fn silence_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}
