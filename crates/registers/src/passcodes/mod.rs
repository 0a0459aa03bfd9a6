//! Registers of passcodes: which devices need a new code, without showing one.

mod checklist;
mod columns;
mod dates;
mod device_management;
mod examples;
mod finding;
mod judge;
mod people;
mod register;
mod replace;
mod report;
mod similar;

pub use checklist::device_checks;
pub use device_management::{
    DeviceManagement, DeviceManagementError, ManagedClause, ManagedPolicy, ManagedRemark,
    ManagementReport,
};
pub use examples::refused_examples;
pub use finding::{PasscodeFinding, PasscodeFindingKind};
pub use judge::{Criteria, Entry, Judged, RegisterJudge};
pub use people::Leavers;
pub use register::{Device, Register, SkippedRow};
pub use replace::replace_codes;
pub use report::RegisterReport;
