//! Configuration profiles of Apple: property lists in XML, signed or not.
//!
//! Source: `PropertyList-1.0.dtd`; plist(5) of macOS. A reader of our own, since the crate `plist`
//! with what it needs is larger than what the program may still grow by.

use serde_json::{Map, Value};

/// No profile is nested deeper.
const MOST_DEPTH: usize = 64;

const BINARY: &str = "is a binary property list; make it readable first: plutil -convert xml1 FILE";
const SIGNED: &str = "is signed in a way that cannot be read here; remove the signature first: openssl \
                      cms -verify -noverify -inform DER -in FILE -out unsigned.mobileconfig";
const BROKEN: &str = "is not a valid property list";

/// Whether it may be a property list, in XML, binary or within a signature (DER).
pub(super) fn is_one(bytes: &[u8]) -> bool {
    matches!(bytes, [b'<' | 0x30, ..]) || bytes.starts_with(b"bplist")
}

/// The values of a property list: dates and data as text.
pub(super) fn read(bytes: &[u8]) -> Result<Value, &'static str> {
    if bytes.starts_with(b"bplist") {
        return Err(BINARY);
    }
    let is_signed = !bytes.starts_with(b"<");
    let broken = if is_signed { SIGNED } else { BROKEN };
    let find = |what: &[u8]| bytes.windows(what.len()).position(|window| window == what);
    let (start, end) = find(b"<plist").zip(find(b"</plist>")).ok_or(broken)?;
    let text = bytes.get(start..end).and_then(|part| str::from_utf8(part).ok()).ok_or(broken)?;
    let (_, mut rest) = text.split_once('>').ok_or(broken)?;
    value(&mut rest, 0).ok_or(broken)
}

/// The next value; `rest` is then behind it.
fn value(rest: &mut &str, depth: usize) -> Option<Value> {
    if depth > MOST_DEPTH {
        return None;
    }
    let (tag, is_empty) = open(rest)?;
    Some(match (tag, is_empty) {
        ("true", _) => closed(rest, tag, is_empty, Value::Bool(true))?,
        ("false", _) => closed(rest, tag, is_empty, Value::Bool(false))?,
        ("dict", true) => Value::Object(Map::new()),
        ("array", true) => Value::Array(Vec::new()),
        (_, true) => Value::String(String::new()),
        ("dict", false) => {
            let mut object = Map::new();
            while !close(rest, "dict") {
                let ("key", false) = open(rest)? else { return None };
                let key = content(rest, "key")?;
                object.insert(key, value(rest, depth + 1)?);
            }
            Value::Object(object)
        }
        ("array", false) => {
            let mut values = Vec::new();
            while !close(rest, "array") {
                values.push(value(rest, depth + 1)?);
            }
            Value::Array(values)
        }
        ("integer", false) => Value::from(content(rest, tag)?.trim().parse::<i64>().ok()?),
        ("string" | "date" | "data" | "real", false) => Value::String(content(rest, tag)?),
        _ => return None,
    })
}

/// The name of the next tag, and whether it is empty (`<true/>`); comments are passed over.
fn open<'t>(rest: &mut &'t str) -> Option<(&'t str, bool)> {
    *rest = rest.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        *rest = comment.split_once("-->")?.1.trim_start();
    }
    let (tag, after) = rest.strip_prefix('<')?.split_once('>')?;
    *rest = after;
    let name = tag.trim_end_matches('/').split_whitespace().next()?;
    Some((name, tag.ends_with('/')))
}

fn close(rest: &mut &str, tag: &str) -> bool {
    let mut after = rest.trim_start();
    while let Some((_, behind)) =
        after.strip_prefix("<!--").and_then(|comment| comment.split_once("-->"))
    {
        after = behind.trim_start();
    }
    let closing = after.strip_prefix("</").and_then(|after| after.strip_prefix(tag));
    match closing.and_then(|after| after.trim_start().strip_prefix('>')) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

fn closed(rest: &mut &str, tag: &str, is_empty: bool, value: Value) -> Option<Value> {
    (is_empty || close(rest, tag)).then_some(value)
}

/// The text up to the closing tag.
fn content(rest: &mut &str, tag: &str) -> Option<String> {
    let (text, after) = rest.split_once('<')?;
    let after = after.strip_prefix('/')?.strip_prefix(tag)?.trim_start().strip_prefix('>')?;
    *rest = after;
    let mut plain = text.to_owned();
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    {
        plain = plain.replace(entity, character);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \
                        \"-//Apple//DTD PLIST 1.0//EN\" \"PropertyList-1.0.dtd\">\n";

    #[track_caller]
    fn check(body: &str, expected: &Value) {
        let file = format!("{HEAD}<plist version=\"1.0\">\n{body}\n</plist>\n");
        assert_eq!(read(file.as_bytes()).as_ref(), Ok(expected), "{body}");
        // The same within a signature.
        let signed = [b"\x30\x82\x01\x02\x06\x09", file.as_bytes(), b"\x00\xff\x31"].concat();
        assert_eq!(read(&signed).as_ref(), Ok(expected), "{body}");
    }

    #[test]
    fn table() {
        check("<dict/>", &json!({}));
        check("<true/>", &json!(true));
        check("<false></false>", &json!(false));
        check("<array><integer> 6 </integer><!-- six --><string/></array>", &json!([6, ""]));
        check(
            "<dict><key>a&amp;b</key><string>&lt;&amp;lt;</string>\n<!-- x --><key>c</key>\
             <date>2026-11-22T00:00:00Z</date></dict>",
            &json!({"a&b": "<&lt;", "c": "2026-11-22T00:00:00Z"}),
        );
    }

    #[test]
    fn what_is_broken_is_an_error() {
        for body in [
            "",
            "<dict>",
            "<dict><key>a</key></dict>",
            "<dict><string>a</string></dict>",
            "<integer>six</integer>",
            "<shoe>9</shoe>",
            "<string>a",
            "<array><true></array>",
        ] {
            let file = format!("{HEAD}<plist version=\"1.0\">{body}</plist>");
            assert_eq!(read(file.as_bytes()), Err(BROKEN), "{body}");
        }
        let deep = format!("{HEAD}<plist>{}", "<array>".repeat(100_000));
        assert_eq!(read(format!("{deep}</plist>").as_bytes()), Err(BROKEN));
        assert_eq!(read(b"\x30\x80\x06"), Err(SIGNED));
    }
}
