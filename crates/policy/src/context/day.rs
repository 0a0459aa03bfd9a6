//! A calendar day, which the caller brings: no crate below the doors has a clock.

use std::fmt;
use std::str::FromStr;

/// A day, counted from 1970-01-01.
///
/// ```
/// use strongpass_policy::Day;
/// let day: Day = "2026-11-22".parse()?;
/// assert_eq!(day, Day::from_unix_seconds(1_795_305_600));
/// assert_eq!(day.to_string(), "2026-11-22");
/// # Ok::<(), strongpass_policy::DayError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(u32);

/// It is not a day from 1970-01-01 to 9999-12-31, written `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct DayError;

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day; write it as YYYY-MM-DD, from 1970-01-01 to 9999-12-31")
    }
}

impl std::error::Error for DayError {}

impl Day {
    /// The day (in UTC) of a time of the system's clock; of year 9999 at most.
    pub fn from_unix_seconds(seconds: u64) -> Self {
        u32::try_from(seconds / 86_400).map_or(LAST, |number| Self(number).min(LAST))
    }

    /// The day that many days before; 1970-01-01 at the earliest.
    #[must_use]
    pub fn days_before(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// The day that many days after; the last of year 9999 at the latest.
    #[must_use]
    pub fn days_after(self, days: u32) -> Self {
        Self(self.0.saturating_add(days)).min(LAST)
    }

    /// How many days it is after another; 0 if it is not.
    #[must_use]
    pub fn days_since(self, other: Self) -> u32 {
        self.0.saturating_sub(other.0)
    }

    /// Days since 1970-01-01, as a database keeps it.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The day that many days after 1970-01-01; `None` after the year 9999.
    pub fn from_number(number: u32) -> Option<Self> {
        (number <= LAST.0).then_some(Self(number))
    }

    /// The year it is in.
    pub fn year(self) -> u32 {
        self.civil().0
    }

    /// Year, month and day of the month: Howard Hinnant's `civil_from_days`, without the negatives.
    fn civil(self) -> (u32, u32, u32) {
        let days = self.0 + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (era * 400 + year + u32::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
    }

    /// That day of that month, counted from 1; `None` if there is no such day from 1970 to 9999.
    pub fn from_civil(year: u32, month: u32, day: u32) -> Option<Self> {
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        let shifted_year = year - u32::from(month <= 2);
        let (era, of_era) = (shifted_year / 400, shifted_year % 400);
        let shifted_month = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * shifted_month + 2) / 5 + day - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        let found = Self(days.checked_sub(719_468)?);
        // 31 November would be 1 December.
        (found.civil() == (year, month, day)).then_some(found)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let digits = |piece: &str, count: usize| {
            let plain = piece.len() == count && piece.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| piece.parse().ok()).flatten().ok_or(DayError)
        };
        let mut pieces = text.splitn(3, '-');
        let mut next = |count| digits(pieces.next().ok_or(DayError)?, count);
        Self::from_civil(next(4)?, next(2)?, next(2)?).ok_or(DayError)
    }
}

/// 9999-12-31.
const LAST: Day = Day(2_932_896);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_survives_writing_and_reading() {
        for number in 0..=LAST.0 {
            let (year, month, day) = Day(number).civil();
            assert_eq!(Day::from_civil(year, month, day), Some(Day(number)));
        }
        assert_eq!(LAST.to_string(), "9999-12-31");
        assert_eq!(Day(0).to_string(), "1970-01-01");
        assert_eq!("2024-02-29".parse(), Ok(Day(19_782)));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "2026-11-31", "2025-02-29", "1969-12-31", "26-11-22", "2026-1-22", "x"] {
            assert_eq!(text.parse::<Day>(), Err(DayError), "{text}");
        }
        assert_eq!("+026-11-22".parse::<Day>(), Err(DayError));
        assert_eq!("2026-11-22-".parse::<Day>(), Err(DayError));
    }

    #[test]
    fn the_far_future_is_the_last_day() {
        assert_eq!(Day::from_unix_seconds(u64::MAX), LAST);
        assert_eq!(Day(3).days_before(5), Day(0));
        assert_eq!(LAST.days_after(1), LAST);
    }

    #[test]
    fn days_apart() {
        assert_eq!(Day(19_782).days_after(366).to_string(), "2025-03-01");
        assert_eq!((Day(7).days_since(Day(3)), Day(3).days_since(Day(7))), (4, 0));
    }
}
