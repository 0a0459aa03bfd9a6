//! A report at a terminal or in a pipe: as wide as the window, and short unless all is asked for.

use std::io::{self, Write};

use strongpass_report::{Document, Readers, Section};

use crate::text;
use blocks::{STRONG, Wide};

mod blocks;

/// As many lines are told if not all are asked for: a window and a half.
const SHORT: usize = 40;

/// What is told of a report.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Files are encrypted, so that nothing that names anybody is said here either.
    pub sealed: bool,
    /// However long it is.
    pub all: bool,
    /// A page that is written besides, with all of it.
    pub page: Option<&'a str>,
    /// The most characters of a line.
    pub width: usize,
}

/// Writes a report.
///
/// # Errors
/// If it cannot be written.
pub fn write(out: &mut impl Write, document: &Document, told: Told<'_>) -> io::Result<()> {
    let whole = whole(document, told)?;
    if told.all || lines(&whole) <= SHORT {
        return out.write_all(&whole);
    }
    short(out, document, told, lines(&whole))
}

fn whole(document: &Document, told: Told<'_>) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let wide = Wide(told.width);
    head(&mut out, document, told)?;
    writeln!(out)?;
    for (label, said) in document.header.lines().iter().filter(|(_, said)| !said.is_empty()) {
        wide.labelled(&mut out, label, said)?;
    }
    for section in sections(document, told) {
        title(&mut out, section)?;
        for block in &section.blocks {
            writeln!(out)?;
            wide.block(&mut out, block, usize::MAX)?;
        }
    }
    Ok(out)
}

/// The answer, then of each section what is said in words and numbers, and of tables the first rows;
/// then what was left out, and where it is.
fn short(out: &mut impl Write, document: &Document, told: Told<'_>, all: usize) -> io::Result<()> {
    let mut parts = Vec::new();
    for section in sections(document, told) {
        let mut heading = Vec::new();
        title(&mut heading, section)?;
        for block in &section.blocks {
            let Some(rank) = blocks::rank(block) else { continue };
            parts.push(Part { section: &section.title, heading: heading.clone(), block, rank });
        }
    }
    let mut begin = Vec::new();
    head(&mut begin, document, told)?;
    let end = end(told, all)?;
    let mut room = SHORT.saturating_sub(lines(&begin) + lines(&end));
    let mut chosen: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut headed: Vec<&str> = Vec::new();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| parts.get(*at).map(|part| part.rank));
    for at in order {
        let Some(part) = parts.get(at) else { continue };
        let is_new = !headed.contains(&part.section);
        // Its heading and a line that parts it from others.
        let besides = if is_new { lines(&part.heading) + 1 } else { 1 };
        let Some(own) = room.checked_sub(besides).filter(|own| *own > 0) else { continue };
        if let Some(said) = fitting(part, told, own.min(part.rank.most()))? {
            room = own - lines(&said);
            headed.push(part.section);
            chosen.push((at, said));
        }
    }
    chosen.sort_unstable();
    out.write_all(&begin)?;
    let mut under = None;
    for (at, said) in chosen {
        let Some(part) = parts.get(at) else { continue };
        if under != Some(part.section) {
            out.write_all(&part.heading)?;
            under = Some(part.section);
        }
        writeln!(out)?;
        out.write_all(&said)?;
    }
    out.write_all(&end)
}

/// A block that may be told, with the section that it is in.
struct Part<'d> {
    section: &'d str,
    heading: Vec<u8>,
    block: &'d strongpass_report::Block,
    rank: blocks::Rank,
}

/// As many rows of a block as fit into so many lines; nothing if not even one does.
fn fitting(part: &Part<'_>, told: Told<'_>, room: usize) -> io::Result<Option<Vec<u8>>> {
    for rows in (1..=blocks::rows(part.block).min(room)).rev() {
        let mut said = Vec::new();
        Wide(told.width).block(&mut said, part.block, rows)?;
        if lines(&said) <= room {
            return Ok(Some(said));
        }
    }
    Ok(None)
}

fn sections<'d>(document: &'d Document, told: Told<'_>) -> impl Iterator<Item = &'d Section> {
    let open = move |section: &&Section| !told.sealed || section.readers != Readers::Few;
    document.sections.iter().filter(open)
}

fn head(out: &mut Vec<u8>, document: &Document, told: Told<'_>) -> io::Result<()> {
    let wide = Wide(told.width);
    let school = document.school.as_ref().map(|school| format!("{}: ", school.name));
    let title = format!("{}{}", school.unwrap_or_default(), document.title);
    wide.strong(out, &title)?;
    wide.paragraph(out, &document.answer)
}

fn title(out: &mut Vec<u8>, section: &Section) -> io::Result<()> {
    writeln!(out, "\n{STRONG}{}{STRONG:#}", text::printable(&section.title))
}

/// What was left out, and where it is.
fn end(told: Told<'_>, all: usize) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let place = match told.page {
        Some(page) => format!("All of it is in {page}, and here with --all"),
        None => "All of it is here with --all, and on a page with --html FILE".into(),
    };
    writeln!(out)?;
    let told_all = format!("This is the beginning. {place} ({all} lines).");
    Wide(told.width).paragraph(&mut out, &told_all)?;
    Ok(out)
}

fn lines(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'\n').count() - 1
}

#[cfg(test)]
mod tests {
    use strongpass_report::{Block, List, Row, sample_document as sample};
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn told_of(document: &Document, told: Told<'_>) -> String {
        let mut out = Vec::new();
        write(&mut out, document, told).unwrap();
        anstream::adapter::strip_str(str::from_utf8(&out).unwrap()).to_string()
    }

    const ALL: Told<'_> = Told { sealed: false, all: true, page: None, width: 80 };

    /// The sample with a list of many.
    fn long() -> Document {
        let mut document = sample();
        let row = |n: usize| Row {
            level: None,
            cells: vec![
                format!("Zebedee Quillfeather {n}"),
                "today".into(),
                "T".into(),
                String::new(),
            ],
        };
        for block in document.sections.iter_mut().flat_map(|section| &mut section.blocks) {
            if let Block::List(List { rows, .. }) = block {
                rows.extend((0..300).map(row));
            }
        }
        document
    }

    #[test]
    fn a_report_in_words() {
        snapbox::assert_data_eq!(told_of(&sample(), ALL), snapbox::file!["sample.txt"]);
    }

    #[test]
    fn no_line_is_wider_than_the_window_and_nothing_is_obeyed() {
        for width in [38, 45, 60, 80, 100] {
            for all in [true, false] {
                let told = told_of(&long(), Told { all, width, ..ALL });
                let wide = |line: &&str| {
                    // A command stays whole, so that it can be copied.
                    line.width() > width && line.trim_start().contains(' ')
                };
                assert_eq!(told.lines().find(wide), None, "{width}");
                assert!(!told.contains(['\u{1b}', '\u{202e}']));
            }
        }
    }

    #[test]
    fn a_long_report_is_a_window_and_a_half_until_all_is_asked_for() {
        for width in [38, 60, 80, 100] {
            let told = told_of(&long(), Told { all: false, width, ..ALL });
            let count = told.lines().count();
            assert!((20..=SHORT).contains(&count), "{count} at {width}:\n{told}");
            // Who must act is told before anything else.
            assert!(told.contains("12 of 60 kites") && told.contains("Quillfeather"), "{told}");
            assert!(told.replace('\n', " ").contains("--all"), "{told}");
        }
        let page = Told { all: false, page: Some("kites.html"), ..ALL };
        assert!(told_of(&long(), page).contains("kites.html"));
        assert!(told_of(&long(), ALL).lines().count() > 300);
    }

    #[test]
    fn who_seals_the_files_names_nobody_in_the_open() {
        assert!(told_of(&sample(), ALL).contains("Zebedee"));
        for all in [true, false] {
            let told = told_of(&long(), Told { sealed: true, all, ..ALL });
            assert!(!told.contains("Zebedee"), "{told}");
        }
    }
}
