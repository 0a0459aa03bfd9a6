//! Whatever is in a file, every line of it is accounted for.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads its samples")]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::select;
use strongpass_audit::{Export, ReadOptions};
use strongpass_hash::{Hash, Scheme};

/// Pieces that the formats are made of: put together at random they are nearly right.
const PIECES: [&str; 62] = [
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    ":",
    ":",
    ":",
    "::",
    ":::",
    "\t",
    ",",
    ";",
    " ",
    "|",
    "\"",
    "\"\"",
    "kharper",
    "school.local\\jmarsh",
    "ROOM12-PC$",
    "_history0",
    "_history1",
    "1104",
    "500",
    "aad3b435b51404eeaad3b435b51404ee",
    "567667e52888a59d0abcf0c066db867b",
    "31d6cfe0d16ae931b73c59d7e0c089c0",
    "NO PASSWORD*********************",
    "NO LM-HASH**********************",
    " (status=Disabled)",
    "(Admin=True)",
    "[U          ]",
    "$NT$567667e52888a59d0abcf0c066db867b",
    "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0",
    "{SSHA}CeLswZ8GdCQ43dhVEFzVncI1vB1dKwUA",
    "/069KOe9EezT6",
    "CLEARTEXT:",
    "$DCC2$10240#a#",
    ":19700:0:99999:7:::",
    ":0:0:root:/root:/bin/sh",
    "!",
    "*",
    "x",
    "dn: uid=a,dc=b\n",
    "userPassword:: e1NTSEF9",
    "userPassword: {SSHA}CeLs\n wZ8G",
    "uid: a\n",
    "sambaNTPassword: ",
    "unicodePwd:: ",
    "changetype: delete\n",
    "objectClass: person\n",
    "cn: Admins\nmemberUid: a\n",
    "SamAccountName,NTHash,Enabled\n",
    "name;pass;mail\n",
    "user_login,user_pass\n",
    "# comment\n",
    "[*] talk\n",
    "{\"username\": \"a\", \"password\": \"",
    "[{",
    "\"}]",
    "\0",
    "Zo\u{eb}",
];

/// Shown as text when a test fails.
#[derive(Clone)]
struct File(Vec<u8>);

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

fn made_up() -> impl Strategy<Value = File> {
    let piece = prop_oneof![
        9 => select(PIECES.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    let file = prop::collection::vec(piece, 0..40).prop_map(|pieces| File(pieces.concat()));
    // Text of two bytes a character has other line ends than these count.
    let marks: [&[u8]; 2] = [&[0xff, 0xfe], &[0xfe, 0xff]];
    file.prop_filter("UTF-16", move |file| !marks.iter().any(|mark| file.0.starts_with(mark)))
}

fn options() -> impl Strategy<Value = ReadOptions> {
    let scheme = select(vec![None, Some(Scheme::Nt), Some(Scheme::Md5), Some(Scheme::Bcrypt)]);
    let passwd = select(vec![None, Some(b"kharper:x:0:0:Kate &,,:/:\n".to_vec())]);
    (scheme, passwd).prop_map(|(assume, passwd)| ReadOptions {
        assume,
        passwd,
        ..ReadOptions::default()
    })
}

/// Lines as an editor counts them.
fn count(file: &[u8]) -> usize {
    let rest = file.strip_suffix(b"\n").unwrap_or(file);
    if file.is_empty() { 0 } else { rest.split(|byte| *byte == b'\n').count() }
}

fn check(file: &[u8], options: &ReadOptions) {
    let export = Export::read("network", "export.txt", file.to_vec(), options);
    let lines = export.lines;
    assert_eq!(usize::try_from(lines.all).unwrap(), count(file), "{lines:?}");
    let sum = lines.loaded + lines.skipped + lines.blank + lines.comments + lines.beside;
    assert_eq!(sum, lines.all, "{lines:?}");

    let mut loaded: Vec<u32> = export.credentials.iter().map(|one| one.line).collect();
    let mut skipped: Vec<u32> = export.skipped.iter().map(|one| one.line).collect();
    assert!(skipped.is_sorted());
    loaded.sort_unstable();
    loaded.dedup();
    skipped.dedup();
    skipped.retain(|line| !loaded.contains(line));
    assert_eq!(loaded.len(), usize::try_from(lines.loaded).unwrap(), "{lines:?}");
    assert_eq!(skipped.len(), usize::try_from(lines.skipped).unwrap(), "{lines:?}");
    assert!(loaded.iter().chain(&skipped).all(|line| (1..=lines.all.max(1)).contains(line)));

    for credential in &export.credentials {
        assert!(!export.text(credential.account).is_empty());
        assert!(export.names(credential).all(|name| !name.is_empty()));
    }
    for skipped in &export.skipped {
        assert!(!skipped.why.to_string().is_empty() && !skipped.why.id().is_empty());
    }
    // What is in one line of text is in the other's, too: no line of text is ever without effect.
    if lines.all > 0 && lines.blank + lines.comments < lines.all && lines.beside == 0 {
        assert!(!export.credentials.is_empty() || !export.skipped.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nearly_right(file in made_up(), options in options()) {
        check(&file.0, &options);
    }
}

/// Exports of every format, of which a few lines are lost, doubled or damaged.
fn damaged() -> impl Strategy<Value = File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/exports");
    let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let is_export = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        !matches!(ending, Some("read" | "report" | "py"))
    };
    let mut names: Vec<PathBuf> = names.filter(is_export).collect();
    names.sort();
    let cut = (any::<prop::sample::Index>(), select(vec!["", "x", ":", "\n", "\"", "\0", "$"]));
    (select(names), prop::collection::vec(cut, 0..6)).prop_map(|(name, cuts)| {
        let mut file = fs::read(name).unwrap();
        for (at, piece) in cuts {
            let at = at.index(file.len().max(1)).min(file.len());
            file.splice(at..(at + 1).min(file.len()), piece.bytes());
        }
        File(file)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// However an export is damaged, no line of it goes missing: a hash of it is tested, or its line
    /// is skipped with a reason, or is counted as one that holds no password. None of these holds a
    /// hash that says what it is.
    #[test]
    fn real_ones(file in damaged(), options in options()) {
        prop_assume!(!matches!(file.0.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]));
        check(&file.0, &options);
        let export = Export::read("network", "export.txt", file.0.clone(), &options);
        let is_whole = export.skipped.iter().any(|one| one.why.id() == "foreign");
        let told: HashSet<u32> = export.credentials.iter().map(|one| one.line)
            .chain(export.skipped.iter().map(|one| one.line)).collect();
        let is_json = matches!(file.0.trim_ascii_start(), [b'[' | b'{', ..]);
        let (mut in_cell, mut is_odd) = (false, false);
        for (number, line) in (1..).zip(file.0.split(|byte| *byte == b'\n')) {
            // A cell in quotation marks goes on, and belongs to the line on which its row begins;
            // behind a lone mark it may be the one before or the one after that is in a cell.
            let continues = in_cell || is_odd;
            is_odd = memchr::memchr_iter(b'"', line).count() % 2 == 1;
            in_cell ^= is_odd;
            if continues {
                continue;
            }
            let is_comment = line.trim_ascii().starts_with(b"#");
            // An object of JSON has a line of its own, on which it begins.
            if is_whole || is_json || is_comment || told.contains(&number) {
                continue;
            }
            let words = line.split(|byte| b":\t,;| \r\"".contains(byte));
            let hash = words.into_iter().find(|word| {
                word.starts_with(b"$") && word.len() > 20 && Hash::parse(word).is_ok()
            });
            prop_assert!(hash.is_none(), "line {number}: {}", line.escape_ascii());
        }
    }
}

proptest! {
    #[test]
    fn bytes(file in prop::collection::vec(any::<u8>(), 0..400), options in options()) {
        // UTF-16 has lines of its own.
        prop_assume!(!matches!(file.as_slice(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]));
        prop_assume!(!matches!(file.as_slice(), [_, 0, _, 0, _, 0, ..] | [0, _, 0, _, 0, _, ..]));
        check(&file, &options);
    }

    /// Lines that are whole entries say the same in any order.
    #[test]
    fn order_does_not_matter(seed in any::<u64>()) {
        let mut lines: Vec<String> = (0..20).map(|at| format!("user{at}:11{at:02}:{}:{:032x}:::",
            "aad3b435b51404ee".repeat(2), 0x5676_67e5_u128 * (at + 1))).collect();
        let read = |lines: &[String]| {
            let file = lines.join("\n").into_bytes();
            let export = Export::read("network", "a", file, &ReadOptions::default());
            let account = |one: &strongpass_audit::Credential| {
                format!("{} {:?}", export.text(one.account), one.kind)
            };
            let mut all: Vec<String> = export.credentials.iter().map(account).collect();
            all.sort_unstable();
            all
        };
        let before = read(&lines);
        lines.rotate_left(usize::try_from(seed % 20).unwrap());
        prop_assert_eq!(before.len(), 20);
        prop_assert_eq!(read(&lines), before);
    }
}

#[test]
fn long_lines_are_refused_with_their_number() {
    let (ten, two) = ("x".repeat(10 << 20), "x".repeat(2 << 20));
    for line in [
        ten,
        format!("kharper:{two}"),
        format!("dn: uid=kharper\nuserPassword:: {two}"),
        format!("\"{two}\",a"),
    ] {
        let file = format!("a:$NT$567667e52888a59d0abcf0c066db867b\n{line}\n\nb:*\n");
        check(file.as_bytes(), &ReadOptions::default());
        let export = Export::read("network", "a", file.into_bytes(), &ReadOptions::default());
        let reasons: Vec<(u32, &str)> =
            export.skipped.iter().map(|skipped| (skipped.line, skipped.why.id())).collect();
        let number = if line.starts_with("dn:") { 3 } else { 2 };
        assert_eq!(reasons[0], (number, "too-long"));
        assert_eq!((reasons.len(), export.credentials.len()), (2, 1));
    }
}
