//! A report with one of everything, about nobody.

use super::header::{Header, Responsibility};
use super::moment::Moment;
use crate::document::{
    Bar, Bars, Block, Check, Checks, Document, Figure, Level, Readers, Row, Section, Table, Units,
};

/// A report with one of everything, for the tests of whoever shows reports.
pub fn sample_document() -> Document {
    let figure = |count, label: &str, level| Figure { count, label: label.into(), level };
    let figures = vec![
        figure(12, "kites to mend", Level::Act),
        figure(1_048, "metres of string", Level::Good),
    ];
    let text = "Counts under 5 are not told apart; `fly --all` tells.".into();
    let all = Section {
        title: "In short".into(),
        readers: Readers::All,
        blocks: vec![
            Block::Figures(figures),
            Block::Units(units()),
            Block::Bars(bars()),
            Block::Text(text),
        ],
    };
    let few = Section {
        title: "Who must act".into(),
        readers: Readers::Few,
        blocks: vec![Block::Table(table()), Block::Checks(checks())],
    };
    Document {
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
        blurred_below: 5,
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
    Header::new(&stated, made, "To know which kites fly", lists, scope)
}
