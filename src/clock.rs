//! The time, read once by the door that needs it and handed on from there.

use std::time::SystemTime;

use anyhow::Context as _;
use strongpass_history::Day;

/// A moment by the clock of the system, in UTC.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// Since 1970-01-01.
    seconds: u64,
}

impl Moment {
    /// Now.
    pub(crate) fn now() -> anyhow::Result<Self> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Ok(Self { seconds: now.context("the clock is before 1970; set it")?.as_secs() })
    }

    /// That many seconds after 1970-01-01.
    #[cfg(test)]
    pub(crate) fn at(seconds: u64) -> Self {
        Self { seconds }
    }

    pub(crate) fn day(self) -> Day {
        Day::from_unix_seconds(self.seconds)
    }

    /// Days since 1970-01-01.
    pub(crate) fn days(self) -> i64 {
        i64::try_from(self.seconds / 86_400).unwrap_or(i64::MAX)
    }

    /// For people: `2026-11-22 08:05 UTC`.
    pub(crate) fn in_words(self) -> String {
        let minutes = self.seconds / 60;
        format!("{} {:02}:{:02} UTC", self.day(), minutes / 60 % 24, minutes % 60)
    }

    /// For programs: `2026-11-22T08:05:09Z` (RFC 3339).
    pub(crate) fn in_full(self) -> String {
        let (minutes, seconds) = (self.seconds / 60, self.seconds % 60);
        format!("{}T{:02}:{:02}:{seconds:02}Z", self.day(), minutes / 60 % 24, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        let moment = Moment::at(1_795_305_600 + 8 * 3_600 + 5 * 60 + 9);
        assert_eq!(moment.in_words(), "2026-11-22 08:05 UTC");
        assert_eq!(moment.in_full(), "2026-11-22T08:05:09Z");
    }
}
