//! What changed since an earlier audit.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::finding::{FindingJson, VERSION};

/// Findings that are new, are still open, and are no more.
#[derive(Serialize, Debug)]
pub struct Changes<'a> {
    /// When the earlier audit was made.
    pub made: String,
    /// Findings that the earlier audit does not have.
    pub new: Vec<FindingJson<'a>>,
    /// How many it has too.
    pub open: usize,
    /// Findings that are no more.
    pub fixed: Vec<FindingJson<'a>>,
}

/// The part of an earlier report that is compared.
#[derive(Deserialize, Debug)]
pub struct Earlier {
    version: u32,
    header: EarlierHeader,
    findings: Vec<FindingJson<'static>>,
}

#[derive(Deserialize, Debug)]
struct EarlierHeader {
    made: String,
}

impl Earlier {
    /// Reads the JSON report of an earlier audit.
    ///
    /// # Errors
    /// If it is none, or of a version that is not known.
    pub fn from_bytes(report: &[u8]) -> Result<Self, EarlierError> {
        let earlier: Self = serde_json::from_slice(report).map_err(EarlierError::NotAReport)?;
        if earlier.version == VERSION {
            Ok(earlier)
        } else {
            Err(EarlierError::Version(earlier.version))
        }
    }

    /// What is different now.
    pub fn changes<'a>(&'a self, now: &[FindingJson<'a>]) -> Changes<'a> {
        let before: BTreeSet<Key<'_>> = self.findings.iter().map(key).collect();
        let after: BTreeSet<Key<'_>> = now.iter().map(key).collect();
        let gone = self.findings.iter().filter(|finding| !after.contains(&key(finding)));
        let fixed = gone.cloned().collect();
        let all = now.len();
        let new: Vec<FindingJson<'_>> =
            now.iter().filter(|finding| !before.contains(&key(finding))).cloned().collect();
        let open = all.saturating_sub(new.len());
        Changes { made: self.header.made.clone(), open, new, fixed }
    }
}

/// Why an earlier report cannot be compared with.
#[derive(Debug)]
#[non_exhaustive]
pub enum EarlierError {
    /// It is not the JSON report of an audit.
    NotAReport(serde_json::Error),
    /// It is a report of another version.
    Version(u32),
}

impl fmt::Display for EarlierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAReport(_) => f.write_str("is not the JSON report of an audit"),
            Self::Version(version) => {
                write!(f, "is a report of version {version}; this program reads version {VERSION}")
            }
        }
    }
}

impl Error for EarlierError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotAReport(error) => Some(error),
            Self::Version(_) => None,
        }
    }
}

/// What an account is compared by: its name, system and matter.
type Key<'k> = (&'k str, &'k str, &'k str);

fn key<'k>(finding: &'k FindingJson<'_>) -> Key<'k> {
    (&finding.account, &finding.system, &finding.kind)
}
