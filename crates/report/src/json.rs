//! JSON as strongpass writes it: what shows nothing is escaped.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use strongpass_policy::is_unseen;

/// The version of every JSON that says which it is. It changes when a field changes its meaning or
/// goes; new fields may come at any time.
pub const JSON_VERSION: u8 = 1;

/// Writes a value as JSON, without a line end.
///
/// Names and words from outside may hold characters that a terminal or an editor would obey, or that
/// nobody sees: they are written as `\uXXXX`, so that the text is the same and can be looked at.
///
/// # Errors
/// Those of the writer.
pub fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Escaping);
    // As the error of the writer, not of the library.
    value.serialize(&mut serializer).map_err(io::Error::from)
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((before, c)) = rest.find(is_unseen).and_then(|at| {
            let (before, from) = rest.split_at_checked(at)?;
            Some((before, from.chars().next()?))
        }) {
            writer.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = rest.get(before.len() + c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        write_json(&mut out, &text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_shows_nothing_is_escaped() {
        assert_eq!(written("Zoë 😀 \"\\\n"), r#""Zoë 😀 \"\\\n""#);
        assert_eq!(
            written("a\u{7f}\u{9b}\u{ad}\u{34f}\u{115f}\u{180e}\u{202e}\u{2800}\u{e0041}z"),
            r#""a\u007f\u009b\u00ad\u034f\u115f\u180e\u202e\u2800\udb40\udc41z""#
        );
    }

    proptest! {
        #[test]
        fn any_text_is_seen_whole_and_read_back(
            text in r"(\PC|[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}\u{2800}]){0,40}",
        ) {
            let written = written(&text);
            prop_assert!(!written.contains(is_unseen), "{}", written);
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
