//! From a line of text to operations.

use super::error::{RuleError, RuleFault};
use super::operation::{Arguments, Operation, Place};

/// Five times what the longest rule that comes with hashcat has.
const MOST_OPERATIONS: usize = 100;

pub(super) fn rule(line: &str) -> Result<Vec<Operation>, RuleError> {
    let mut reader = Reader { rest: line, column: 0 };
    let mut operations = Vec::new();
    loop {
        let column = reader.column.saturating_add(1);
        let wrong = |fault| RuleError { line: 1, column, fault };
        let letter = match reader.next() {
            Ok(None) => return Ok(operations),
            Ok(Some(' ' | '\t')) => continue,
            Ok(Some(letter)) => letter,
            Err(fault) => return Err(wrong(fault)),
        };
        let argument = &mut OfFunction { letter, reader: &mut reader };
        let operation = Operation::read(letter, argument).map_err(wrong)?;
        if operations.len() == MOST_OPERATIONS {
            return Err(wrong(RuleFault::TooMany(MOST_OPERATIONS)));
        }
        if operation != Operation::Nothing {
            operations.push(operation);
        }
    }
}

/// The characters of a rule, `\xHH` being one.
struct Reader<'a> {
    rest: &'a str,
    /// How many characters of the line are read.
    column: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<Option<char>, RuleFault> {
        if let Some((byte, rest)) = hexadecimal(self.rest) {
            (self.rest, self.column) = (rest, self.column.saturating_add(4));
            return if byte.is_ascii() { Ok(Some(byte.into())) } else { Err(RuleFault::NotAscii) };
        }
        let mut rest = self.rest.chars();
        let next = rest.next();
        (self.rest, self.column) = (rest.as_str(), self.column.saturating_add(1));
        Ok(next)
    }
}

fn hexadecimal(text: &str) -> Option<(u8, &str)> {
    let (digits, rest) = text.strip_prefix("\\x")?.split_at_checked(2)?;
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hexadecimal.then(|| u8::from_str_radix(digits, 16).ok().map(|byte| (byte, rest)))?
}

/// The arguments of one function.
struct OfFunction<'a, 'b> {
    letter: char,
    reader: &'a mut Reader<'b>,
}

impl Arguments for OfFunction<'_, '_> {
    fn character(&mut self) -> Result<char, RuleFault> {
        self.reader.next()?.ok_or(RuleFault::MissingArgument(self.letter))
    }

    fn place(&mut self) -> Result<Place, RuleFault> {
        let digit = self.character()?;
        Place::read(digit).ok_or(RuleFault::NoPlace(digit))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{HashcatRule, RuleFault, RuleFile};

    #[track_caller]
    fn prints(line: &str, expected: &str) {
        assert_eq!(HashcatRule::parse(line).unwrap().to_string(), expected, "{line}");
    }

    #[test]
    fn rules_are_read_as_hashcat_does() {
        prints(":", ":");
        prints("", ":");
        prints("c$2$4", "c $2 $4");
        prints("  l: \t u ", "l u");
        prints("$ ^ ", "$  ^ ");
        prints("sa@so0", "sa@ so0");
        prints("x0Z ONE*AB", "x0Z ONE *AB");
        prints(r"$\x41 i3\x20", "$A i3 ");
        // Not hexadecimal: a backslash, and what follows is a function of its own.
        prints(r"$\x0Z", r"$\ x0Z");
        prints("$£ s€e", "$£ s€e");
        prints("X012 M46Q", "X012 M 4 6 Q");
    }

    #[track_caller]
    fn fails(line: &str, column: usize, fault: RuleFault) {
        let error = HashcatRule::parse(line).unwrap_err();
        assert_eq!((error.line, error.column, error.fault), (1, column, fault), "{line}");
    }

    #[test]
    fn mistakes_have_their_place() {
        fails("l S", 3, RuleFault::UnknownFunction('S'));
        fails("£", 1, RuleFault::UnknownFunction('£'));
        fails("$£ l #", 6, RuleFault::UnknownFunction('#'));
        fails("l$", 2, RuleFault::MissingArgument('$'));
        fails("sa", 1, RuleFault::MissingArgument('s'));
        fails("u Tp", 3, RuleFault::NoPlace('p'));
        fails("i£!", 1, RuleFault::NoPlace('£'));
        fails(r"u $\xE9", 3, RuleFault::NotAscii);
        fails(&"$a".repeat(101), 201, RuleFault::TooMany(100));
        assert!(HashcatRule::parse(&"$a".repeat(100)).is_ok());
    }

    #[test]
    fn a_file_keeps_what_it_can() {
        let file = RuleFile::parse("# no rule\n\n  \nu\r\n$\nTa\nr");
        let rules: Vec<String> = file.rules.iter().map(ToString::to_string).collect();
        assert_eq!(rules, ["u", "r"]);
        let errors: Vec<String> = file.errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            errors,
            [
                "line 5, column 1: `$` needs another character after it",
                "line 6, column 1: `a` is not a position; write 0 to 9, or A to Z for 10 to 35",
            ]
        );
    }

    proptest! {
        #[test]
        fn no_line_panics_and_what_is_printed_is_read(line in r"[ -~£€é\t\\x]{0,40}") {
            if let Ok(rule) = HashcatRule::parse(&line) {
                prop_assert_eq!(HashcatRule::parse(&rule.to_string()), Ok(rule));
            }
        }

        #[test]
        fn any_text_is_read(text in "(?s).{0,200}") {
            let file = RuleFile::parse(&text);
            prop_assert!(file.rules.len() + file.errors.len() <= text.lines().count());
        }
    }
}
