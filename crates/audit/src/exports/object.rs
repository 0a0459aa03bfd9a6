//! Objects of JSON with their members in the order of the text, and values as the text of a cell.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

/// A value as the text of a cell: a string without its quotation marks, anything else as it is.
pub(super) fn text(value: &RawValue) -> Zeroizing<String> {
    let json = value.get();
    Zeroizing::new(match serde_json::from_str::<String>(json) {
        Ok(text) => text,
        Err(_) if json == "null" => String::new(),
        Err(_) => json.to_owned(),
    })
}

/// The members of an object, in their order.
pub(super) struct Object<'t>(pub(super) Members<'t>);

/// Keys and values.
pub(super) type Members<'t> = Vec<(Cow<'t, str>, &'t RawValue)>;

impl<'t> Deserialize<'t> for Object<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

/// Reads the members of an object.
pub(super) struct ObjectVisitor;

impl<'t> Visitor<'t> for ObjectVisitor {
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
