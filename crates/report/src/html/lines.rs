//! A count on several days: a line with a dot and a number for each, and the same as a table.

use super::writer::Html;
use crate::document::lines::Lines;

/// The drawing, in its own units: it grows and shrinks with the page.
const WIDTH: usize = 600;
const HEIGHT: usize = 190;
/// Where counts are drawn: below the numbers, above the dates.
const TOP: usize = 30;
const BOTTOM: usize = 150;
/// So many dates fit beside each other; more stand in two rows.
const BESIDE: usize = 7;

/// The line, for those who see it, and the table for all others and for narrow windows.
pub(super) fn lines(html: &mut Html, lines: &Lines) {
    html.raw("<figure class=\"lines\">\n<figcaption>").text(&lines.title);
    html.raw("</figcaption>\n<svg aria-hidden=\"true\" viewBox=\"0 0 ");
    html.number(WIDTH).raw(" ").number(HEIGHT).raw("\">\n<path class=\"axis\" d=\"M0 ");
    html.number(BOTTOM).raw("H").number(WIDTH).raw("\"/><path class=\"line\" d=\"");
    for (number, (x, y)) in dots(lines).enumerate() {
        html.raw(if number == 0 { "M" } else { "L" }).number(x).raw(" ").number(y);
    }
    html.raw("\"/>\n");
    let is_many = lines.points.len() > BESIDE;
    for (number, ((x, y), point)) in dots(lines).zip(&lines.points).enumerate() {
        html.raw("<circle cx=\"").number(x).raw("\" cy=\"").number(y).raw("\" r=\"5\"/>");
        label(html, "<text class=\"count\" x=\"", (x, y.saturating_sub(12)), &point.shown);
        let lower = if is_many && number % 2 == 1 { 36 } else { 18 };
        label(html, "<text x=\"", (x, BOTTOM + lower), &point.date);
        html.raw("\n");
    }
    html.raw("</svg>\n<table class=\"points\">\n<thead><tr><th scope=\"col\">Date</th>");
    html.raw("<th scope=\"col\">").text(&lines.what).raw("</th></tr></thead>\n<tbody>\n");
    for point in &lines.points {
        html.raw("<tr><th scope=\"row\">").text(&point.date).raw("</th><td>");
        html.text(&point.shown).raw("</td></tr>\n");
    }
    html.raw("</tbody>\n</table>\n</figure>\n");
}

fn label(html: &mut Html, begin: &'static str, (x, y): (usize, usize), text: &str) {
    html.raw(begin).number(x).raw("\" y=\"").number(y).raw("\">").text(text).raw("</text>");
}

/// Where each count is drawn.
fn dots(lines: &Lines) -> impl Iterator<Item = (usize, usize)> {
    let (top, columns) = (lines.top(), lines.points.len().max(1));
    lines.points.iter().enumerate().map(move |(number, point)| {
        let x = (2 * number + 1) * WIDTH / (2 * columns);
        (x, BOTTOM - point.height.saturating_mul(BOTTOM - TOP) / top)
    })
}
