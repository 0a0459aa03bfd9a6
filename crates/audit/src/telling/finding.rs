//! A finding as JSON has it: written by an audit, and read again by a later one.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::names::Names;
use crate::report::AuditFinding;

/// The version of this form; what is added later has names of its own.
pub(super) const VERSION: u32 = 1;

/// A finding; read again when a later audit is compared with this one.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct FindingJson<'a> {
    pub(super) account: Cow<'a, str>,
    pub(super) system: Cow<'a, str>,
    pub(super) kind: Cow<'a, str>,
    pub(super) severity: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rules: Vec<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    how: Option<Cow<'a, str>>,
    /// By what means the password was found: whether a later audit would find it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) found_by: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) systems: Vec<Cow<'a, str>>,
    /// How often it was seen in breaches, if the list says it exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    /// … and if it says it in bands: so often or more, and so often or less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    count_at_least: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    count_at_most: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) scheme: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cost: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    disabled: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    privileged: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kind_of_account: Option<Cow<'a, str>>,
}

/// A finding as JSON has it.
pub fn finding_json<'a>(finding: &'a AuditFinding, names: &'a Names) -> FindingJson<'a> {
    with_account(finding, names.account(&finding.account, &finding.system))
}

/// The same with its account called so.
pub(super) fn with_account<'a>(
    finding: &'a AuditFinding,
    account: Cow<'a, str>,
) -> FindingJson<'a> {
    let exact = finding.seen.filter(|seen| seen.is_exact());
    let banded = finding.seen.filter(|seen| !seen.is_exact());
    FindingJson {
        account,
        system: (&*finding.system).into(),
        kind: finding.kind.id().into(),
        severity: finding.severity.id().into(),
        rules: finding.rules.iter().map(|rule| rule.id().into()).collect(),
        how: finding.how.map(Cow::from),
        found_by: finding.found_by.map(|by| by.id().into()),
        group: finding.group,
        systems: finding.systems.iter().map(Cow::from).collect(),
        count: exact.map(|seen| seen.least),
        count_at_least: banded.map(|seen| seen.least),
        count_at_most: banded.and_then(|seen| seen.most),
        scheme: finding.scheme.map(|scheme| scheme.id().into()),
        cost: finding.cost.map(|cost| cost.to_string().into()),
        disabled: finding.disabled,
        privileged: finding.privileged,
        kind_of_account: finding.kind_of_account.map(Cow::from),
    }
}
