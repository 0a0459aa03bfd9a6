//! The report: what must be said of each account, and how far the audit looked.

mod breached;
mod coverage;
mod extent;
mod finding;
mod judge;
mod marks;
mod order;
mod summary;

pub(crate) use breached::look_up;
pub use breached::{Breached, LookUp};
pub(crate) use coverage::measure;
pub use coverage::{Coverage, Ended};
pub use extent::Extent;
pub(crate) use extent::{ClassExtent, SystemExtent};
pub use finding::{AuditFinding, FindingKind, Severity};
pub(crate) use judge::{AccountJudge, counts};
pub(crate) use marks::{AccountMark, account_mark};
pub use summary::{ExportSummary, Report};
