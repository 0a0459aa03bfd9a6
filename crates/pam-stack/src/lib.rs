//! What libpam runs when a password is set: the `password` lines of a service, every way through
//! them, and the arguments of `pam_strongpass.so`.
//!
//! [`Source`] is where libpam is configured; it reads the [`Stack`] of a service. [`flaws`] follows
//! every way through its lines and tells where a password is stored that nobody has judged.
//! [`Arguments`] are read by the module and by whoever looks at its lines, so that both understand
//! them alike.
//!
//! ```
//! use strongpass_pam_stack::{Arguments, Task};
//!
//! let arguments = Arguments::parse(&["record=required".to_owned()])?;
//! assert_eq!(arguments.task, Task::RecordOrFail);
//! # Ok::<(), String>(())
//! ```
//!
//! # What it never does
//! - It opens no file but libpam's configuration and its modules, and changes none.
//! - A mistake in an argument is told with the argument's name, never with its value.
//!
//! Sources: `pam.d(5)`, and Linux-PAM's `pam_handlers.c`, `pam_misc.c` and `pam_dispatch.c` (1.5.2
//! and later) for what it leaves open.

#![forbid(unsafe_code)]

mod arguments;
mod control;
mod error;
mod file;
mod line;
mod module;
mod source;
mod walk;

pub use arguments::{Arguments, Task, Weak};
pub use control::{Action, Control};
pub use error::StackError;
pub use line::{Kind, Line, Ours, Place, Stack};
pub use module::{MODULE, module_folder, module_version};
pub use source::Source;
pub use source::groups::{Group, Groups};
pub use walk::{Flaw, flaws};
