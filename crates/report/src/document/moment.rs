//! When a report was made.

use strongpass_policy::Day;

/// A moment by the clock of the system, in UTC. The caller brings it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Since 1970-01-01.
    seconds: u64,
}

impl Moment {
    /// That many seconds after 1970-01-01.
    pub fn from_unix_seconds(seconds: u64) -> Self {
        Self { seconds }
    }

    /// The day of it.
    pub fn day(self) -> Day {
        Day::from_unix_seconds(self.seconds)
    }

    /// The days since 1970-01-01, as shadow(5) and LDAP count them.
    pub fn days(self) -> i64 {
        i64::try_from(self.seconds / 86_400).unwrap_or(i64::MAX)
    }

    /// For people: `2026-11-22 08:05 UTC`.
    pub fn in_words(self) -> String {
        let minutes = self.seconds / 60;
        format!("{} {:02}:{:02} UTC", self.day(), minutes / 60 % 24, minutes % 60)
    }

    /// For programs: `2026-11-22T08:05:09Z` (RFC 3339).
    pub fn in_full(self) -> String {
        let (minutes, seconds) = (self.seconds / 60, self.seconds % 60);
        format!("{}T{:02}:{:02}:{seconds:02}Z", self.day(), minutes / 60 % 24, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        let moment = Moment::from_unix_seconds(1_795_305_600 + 8 * 3_600 + 5 * 60 + 9);
        assert_eq!(moment.in_words(), "2026-11-22 08:05 UTC");
        assert_eq!(moment.in_full(), "2026-11-22T08:05:09Z");
    }
}
