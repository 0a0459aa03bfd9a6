//! Numbers as a spreadsheet shows them where they are typed, and the days that some of them are.

use std::fmt::{self, Write as _};

use zeroize::Zeroizing;

use super::container::DAMAGED;
use super::error::WorkbookError;
use super::styles::Format;

/// How a number reads: as it was typed, without what a computer adds to it, or as a day.
pub(super) fn number(
    written: &str,
    format: Format,
    from_1904: bool,
) -> Result<Short, WorkbookError> {
    let written = written.trim_ascii();
    let mut short = Short::default();
    let whole = written.bytes().all(|byte| byte.is_ascii_digit()) && !written.is_empty();
    match (format, whole) {
        (Format::Digits(digits), true) => {
            for _ in written.len()..digits {
                short.put("0")?;
            }
            short.put(written)?;
            return Ok(short);
        }
        (Format::Number, true) => {
            short.put(written)?;
            return Ok(short);
        }
        (Format::Number | Format::Digits(_) | Format::Date, _) => {}
    }
    let value: f64 = written.parse().map_err(|_| DAMAGED)?;
    if !value.is_finite() {
        return Err(DAMAGED.into());
    }
    if format == Format::Date && write_date(&mut short, value, from_1904)? {
        return Ok(short);
    }
    let size = value.abs();
    if (1e21..).contains(&size) || (size > 0. && size < 1e-9) {
        short.put(written)?;
        return Ok(short);
    }
    // Spreadsheets keep 17 digits and show 15.
    write!(short, "{value:.14e}").map_err(|_| DAMAGED)?;
    let rounded: f64 = short.as_str().parse().map_err(|_| DAMAGED)?;
    short = Short::default();
    write!(short, "{}", if rounded == 0. { 0. } else { rounded }).map_err(|_| DAMAGED)?;
    // 0042 may have been written as 42.0.
    if let Format::Digits(_) = format
        && short.as_str().bytes().all(|byte| byte.is_ascii_digit())
    {
        return number(short.as_str(), format, from_1904);
    }
    Ok(short)
}

const SECONDS: i64 = 86_400;
/// The last day that a spreadsheet knows, 31 December 9999.
const LAST: f64 = 2_958_466.;

/// Writes a day as ISO 8601 has it, and the time behind it if there is one; less than a day is a
/// time. `false` if it is not a date.
fn write_date(short: &mut Short, value: f64, from_1904: bool) -> Result<bool, WorkbookError> {
    if !(0. ..LAST).contains(&value) {
        return Ok(false);
    }
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "less than 2^38, as was just seen"
    )]
    let seconds = (value * 86_400.).round() as i64;
    let (day, time) = (seconds / SECONDS, seconds % SECONDS);
    let is_time = day == 0 && !from_1904;
    let written = if is_time {
        Ok(())
    } else if day == 60 && !from_1904 {
        // There was no such day, but Lotus 1-2-3 thought so, and spreadsheets still do.
        short.write_str("1900-02-29")
    } else {
        let (year, month, day) = civil(match (from_1904, day) {
            (true, day) => day - 24_107,
            (false, ..60) => day - 25_568,
            (false, day) => day - 25_569,
        });
        write!(short, "{year:04}-{month:02}-{day:02}")
    };
    let clock = |short: &mut Short| {
        let (hours, minutes, seconds) = (time / 3_600, time / 60 % 60, time % 60);
        let space = if is_time { "" } else { " " };
        write!(short, "{space}{hours:02}:{minutes:02}")?;
        if seconds == 0 { Ok(()) } else { write!(short, ":{seconds:02}") }
    };
    let written = written.and_then(|()| if is_time || time != 0 { clock(short) } else { Ok(()) });
    Ok(written.map(|()| true).map_err(|_| DAMAGED)?)
}

/// The year, month and day, from the number of days since 1 January 1970.
///
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + if month <= 2 { 1 } else { 0 }, month, day)
}

/// A short text that is wiped.
#[derive(Default)]
pub(super) struct Short {
    bytes: Zeroizing<[[u8; 32]; 2]>,
    length: usize,
}

impl Short {
    pub(super) fn as_str(&self) -> &str {
        let written = self.bytes.as_flattened().get(..self.length).unwrap_or_default();
        str::from_utf8(written).unwrap_or_default()
    }

    fn put(&mut self, text: &str) -> Result<(), WorkbookError> {
        Ok(self.write_str(text).map_err(|_| DAMAGED)?)
    }
}

impl fmt::Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let room = self.bytes.as_flattened_mut().get_mut(self.length..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, format: Format, from_1904: bool, expected: &str) {
        let shown = number(written, format, from_1904).unwrap();
        assert_eq!(shown.as_str(), expected, "{written}");
    }

    #[test]
    fn numbers() {
        for (written, expected) in [
            ("839174", "839174"),
            ("0", "0"),
            ("-7", "-7"),
            ("839174.0", "839174"),
            ("1.2E+3", "1200"),
            ("1.2e3", "1200"),
            ("8.3917399999999999E5", "839174"),
            ("0.30000000000000004", "0.3"),
            ("0.1", "0.1"),
            ("-0", "0"),
            ("356938035643809", "356938035643809"),
            ("1234567890123456789", "1234567890123456789"),
            ("3.56938035643809E+14", "356938035643809"),
            ("1E+20", "100000000000000000000"),
            ("1E+100", "1E+100"),
            ("1.5E-12", "1.5E-12"),
            (" 42 ", "42"),
        ] {
            check(written, Format::Number, false, expected);
        }
        check("42", Format::Digits(4), false, "0042");
        check("42.0", Format::Digits(4), false, "0042");
        check("839174", Format::Digits(4), false, "839174");
        check("4.5", Format::Digits(4), false, "4.5");
        check("-4", Format::Digits(4), false, "-4");
        for bad in ["", "x", "NaN", "inf", "1E+999", "1 2", &"9".repeat(65)] {
            assert!(number(bad, Format::Number, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn days() {
        for (written, expected) in [
            ("39886", "2009-03-14"),
            ("39886.5", "2009-03-14 12:00"),
            ("39886.999999999", "2009-03-15"),
            ("39886.25001157407", "2009-03-14 06:00:01"),
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("60", "1900-02-29"),
            ("61", "1900-03-01"),
            ("2958465", "9999-12-31"),
            ("2958466", "2958466"),
            ("-1", "-1"),
            ("0.75", "18:00"),
            ("0", "00:00"),
        ] {
            check(written, Format::Date, false, expected);
        }
        check("38424", Format::Date, true, "2009-03-14");
        check("0", Format::Date, true, "1904-01-01");
    }
}
