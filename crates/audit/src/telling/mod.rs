//! Tells what an audit found: to people as a page, a table and letters, to programs as JSON.

mod document;
mod json;
mod names;
mod since;
mod words;

pub use document::Telling;
pub use json::{FindingJson, ReportJson, finding_json};
pub use names::Names;
pub use since::{Changes, Earlier, EarlierError};
