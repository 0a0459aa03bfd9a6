//! The blocks of a section.

use super::charts;
use super::writer::Html;
use crate::document::{Block, Check, Figure, Table};
use crate::numbers::grouped;

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
        Block::Table(rows) => table(html, rows),
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
        html.raw("<b>").text(&grouped(figure.count)).raw("</b> ").text(&figure.label);
        html.raw("</li>\n");
    }
    html.raw("</ul>\n");
}

fn table(html: &mut Html, table: &Table) {
    // One that fits on a sheet is not torn apart.
    let is_short = table.rows.len() <= SHORT;
    html.raw(if is_short { "<table class=\"rows short\">" } else { "<table class=\"rows\">" });
    html.raw("\n<caption>").text(&table.title).raw("</caption>\n");
    html.raw("<thead><tr>");
    for column in &table.columns {
        html.raw("<th scope=\"col\">").text(column).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        html.raw("<tr>");
        for (number, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            // The first cell says what the row is about.
            html.raw(if number == 0 { "<th scope=\"row\"" } else { "<td" });
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

/// Rows of a table that fits on a sheet of paper.
const SHORT: usize = 6;
