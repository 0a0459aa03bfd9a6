//! JSON: Django's `dumpdata`, and tables of users as WordPress and database tools export them.

use std::fmt;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use strongpass_hash::HashError;
use strongpass_tables::decode_text;
use zeroize::Zeroizing;

use super::Format;
use super::builder::ExportBuilder;
use super::columns::{self, Column};
use super::keycloak;
use super::object::{Members, Object, ObjectVisitor, text};
use super::skipped::{Foreign, Why};

/// Whether a file is JSON with objects in it: a list of them, one, or one a line.
pub(super) fn recognised(file: &[u8]) -> bool {
    let mut bytes = file.iter().filter(|byte| !byte.is_ascii_whitespace());
    matches!(
        (bytes.next(), bytes.next()),
        (Some(b'['), Some(b'{' | b']')) | (Some(b'{'), Some(b'"' | b'}'))
    )
}

/// Reads every object that has a name and a hash, however deep it is, in a file of `lines` lines.
pub(super) fn read(file: &[u8], lines: u32, builder: &mut ExportBuilder<'_>) {
    let text = decode_text(file);
    let mut walk = Walk { text: &text, at: 0, line: 1, builder };
    let mut values = serde_json::Deserializer::from_str(&text);
    while values.end().is_err() {
        if let Err(error) = values.deserialize_any(Top(&mut walk)) {
            // At the end of a file it is one past the last.
            let line = super::builder::count(error.line()).clamp(1, lines);
            walk.builder.skip(line, None, Why::Json);
            break;
        }
    }
    if !builder.made_something() {
        builder.skip(1, None, Why::Foreign(Foreign::NoHashes));
    }
}

/// As deep as records may be: phpMyAdmin has them in a list in an object in a list.
const DEEPEST: usize = 16;

struct Walk<'w, 'o> {
    text: &'w str,
    /// A place in the text and its line: objects come in their order.
    at: usize,
    line: u32,
    builder: &'w mut ExportBuilder<'o>,
}

/// The account that nested values belong to: the cells that say whose it is and how it stands.
#[derive(Clone, Copy)]
struct Owner<'c>(&'c [(Column, &'c [u8])]);

impl Walk<'_, '_> {
    fn value(&mut self, value: &RawValue, depth: usize, owner: Option<Owner<'_>>) {
        let json = value.get();
        let line = self.line_of(json);
        if depth > DEEPEST && json.starts_with(['{', '[']) {
            return self.builder.skip(line, None, Why::Json);
        }
        if json.starts_with('[') {
            let values: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
            for value in values {
                self.value(value, depth + 1, owner);
            }
        } else if json.starts_with('{') {
            if let Ok(Object(members)) = serde_json::from_str(json) {
                self.object(line, &members, depth, owner);
            }
        } else {
            let text = text(value);
            if columns::is_signed(text.as_bytes()) {
                self.row(line, &[(Column::Other, text.as_bytes())], owner);
            }
        }
    }

    /// Reads an object: an account, a part of one that is `owner`, or what holds others.
    fn object(&mut self, line: u32, members: &Members<'_>, depth: usize, owner: Option<Owner<'_>>) {
        if let Some(credential) = keycloak::Credential::new(members) {
            let cells = owner.map_or(&[][..], |Owner(cells)| cells);
            return credential.read(line, cells, self.builder);
        }
        let (nested, plain): (Vec<_>, Vec<_>) =
            members.iter().partition(|(_, value)| value.get().starts_with(['{', '[']));
        let headings: Vec<&[u8]> = plain.iter().map(|(key, _)| key.as_bytes()).collect();
        let texts: Vec<Zeroizing<String>> = plain.iter().map(|(_, value)| text(value)).collect();
        let cells = texts.iter().map(|text| text.trim().as_bytes());
        let cells: Vec<(Column, &[u8])> = Column::all(&headings).into_iter().zip(cells).collect();
        // A number tells a row of a table from others; what it is called is text.
        let named = cells.iter().zip(&plain).filter(|(_, (_, value))| value.get().starts_with('"'));
        let named = columns::account(&named.map(|(cell, _)| *cell).collect::<Vec<_>>());
        let made = self.builder.made();
        let has_hashes = columns::any_hash(&cells);
        // Meteor hashes with SHA-256 first: it would be looked for in vain.
        let is_meteor = members.iter().any(|(key, _)| key == "bcrypt") && named.is_none();
        if is_meteor && let Some(Owner(of)) = owner {
            let what = "bcrypt of a SHA-256, as Meteor and Rocket.Chat store it,";
            let why = HashError::Unsupported { what }.into();
            self.builder.skip(line, columns::account(of), why);
        } else if has_hashes {
            self.row(line, &cells, owner);
        }
        let about = columns::without_hashes(&cells);
        let owner = if named.is_some() { Some(Owner(&about)) } else { owner };
        for (_, value) in nested {
            self.value(value, depth + 1, owner);
        }
        if let Some(account) = named
            && self.builder.made() == made
        {
            self.builder.skip(line, Some(account), Why::NotExported);
        }
    }

    /// Reads cells like a row of a table; those of the owner say whose it is, if they do not.
    fn row(&mut self, line: u32, cells: &[(Column, &[u8])], owner: Option<Owner<'_>>) {
        let mut cells = cells.to_vec();
        if columns::account(&cells).is_none()
            && let Some(Owner(of)) = owner
        {
            cells.extend_from_slice(of);
        }
        columns::read(line, &cells, Format::Json, self.builder);
    }

    /// The line of a piece of the text.
    fn line_of(&mut self, piece: &str) -> u32 {
        let start = piece.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let between = self.text.as_bytes().get(self.at..start).unwrap_or_default();
        self.line += super::builder::count(memchr::memchr_iter(b'\n', between).count());
        self.at = self.at.max(start);
        self.line
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
            self.0.value(value, 1, None);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'t>>(self, map: A) -> Result<(), A::Error> {
        let Object(members) = ObjectVisitor.visit_map(map)?;
        // Where it begins is not told; where its first value does, is.
        let line = members.first().map_or(self.0.line, |(_, value)| self.0.line_of(value.get()));
        self.0.object(line, &members, 1, None);
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
