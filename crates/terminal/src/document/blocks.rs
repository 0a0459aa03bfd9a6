//! The blocks of a report in words, in lines of a width.

use std::io::{self, Write};

use anstyle::Style;
use strongpass_report::{
    Bars, Block, Checks, Figure, Level, Lines, List, Row, Table, Units, grouped,
};
use unicode_width::UnicodeWidthStr;

use crate::text::{self, QUIET};

pub(super) const STRONG: Style = Style::new().bold();

/// How much a block matters where not all is told: the first first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Figures,
    List,
    Text,
    Table,
}

impl Rank {
    /// The most lines of it, so that others have some.
    pub(super) const fn most(self) -> usize {
        match self {
            Self::Figures => 6,
            Self::List => 16,
            Self::Text => 8,
            Self::Table => 10,
        }
    }
}

/// How much a block matters; charts do not, for their numbers are told elsewhere.
pub(super) fn rank(block: &Block) -> Option<Rank> {
    match block {
        Block::Figures(_) => Some(Rank::Figures),
        Block::List(_) => Some(Rank::List),
        Block::Text(_) => Some(Rank::Text),
        Block::Table(_) => Some(Rank::Table),
        Block::Bars(_) | Block::Units(_) | Block::Lines(_) | Block::Checks(_) => None,
    }
}

/// How many rows a block has that may be left out.
pub(super) fn rows(block: &Block) -> usize {
    match block {
        Block::List(list) => list.rows.len(),
        Block::Table(table) => table.rows.len(),
        Block::Text(_)
        | Block::Figures(_)
        | Block::Bars(_)
        | Block::Units(_)
        | Block::Lines(_)
        | Block::Checks(_) => 1,
    }
}

/// Writes in lines of that width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide(pub(super) usize);

impl Wide {
    pub(super) fn paragraph(self, out: &mut impl Write, text: &str) -> io::Result<()> {
        text::wrapped(out, text, ("", ""), self.0)
    }

    pub(super) fn strong(self, out: &mut impl Write, text: &str) -> io::Result<()> {
        let text = text::printable(text);
        let mut lines = textwrap::wrap(&text, self.0).into_iter();
        lines.try_for_each(|line| writeln!(out, "{STRONG}{line}{STRONG:#}"))
    }

    /// A word at the edge and sentences beside it, or below it where there is no room.
    pub(super) fn labelled(self, out: &mut impl Write, label: &str, told: &str) -> io::Result<()> {
        if self.0 < 60 {
            text::wrapped(out, &format!("{label}: {told}"), ("  ", "    "), self.0)
        } else {
            text::wrapped(out, told, (&format!("  {label:17}"), &" ".repeat(19)), self.0)
        }
    }

    /// A block; of a table no more than `most` rows.
    pub(super) fn block(self, out: &mut impl Write, block: &Block, most: usize) -> io::Result<()> {
        match block {
            Block::Text(told) => self.paragraph(out, told),
            Block::Figures(all) => self.figures(out, all),
            Block::Bars(all) => self.bars(out, all),
            Block::Units(all) => self.units(out, all),
            Block::Lines(all) => self.lines(out, all),
            Block::Table(rows) => self.table(out, rows, most),
            Block::List(all) => self.list(out, all, most),
            Block::Checks(all) => self.checks(out, all),
        }
    }

    fn figures(self, out: &mut impl Write, figures: &[Figure]) -> io::Result<()> {
        let counts: Vec<String> = figures.iter().map(Figure::shown).collect();
        let width = counts.iter().map(String::len).max().unwrap_or(0);
        for (figure, count) in figures.iter().zip(counts) {
            let style = style(figure.level);
            let label = text::printable(&figure.label);
            let begin = format!("  {} {count:>width$} ", mark(figure.level));
            let options = textwrap::Options::new(self.0.saturating_sub(begin.width()).max(8));
            let blank = " ".repeat(begin.width());
            for (number, line) in textwrap::wrap(&label, options).iter().enumerate() {
                if number == 0 {
                    writeln!(out, "{style}{begin}{style:#}{line}")?;
                } else {
                    writeln!(out, "{blank}{line}")?;
                }
            }
        }
        Ok(())
    }

    fn bars(self, out: &mut impl Write, bars: &Bars) -> io::Result<()> {
        self.paragraph(out, &bars.title)?;
        let labels: Vec<_> = bars.rows.iter().map(|bar| text::printable(&bar.label)).collect();
        let widest = labels.iter().map(|label| label.width()).max().unwrap_or(0);
        let counts: Vec<String> = bars.rows.iter().map(|bar| bars.count(bar.count)).collect();
        let count_width = counts.iter().map(String::len).max().unwrap_or(0);
        let shares: Vec<String> =
            bars.rows.iter().map(|bar| bars.share(bar.count).unwrap_or_default()).collect();
        let share_width = if shares.iter().all(String::is_empty) { 0 } else { 10 };
        // Two at the edge, the label, two, the count, the share; two before the bar.
        let numbers = count_width + share_width + 4;
        let label_width = widest.min(40).min(self.0.saturating_sub(numbers).max(8));
        let room = self.0.saturating_sub(label_width + numbers + 2);
        for (((bar, label), count), share) in bars.rows.iter().zip(labels).zip(counts).zip(shares) {
            let style = style(bar.level);
            let length = (bars.length(bar.count) * room).div_ceil(1_000);
            let drawn = sign(bar.level).repeat(if room < 4 { 0 } else { length });
            let wrapped = textwrap::wrap(&label, label_width);
            for (number, part) in wrapped.iter().enumerate() {
                let pad = " ".repeat(label_width.saturating_sub(part.width()));
                if number > 0 {
                    writeln!(out, "  {part}")?;
                    continue;
                }
                let line = format!("  {part}{pad}  {count:>count_width$}{share:>share_width$}");
                let drawn = match drawn.as_str() {
                    "" => String::new(),
                    drawn => format!("  {style}{drawn}{style:#}"),
                };
                writeln!(out, "{}{drawn}", line.trim_end())?;
            }
        }
        Ok(())
    }

    fn units(self, out: &mut impl Write, units: &Units) -> io::Result<()> {
        self.paragraph(out, &units.title)?;
        let columns = (self.0.min(80).saturating_sub(2) / 2).max(1);
        let signs = units
            .groups
            .iter()
            .flat_map(|group| std::iter::repeat_n(group.level, units.signs(group)));
        for (drawn, level) in signs.enumerate() {
            let before = match drawn {
                0 => "  ",
                n if n % columns == 0 => "\n  ",
                _ => " ",
            };
            let style = style(level);
            write!(out, "{before}{style}{}{style:#}", sign(level))?;
        }
        writeln!(out)?;
        for group in units.groups.iter().filter(|group| group.count > 0) {
            let (style, label) = (style(group.level), text::printable(&group.label));
            let sign = sign(group.level);
            writeln!(out, "  {style}{sign}{style:#} {} {label}", grouped(group.count))?;
        }
        if units.each() > 1 {
            let told =
                format!("Each sign stands for up to {} {}.", grouped(units.each()), units.what);
            text::wrapped(out, &told, ("  ", "  "), self.0)?;
        }
        Ok(())
    }

    /// A row for each day.
    fn lines(self, out: &mut impl Write, lines: &Lines) -> io::Result<()> {
        self.paragraph(out, &lines.title)?;
        let points = lines.points.iter();
        let rows = points.map(|point| vec![point.date.clone(), point.shown.clone()]);
        let rows = rows.map(|cells| Row { level: None, cells }).collect::<Vec<_>>();
        self.rows(out, &["Date", &lines.what], &rows, usize::MAX)
    }

    fn table(self, out: &mut impl Write, table: &Table, most: usize) -> io::Result<()> {
        self.paragraph(out, &table.title)?;
        self.rows(out, &table.columns, &table.rows, most)
    }

    fn list(self, out: &mut impl Write, list: &List, most: usize) -> io::Result<()> {
        if most < list.rows.len() {
            let key = list.key.iter().map(|code| format!("{} {}", code.sign, code.label));
            text::wrapped(out, &key.collect::<Vec<_>>().join(", "), ("  ", "  "), self.0)?;
        } else {
            for code in &list.key {
                let told = format!("{:2} {}: {}", code.sign, code.meaning, code.remedy);
                text::wrapped(out, &told, ("  ", "     "), self.0)?;
            }
        }
        self.paragraph(out, &list.title)?;
        let columns: Vec<&str> = list.columns.iter().map(String::as_str).collect();
        self.rows(out, &columns, &list.rows, most)
    }

    fn rows(
        self,
        out: &mut impl Write,
        columns: &[&str],
        rows: &[Row],
        most: usize,
    ) -> io::Result<()> {
        let marked = rows.iter().any(|row| row.level.is_some());
        let blank = if marked { "     " } else { "  " };
        let shown = rows.get(..most.min(rows.len())).unwrap_or_default();
        let room = self.0.saturating_sub(blank.len() + 2 * columns.len().saturating_sub(1));
        let edge = |level: Option<Level>| {
            level.map_or_else(
                || blank.to_owned(),
                |level| format!("  {0}{1}{0:#} ", style(level), mark(level)),
            )
        };
        match widths(columns, rows, room) {
            Some(widths) => {
                let headings: Vec<String> =
                    columns.iter().map(|title| (*title).to_owned()).collect();
                row(out, (blank.into(), QUIET), &headings, &widths)?;
                for Row { level, cells } in shown {
                    row(out, (edge(*level), Style::new()), cells, &widths)?;
                }
            }
            // Columns do not fit beside each other, so each row is a few lines.
            None => {
                for Row { level, cells } in shown {
                    let told: Vec<String> = cells
                        .iter()
                        .zip(columns)
                        .enumerate()
                        .filter(|(_, (cell, _))| !cell.is_empty())
                        .map(|(number, (cell, column))| match number {
                            0 => cell.clone(),
                            _ => format!("{column}: {cell}"),
                        })
                        .collect();
                    let told = text::printable(&told.join("; ")).into_owned();
                    let width = self.0.saturating_sub(blank.len()).max(8);
                    for (number, line) in textwrap::wrap(&told, width).iter().enumerate() {
                        let edge = if number == 0 { edge(*level) } else { blank.to_owned() };
                        writeln!(out, "{edge}{line}")?;
                    }
                }
            }
        }
        match rows.len().saturating_sub(shown.len()) {
            0 => Ok(()),
            more => writeln!(out, "{blank}{QUIET}… and {} more{QUIET:#}", grouped(more)),
        }
    }

    /// What to look at; how is for paper.
    fn checks(self, out: &mut impl Write, checks: &Checks) -> io::Result<()> {
        for check in &checks.checks {
            text::wrapped(out, &check.what, ("  [ ] ", "      "), self.0)?;
        }
        text::wrapped(out, &checks.elsewhere, ("      ", "      "), self.0)
    }
}

/// A row, each cell wrapped to the width of its column; the edge stands before its first line.
fn row(
    out: &mut impl Write,
    (edge, style): (String, Style),
    cells: &[String],
    widths: &[usize],
) -> io::Result<()> {
    let printable: Vec<_> = cells.iter().map(|cell| text::printable(cell)).collect();
    let wrapped = printable.iter().zip(widths).map(|(cell, &width)| textwrap::wrap(cell, width));
    let wrapped: Vec<_> = wrapped.collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let blank = " ".repeat(anstream::adapter::strip_str(&edge).to_string().len());
    for number in 0..height {
        let mut line = String::new();
        for (cell, &width) in wrapped.iter().zip(widths) {
            let part = cell.get(number).map_or("", AsRef::as_ref);
            line.push_str(part);
            line.push_str(&" ".repeat((width + 2).saturating_sub(part.width())));
        }
        let edge = if number == 0 { &edge } else { &blank };
        writeln!(out, "{edge}{style}{}{style:#}", line.trim_end())?;
    }
    Ok(())
}

/// How wide each column is: as its widest cell, until they do not fit; then the widest give way.
/// Nothing if each would be a few letters wide.
fn widths(columns: &[&str], rows: &[Row], room: usize) -> Option<Vec<usize>> {
    let widest = |number: usize, title: &&str| {
        let cells = rows.iter().filter_map(|row| row.cells.get(number));
        let cells = cells.map(|cell| text::printable(cell).width());
        cells.max().unwrap_or(0).max(text::printable(title).width()).min(room)
    };
    let mut widths: Vec<usize> =
        columns.iter().enumerate().map(|(number, title)| widest(number, title)).collect();
    while widths.iter().sum::<usize>() > room {
        *widths.iter_mut().max().filter(|width| **width > 8)? -= 1;
    }
    Some(widths)
}

fn style(level: Level) -> Style {
    match level {
        Level::Act => text::BAD,
        Level::Look => text::UNSURE,
        Level::Good => text::GOOD,
    }
}

/// Two characters that say the same as the colour.
fn mark(level: Level) -> &'static str {
    match level {
        Level::Act => "!!",
        Level::Look => "! ",
        Level::Good => "ok",
    }
}

/// The sign of a chart.
fn sign(level: Level) -> &'static str {
    match level {
        Level::Act => "█",
        Level::Look => "▒",
        Level::Good => "░",
    }
}
