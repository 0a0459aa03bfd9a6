//! A report as one page: no script, nothing from elsewhere, readable on a phone, in the dark, on
//! paper and in black and white.

use base64ct::{Base64, Encoding as _};

use crate::document::school::School;
use crate::document::{Document, Readers};

mod blocks;
mod charts;
mod lines;
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
         style-src 'unsafe-inline'",
    );
    let logo = document.school.as_ref().and_then(|school| school.logo.as_ref());
    html.raw(if logo.is_some() { "; img-src data:\">\n" } else { "\">\n" });
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"robots\" content=\"noindex\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    html.text(&document.title).raw("</title>\n<style>\n").raw(STYLE).raw("@page {\n");
    html.raw("  @top-right { font: 8pt sans-serif; content: \"Confidential: delete after ");
    // Digits and strokes: see `Header::new`.
    html.text(document.header.delete_after()).raw("\"; }\n}\n</style>\n</head>\n<body>\n");
    charts::patterns(&mut html);
    html.raw("<header>\n");
    if let Some(school) = &document.school {
        self::school(&mut html, school);
    }
    html.raw("<p class=\"confidential\">Confidential</p>\n<h1>").text(&document.title);
    html.raw("</h1>\n<p class=\"answer\">");
    // What came out is large; what that does not mean stands below it.
    let (first, rest) = document.answer.split_once(". ").unwrap_or((&document.answer, ""));
    html.text(first).raw(if rest.is_empty() { "</p>\n" } else { ".</p>\n<p>" });
    html.text(rest).raw(if rest.is_empty() { "" } else { "</p>\n" });
    html.raw("<dl class=\"about\">\n");
    for (label, text) in document.header.lines().iter().filter(|(_, text)| !text.is_empty()) {
        html.raw("<div><dt>").text(label).raw("</dt><dd>").text(text).raw("</dd></div>\n");
    }
    html.raw("</dl>\n</header>\n<main>\n");
    sections(&mut html, document);
    html.raw("</main>\n</body>\n</html>\n");
    html.finish()
}

fn school(html: &mut Html, school: &School) {
    html.raw("<p class=\"school\">");
    if let Some(logo) = &school.logo {
        html.raw("<img alt=\"\" src=\"data:").raw(logo.media_type()).raw(";base64,");
        html.text(&Base64::encode_string(logo.bytes())).raw("\">");
    }
    html.raw("<b>").text(&school.name).raw("</b></p>\n");
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
        assert!(page.contains("Quillfeather &lt;Primary&gt;"));
    }

    #[test]
    fn each_sheet_says_that_it_is_confidential_and_which_it_is() {
        let page = page(&sample());
        assert!(page.contains("content: \"Confidential: delete after 2026-12-22\""));
        assert!(page.contains("counter(page) \" of \" counter(pages)"));
    }

    #[test]
    fn a_logo_is_in_the_page_itself() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec();
        let logo = crate::Logo::from_bytes(png).unwrap();
        let school = School { name: "Kite School".into(), logo: Some(logo) };
        let page = page(&Document { school: Some(school), ..sample() });
        assert!(page.contains("<img alt=\"\" src=\"data:image/png;base64,iVBORw0KGgo"));
        assert!(page.contains("; img-src data:\">"));
        assert_eq!(page.matches("src=").count(), 1);
    }
}
