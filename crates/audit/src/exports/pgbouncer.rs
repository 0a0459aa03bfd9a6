//! `userlist.txt` of `PgBouncer`: `"name" "hash or password"`.

use strongpass_tables::Line;
use zeroize::Zeroizing;

use super::Format;
use super::account_names;
use super::builder::{About, ExportBuilder};
use super::secret::Secret;
use super::skipped::Why;

/// Reads a line of it; `false` if it is something else.
pub(super) fn read(line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
    let Some((account, stored)) = parse(line.bytes) else { return false };
    builder.is(Format::Pgbouncer);
    let about = About { kind: account_names::kind(&account), ..About::default() };
    let is_hash = stored.starts_with(b"SCRAM-SHA-256$") || stored.starts_with(b"md5");
    let secret = match stored.as_slice() {
        // PgBouncer lets nobody in with an empty one.
        [] => Err(Why::NoPassword),
        stored if is_hash => builder.secret(&account, stored),
        // It is the password itself, by the format.
        stored => Ok(Secret::from_clear(stored)),
    };
    match secret {
        Ok(secret) => builder.load(line.number, &account, secret, about),
        Err(why) => builder.skip(line.number, Some(&account), why),
    }
    true
}

type Pair = (Zeroizing<Vec<u8>>, Zeroizing<Vec<u8>>);

fn parse(line: &[u8]) -> Option<Pair> {
    let (account, rest) = quoted(line.trim_ascii())?;
    let (stored, rest) = quoted(rest.trim_ascii_start())?;
    // What follows, PgBouncer does not read.
    let is_apart = rest.first().is_none_or(u8::is_ascii_whitespace);
    (is_apart && !account.is_empty()).then_some((account, stored))
}

/// A text in quotation marks, in which two stand for one, and what follows.
fn quoted(text: &[u8]) -> Option<(Zeroizing<Vec<u8>>, &[u8])> {
    let mut rest = text.strip_prefix(b"\"")?;
    let mut value = Zeroizing::new(Vec::with_capacity(rest.len()));
    loop {
        let end = memchr::memchr(b'"', rest)?;
        value.extend_from_slice(rest.get(..end)?);
        rest = rest.get(end + 1..)?;
        match rest.strip_prefix(b"\"") {
            Some(after) => {
                value.push(b'"');
                rest = after;
            }
            None => return Some((value, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (line, expected) in [
            ("\"a\" \"b\"", Some(("a", "b"))),
            ("  \"a\"\t\"\" ...", Some(("a", ""))),
            ("\"a\"\"b\" \"c\"\"\"", Some(("a\"b", "c\""))),
            ("\"a\" b", None),
            ("\"a\",\"b\",\"c\"", None),
            ("\"\" \"b\"", None),
            ("\"a\" \"b", None),
        ] {
            let parsed = parse(line.as_bytes());
            let parsed = parsed.as_ref().map(|(a, b)| (a.as_slice(), b.as_slice()));
            let expected = expected.map(|(a, b)| (a.as_bytes(), b.as_bytes()));
            assert_eq!(parsed, expected, "{line}");
        }
    }
}
