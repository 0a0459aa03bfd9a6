//! Says things to people, in sentences.

use std::io::{self, Write, stderr, stdout};

use anstyle::{AnsiColor, Style};
use strongpass_policy::Answer;
pub use strongpass_report::printable;
use strongpass_report::printable_lines;

/// How wide lines may be in a pipe or a file.
pub const PIPE_WIDTH: usize = 80;

/// How wide lines may be on standard output: as its window, but never so narrow that one word does
/// not fit, nor so wide that the eye loses the line.
pub fn width() -> usize {
    window(stdout()).map_or(PIPE_WIDTH, |columns| columns.clamp(24, 100))
}

/// How wide lines may be on standard error that are not to be wrapped, such as a progress bar.
pub fn stderr_width() -> usize {
    window(stderr()).unwrap_or(PIPE_WIDTH)
}

/// What is as it should be.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What is wrong.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What is not known, or is to be looked at.
pub const UNSURE: Style = AnsiColor::Yellow.on_default().bold();
/// What is less important than what stands beside it.
pub const QUIET: Style = Style::new().dimmed();

/// Says on standard error that something went wrong. If nobody listens, nothing is lost.
pub fn complain(message: &str) {
    let mut err = anstream::stderr().lock();
    writeln!(err, "{BAD}strongpass:{BAD:#} {}", printable_lines(message)).ok();
}

/// Says something on standard error beside the result.
pub fn remark(message: &str) {
    let mut err = anstream::stderr().lock();
    writeln!(err, "{}", printable_lines(message)).ok();
}

/// A line of a list of things looked at. The mark says the same as its colour.
///
/// # Errors
/// If it cannot be written.
pub fn item(out: &mut impl Write, answer: Answer, text: &str) -> io::Result<()> {
    let (style, mark) = match answer {
        Answer::Met => (GOOD, "ok"),
        Answer::Broken => (BAD, "FAILS"),
        Answer::NotAsked | Answer::Unavailable => (UNSURE, "?"),
    };
    writeln!(out, "  {style}{mark:5}{style:#} {}", printable(text))
}

/// Sentences of their own, wrapped.
///
/// # Errors
/// If it cannot be written.
pub fn paragraph(out: &mut impl Write, text: &str) -> io::Result<()> {
    indented(out, text, "", "")
}

/// Sentences, wrapped, with something before the first line and the others.
///
/// # Errors
/// If it cannot be written.
pub fn indented(out: &mut impl Write, text: &str, first: &str, rest: &str) -> io::Result<()> {
    wrapped(out, text, (first, rest), width())
}

/// The same, in lines of at most that width.
///
/// # Errors
/// If it cannot be written.
pub fn wrapped(
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
///
/// # Errors
/// If it cannot be written.
pub fn detail(out: &mut impl Write, text: &str) -> io::Result<()> {
    indented(out, text, DETAIL, DETAIL)
}

/// What stands before the lines of a [`detail`].
pub const DETAIL: &str = "        ";

#[cfg(unix)]
fn window(of: impl std::os::fd::AsFd) -> Option<usize> {
    terminal_size::terminal_size_of(of).map(|(columns, _)| columns.0.into())
}

#[cfg(windows)]
fn window(of: impl std::os::windows::io::AsHandle) -> Option<usize> {
    terminal_size::terminal_size_of(of).map(|(columns, _)| columns.0.into())
}
