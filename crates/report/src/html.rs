//! A report as one page: no script, nothing from elsewhere, readable on a phone, in the dark, on
//! paper and in black and white.

use crate::document::{Document, Readers};

mod blocks;
mod charts;
mod writer;

use writer::Html;
pub use writer::push_escaped;

const STYLE: &str = include_str!("html/style.css");

/// The whole page.
pub fn page(document: &Document) -> String {
    let mut html = Html::default();
    html.raw("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
    // Should anything ever slip through the escaping, it can neither run nor call home.
    html.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n",
    );
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"robots\" content=\"noindex\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    html.text(&document.title).raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n");
    html.raw("<body>\n");
    charts::patterns(&mut html);
    html.raw("<header>\n<h1>").text(&document.title).raw("</h1>\n<p class=\"answer\">");
    html.text(&document.answer).raw("</p>\n<dl class=\"about\">\n");
    for (label, text) in document.header.lines().iter().filter(|(_, text)| !text.is_empty()) {
        html.raw("<div><dt>").text(label).raw("</dt><dd>").text(text).raw("</dd></div>\n");
    }
    html.raw("</dl>\n</header>\n<main>\n");
    sections(&mut html, document);
    html.raw("</main>\n</body>\n</html>\n");
    html.finish()
}

fn sections(html: &mut Html, document: &Document) {
    let mut before = Readers::All;
    for section in &document.sections {
        // What names someone is on sheets of its own, so that the rest can be handed on.
        let apart = section.readers != before;
        html.raw(if apart { "<section class=\"apart\">\n" } else { "<section>\n" });
        if apart && section.readers == Readers::Few {
            html.raw(
                "<p class=\"few\">Here are names: this part is only for those who have to act \
                      on it.</p>\n",
            );
        }
        before = section.readers;
        html.raw("<h2>").text(&section.title).raw("</h2>\n");
        for block in &section.blocks {
            blocks::block(html, block);
        }
        html.raw("</section>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sample::sample_document as sample;

    /// To look at it: `SNAPSHOTS=overwrite cargo test -p strongpass-report`, then open `sample.html`.
    #[test]
    fn a_report_as_a_page() {
        snapbox::assert_data_eq!(page(&sample()), snapbox::file!["sample.html": Text]);
    }

    #[test]
    fn a_page_is_whole_and_needs_nothing() {
        let page = page(&sample());
        for element in ["main", "section", "table", "svg", "ul", "dl", "figure", "p", "li", "tr"] {
            let count = |text: &str| page.matches(text).count();
            let opened = count(&format!("<{element}>")) + count(&format!("<{element} "));
            assert_eq!(opened, count(&format!("</{element}>")), "{element}");
            assert!(opened > 0, "{element}");
        }
        for call in ["<script", "http:", "https:", "@import", "url(", "src=", "href="] {
            let harmless = page.matches("url(#hatch)").count();
            let expected = if call == "url(" { harmless } else { 0 };
            assert_eq!(page.matches(call).count(), expected, "{call}");
        }
        assert!(page.contains("&lt;b&gt;\u{fffd}[31m\u{fffd}"));
    }
}
