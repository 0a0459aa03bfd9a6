//! What is said of one thing that was looked at.

use serde::Serialize;

pub(crate) mod failure;

use failure::Failure;

/// One thing that was looked at.
#[derive(Serialize, Debug)]
pub struct Finding {
    /// Names the kind of check for scripts; it stays as it is.
    check: &'static str,
    state: State,
    /// What should be, or what is to be known.
    what: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    why: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    remedy: String,
}

/// How one thing is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Debug)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum State {
    /// All is well.
    Ok,
    /// It is not.
    Fails,
    /// Something to know that is not a mistake.
    Note,
    /// It could not be looked at.
    Unknown,
}

impl Finding {
    pub(crate) fn good(check: &'static str, what: impl Into<String>) -> Self {
        Self {
            check,
            state: State::Ok,
            what: what.into(),
            why: String::new(),
            remedy: String::new(),
        }
    }

    /// Whether all is well.
    pub fn is_good(&self) -> bool {
        self.state == State::Ok
    }

    pub(crate) fn note(
        check: &'static str,
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        let (what, why, remedy) = (what.into(), why.into(), remedy.into());
        Self { check, state: State::Note, what, why, remedy }
    }

    pub(crate) fn bad(
        check: &'static str,
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { state: State::Fails, ..Self::note(check, what, why, remedy) }
    }

    pub(crate) fn unknown(
        check: &'static str,
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { state: State::Unknown, ..Self::note(check, what, why, remedy) }
    }

    /// What looking at it met: a mistake, or a file that this user may not read.
    pub(crate) fn failed(
        check: &'static str,
        what: impl Into<String>,
        met: impl Into<Failure>,
    ) -> Self {
        let Failure { why, is_denied } = met.into();
        if is_denied {
            return Self::unknown(check, what, why, "Run `strongpass doctor` as root.");
        }
        Self::bad(check, what, why, "")
    }

    /// How it is.
    pub fn state(&self) -> State {
        self.state
    }

    /// What should be, or what is to be known.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What is wrong; may be empty.
    pub fn why(&self) -> &str {
        &self.why
    }

    /// What to do; may be empty.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }
}
