//! Tables of secrets that a school keeps: rows in, findings and rows out.
//!
//! [`Register`] is a register of passcodes, [`RegisterJudge`] finds the devices that need a new one,
//! [`RegisterReport`] tells it without showing a code, and [`replace_codes`] writes the register
//! again. [`DeviceManagement`] is what a device management is set to, compared with a policy.
//! [`NewAccounts`] is a list of accounts that are about to be made. [`Generator`] makes
//! passwords and passcodes that a policy accepts.
//!
//! ```
//! use strongpass_policy::{Context, Dictionary, Policy};
//! use strongpass_registers::{
//!     ChosenColumns, Criteria, Leavers, PasscodeFindingKind, Register, RegisterJudge,
//! };
//!
//! let file = b"Device,Passcode\nPhone 1,777777\n";
//! let register = Register::from_bytes(file, &ChosenColumns::default())?;
//! let criteria = Criteria {
//!     policy: &Policy::preset("passcode").expect("a preset"),
//!     dictionary: &Dictionary::default(),
//!     known: &Context::default(),
//!     leavers: &Leavers::default(),
//!     max_age: None,
//!     today: "2026-11-22".parse()?,
//! };
//! let judge = RegisterJudge::new(&criteria, &register.devices);
//! let judged = judge.judge(&judge.entries()[0]);
//! assert_eq!(judged.findings[0].kind, PasscodeFindingKind::Pattern);
//! assert!(!judged.findings[0].message.contains("777777"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it never does
//! - It opens no file, asks no clock, draws no random bytes of its own and prints nothing: it can be
//!   compiled for any door (a command, a page in the browser, Windows).
//! - No finding, report or error holds a passcode or a password. The new register and the filled-in
//!   list hold them, in memory that is wiped.
//! - It makes nothing if the source of random bytes fails.

#![forbid(unsafe_code)]

mod checker;
mod error;
mod generator;
mod new_accounts;
mod passcodes;
mod random;
mod sentence;

pub use checker::Checker;
pub use error::{GeneratorError, RegisterError};
pub use generator::{Generator, Style};
pub use new_accounts::{
    AccountsFormat, NewAccountFinding, NewAccountFindingKind, NewAccounts, Paper,
};
pub use passcodes::{
    Criteria, Device, DeviceManagement, DeviceManagementError, Entry, Judged, Leavers,
    ManagedClause, ManagedPolicy, ManagedRemark, ManagementReport, PasscodeFinding,
    PasscodeFindingKind, Register, RegisterJudge, RegisterReport, SkippedRow, device_checks,
    refused_examples, replace_codes,
};
pub use random::RandomSource;
pub use sentence::from_sentence;
pub use strongpass_tables::headings::ChosenColumns;
