//! The report: what must be said of each account, and how far the audit looked.

mod breached;
mod coverage;
mod finding;
mod judge;
mod summary;

pub(crate) use breached::look_up;
pub use breached::{Breached, LookUp};
pub(crate) use coverage::measure;
pub use coverage::{Coverage, Ended};
pub use finding::{AuditFinding, FindingKind, Severity};
pub(crate) use judge::{AccountJudge, counts};
pub use summary::{ExportSummary, Report};
