//! A page in the making: markup is what is written in this program, everything else is text.

use crate::printable::printable;

/// HTML so far. Only `&'static str` gets in as it is, so that no name from a file can be markup.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds markup.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, in an element or between the quotation marks of an attribute.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        push_escaped(&mut self.0, &printable(text));
        self
    }

    /// Adds a number, which is not markup whatever it is.
    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        self.0.push_str(&number.to_string());
        self
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Adds text from outside as text, never as a part of the page.
pub fn push_escaped(page: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            c => page.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        let mut html = Html::default();
        html.raw("<p title=\"").text("\"><script>'&\u{1b}\u{202e}").raw("\">").number(7);
        let expected = "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\u{fffd}\u{fffd}\">7";
        assert_eq!(html.finish(), expected);
    }
}
