//! A report with one of everything, about nobody.

use super::header::{Header, Responsibility};
use super::moment::Moment;
use crate::document::{
    Bar, Bars, Block, Check, Checks, Code, Document, Figure, Level, Lines, List, Readers, Row,
    School, Section, Table, Units,
};

/// A report with one of everything, for the tests of whoever shows reports.
pub fn sample_document() -> Document {
    let figure = |count, label: &str, level, range_of| {
        let label = label.into();
        Figure { count, label, level, range_of }
    };
    let figures = vec![
        figure(12, "kites to mend", Level::Act, None),
        figure(3, "kites that are lost", Level::Look, Some(60)),
        figure(1_048, "metres of string", Level::Good, None),
    ];
    let mended = [("2026-03-01", 31), ("2026-06-01", 24), ("2026-11-22", 12)];
    let mended = mended.map(|(day, count)| (day.to_owned(), count, None));
    let text = "Counts are ranges; `fly --all` tells them.".into();
    let all = Section {
        title: "In short".into(),
        readers: Readers::All,
        blocks: vec![
            Block::Figures(figures),
            Block::Units(units()),
            Block::Bars(bars()),
            Block::Lines(Lines::new("Kites to mend, by day", "kites to mend", &mended)),
            Block::Text(text),
        ],
    };
    let few = Section {
        title: "Who must act".into(),
        readers: Readers::Few,
        blocks: vec![Block::List(list()), Block::Table(table()), Block::Checks(checks())],
    };
    Document {
        school: Some(School { name: "Quillfeather <Primary>".into(), logo: None }),
        title: "Kites".into(),
        answer: "12 of 60 kites are to be mended.".into(),
        header: header(),
        sections: vec![all, few],
    }
}

fn bar(label: &str, count: usize, level: Level) -> Bar {
    Bar { label: label.into(), count, level }
}

fn units() -> Units {
    Units {
        title: "Every kite".into(),
        what: "kites".into(),
        sign: "M12 1 21 10 12 23 3 10z",
        groups: vec![
            bar("torn", 3, Level::Act),
            bar("worn", 9, Level::Look),
            bar("whole", 48, Level::Good),
        ],
    }
}

fn bars() -> Bars {
    Bars {
        title: "What is wrong with kites".into(),
        rows: vec![
            bar("no tail", 7, Level::Act),
            bar("strings that are knotted", 2, Level::Look),
            bar("faded", 24, Level::Look),
            bar("eaten by mice", 0, Level::Look),
        ],
        of: 60,
        as_ranges: true,
    }
}

fn list() -> List {
    let row = |level, cells: [&str; 4]| Row { level, cells: cells.map(Into::into).into() };
    let code = |sign, label, meaning, remedy| Code { sign, label, meaning, remedy };
    List {
        title: "Whose kites are to be mended".into(),
        key: vec![
            code("T", "no tail", "has lost its tail, or never had one", "Sew one on."),
            code("F", "faded", "has been in the sun for too long", "Paint it."),
        ],
        columns: ["who", "when", "<blue>", "green"].map(Into::into).into(),
        rows: vec![
            row(Some(Level::Act), ["Zebedee Quillfeather", "today", "T F", ""]),
            row(Some(Level::Look), ["<b>\u{1b}[31m\u{202e}", "this week", "F", "F"]),
        ],
    }
}

fn table() -> Table {
    let row = |level, cells: [&str; 3]| Row { level, cells: cells.map(Into::into).into() };
    Table {
        title: "Kites to mend".into(),
        columns: vec!["kite", "wrong", "what to do"],
        rows: vec![
            row(
                Some(Level::Act),
                [
                    "Zebedee Quillfeather's",
                    "no tail",
                    "Sew on a new tail of two metres or more, and try it in the yard first.",
                ],
            ),
            row(
                Some(Level::Look),
                ["<b>\u{1b}[31m\u{202e}", "faded; strings that are knotted", "Paint it."],
            ),
            row(
                None,
                [
                    "A-very-long-name-without-any-place-where-a-line-could-be-broken-in-two",
                    "faded",
                    "Paint it.",
                ],
            ),
        ],
    }
}

fn checks() -> Checks {
    let check = Check {
        what: "The wind is measured".into(),
        how: "Hold up a wet finger. Which side is cold?".into(),
        source: "The Book of Winds, page 7".into(),
    };
    Checks { checks: vec![check], elsewhere: "The book says how.".into() }
}

/// Of one moment, so that it is always the same.
fn header() -> Header {
    let stated = Responsibility {
        operator: Some("o.marsh".into()),
        keep_days: 30,
        ..Responsibility::default()
    };
    let made = Moment::from_unix_seconds(1_795_305_600 + 8 * 3_600);
    let lists = vec!["the list of winds".into()];
    let scope = vec!["kites.csv".into(), "60 kites".into()];
    let header = Header::new(&stated, made, "To know which kites fly", lists, scope);
    header.judged_by("the rule of kites".into())
}
