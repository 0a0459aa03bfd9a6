//! A report before it is shown: sections of text, figures, charts, tables and checks.

use crate::numbers::grouped;
use header::Header;
use lines::Lines;
use range::Range;
use school::School;

pub(crate) mod header;
pub(crate) mod lines;
pub(crate) mod moment;
pub(crate) mod range;
pub(crate) mod sample;
pub(crate) mod school;

/// A report before it is shown.
#[derive(Debug)]
pub struct Document {
    /// Whose it is, if that was said.
    pub school: Option<School>,
    /// What it is.
    pub title: String,
    /// What came out, in a sentence or two.
    pub answer: String,
    /// Why it was made, by whom, of what.
    pub header: Header,
    /// In the order in which they are read.
    pub sections: Vec<Section>,
}

/// A part of a report.
#[derive(Debug)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Who may read it.
    pub readers: Readers,
    /// In the order in which they are read.
    pub blocks: Vec<Block>,
}

/// Who may read a part of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "whoever shows a report has to show all of it")]
pub enum Readers {
    /// Whoever gets the report: it names nobody.
    All,
    /// Those who have to act on it: it names someone or something.
    Few,
}

/// What a section is made of.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "whoever shows a report has to show all of it")]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A few numbers that matter most.
    Figures(Vec<Figure>),
    /// Counts side by side.
    Bars(Bars),
    /// A sign for everything there is.
    Units(Units),
    /// A count on several days.
    Lines(Lines),
    /// Rows of text.
    Table(Table),
    /// A row for each of many, with codes.
    List(List),
    /// Things to look at by hand.
    Checks(Checks),
}

/// How pressing something is. Each has a mark and a pattern of its own, never a colour alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(clippy::exhaustive_enums, reason = "whoever shows a report has to show all of it")]
pub enum Level {
    /// To be acted on first.
    Act,
    /// To be acted on when that is done.
    Look,
    /// Nothing to do.
    Good,
}

/// A number and what it counts.
#[derive(Debug)]
pub struct Figure {
    /// The number.
    pub count: usize,
    /// Reads on from the number: "phones need a new code".
    pub label: String,
    /// How pressing it is.
    pub level: Level,
    /// The total of which it is told as a [`Range`]; `None` tells the number.
    pub range_of: Option<usize>,
}

/// Counts side by side.
#[derive(Debug)]
pub struct Bars {
    /// What is counted.
    pub title: String,
    /// The bars, from top to bottom.
    pub rows: Vec<Bar>,
    /// What a full bar counts; shares are of this.
    pub of: usize,
    /// Whether counts are told as [`Range`]s, so that nobody is recognised by them.
    pub as_ranges: bool,
}

/// A count with its name.
#[derive(Debug)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// The count.
    pub count: usize,
    /// How pressing it is.
    pub level: Level,
}

/// Everything there is, one sign each (or for a few of them), the pressing ones first.
#[derive(Debug)]
pub struct Units {
    /// What is drawn.
    pub title: String,
    /// Reads on from a number: "phones".
    pub what: String,
    /// The sign, as the `d` of an SVG path in a square of 24.
    pub sign: &'static str,
    /// How many there are of each kind, the pressing ones first.
    pub groups: Vec<Bar>,
}

/// Rows of text.
#[derive(Debug)]
pub struct Table {
    /// What it lists.
    pub title: String,
    /// The headings.
    pub columns: Vec<&'static str>,
    /// Each has as many cells as there are columns.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug)]
pub struct Row {
    /// How pressing it is, if that is worth a mark.
    pub level: Option<Level>,
    /// As many as the table has columns.
    pub cells: Vec<String>,
}

/// A row for each of many, as short as can be: codes stand for sentences, and a key explains them.
#[derive(Debug)]
pub struct List {
    /// What it lists.
    pub title: String,
    /// What the codes mean.
    pub key: Vec<Code>,
    /// The headings.
    pub columns: Vec<String>,
    /// Each has as many cells as there are columns.
    pub rows: Vec<Row>,
}

/// A short code and what it stands for.
#[derive(Debug)]
pub struct Code {
    /// The code.
    pub sign: &'static str,
    /// What it means in a word or two, where there is no room for more.
    pub label: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// Things to look at by hand, to tick off on paper.
#[derive(Debug)]
pub struct Checks {
    /// What to look at.
    pub checks: Vec<Check>,
    /// Where to read how, for those who have no room for it here.
    pub elsewhere: String,
}

/// Something to look at by hand.
#[derive(Debug)]
pub struct Check {
    /// What should be so.
    pub what: String,
    /// How to see it.
    pub how: String,
    /// Who asks for it.
    pub source: String,
}

impl Level {
    /// A word for what is neither seen in colour nor as a pattern.
    pub fn word(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Look => "look",
            Self::Good => "good",
        }
    }
}

impl Figure {
    /// The number, or its range.
    pub fn shown(&self) -> String {
        let range = self.range_of.map(|of| Range::around(self.count, of).to_string());
        range.unwrap_or_else(|| grouped(self.count))
    }
}

impl Bars {
    /// How a count is shown: the number, or its range.
    pub fn count(&self, count: usize) -> String {
        if self.as_ranges { Range::around(count, self.of).to_string() } else { grouped(count) }
    }

    /// Which of 1,000 parts of a full bar a count takes; a range is drawn to its middle.
    pub fn length(&self, count: usize) -> usize {
        let count = if self.as_ranges { Range::around(count, self.of).middle() } else { count };
        let parts = count.saturating_mul(1_000).checked_div(self.of).unwrap_or(0);
        // What is there can be seen.
        parts.clamp(if count == 0 { 0 } else { 4 }, 1_000)
    }

    /// The share in whole per cent; nothing for ranges, which it would give away.
    pub fn share(&self, count: usize) -> Option<String> {
        if self.as_ranges || self.of == 0 {
            return None;
        }
        Some(match (count.saturating_mul(200) / self.of).div_ceil(2) {
            0 if count > 0 => "under 1 %".into(),
            100 if count < self.of => "99 %".into(),
            share => format!("{share} %"),
        })
    }
}

impl Units {
    /// The most signs that are drawn.
    const MOST: usize = 400;

    /// How many of `what` one sign stands for.
    pub fn each(&self) -> usize {
        let all: usize = self.groups.iter().map(|group| group.count).sum();
        all.div_ceil(Self::MOST).max(1)
    }

    /// How many signs a group has; what is there has one.
    pub fn signs(&self, group: &Bar) -> usize {
        group.count.div_ceil(self.each())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(of: usize, as_ranges: bool) -> Bars {
        Bars { title: String::new(), rows: Vec::new(), of, as_ranges }
    }

    #[test]
    fn shares_do_not_round_something_to_nothing_or_all() {
        let thousand = bars(1_000, false);
        let share = |count| thousand.share(count).unwrap();
        assert_eq!(share(0), "0 %");
        assert_eq!(share(1), "under 1 %");
        assert_eq!(
            (share(504), share(505), share(506)),
            ("50 %".into(), "51 %".into(), "51 %".into())
        );
        assert_eq!(share(999), "99 %");
        assert_eq!(share(1_000), "100 %");
        assert_eq!((thousand.length(0), thousand.length(1), thousand.length(500)), (0, 4, 500));
        assert_eq!(bars(0, false).share(0), None);
    }

    #[test]
    fn counts_of_one_range_are_told_apart_by_nothing() {
        let bars = bars(40, true);
        let shown = |count| (bars.count(count), bars.length(count), bars.share(count));
        assert_eq!(shown(0), ("fewer than 10".into(), 100, None));
        assert!((0..10).all(|count| shown(count) == shown(0)));
        assert_eq!(shown(10), ("10 to 14".into(), 300, None));
        assert!((30..=40).all(|count| shown(count) == shown(30)));
        let figure = |count| {
            let (label, level, range_of) = (String::new(), Level::Act, Some(40));
            Figure { count, label, level, range_of }.shown()
        };
        assert_eq!((figure(0), figure(9)), ("fewer than 10".into(), "fewer than 10".into()));
    }

    #[test]
    fn many_units_share_a_sign() {
        let group = |count| Bar { label: String::new(), count, level: Level::Good };
        let units = |counts: &[usize]| Units {
            title: String::new(),
            what: String::new(),
            sign: "",
            groups: counts.iter().copied().map(group).collect(),
        };
        let few = units(&[3, 0, 57]);
        assert_eq!((few.each(), few.signs(&group(3)), few.signs(&group(0))), (1, 3, 0));
        let many = units(&[1, 99_999]);
        assert_eq!((many.each(), many.signs(&group(1)), many.signs(&group(99_999))), (250, 1, 400));
    }
}
