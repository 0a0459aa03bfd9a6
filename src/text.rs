//! Says verdicts to people, in sentences.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use strongpass_policy::{Answer, Match, Outcome, Password, Policy, Verdict, is_unseen};
pub(crate) use strongpass_report::printable;
use strongpass_report::printable_lines;

/// Narrow enough for every terminal, and the same on a pipe.
pub(crate) const WIDTH: usize = 80;

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

/// A verdict, clause by clause.
pub(crate) fn verdict(
    out: &mut impl Write,
    policy: &Policy,
    verdict: &Verdict,
    shown: Option<&Password>,
) -> io::Result<()> {
    for (rule, answer) in verdict.clauses() {
        item(out, answer, &policy.clause(rule))?;
        for violation in verdict.violations().iter().filter(|violation| violation.rule == rule) {
            detail(out, &violation.message())?;
            detail(out, &violation.remedy())?;
            if let Some(password) = shown {
                underlined(out, password, violation.matches())?;
            }
        }
        let why = policy.why_unanswered(rule, answer);
        if !why.is_empty() {
            writeln!(out, "        {QUIET}{why}{QUIET:#}")?;
        }
    }
    if verdict.warns_of_date() {
        detail(out, "It may be a date. If it is one of yours, choose another code.")?;
    }
    writeln!(out)?;
    summary(out, policy, verdict)
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
    let text = printable(text);
    // A path or a command must stay whole, so that it can be copied.
    let options = textwrap::Options::new(WIDTH).break_words(false);
    let options = options.initial_indent(first).subsequent_indent(rest);
    textwrap::wrap(&text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Sentences below an item, wrapped.
pub(crate) fn detail(out: &mut impl Write, text: &str) -> io::Result<()> {
    indented(out, text, DETAIL, DETAIL)
}

const DETAIL: &str = "        ";

fn summary(out: &mut impl Write, policy: &Policy, verdict: &Verdict) -> io::Result<()> {
    let name = printable(&policy.name);
    match (verdict.outcome(), verdict.violations().len()) {
        (Outcome::Accept, _) => writeln!(out, "{GOOD}Strong{GOOD:#} by the policy \"{name}\"."),
        (Outcome::Unchecked, _) => {
            writeln!(out, "{UNSURE}Not accepted{UNSURE:#}: not everything could be checked.")
        }
        (Outcome::Reject, 1) => {
            writeln!(out, "{BAD}Not strong{BAD:#} by the policy \"{name}\": one thing to change.")
        }
        (Outcome::Reject, n) => {
            writeln!(out, "{BAD}Not strong{BAD:#} by the policy \"{name}\": {n} things to change.")
        }
    }
}

/// The password with carets below the parts that fail.
fn underlined(out: &mut impl Write, password: &Password, matches: &[Match]) -> io::Result<()> {
    let Some(text) = password.expose().filter(|_| !matches.is_empty()) else { return Ok(()) };
    let mut shown = zeroize::Zeroizing::new(String::with_capacity(text.len() * 3));
    let mut marks = String::new();
    for (at, c) in text.char_indices() {
        let c = if is_unseen(c) { '\u{fffd}' } else { c };
        shown.push(c);
        let inside = matches.iter().any(|m| (m.span.start..m.span.end).contains(&at));
        let width = unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        marks.extend(std::iter::repeat_n(if inside { '^' } else { ' ' }, width));
    }
    writeln!(out, "          {}", shown.as_str())?;
    writeln!(out, "          {BAD}{}{BAD:#}", marks.trim_end())
}

#[cfg(test)]
mod tests {
    use strongpass_policy::{Context, Dictionary};

    use super::*;

    fn shown(password: &str) -> String {
        let dictionary: Dictionary = strongpass_wordlists::dictionary().unwrap();
        let policy = Policy::birchington();
        let password = Password::new(password.as_bytes());
        let judged = policy.check(&password, &dictionary, &Context::default());
        let mut out = Vec::new();
        verdict(&mut out, &policy, &judged, Some(&password)).unwrap();
        anstream::adapter::strip_str(str::from_utf8(&out).unwrap()).to_string()
    }

    #[test]
    fn parts_are_underlined_by_width() {
        assert!(shown("9漢!horse#1").contains("9漢!horse#1\n              ^^^^^\n"));
        assert!(shown("é9!p@ssword").contains("é9!p@ssword\n             ^^^^^^^^\n"));
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_obeys() {
        assert!(!shown("\u{1b}]0;horse\u{7}").contains('\u{1b}'));
    }
}
