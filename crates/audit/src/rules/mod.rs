//! Rules that turn a word into guesses, in the language of hashcat's rule files.
//!
//! A rule is a line of functions of one character, some with arguments: `c $2 $4` capitalises
//! the word and adds `24` to it. The functions and what they do are in [`operation`]; they are
//! those of hashcat 6.2 (`-r` and `-j`), which john and `PasswordsPro` largely share.
//!
//! Where hashcat changes bytes, a rule here changes characters: `c` makes `élan` into `Élan`,
//! `r` reverses `£5` into `5£`, and position 2 is the third character. On ASCII words both do
//! the same, with three exceptions: letters that `L`, `R`, `+` and `-` make beyond ASCII have a
//! case here; what `4`, `6`, `X` and `Q` remember is the word itself until there is an `M` (as
//! in john), not zeros; and a `\xHH` beyond ASCII is an error, since half a character is no
//! character.
//!
//! <https://hashcat.net/wiki/doku.php?id=rule_based_attack>

mod alphabet;
mod apply;
mod compile;
mod error;
mod operation;
mod parse;
mod rule;
mod rule_file;

pub(crate) use compile::{Form, Forms, Part, Plan, Ruleset, WordClass};
pub use error::{RuleError, RuleFault};
pub use rule::HashcatRule;
pub use rule_file::RuleFile;
