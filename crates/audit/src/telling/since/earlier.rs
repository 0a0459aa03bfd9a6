//! The JSON report of an earlier audit, as far as it is compared.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use serde::Deserialize;

use super::figures::{AuditFigures, SearchFigures};
use crate::report::{Extent, SystemExtent};
use crate::telling::finding::{FindingJson, VERSION};

/// The part of an earlier report that is compared.
#[derive(Deserialize, Debug)]
pub struct Earlier {
    version: u32,
    header: EarlierHeader,
    #[serde(default)]
    exports: Vec<EarlierExport>,
    #[serde(default)]
    coverage: Vec<SearchFigures>,
    pub(super) findings: Vec<FindingJson<'static>>,
    #[serde(default)]
    summary: EarlierSummary,
    #[serde(default)]
    names_nobody: bool,
    #[serde(default)]
    pub(super) extent: Option<Extent>,
}

#[derive(Deserialize, Debug)]
struct EarlierHeader {
    made: String,
}

#[derive(Deserialize, Debug)]
struct EarlierExport {
    system: String,
}

#[derive(Deserialize, Debug, Default)]
struct EarlierSummary {
    #[serde(default)]
    accounts: usize,
    #[serde(default)]
    kinds: BTreeMap<String, Option<usize>>,
}

/// Kinds that a report of an older version counts as 0 though it may not have looked for them.
const PERHAPS_NOT_LOOKED_FOR: [&str; 3] = ["breached", "reused", "history-reuse"];

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

    /// When it was made, as its report says: of two, the earlier one sorts before the other.
    pub fn made(&self) -> &str {
        &self.header.made
    }

    /// Whether it says how far it looked; those of older versions do not.
    pub const fn says_how_far(&self) -> bool {
        self.extent.is_some()
    }

    /// Whether it gives people numbers, which are others in every report.
    pub(super) fn is_pseudonymous(&self) -> bool {
        let is_numbered = |finding: &FindingJson<'_>| {
            let number = finding.account.strip_prefix("person-");
            number.is_some_and(|n| n.len() >= 3 && n.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let are_numbered = || !self.findings.is_empty() && self.findings.iter().all(is_numbered);
        self.names_nobody || (self.extent.is_none() && are_numbered())
    }

    /// What is known of an older report: its systems.
    pub(super) fn systems_alone(&self) -> Extent {
        let systems = self.exports.iter();
        let systems = systems.map(|export| (export.system.clone(), SystemExtent::default()));
        Extent { systems: systems.collect(), ..Extent::default() }
    }

    /// Its figures, for a trend.
    pub fn figures(&self) -> AuditFigures {
        let mut kinds = self.summary.kinds.clone();
        if self.extent.is_none() {
            for kind in PERHAPS_NOT_LOOKED_FOR {
                if let Some(count) = kinds.get_mut(kind) {
                    *count = count.filter(|count| *count > 0);
                }
            }
        }
        let findings =
            self.findings.iter().map(|f| (&*f.system, &*f.account, &*f.kind, &*f.severity));
        let (must_act, should_act) = AuditFigures::who(findings);
        AuditFigures {
            made: self.header.made.clone(),
            accounts: self.summary.accounts,
            must_act,
            should_act,
            kinds,
            coverage: self.coverage.clone(),
        }
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
