//! What changed since an earlier audit.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::json::{Finding, VERSION};
use crate::{UsageError, setup};

/// Findings that are new, are still open, and are no more.
#[derive(Serialize, Debug)]
pub(super) struct Changes {
    /// When the earlier audit was made.
    pub(super) made: String,
    pub(super) new: Vec<Finding>,
    pub(super) open: usize,
    pub(super) fixed: Vec<Finding>,
}

/// The part of an earlier report that is compared.
#[derive(Deserialize)]
pub(super) struct Earlier {
    version: u32,
    header: EarlierHeader,
    findings: Vec<Finding>,
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

    /// An account is compared by its name, system and matter.
    pub(super) fn changes(&self, now: &[Finding]) -> Changes {
        let key = |finding: &Finding| {
            (finding.account.clone(), finding.system.clone(), finding.kind.clone())
        };
        let before: BTreeSet<_> = self.findings.iter().map(key).collect();
        let after: BTreeSet<_> = now.iter().map(key).collect();
        let without = |findings: &[Finding], others: &BTreeSet<_>| {
            findings.iter().filter(|f| !others.contains(&key(f))).cloned().collect::<Vec<_>>()
        };
        let new = without(now, &before);
        Changes {
            made: self.header.made.clone(),
            open: now.len().saturating_sub(new.len()),
            new,
            fixed: without(&self.findings, &after),
        }
    }
}
