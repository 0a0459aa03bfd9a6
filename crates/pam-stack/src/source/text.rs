//! The text of a configuration file of libpam: its lines, and their words.

/// The lines of a file, each with the number that it begins at: comments and blank lines gone,
/// continued ones joined. `None` if the last one is continued by nothing: libpam refuses the file.
pub(crate) fn lines(text: &str) -> Option<Vec<(usize, String)>> {
    let mut lines = Vec::new();
    let mut begun: Option<(usize, String)> = None;
    // A carriage return is part of a word, as libpam has it.
    for (number, line) in (1..).zip(text.split('\n')) {
        let line = line.trim_matches([' ', '\t']);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (first, mut whole) = begun.take().unwrap_or((number, String::new()));
        let (line, is_commented) = match line.split_once('#') {
            Some((line, _)) => (line, true),
            None => (line, false),
        };
        let continued = line.strip_suffix('\\').filter(|_| !is_commented);
        whole.push_str(continued.unwrap_or(line));
        if continued.is_some() {
            whole.push(' ');
            begun = Some((first, whole));
        } else {
            lines.push((first, whole));
        }
    }
    begun.is_none().then_some(lines)
}

/// The words of a line. `[…]` is one word, without its brackets; within it `\]` is a bracket.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start_matches([' ', '\t']);
    while let Some(first) = rest.chars().next() {
        let mut word = String::new();
        let mut characters = rest.char_indices().peekable();
        let is_bracketed = first == '[';
        if is_bracketed {
            characters.next();
        }
        let mut end = rest.len();
        while let Some((at, c)) = characters.next() {
            let next_is_bracket = characters.peek().is_some_and(|(_, next)| *next == ']');
            match c {
                ']' if is_bracketed => {
                    end = at.saturating_add(1);
                    break;
                }
                '\\' if is_bracketed && next_is_bracket => {
                    word.push(']');
                    characters.next();
                }
                ' ' | '\t' if !is_bracketed => {
                    end = at;
                    break;
                }
                c => word.push(c),
            }
        }
        words.push(word);
        rest = rest.get(end..).unwrap_or_default().trim_start_matches([' ', '\t']);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_comments_go() {
        let text = "# a comment\n\n  password required a.so # why\npassword \\\n  # between\n\n \
                    [success=1 \\\n default=ignore] b.so x\\\n y\n";
        let expected = [
            (3, "password required a.so ".to_owned()),
            (4, "password  [success=1  default=ignore] b.so x y".to_owned()),
        ];
        assert_eq!(lines(text).unwrap(), expected);
        // A comment ends a line, whatever is at the end of the comment.
        assert_eq!(lines("a # b \\\nc\n").unwrap(), [(1, "a ".to_owned()), (2, "c".to_owned())]);
        assert_eq!(lines("password required \\\n"), None);
    }

    #[test]
    fn brackets_hold_a_word_together() {
        let expect = |line: &str, expected: &[&str]| assert_eq!(words(line), expected, "{line}");
        expect("password\trequired  a.so", &["password", "required", "a.so"]);
        expect("- [success=1 default=ignore] a.so", &["-", "success=1 default=ignore", "a.so"]);
        expect("a.so [type=My [old\\] PC] x=[y]", &["a.so", "type=My [old] PC", "x=[y]"]);
        expect("[a]b c", &["a", "b", "c"]);
        expect("[never closed", &["never closed"]);
        expect("  ", &[]);
    }
}
