//! Reads days as people write them in a register.

use strongpass_policy::Day;

/// `2026-03-05`, `5/3/2026`, `05.03.26`, `5 March 2026`, `Mar-26`, `03/2026`, `2026`; a time behind it
/// does not matter. Of what could be two days the British order is meant, and a month or a year is
/// its first day: an age may be too great, but is never too small.
pub(super) fn parse_day(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    // "2026-03-05T10:30:00" and "05/03/2026 10:30".
    let text = match text.find(':') {
        Some(colon) => {
            let before = text.get(..colon)?;
            before.get(..before.rfind([' ', 'T', 't'])?)?.trim_end_matches(',')
        }
        None => text,
    };
    let pieces: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let pieces: Vec<Piece> = pieces
        .into_iter()
        .filter(|piece| !piece.is_empty())
        .map(Piece::from_text)
        .collect::<Option<_>>()?;
    match *pieces.as_slice() {
        [Piece::Year(year), Piece::Number(month), Piece::Number(day)] => on(year, month, day),
        [Piece::Number(day), Piece::Month(month), year]
        | [Piece::Month(month), Piece::Number(day), year] => on(year.year()?, month, day),
        [Piece::Number(first), Piece::Number(second), year] => {
            let year = year.year()?;
            on(year, second, first).or_else(|| on(year, first, second))
        }
        [Piece::Month(month) | Piece::Number(month), year] => on(year.year()?, month, 1),
        [Piece::Year(year), Piece::Month(month) | Piece::Number(month)] => on(year, month, 1),
        [Piece::Year(year)] => on(year, 1, 1),
        _ => None,
    }
}

#[derive(Clone, Copy)]
enum Piece {
    /// One or two digits.
    Number(u32),
    /// Four digits.
    Year(u32),
    /// From 1.
    Month(u32),
}

impl Piece {
    fn from_text(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let digits = lower.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let is_ordinal = matches!(lower.get(digits.len()..), Some("" | "st" | "nd" | "rd" | "th"));
        if !digits.is_empty() && is_ordinal {
            return match (digits.len(), digits.parse()) {
                (1 | 2, Ok(number)) => Some(Self::Number(number)),
                (4, Ok(year)) => Some(Self::Year(year)),
                _ => None,
            };
        }
        let begins = |(_, name): &(u32, &&str)| lower.len() >= 3 && name.starts_with(&lower);
        // "Sept" is three letters and one more, as in the month itself.
        (1..).zip(&MONTHS).find(begins).map(|(number, _)| Self::Month(number))
    }

    /// The year that a number stands for: there were no such phones before 2000.
    fn year(self) -> Option<u32> {
        match self {
            Self::Year(year) => Some(year),
            Self::Number(number) => Some(2000 + number),
            Self::Month(_) => None,
        }
    }
}

fn on(year: u32, month: u32, day: u32) -> Option<Day> {
    Day::from_civil(year, month, day)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], expected: &str) {
        for text in texts {
            let found = parse_day(text).map(|day| day.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn days_in_many_forms() {
        check(
            &["2026-03-05", "2026/3/5", "2026-03-05T10:30:00Z", "2026-03-05 10:30"],
            "2026-03-05",
        );
        check(&["05/03/2026", "5/3/26", "5.3.2026", "05-03-26", "05/03/2026, 10:30"], "2026-03-05");
        check(&["5 March 2026", "5th Mar 2026", "05-Mar-26", "March 5, 2026"], "2026-03-05");
        check(&["3 Sept 2025", "03/09/25"], "2025-09-03");
        // No month has so many days: it is the American order.
        check(&["12/31/2025", "31/12/2025"], "2025-12-31");
        check(&["March 2026", "Mar-26", "03/2026", "2026-03"], "2026-03-01");
        check(&["2026"], "2026-01-01");
        check(&["", "x", "soon", "31/02/2026", "45717", "1/2/3/4", "ma 2026", "5 5 5 2026"], "");
        check(&["March", "5", "5 March", "10:30", "2026-13-01", "１/２/２６"], "");
    }
}
