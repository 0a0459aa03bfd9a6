//! Says things to people, in sentences.

use std::io::{self, Write, stdout};

use anstyle::{AnsiColor, Style};
use strongpass_policy::Answer;
pub(crate) use strongpass_report::printable;
use strongpass_report::printable_lines;

/// How wide lines may be in a pipe or a file.
pub(crate) const PIPE_WIDTH: usize = 80;

/// How wide lines may be on standard output: as its window, but never so narrow that one word does
/// not fit, nor so wide that the eye loses the line.
pub(crate) fn width() -> usize {
    // It is asked, not written to: that is the affair of `output`.
    let window = terminal_size::terminal_size_of(stdout());
    window.map_or(PIPE_WIDTH, |(columns, _)| usize::from(columns.0).clamp(24, 100))
}

pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const UNSURE: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const QUIET: Style = Style::new().dimmed();

/// Says on standard error that something went wrong. If nobody listens, nothing is lost.
pub(crate) fn complain(message: &str) {
    let mut err = anstream::stderr().lock();
    writeln!(err, "{BAD}strongpass:{BAD:#} {}", printable_lines(message)).ok();
}

/// Says something on standard error beside the result.
pub(crate) fn remark(message: &str) {
    let mut err = anstream::stderr().lock();
    writeln!(err, "{}", printable_lines(message)).ok();
}

/// A line of a list of things looked at. The mark says the same as its colour.
pub(crate) fn item(out: &mut impl Write, answer: Answer, text: &str) -> io::Result<()> {
    let (style, mark) = match answer {
        Answer::Met => (GOOD, "ok"),
        Answer::Broken => (BAD, "FAILS"),
        Answer::NotAsked | Answer::Unavailable => (UNSURE, "?"),
    };
    writeln!(out, "  {style}{mark:5}{style:#} {}", printable(text))
}

/// Sentences of their own, wrapped.
pub(crate) fn paragraph(out: &mut impl Write, text: &str) -> io::Result<()> {
    indented(out, text, "", "")
}

/// Sentences, wrapped, with something before the first line and the others.
pub(crate) fn indented(
    out: &mut impl Write,
    text: &str,
    first: &str,
    rest: &str,
) -> io::Result<()> {
    wrapped(out, text, (first, rest), width())
}

/// The same, in lines of at most that width.
pub(crate) fn wrapped(
    out: &mut impl Write,
    text: &str,
    (first, rest): (&str, &str),
    width: usize,
) -> io::Result<()> {
    let text = printable(text);
    // A path or a command must stay whole, so that it can be copied.
    let options = textwrap::Options::new(width).break_words(false);
    let options = options.initial_indent(first).subsequent_indent(rest);
    textwrap::wrap(&text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Sentences below an item, wrapped.
pub(crate) fn detail(out: &mut impl Write, text: &str) -> io::Result<()> {
    indented(out, text, DETAIL, DETAIL)
}

pub(crate) const DETAIL: &str = "        ";
