//! The name of a system that a password is for.

use std::fmt;
use std::str::FromStr;

/// The id of a system, as declared in the configuration: `network`, `email`, `remote-learning`.
///
/// ```
/// use strongpass_history::System;
/// let system: System = "remote-learning".parse()?;
/// assert_eq!(system.id(), "remote-learning");
/// assert!("Remote learning".parse::<System>().is_err());
/// # Ok::<(), strongpass_history::SystemError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct System(String);

/// Why a name is not a system.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum SystemError {
    /// It is not an id.
    NotAnId,
    /// The configuration does not declare it.
    Undeclared {
        /// The declared id that it most likely stands for.
        nearest: Option<String>,
        /// All declared ids.
        declared: Vec<String>,
    },
}

impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnId => f.write_str(
                "the id of a system is 1 to 32 of a-z, 0-9 and `-`, and starts with a letter",
            ),
            Self::Undeclared { declared, .. } if declared.is_empty() => f.write_str(
                "no system has that name: declare it in the configuration, under [systems]",
            ),
            Self::Undeclared { nearest: Some(nearest), .. } => {
                write!(f, "no system has that name: did you mean `{nearest}`?")
            }
            Self::Undeclared { declared, .. } => write!(
                f,
                "no system has that name: use one of {}, or declare it under [systems]",
                declared.join(", ")
            ),
        }
    }
}

impl std::error::Error for SystemError {}

impl System {
    /// The id.
    pub fn id(&self) -> &str {
        &self.0
    }
}

impl FromStr for System {
    type Err = SystemError;

    /// Reads an id, declared or not; [`Config::system`](crate::Config::system) takes only declared
    /// ones.
    fn from_str(id: &str) -> Result<Self, SystemError> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let starts = id.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        if !starts || id.len() > 32 || !id.bytes().all(plain) {
            return Err(SystemError::NotAnId);
        }
        Ok(Self(id.to_owned()))
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        for id in ["a", "network", "office-365", &"a".repeat(32)] {
            assert_eq!(id.parse::<System>().unwrap().to_string(), *id);
        }
        for id in ["", "Network", "e mail", "365", "-a", "é", "a\0", &"a".repeat(33)] {
            assert_eq!(id.parse::<System>(), Err(SystemError::NotAnId), "{id}");
        }
    }
}
