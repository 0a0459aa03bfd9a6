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

mod automaton;
mod chance;
mod compile;
mod config;
mod context;
mod day;
mod dictionary;
mod digits;
mod disguise;
mod fold;
mod format;
mod hits;
mod keypad;
mod languages;
mod layout;
mod likeness;
mod list;
mod message;
mod names;
mod nearest;
mod nfc;
mod password;
mod policy;
mod rules;
mod shape;
mod sound;
mod unseen;
mod variants;
mod verdict;
mod walk;

pub use compile::{CompileError, Compiler, EntryError};
pub use config::ConfigError;
pub use context::{Context, Exposure, Use, Uses};
pub use day::{Day, DayError};
pub use dictionary::{Dictionary, DictionaryError, WordList};
pub use disguise::Disguise;
pub use likeness::Likeness;
pub use list::{Entry, List};
pub use names::{NameForm, account_forms, name_forms};
pub use nearest::nearest;
pub use nfc::nfc;
pub use password::Password;
pub use policy::{Breached, Common, Former, Mode, OneSystem, Passcode, Policy};
pub use unseen::is_unseen;
pub use variants::near_copies;
pub use verdict::{Answer, Evidence, Match, Outcome, Rule, Span, Verdict, Violation};
