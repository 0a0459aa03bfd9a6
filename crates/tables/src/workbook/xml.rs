//! XML as far as workbooks need it: elements by their local names, text without entities of one's own.

#![expect(clippy::wildcard_enum_match_arm, reason = "comments and instructions say nothing here")]

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::container::DAMAGED;
use super::error::WorkbookError;

/// They are compared with one another, so they may not be many.
const MOST_OF_ATTRIBUTES: usize = 4 << 10;

const ENTITIES: &str = "the workbook defines its own entities, which no spreadsheet does";

/// A part of a workbook, read from its beginning to its end.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    text: &'x str,
}

impl<'x> Xml<'x> {
    pub(super) fn new(part: &'x [u8]) -> Result<Self, WorkbookError> {
        let text = str::from_utf8(part).map_err(|_| DAMAGED)?;
        Ok(Self::of_text(text))
    }

    fn of_text(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text }
    }

    /// The element that holds all others.
    pub(super) fn root(&mut self) -> Result<Element<'x>, WorkbookError> {
        self.child()?.ok_or_else(|| DAMAGED.into())
    }

    /// The next element inside the one that is open; `None` where that one ends.
    pub(super) fn child(&mut self) -> Result<Option<Element<'x>>, WorkbookError> {
        loop {
            match self.next()? {
                Event::Start(start) => return Ok(Some(Element(start))),
                Event::End(_) => return Ok(None),
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
    }

    /// Goes on behind an element that was just opened, and returns what is in it, as it is written.
    pub(super) fn inside(&mut self, element: &Element<'x>) -> Result<&'x str, WorkbookError> {
        let place = self.reader.read_to_end(element.0.to_end().name()).map_err(|_| DAMAGED)?;
        let place = usize::try_from(place.start).ok().zip(usize::try_from(place.end).ok());
        let inside = place.and_then(|(start, end)| self.text.get(start..end));
        inside.ok_or_else(|| DAMAGED.into())
    }

    /// Sees that nothing follows the end of the root.
    pub(super) fn finish(mut self) -> Result<(), WorkbookError> {
        loop {
            match self.next()? {
                Event::Eof => return Ok(()),
                Event::Start(_) | Event::End(_) => return Err(DAMAGED.into()),
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<Event<'x>, WorkbookError> {
        match self.reader.read_event().map_err(|_| DAMAGED)? {
            Event::DocType(_) => Err(ENTITIES.into()),
            event => Ok(event),
        }
    }
}

/// An element whose beginning was read.
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<Cow<'_, str>>, WorkbookError> {
        self.find(|key| key == name)
    }

    /// The value of an attribute that has a prefix.
    pub(super) fn prefixed(&self, name: &str) -> Result<Option<Cow<'_, str>>, WorkbookError> {
        self.find(|key| key.split_once(':').is_some_and(|(_, local)| local == name))
    }

    fn find(&self, is: impl Fn(&str) -> bool) -> Result<Option<Cow<'_, str>>, WorkbookError> {
        let mut found = None;
        if self.0.attributes_raw().len() > MOST_OF_ATTRIBUTES {
            return Err(DAMAGED.into());
        }
        for attribute in self.0.attributes() {
            let attribute = attribute.map_err(|_| DAMAGED)?;
            if is(attribute.key.into_inner()) {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                found = Some(value.map_err(|_| DAMAGED)?);
            }
        }
        Ok(found)
    }
}

/// Hands over the text of a string, `<t>…</t>` or runs of them, piece by piece, without how it is
/// pronounced.
pub(super) fn string(inside: &str, put: &mut dyn FnMut(&str)) -> Result<(), WorkbookError> {
    let mut xml = Xml::of_text(inside);
    // How many runs are open.
    let mut runs = 0_u32;
    loop {
        match xml.next()? {
            Event::Eof if runs == 0 => return Ok(()),
            Event::Eof => return Err(DAMAGED.into()),
            Event::End(_) => runs = runs.checked_sub(1).ok_or(DAMAGED)?,
            Event::Start(start) => {
                let element = Element(start);
                match element.name() {
                    "r" => runs += 1,
                    "t" => {
                        let keeps = element.prefixed("space")?.is_some_and(|it| it == "preserve");
                        let inside = xml.inside(&element)?;
                        // As Excel has it; what is meant to stay says so.
                        let white = |c| matches!(c, ' ' | '\t' | '\r' | '\n');
                        text(if keeps { inside } else { inside.trim_matches(white) }, put)?;
                    }
                    _ => {
                        xml.inside(&element)?;
                    }
                }
            }
            _ => {}
        }
    }
}

/// Hands over text, piece by piece.
pub(super) fn text(inside: &str, put: &mut dyn FnMut(&str)) -> Result<(), WorkbookError> {
    if !inside.contains(['<', '&']) {
        escaped(inside, put);
        return Ok(());
    }
    let mut xml = Xml::of_text(inside);
    loop {
        match xml.next()? {
            Event::Text(piece) => escaped(&piece, put),
            Event::CData(piece) => escaped(&piece, put),
            Event::GeneralRef(reference) => {
                let c = match &*reference {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => reference.resolve_char_ref().ok().flatten().ok_or(ENTITIES)?,
                };
                put(c.encode_utf8(&mut [0; 4]));
            }
            Event::Start(start) => {
                xml.inside(&Element(start))?;
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// `_x000D_` stands for a character that XML cannot hold, `_x005F_` for a `_` that does not.
fn escaped(text: &str, put: &mut dyn FnMut(&str)) {
    let mut rest = text;
    while let Some((before, (c, behind))) = rest.match_indices("_x").find_map(|(at, _)| {
        let (before, from) = rest.split_at_checked(at)?;
        Some((before, escape(from)?))
    }) {
        put(before);
        put(c.encode_utf8(&mut [0; 4]));
        rest = behind;
    }
    put(rest);
}

/// The character that an escape stands for, and what follows it.
fn escape(text: &str) -> Option<(char, &str)> {
    let (digits, behind) = text.strip_prefix("_x")?.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?)?;
    Some((c, behind.strip_prefix('_')?))
}
