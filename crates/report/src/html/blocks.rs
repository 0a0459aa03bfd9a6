//! The blocks of a section.

use super::writer::Html;
use super::{charts, lines};
use crate::document::{Block, Check, Figure, List, Row, Table};

pub(super) fn block(html: &mut Html, block: &Block) {
    match block {
        Block::Text(text) => {
            html.raw("<p>");
            prose(html, text);
            html.raw("</p>\n");
        }
        Block::Figures(all) => figures(html, all),
        Block::Bars(bars) => charts::bars(html, bars),
        Block::Units(units) => charts::units(html, units),
        Block::Lines(all) => lines::lines(html, all),
        Block::Table(rows) => table(html, rows),
        Block::List(all) => list(html, all),
        Block::Checks(all) => checks(html, &all.checks),
    }
}

/// A paragraph, in which commands stand between backticks.
fn prose(html: &mut Html, text: &str) {
    for (number, part) in text.split('`').enumerate() {
        let is_command = number % 2 == 1;
        html.raw(if is_command { "<code>" } else { "" }).text(part);
        html.raw(if is_command { "</code>" } else { "" });
    }
}

fn figures(html: &mut Html, figures: &[Figure]) {
    html.raw("<ul class=\"figures\">\n");
    for figure in figures {
        html.raw("<li class=\"").raw(charts::class(figure.level)).raw("\">");
        charts::mark(html, figure.level);
        html.raw("<b>").text(&figure.shown()).raw("</b> ").text(&figure.label);
        html.raw("</li>\n");
    }
    html.raw("</ul>\n");
}

fn table(html: &mut Html, table: &Table) {
    // One that fits on a sheet is not torn apart.
    let is_short = table.rows.len() <= SHORT;
    html.raw(if is_short { "<table class=\"rows short\">" } else { "<table class=\"rows\">" });
    html.raw("\n<caption>").text(&table.title).raw("</caption>\n");
    rows(html, &table.columns, &table.rows);
}

fn list(html: &mut Html, list: &List) {
    html.raw("<table class=\"key\">\n<caption>What the codes mean</caption>\n<thead><tr>");
    html.raw("<th scope=\"col\">Code</th><th scope=\"col\">The password</th>");
    html.raw("<th scope=\"col\">What to do</th></tr></thead>\n<tbody>\n");
    for code in &list.key {
        html.raw("<tr><th scope=\"row\">").text(code.sign).raw("</th><td>").text(code.meaning);
        html.raw("</td><td>").text(code.remedy).raw("</td></tr>\n");
    }
    html.raw("</tbody>\n</table>\n<table class=\"rows list\">\n<caption>").text(&list.title);
    html.raw("</caption>\n");
    let columns: Vec<&str> = list.columns.iter().map(String::as_str).collect();
    rows(html, &columns, &list.rows);
}

/// The rest of a table, behind its caption.
fn rows(html: &mut Html, columns: &[&str], rows: &[Row]) {
    html.raw("<thead><tr>");
    for column in columns {
        html.raw("<th scope=\"col\">").text(column).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for row in rows {
        html.raw("<tr>");
        for (number, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
            // The first cell says what the row is about.
            html.raw(if number == 0 { "<th scope=\"row\"" } else { "<td" });
            // A name stays on one line, if a line can hold it.
            html.raw(if cell.chars().count() <= WHOLE { " class=\"whole\"" } else { "" });
            // On a phone each row is a card, and each cell has its heading before it.
            html.raw(" data-label=\"").text(column).raw("\">");
            if let (0, Some(level)) = (number, row.level) {
                charts::mark(html, level);
            }
            html.raw("<bdi>").text(cell).raw("</bdi>");
            html.raw(if number == 0 { "</th>" } else { "</td>" });
        }
        html.raw("</tr>\n");
    }
    html.raw("</tbody>\n</table>\n");
}

fn checks(html: &mut Html, checks: &[Check]) {
    html.raw("<ul class=\"checks\">\n");
    for check in checks {
        html.raw("<li><svg class=\"box\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"");
        html.raw("M3 3h18v18H3z\"/></svg><div><b>").text(&check.what).raw("</b><p>");
        html.text(&check.how).raw("</p><p class=\"source\">").text(&check.source);
        html.raw("</p></div></li>\n");
    }
    html.raw("</ul>\n");
}

/// Characters that are never broken apart.
const WHOLE: usize = 28;

/// Rows of a table that fits on a sheet of paper.
const SHORT: usize = 6;
