//! A file of rules, one on each line.

use super::error::RuleError;
use super::rule::HashcatRule;

/// All of a rule file: the rules that are understood, and the lines that are not.
///
/// ```
/// # use strongpass_audit::RuleFile;
/// let file = RuleFile::parse("# years\n$2 $4\nc $2 $4\nJ\n");
/// assert_eq!(file.rules.len(), 2);
/// assert_eq!(file.errors[0].to_string(), "line 4, column 1: there is no function `J`");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleFile {
    /// In the order of the file.
    pub rules: Vec<HashcatRule>,
    /// One for each line that was left out.
    pub errors: Vec<RuleError>,
}

impl RuleFile {
    /// Reads a file of one rule a line. Empty lines and those that start with `#` say nothing.
    pub fn parse(text: &str) -> Self {
        let mut file = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match HashcatRule::parse(line) {
                Ok(rule) => file.rules.push(rule),
                Err(error) => file.errors.push(error.at_line(number)),
            }
        }
        file
    }
}
