//! Configuration files, and what it means that one is not in order.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use strongpass_policy::ConfigError;

/// Why no password can be checked at present, on one line, for the log and for IT. It holds names
/// of files and settings, and nothing of a person.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum NotReady {
    /// Somebody has to set something right.
    NotSetUp(String),
    /// Another program holds the history: it will pass.
    Busy(String),
}

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::NotSetUp(why) | Self::Busy(why)) = self;
        f.write_str(why)
    }
}

impl NotReady {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self::NotSetUp(why.into())
    }

    pub(crate) fn at(path: &Path, why: &impl fmt::Display) -> Self {
        Self::NotSetUp(format!("{}: {why}", path.display()))
    }

    /// Without the excerpt, which takes three lines.
    pub(crate) fn mistake(path: &Path, error: &ConfigError) -> Self {
        let ConfigError { line, column, message, .. } = error;
        Self::NotSetUp(format!("{}:{line}:{column}: {message}", path.display()))
    }
}

/// Reads a whole file of at most `most` bytes; `None` if there is none.
pub(crate) fn read(path: &Path, most: u64) -> Result<Option<Vec<u8>>, NotReady> {
    let failed = |error: io::Error| NotReady::at(path, &error);
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        other => other.map_err(failed)?,
    };
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|read| read > most) {
        return Err(NotReady::at(path, &format!("it is larger than {most} bytes")));
    }
    Ok(Some(bytes))
}

/// Reads a configuration file; `None` if there is none.
pub(crate) fn read_text(path: &Path) -> Result<Option<String>, NotReady> {
    /// No configuration is larger.
    const MOST: u64 = 1 << 20;
    let Some(bytes) = read(path, MOST)? else { return Ok(None) };
    let text = String::from_utf8(bytes)
        .map_err(|_| NotReady::at(path, &"it is not UTF-8 text; save it as UTF-8"))?;
    // Some editors begin a file with a mark.
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}
