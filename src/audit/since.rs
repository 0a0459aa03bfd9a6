//! What changed since an earlier audit.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::json::{Finding, VERSION};
use crate::exit::UsageError;
use crate::setup;

/// Findings that are new, are still open, and are no more.
#[derive(Serialize, Debug)]
pub(super) struct Changes<'a> {
    /// When the earlier audit was made.
    pub(super) made: String,
    pub(super) new: Vec<Finding<'a>>,
    pub(super) open: usize,
    pub(super) fixed: Vec<Finding<'a>>,
}

/// The part of an earlier report that is compared.
#[derive(Deserialize)]
pub(super) struct Earlier {
    version: u32,
    header: EarlierHeader,
    findings: Vec<Finding<'static>>,
}

#[derive(Deserialize)]
struct EarlierHeader {
    made: String,
}

/// No report of a school is larger.
const MOST: u64 = 1 << 30;

impl Earlier {
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        let earlier: Self = serde_json::from_slice(&setup::read(path, MOST)?)
            .with_context(|| format!("{name}: is not the JSON report of an audit"))?;
        if earlier.version != VERSION {
            return Err(UsageError(format!(
                "{name}: is a report of version {}; this program reads version {VERSION}",
                earlier.version
            ))
            .into());
        }
        Ok(earlier)
    }

    /// What is different now.
    pub(super) fn changes<'a>(&'a self, now: &[Finding<'a>]) -> Changes<'a> {
        let before: BTreeSet<Key<'_>> = self.findings.iter().map(key).collect();
        let after: BTreeSet<Key<'_>> = now.iter().map(key).collect();
        let gone = self.findings.iter().filter(|finding| !after.contains(&key(finding)));
        let fixed = gone.cloned().collect();
        let all = now.len();
        let new: Vec<Finding<'_>> =
            now.iter().filter(|finding| !before.contains(&key(finding))).cloned().collect();
        let open = all.saturating_sub(new.len());
        Changes { made: self.header.made.clone(), open, new, fixed }
    }
}

/// What an account is compared by: its name, system and matter.
type Key<'k> = (&'k str, &'k str, &'k str);

fn key<'k>(finding: &'k Finding<'_>) -> Key<'k> {
    (&finding.account, &finding.system, &finding.kind)
}
