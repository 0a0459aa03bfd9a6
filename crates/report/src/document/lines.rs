//! How a count changed from one day to the next.

use super::range::Range;
use crate::numbers::grouped;

/// A count on several days, drawn as a line.
#[derive(Debug)]
#[non_exhaustive]
pub struct Lines {
    /// What is counted.
    pub title: String,
    /// The heading of the counts, where they are a table.
    pub what: String,
    /// From the first day to the last.
    pub points: Vec<Point>,
}

/// A count on one day.
#[derive(Debug)]
#[non_exhaustive]
pub struct Point {
    /// The day.
    pub date: String,
    /// The count as it is told.
    pub shown: String,
    /// How high it is drawn.
    pub height: usize,
}

impl Lines {
    /// The counts of several days, the first day first, each with the total that it is told as a range
    /// of, if it is to be one.
    ///
    /// ```
    /// use strongpass_report::Lines;
    /// let counts = [("2026-06-01".to_owned(), 41, None), ("2026-11-22".to_owned(), 12, Some(60))];
    /// let lines = Lines::new("Kites to mend", "kites", &counts);
    /// assert_eq!(lines.points[0].shown, "41");
    /// assert_eq!(lines.points[1].shown, "10 to 14");
    /// ```
    pub fn new(title: &str, what: &str, counts: &[(String, usize, Option<usize>)]) -> Self {
        let points = counts.iter().map(|(date, count, of)| {
            let range = of.map(|of| Range::around(*count, of));
            Point {
                date: date.clone(),
                shown: range.map_or_else(|| grouped(*count), |range| range.to_string()),
                height: range.map_or(*count, Range::middle),
            }
        });
        Self { title: title.into(), what: what.into(), points: points.collect() }
    }

    /// The highest count that is drawn, 1 at least.
    pub fn top(&self) -> usize {
        self.points.iter().map(|point| point.height).max().unwrap_or(0).max(1)
    }
}
