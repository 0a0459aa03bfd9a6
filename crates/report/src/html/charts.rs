//! Pictures, as SVG in the page: filled, hatched or empty, so that they need no colour.

use super::writer::Html;
use crate::document::{Bars, Level, Units};
use crate::numbers::grouped;

/// The hatching, which every picture refers to. It is not hidden, or some browsers draw none of it.
pub(super) fn patterns(html: &mut Html) {
    html.raw(
        "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\
         <pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect class=\"paper\" width=\"6\" height=\"6\"/>\
         <rect class=\"ink\" width=\"3\" height=\"6\"/></pattern></defs></svg>\n",
    );
}

/// A small square before what it is the level of, with a word for those who cannot see it.
pub(super) fn mark(html: &mut Html, level: Level) {
    html.raw("<svg class=\"mark ").raw(class(level)).raw("\" viewBox=\"0 0 24 24\" role=\"img\">");
    html.raw("<title>").raw(word(level)).raw("</title><path d=\"");
    html.raw(match level {
        Level::Act => "M2 2h20v20H2z",
        Level::Look => "M12 2 22 21H2z",
        Level::Good => "M12 2a10 10 0 1 0 .01 0z",
    });
    html.raw("\"/></svg>");
}

/// What a level is called.
fn word(level: Level) -> &'static str {
    match level {
        Level::Act => "act",
        Level::Look => "look into",
        Level::Good => "good",
    }
}

/// Bars below each other. It is a table, so that it reads aloud; the pictures only repeat it.
pub(super) fn bars(html: &mut Html, bars: &Bars) {
    html.raw("<table class=\"bars\">\n<caption>").text(&bars.title).raw("</caption>\n<tbody>\n");
    for bar in &bars.rows {
        html.raw("<tr><th scope=\"row\">").text(&bar.label).raw("</th><td class=\"count\">");
        html.text(&bars.count(bar.count)).raw("</td><td class=\"share\">");
        html.text(&bars.share(bar.count).unwrap_or_default()).raw("</td><td class=\"bar\">");
        html.raw("<svg class=\"").raw(class(bar.level)).raw("\" width=\"100%\" height=\"16\" ");
        html.raw("aria-hidden=\"true\"><rect class=\"rail\" y=\"7\" width=\"100%\" height=\"2\"/>");
        let length = bars.length(bar.count);
        html.raw("<rect class=\"fill\" y=\"1\" height=\"14\" width=\"").number(length / 10);
        html.raw(".").number(length % 10).raw("%\"/></svg></td></tr>\n");
    }
    html.raw("</tbody>\n</table>\n");
}

/// A sign for each thing there is.
pub(super) fn units(html: &mut Html, units: &Units) {
    let groups = || units.groups.iter().filter(|group| group.count > 0);
    html.raw("<figure>\n<figcaption>").text(&units.title).raw("</figcaption>\n");
    let levels = groups().flat_map(|group| std::iter::repeat_n(group.level, units.signs(group)));
    let levels: Vec<Level> = levels.collect();
    let columns = columns(levels.len());
    let rows = levels.len().div_ceil(columns);
    html.raw("<svg class=\"units\" role=\"img\" viewBox=\"0 0 ")
        .number(columns * 28)
        .raw(" ")
        .number(rows * 28);
    html.raw("\" style=\"max-width: ").number(columns * 36).raw("px\">\n");
    html.raw("<title>").text(&units.title).raw("</title><desc>");
    for (number, group) in groups().enumerate() {
        html.raw(if number > 0 { ", " } else { "" });
        html.text(&grouped(group.count)).raw(" ").text(&group.label);
    }
    html.raw("</desc>\n");
    for (number, level) in levels.iter().enumerate() {
        html.raw("<path class=\"").raw(class(*level)).raw("\" transform=\"translate(");
        html.number(number % columns * 28 + 2).raw(" ").number(number / columns * 28 + 2);
        html.raw(")\" d=\"").raw(units.sign).raw("\"/>");
    }
    html.raw("\n</svg>\n<ul class=\"legend\">\n");
    for group in groups() {
        html.raw("<li><svg class=\"sign ").raw(class(group.level));
        html.raw("\" viewBox=\"-1 -1 26 26\" aria-hidden=\"true\"><path d=\"").raw(units.sign);
        html.raw("\"/></svg> <b>").text(&grouped(group.count)).raw("</b> ").text(&group.label);
        html.raw("</li>\n");
    }
    html.raw("</ul>\n");
    if units.each() > 1 {
        html.raw("<p class=\"note\">Each sign stands for up to ").text(&grouped(units.each()));
        html.raw(" ").text(&units.what).raw(".</p>\n");
    }
    html.raw("</figure>\n");
}

/// How many signs to a row: wide, but not too wide for a phone.
fn columns(signs: usize) -> usize {
    match signs {
        0..=10 => signs.max(1),
        11..=20 => 10,
        21..=60 => 15,
        61..=160 => 20,
        _ => 25,
    }
}

pub(super) fn class(level: Level) -> &'static str {
    level.word()
}
