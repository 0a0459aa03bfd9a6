//! JSON: Django's `dumpdata`, and tables of users as WordPress and database tools export them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::columns::{self, Column};
use super::draft::Draft;
use crate::export::Format;
use crate::skipped::{Foreign, Why};
use crate::text::encoding;

/// Whether a file is JSON with objects in it: a list of them, one, or one a line.
pub(super) fn recognised(file: &[u8]) -> bool {
    let mut bytes = file.iter().filter(|byte| !byte.is_ascii_whitespace());
    matches!(
        (bytes.next(), bytes.next()),
        (Some(b'['), Some(b'{' | b']')) | (Some(b'{'), Some(b'"' | b'}'))
    )
}

/// Reads every object that has a name and a hash, however deep it is, in a file of so many lines.
pub(super) fn read(file: &[u8], lines: u32, draft: &mut Draft<'_>) {
    let decoded;
    let text = match encoding::text(file) {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => {
            decoded = Zeroizing::new(text);
            decoded.as_str()
        }
    };
    let mut walk = Walk { text, at: 0, line: 1, draft };
    let mut values = serde_json::Deserializer::from_str(text);
    while values.end().is_err() {
        if let Err(error) = values.deserialize_any(Top(&mut walk)) {
            // At the end of a file it is one past the last.
            let line = super::draft::count(error.line()).clamp(1, lines);
            walk.draft.skip(line, None, Why::Json);
            break;
        }
    }
    if !draft.made_something() {
        draft.skip(1, None, Why::Foreign(Foreign::NoHashes));
    }
}

/// As deep as records may be: phpMyAdmin has them in a list in an object in a list.
const DEEPEST: usize = 16;

struct Walk<'w, 'o> {
    text: &'w str,
    /// A place in the text and its line: objects come in their order.
    at: usize,
    line: u32,
    draft: &'w mut Draft<'o>,
}

impl Walk<'_, '_> {
    fn value(&mut self, value: &RawValue, depth: usize) {
        let json = value.get();
        let (is_object, is_list) = (json.starts_with('{'), json.starts_with('['));
        if !is_object && !is_list {
            return;
        }
        let line = self.line_of(json);
        if depth > DEEPEST {
            return self.draft.skip(line, None, Why::Json);
        }
        if is_list {
            let values: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            for value in values {
                self.value(value, depth + 1);
            }
        } else if let Ok(Object(members)) = serde_json::from_str(json) {
            self.object(line, &members, depth);
        }
    }

    fn object(&mut self, line: u32, members: &[(Cow<'_, str>, &RawValue)], depth: usize) {
        let headings: Vec<&[u8]> = members.iter().map(|(key, _)| key.as_bytes()).collect();
        let columns = Column::all(&headings);
        if !columns::has_hashes(&columns) {
            for (_, value) in members {
                self.value(value, depth + 1);
            }
            return;
        }
        let texts: Vec<Zeroizing<String>> = members.iter().map(|(_, value)| text(value)).collect();
        let cells = texts.iter().map(|text| text.trim().as_bytes());
        let cells: Vec<(Column, &[u8])> = columns.into_iter().zip(cells).collect();
        columns::read(line, &cells, Format::Json, self.draft);
    }

    /// The line of a piece of the text.
    fn line_of(&mut self, piece: &str) -> u32 {
        let start = piece.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let between = self.text.as_bytes().get(self.at..start).unwrap_or_default();
        self.line += super::draft::count(memchr::memchr_iter(b'\n', between).count());
        self.at = self.at.max(start);
        self.line
    }
}

/// A value as the text of a cell: a string without its quotation marks, anything else as it is.
fn text(value: &RawValue) -> Zeroizing<String> {
    let json = value.get();
    Zeroizing::new(match serde_json::from_str::<String>(json) {
        Ok(text) => text,
        Err(_) if json == "null" => String::new(),
        Err(_) => json.to_owned(),
    })
}

/// The members of an object, in their order.
struct Object<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'t> Deserialize<'t> for Object<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'t> Visitor<'t> for Members {
    type Value = Object<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Object<'t>, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = map.next_entry::<Cow<'t, str>, &RawValue>()? {
            members.push((key, value));
        }
        Ok(Object(members))
    }
}

/// The value of the file, element by element: what stands before a fault is still read.
struct Top<'v, 'w, 'o>(&'v mut Walk<'w, 'o>);

impl<'t> Visitor<'t> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<&RawValue>()? {
            self.0.value(value, 1);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'t>>(self, map: A) -> Result<(), A::Error> {
        let Object(members) = Members.visit_map(map)?;
        // Where it begins is not told; where its first value does, is.
        let line = members.first().map_or(self.0.line, |(_, value)| self.0.line_of(value.get()));
        self.0.object(line, &members, 1);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    #[track_caller]
    fn check(file: &str, accounts: &[(u32, &str)], skipped: &[(u32, &str)]) {
        let export = Export::read("web", "a", file.as_bytes().to_vec(), &ReadOptions::default());
        let loaded: Vec<(u32, &str)> =
            export.credentials.iter().map(|one| (one.line, export.text(one.account))).collect();
        let reasons: Vec<(u32, &str)> =
            export.skipped.iter().map(|one| (one.line, one.why.id())).collect();
        assert_eq!((loaded.as_slice(), reasons.as_slice()), (accounts, skipped), "{file}");
    }

    fn user(name: &str) -> String {
        format!(
            "{{\"username\": \"{name}\", \"password\": \"$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0\"}}"
        )
    }

    #[test]
    fn lists_objects_and_lines_of_them() {
        let (a, b) = (user("a"), user("b"));
        check(&format!("[{a},\n{b}]\n"), &[(1, "a"), (2, "b")], &[]);
        check(&format!("{a}\n{b}\n"), &[(1, "a"), (2, "b")], &[]);
        check(&format!("\n {{\"users\":\n{{\"x\": [{a}, 1, null]}}}}"), &[(3, "a")], &[]);
        check(&user("Zo\\u00eb"), &[(1, "Zoë")], &[]);
    }

    #[test]
    fn what_comes_before_a_fault_is_read() {
        let (a, b) = (user("a"), user("b"));
        check(&format!("[{a},\n{b},\n{{\"user"), &[(1, "a"), (2, "b")], &[(3, "json")]);
        check(&format!("[{a},\n,{b}]"), &[(1, "a")], &[(2, "json")]);
        check(&format!("{a}\n{{\"oh"), &[(1, "a")], &[(2, "json")]);
        check("[]", &[], &[(1, "foreign")]);
        check("{\"a\": 1}\n", &[], &[(1, "foreign")]);
    }

    #[test]
    fn no_depth_breaks_it() {
        let deep = |n: usize| format!("{}{}{}", "[{\"a\":".repeat(n), user("a"), "}]".repeat(n));
        check(&deep(4), &[(1, "a")], &[]);
        check(&deep(60), &[], &[(1, "json")]);
        check(&deep(20_000), &[], &[(1, "json")]);
    }
}
