//! What is wrong in a configuration file, and where.

use std::fmt;
use std::ops::Range;

use crate::characters::unseen::is_unseen;

/// What is wrong in a policy file, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ConfigError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
    /// The line itself, with the place underlined below it.
    pub excerpt: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n{}", self.line, self.column, self.message, self.excerpt)
    }
}

impl std::error::Error for ConfigError {}

impl ConfigError {
    /// The mistake at those bytes of a configuration file; for other crates that read one.
    pub fn new(text: &str, span: Range<usize>, message: String) -> Self {
        let start = text.floor_char_boundary(span.start);
        let before = text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let source = text.get(line_start..).unwrap_or_default();
        let source = source.lines().next().unwrap_or_default();
        let count = |range: Range<usize>| text.get(range).unwrap_or_default().chars().count();
        let column = count(line_start..start) + 1;
        let line_end = line_start + source.len();
        let end = text.floor_char_boundary(span.end).min(line_end).max(start);
        let marks = count(start..end).max(1);
        // What a terminal obeys must not reach it.
        let source: String =
            source.chars().map(|c| if is_unseen(c) { ' ' } else { c }).take(MOST_SOURCE).collect();
        Self {
            line: before.matches('\n').count() + 1,
            column,
            message: if message.chars().nth(MOST_MESSAGE).is_some() {
                message.chars().take(MOST_MESSAGE).chain(['…']).collect()
            } else {
                message
            },
            excerpt: format!(
                "  | {source}\n  | {}{}",
                " ".repeat((column - 1).min(MOST_SOURCE)),
                "^".repeat(marks.min(MOST_SOURCE))
            ),
        }
    }
}

/// As much of a message, and of a line, as anybody reads.
const MOST_MESSAGE: usize = 400;
const MOST_SOURCE: usize = 200;
