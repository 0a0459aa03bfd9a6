//! A report at a terminal or in a pipe, 80 characters wide.

use std::io::{self, Write};

use anstyle::Style;
use strongpass_report::{
    Bars, Block, Checks, Document, Figure, Level, Readers, Row, Table, Units, grouped,
};
use unicode_width::UnicodeWidthStr;

use crate::text::{self, PIPE_WIDTH as WIDTH, QUIET};

const STRONG: Style = Style::new().bold();

/// Writes a report. If it is `sealed`, its files are encrypted, and nothing that names anybody is
/// said here either.
pub(super) fn write(out: &mut impl Write, document: &Document, sealed: bool) -> io::Result<()> {
    writeln!(out, "{STRONG}{}{STRONG:#}", text::printable(&document.title))?;
    text::paragraph(out, &document.answer)?;
    writeln!(out)?;
    for (label, told) in document.header.lines().iter().filter(|(_, told)| !told.is_empty()) {
        let (first, rest) = (format!("  {label:17}"), " ".repeat(19));
        text::indented(out, told, &first, &rest)?;
    }
    for section in &document.sections {
        if sealed && section.readers == Readers::Few {
            continue;
        }
        writeln!(out, "\n{STRONG}{}{STRONG:#}", text::printable(&section.title))?;
        for block in &section.blocks {
            writeln!(out)?;
            match block {
                Block::Text(told) => text::paragraph(out, told)?,
                Block::Figures(all) => figures(out, all)?,
                Block::Bars(all) => bars(out, all)?,
                Block::Units(all) => units(out, all)?,
                Block::Table(rows) => table(out, rows)?,
                Block::Checks(all) => checks(out, all)?,
            }
        }
    }
    Ok(())
}

fn figures(out: &mut impl Write, figures: &[Figure]) -> io::Result<()> {
    let counts: Vec<String> = figures.iter().map(|figure| grouped(figure.count)).collect();
    let width = counts.iter().map(String::len).max().unwrap_or(0);
    for (figure, count) in figures.iter().zip(counts) {
        let style = style(figure.level);
        let label = text::printable(&figure.label);
        writeln!(out, "  {style}{} {count:>width$}{style:#} {label}", mark(figure.level))?;
    }
    Ok(())
}

fn bars(out: &mut impl Write, bars: &Bars) -> io::Result<()> {
    text::paragraph(out, &bars.title)?;
    let labels: Vec<_> = bars.rows.iter().map(|bar| text::printable(&bar.label)).collect();
    let label_width = labels.iter().map(|label| label.width()).max().unwrap_or(0).min(40);
    let count_width = bars.rows.iter().map(|bar| bars.count(bar.count).len()).max().unwrap_or(0);
    // Two at the edge, the label, two, the count, one, "under 1 %", two.
    let room = WIDTH.saturating_sub(label_width + count_width + 16);
    for (bar, label) in bars.rows.iter().zip(labels) {
        let style = style(bar.level);
        let count = bars.count(bar.count);
        let share = bars.share(bar.count).unwrap_or_default();
        let length = (bars.length(bar.count) * room).div_ceil(1_000);
        let pad = " ".repeat(label_width.saturating_sub(label.width()));
        let drawn = sign(bar.level).repeat(length);
        let line = format!("  {label}{pad}  {count:>count_width$} {share:>9}");
        let drawn = if length == 0 { String::new() } else { format!("  {style}{drawn}{style:#}") };
        writeln!(out, "{line}{drawn}")?;
    }
    Ok(())
}

fn units(out: &mut impl Write, units: &Units) -> io::Result<()> {
    text::paragraph(out, &units.title)?;
    let mut drawn = 0;
    for group in &units.groups {
        let style = style(group.level);
        for _ in 0..units.signs(group) {
            let before = match drawn {
                0 => "  ",
                n if n % 38 == 0 => "\n  ",
                _ => " ",
            };
            write!(out, "{before}{style}{}{style:#}", sign(group.level))?;
            drawn += 1;
        }
    }
    writeln!(out)?;
    for group in units.groups.iter().filter(|group| group.count > 0) {
        let (style, label) = (style(group.level), text::printable(&group.label));
        let sign = sign(group.level);
        writeln!(out, "  {style}{sign}{style:#} {} {label}", grouped(group.count))?;
    }
    if units.each() > 1 {
        let (each, what) = (grouped(units.each()), text::printable(&units.what));
        writeln!(out, "  {QUIET}Each sign stands for up to {each} {what}.{QUIET:#}")?;
    }
    Ok(())
}

fn table(out: &mut impl Write, table: &Table) -> io::Result<()> {
    text::paragraph(out, &table.title)?;
    let widths = widths(table);
    let marked = table.rows.iter().any(|row| row.level.is_some());
    let blank = if marked { "     " } else { "  " };
    let headings = table.columns.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
    row(out, (blank.into(), QUIET), &headings, &widths)?;
    for Row { level, cells } in &table.rows {
        let edge = level.map_or_else(
            || blank.to_owned(),
            |level| format!("  {0}{1}{0:#} ", style(level), mark(level)),
        );
        row(out, (edge, Style::new()), cells, &widths)?;
    }
    Ok(())
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
fn widths(table: &Table) -> Vec<usize> {
    let widest = |number: usize, title: &&str| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(number));
        let cells = cells.map(|cell| text::printable(cell).width());
        cells.max().unwrap_or(0).max(title.width()).min(WIDTH)
    };
    let mut widths: Vec<usize> =
        table.columns.iter().enumerate().map(|(number, title)| widest(number, title)).collect();
    let room = WIDTH - 5 - 2 * table.columns.len().saturating_sub(1);
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max().filter(|width| **width > 8) {
            Some(widest) => *widest -= 1,
            None => break,
        }
    }
    widths
}

/// What to look at; how is for paper.
fn checks(out: &mut impl Write, checks: &Checks) -> io::Result<()> {
    for check in &checks.checks {
        text::indented(out, &check.what, "  [ ] ", "      ")?;
    }
    text::indented(out, &checks.elsewhere, "      ", "      ")
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

#[cfg(test)]
mod tests {
    use strongpass_report::sample_document as sample;

    use super::*;

    fn told(sealed: bool) -> String {
        let mut out = Vec::new();
        write(&mut out, &sample(), sealed).unwrap();
        anstream::adapter::strip_str(str::from_utf8(&out).unwrap()).to_string()
    }

    #[test]
    fn a_report_in_words() {
        snapbox::assert_data_eq!(told(false), snapbox::file!["sample.txt"]);
    }

    #[test]
    fn no_line_is_too_wide_and_nothing_is_obeyed() {
        let told = told(false);
        assert!(told.lines().all(|line| line.width() <= WIDTH), "{told}");
        assert!(!told.contains(['\u{1b}', '\u{202e}']));
    }

    #[test]
    fn who_seals_the_files_names_nobody_in_the_open() {
        assert!(told(false).contains("Quillfeather"));
        assert!(!told(true).contains("Quillfeather"));
    }
}
