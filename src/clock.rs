//! The time, read once by the command that needs it and handed on from there.

use std::time::SystemTime;

use anyhow::Context as _;
use strongpass_report::Moment;

/// Now.
pub(crate) fn now() -> anyhow::Result<Moment> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Ok(Moment::from_unix_seconds(now.context("the clock is before 1970; set it")?.as_secs()))
}
