//! A date as people make a code of it: `29/07/1996` is `290796`, `072996`, `960729`, `199607`, `2907`.

use crate::characters::digits::digit;

/// The numbers that a date is written as; none if the text is not a date.
///
/// Each order of day, month and year counts, with a year of four digits or two, with a zero before
/// a single digit or without. What is a part of one of them (`199607` of `19960729`) is not listed.
pub(crate) fn numbers(text: &str) -> Vec<Vec<u8>> {
    let Some((day, month, year)) = date(text) else { return Vec::new() };
    let two = |number: u32| vec![number / 10 % 10, number % 10];
    let (long, short) = ([two(year / 100), two(year)].concat(), two(year));
    let mut numbers = vec![[two(day), two(month)].concat(), [two(month), two(day)].concat()];
    let single = |number: u32| if number < 10 { vec![number] } else { two(number) };
    for (day, month) in [(two(day), two(month)), (single(day), single(month))] {
        for year in [&long, &short] {
            let year = year.as_slice();
            for (one, other) in [(&day, &month), (&month, &day)] {
                numbers.push([one, other, year].concat());
                numbers.push([year, one, other].concat());
            }
            numbers.push([&day, year, &month].concat());
            numbers.push([&month, year, &day].concat());
        }
    }
    numbers.push(long);
    let mut numbers: Vec<Vec<u8>> = numbers
        .into_iter()
        .map(|number| number.into_iter().filter_map(|digit| u8::try_from(digit).ok()).collect())
        .collect();
    numbers.sort();
    numbers.dedup();
    numbers
}

/// Day, month and year: `29/07/1996`, `29.7.96`, `1996-07-29`, `07/29/1996`, `29 July 1996`,
/// `July 29, 1996`, `29071996`, `19960729`.
fn date(text: &str) -> Option<(u32, u32, u32)> {
    let text = text.trim();
    if text.chars().count() > MOST {
        return None;
    }
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| -> Option<(u32, usize)> {
        let digits: Option<Vec<u8>> = part.chars().map(digit).collect();
        let digits = digits.filter(|digits| (1..=8).contains(&digits.len()))?;
        Some((digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(*digit)), digits.len()))
    };
    match *parts.as_slice() {
        [one, two, three] => match (number(one), number(two), number(three)) {
            (Some((year, 4)), Some((month, _)), Some((day, _)))
            | (Some((day, _)), Some((month, _)), Some((year, 2 | 4))) => checked(day, month, year),
            (Some((day, _)), None, Some((year, 2 | 4))) => checked(day, named(two)?, year),
            (None, Some((day, _)), Some((year, 2 | 4))) => checked(day, named(one)?, year),
            _ => None,
        },
        [one] => match number(one)? {
            (whole, 8) => checked(whole / 1_000_000, whole / 10_000 % 100, whole % 10_000)
                .or_else(|| checked(whole % 100, whole / 100 % 100, whole / 10_000)),
            _ => None,
        },
        _ => None,
    }
}

/// No date is longer.
const MOST: usize = 24;

/// British order, or American if only that is a day.
fn checked(day: u32, month: u32, year: u32) -> Option<(u32, u32, u32)> {
    let year = match year {
        0..=39 => 2000 + year,
        40..=99 => 1900 + year,
        1900..=2099 => year,
        _ => return None,
    };
    let fits = |day, month| (1..=31).contains(&day) && (1..=12).contains(&month);
    if fits(day, month) {
        Some((day, month, year))
    } else {
        fits(month, day).then_some((month, day, year))
    }
}

/// The month of that name, or of its first three letters.
fn named(month: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = month.to_lowercase();
    (1..).zip(MONTHS).find(|(_, name)| month.starts_with(name)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        for text in [
            "29/07/1996",
            "29.7.96",
            "1996-07-29",
            "07/29/1996",
            "29 July 1996",
            "29-Jul-96",
            "July 29, 1996",
            "29071996",
            "19960729",
            " 29 / 7 / 1996 ",
        ] {
            assert_eq!(date(text), Some((29, 7, 1996)), "{text}");
        }
        for text in [
            "",
            "1996",
            "29/07",
            "32/13/1996",
            "01843 849000",
            "29/07/1896",
            "B12",
            "29 Foo 1996",
            "290796",
            "99999999",
            "1/2/3",
            "29/07/1996/1",
            "12345678901",
            "0/0/00",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn every_order() {
        let numbers: Vec<String> = numbers("05/03/1987")
            .iter()
            .map(|number| number.iter().map(|digit| char::from(digit + b'0')).collect())
            .collect();
        for number in [
            "050387", "030587", "870305", "870503", "05031987", "19870305", "0503", "0305", "1987",
            "5387", "531987", "058703",
        ] {
            assert!(numbers.contains(&number.to_owned()), "{number} not in {numbers:?}");
        }
        assert_eq!(numbers.len(), 27);
    }
}
