//! Tells what an audit found: to people as a page, a table and letters, to programs as JSON.

mod document;
mod finding;
mod json;
mod names;
mod persons;
mod since;
mod words;

pub use document::Telling;
pub use finding::{FindingJson, finding_json};
pub use json::ReportJson;
pub use names::Names;
pub use since::figures::{AuditFigures, SearchFigures};
pub use since::{Changes, Earlier, EarlierError, NotCertain, Reason, When, Why as WhyNotCertain};
