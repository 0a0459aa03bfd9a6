//! When an account expires, in the ways that exports write a day.

/// The days since 1970 until a day, if it is one: days (`shadow(5)`), Windows' file time, `2026-08-31`
/// and `GeneralizedTime` (RFC 4517), with or without a time. What stands for never is none.
pub(super) fn day(text: &[u8]) -> Option<i64> {
    let text = str::from_utf8(text).ok()?.trim();
    if let Ok(number) = text.parse::<i64>() {
        return match number {
            // Days: those of now have five digits.
            1..100_000 => Some(number),
            // Seconds.
            1_000_000_000..10_000_000_000 => Some(number / 86_400),
            // 100 ns since 1601; the largest number is never.
            100_000_000_000_000_000..=NEVER => Some(number / 864_000_000_000 - 134_774),
            _ => generalized(text),
        };
    }
    if text.get(..8)?.bytes().all(|byte| byte.is_ascii_digit()) {
        return generalized(text);
    }
    let mut parts = text.get(..10)?.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    since_1970(year, month, day)
}

/// The last file time that a calendar has a year of four digits for.
const NEVER: i64 = 2_650_467_744_000_000_000;

/// `20260831235959Z`, `20260831`.
fn generalized(text: &str) -> Option<i64> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse().ok();
    since_1970(part(0, 4)?, part(4, 6)?, part(6, 8)?)
}

/// Days by the Gregorian calendar; before 1970 nothing expires.
fn since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_day =
        (1970..9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    // The year begins in March, so that the odd day is its last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    is_day.then_some(days - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_they_are_written() {
        for text in [
            "20696",
            "2026-08-31",
            "2026-08-31 23:59:59+01",
            "2026-08-31T00:00:00Z",
            "20260831235959Z",
            "20260831",
            "1788134400",
            "134326080000000000",
        ] {
            assert_eq!(day(text.as_bytes()), Some(20_696), "{text}");
        }
        for never in
            ["", "0", "-1", "never", "infinity", "9223372036854775807", "31/08/2026", "0000-00-00"]
        {
            assert_eq!(day(never.as_bytes()), None, "{never}");
        }
    }
}
