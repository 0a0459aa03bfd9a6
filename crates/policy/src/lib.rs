//! The rule: a pure function from a password and what is known about it to a verdict.
//!
//! ```
//! use strongpass_policy::{Context, Dictionary, List, Outcome, Password, Policy, WordList};
//!
//! let mut words = WordList::compiler();
//! words.add(List::Word, "horse")?;
//! let dictionary = Dictionary::from(WordList::open(words.finish()?)?);
//!
//! let policy = Policy::birchington();
//! let password = Password::new(b"Xk9#h0rse!");
//! let verdict = policy.check(&password, &dictionary, &Context::default());
//!
//! assert_eq!(verdict.outcome(), Outcome::Reject);
//! let violation = &verdict.violations()[0];
//! assert_eq!(violation.rule.id(), "dictionary-word");
//! assert_eq!(violation.matches()[0].disguise.id(), "substituted");
//! assert_eq!(
//!     violation.message(),
//!     "It contains a dictionary word, with numbers or symbols in place of letters."
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it never does
//! - It opens, reads, prints and logs nothing, asks no clock, starts no thread, keeps no state: so
//!   it can be tested, fuzzed and compiled for any door (a command, PAM, Windows, a browser).
//! - It never stops at the first violation, and never repeats the password in its answer.
//! - It never takes "could not be checked" for "holds".

#![forbid(unsafe_code)]

mod characters;
mod context;
mod passcode;
mod password;
mod policy;
mod rules;
mod similar;
mod verdict;
mod words;

pub use characters::nfc::nfc;
pub use characters::unseen::is_unseen;
pub use context::day::{Day, DayError};
pub use context::names::{NameForm, account_forms, name_forms};
pub use context::{Context, Exposure, Use, Uses};
pub use password::Password;
pub use policy::config::error::ConfigError;
pub use policy::config::nearest::nearest;
pub use policy::{Breached, Common, Former, Mode, OneSystem, Passcode, Policy, School};
pub use similar::likeness::Likeness;
pub use similar::variants::near_copies;
pub use verdict::rule::{Answer, Evidence, Rule, Violation};
pub use verdict::{Outcome, Verdict};
pub use words::compile::{CompileError, Compiler, EntryError};
pub use words::dictionary::{Dictionary, DictionaryError, WordList};
pub use words::disguise::Disguise;
pub use words::few::Few;
pub use words::list::{Entry, List};
pub use words::matches::{Match, Span};
