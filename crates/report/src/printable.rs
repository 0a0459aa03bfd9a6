//! Text from outside, made safe to show.

use std::borrow::Cow;

use strongpass_policy::is_unseen;

/// Text with everything replaced that shows nothing or that a terminal would obey.
pub fn printable(text: &str) -> Cow<'_, str> {
    replaced(text, is_unseen)
}

/// The same, but lines stay lines.
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |c| c != '\n' && is_unseen(c))
}

fn replaced(text: &str, replace: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.contains(&replace) {
        text.chars().map(|c| if replace(c) { '\u{fffd}' } else { c }).collect::<String>().into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
        let unseen = "\u{ad}\u{34f}\u{115f}\u{180e}\u{9b}\u{2800}\u{e0041}\u{fe0f}";
        assert_eq!(printable(unseen), "\u{fffd}".repeat(8));
        assert_eq!(printable_lines("a\nb\r"), "a\nb\u{fffd}");
    }
}
