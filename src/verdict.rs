//! Says verdicts to people: the result in one line, then what failed and what was not checked.

use std::io::{self, Write};

use strongpass_policy::{Answer, Match, Outcome, Password, Policy, Verdict, is_unseen};
use unicode_width::UnicodeWidthChar as _;
use zeroize::Zeroizing;

use strongpass_terminal::text::{BAD, DETAIL, GOOD, UNSURE, detail, indented, printable, width};

/// Says a verdict. Of a strong password only what was not checked is said besides; otherwise every
/// clause is answered, in the order of the policy's sentence.
pub(crate) fn tell(
    out: &mut impl Write,
    policy: &Policy,
    verdict: &Verdict,
    shown: Option<&Password>,
) -> io::Result<()> {
    headline(out, policy, verdict)?;
    if verdict.warns_of_date() {
        let first = format!("  {UNSURE}{:5}{UNSURE:#} ", "?");
        let warning = "It may be a date. If it is one of yours, choose another code.";
        indented(out, warning, &first, DETAIL)?;
    }
    let columns = width();
    let is_strong = verdict.outcome() == Outcome::Accept;
    for (rule, answer) in verdict.clauses().filter(|(_, a)| !(is_strong && *a == Answer::Met)) {
        let (style, mark) = match answer {
            Answer::Met => (GOOD, "ok"),
            Answer::Broken => (BAD, "FAILS"),
            Answer::NotAsked | Answer::Unavailable => (UNSURE, "?"),
        };
        let clause = policy.clause(rule, answer);
        if is_short(&clause, columns) {
            writeln!(out, "  {style}{mark:5}{style:#} {clause}")?;
        } else {
            indented(out, &clause, &format!("  {style}{mark:5}{style:#} "), DETAIL)?;
        }
        for violation in verdict.violations().iter().filter(|violation| violation.rule == rule) {
            detail(out, &violation.message())?;
            detail(out, &violation.remedy())?;
            if let Some(password) = shown {
                let columns = columns.saturating_sub(MARGIN.len());
                write!(out, "{}", *marked(password, violation.matches(), columns, usize::MAX))?;
            }
        }
        let why = policy.why_unanswered(rule, answer);
        if !why.is_empty() {
            if is_short(why, columns) {
                writeln!(out, "{DETAIL}{why}")?;
            } else {
                detail(out, why)?;
            }
        }
    }
    Ok(())
}

/// The result, in one line, and by which policy.
fn headline(out: &mut impl Write, policy: &Policy, verdict: &Verdict) -> io::Result<()> {
    let name = printable(&policy.name);
    match (verdict.outcome(), verdict.violations().len()) {
        (Outcome::Accept, _) => {
            return writeln!(out, "{GOOD}Strong{GOOD:#} by the policy \"{name}\".");
        }
        (Outcome::Unchecked, _) => {
            writeln!(out, "{UNSURE}Could not check{UNSURE:#} it: not accepted.")?;
        }
        (Outcome::Reject, 1) => writeln!(out, "{BAD}Not strong{BAD:#}: one thing to change.")?,
        (Outcome::Reject, n) => writeln!(out, "{BAD}Not strong{BAD:#}: {n} things to change.")?,
    }
    writeln!(out, "By the policy \"{name}\":")
}

/// Whether words of ours need no wrapping, which is most of what telling a verdict costs.
fn is_short(text: &str, columns: usize) -> bool {
    DETAIL.len() + text.len() <= columns
}

/// Before a line of a password.
const MARGIN: &str = "          ";

/// The password with marks below the parts that fail, in lines of so many columns behind the margin;
/// if there are more than `most` lines, those with a mark.
pub(crate) fn marked(
    password: &Password,
    matches: &[Match],
    columns: usize,
    most: usize,
) -> Zeroizing<String> {
    let Some(text) = password.expose().filter(|_| !matches.is_empty()) else {
        return Zeroizing::default();
    };
    let mut lines = vec![(Zeroizing::new(String::new()), String::new(), 0)];
    for (at, c) in text.char_indices() {
        let c = if is_unseen(c) { '\u{fffd}' } else { c };
        let width = c.width().unwrap_or(0);
        if lines.last().is_some_and(|(_, _, used)| used + width > columns.max(2)) {
            lines.push(Default::default());
        }
        let inside = matches.iter().any(|m| (m.span.start..m.span.end).contains(&at));
        if let Some((line, marks, used)) = lines.last_mut() {
            line.push(c);
            marks.extend(std::iter::repeat_n(if inside { '^' } else { ' ' }, width));
            *used += width;
        }
    }
    if lines.len() > most {
        lines.retain(|(_, marks, _)| marks.contains('^'));
        lines.truncate(most);
    }
    let mut all = Zeroizing::new(String::new());
    for (line, marks, _) in &lines {
        let marks = marks.trim_end();
        all.push_str(MARGIN);
        all.push_str(line);
        all.push('\n');
        if !marks.is_empty() {
            for part in [MARGIN, &BAD.to_string(), marks, &format!("{BAD:#}"), "\n"] {
                all.push_str(part);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use strongpass_policy::{Context, Dictionary, Violation};

    use super::*;

    fn judged(password: &Password) -> Verdict {
        let dictionary: Dictionary = strongpass_wordlists::dictionary().unwrap();
        Policy::birchington().check(password, &dictionary, &Context::default())
    }

    fn shown(password: &str) -> String {
        let password = Password::new(password.as_bytes());
        let mut out = Vec::new();
        tell(&mut out, &Policy::birchington(), &judged(&password), Some(&password)).unwrap();
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

    #[test]
    fn a_long_one_is_shown_in_lines() {
        let password = Password::new(b"Xk9#vT7$kq2zWp4&-birchington-hG4&xr9m!JbmR7$");
        let verdict = judged(&password);
        let matches: Vec<_> =
            verdict.violations().iter().flat_map(Violation::matches).copied().collect();
        let marked = |most| {
            let marked = marked(&password, &matches, 20, most);
            anstream::adapter::strip_str(&marked).to_string()
        };
        let all = marked(usize::MAX);
        assert!(all.lines().all(|line| line.len() <= MARGIN.len() + 20), "{all}");
        let shown: String = all.lines().map(str::trim).filter(|l| !l.starts_with('^')).collect();
        assert_eq!(Some(shown.as_str()), password.expose());
        assert!(marked(1).contains("-bir"), "{}", marked(1));
        assert_eq!(marked(1).lines().count(), 2);
    }
}
