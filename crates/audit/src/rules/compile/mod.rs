//! Rules compiled for words of one length, so that lanes can make guesses side by side.

mod form;
mod letters;
mod plan;
mod ruleset;
mod word_class;

pub(crate) use form::{Form, Forms};
pub(crate) use plan::{Part, Plan};
pub(crate) use ruleset::Ruleset;
pub(crate) use word_class::WordClass;
