//! Input that nobody should give but someone will: a verdict or a clear error, the exit status
//! that scripts rely on, no panic, and the other lines still answered.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::fs;

use proptest::prelude::*;
use run::{check, strongpass};
use strongpass_policy::{DictionaryError, WordList};

#[path = "cmd/run.rs"]
mod run;

/// One password on standard input, and the rules that it breaks.
#[track_caller]
fn password(input: impl AsRef<[u8]>, rules: &[&str]) {
    let ran = check(&["--stdin", "--json"], input.as_ref());
    let violations = ran.json()[0]["violations"].as_array().unwrap().clone();
    let broken: Vec<_> = violations.iter().map(|violation| &violation["rule"]).collect();
    assert_eq!(broken, rules);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(i32::from(!rules.is_empty())), ""));

    let said = check(&["--stdin"], input.as_ref());
    assert_eq!((said.status, said.stderr.as_str()), (ran.status, ""));
    assert_eq!(said.stdout.starts_with("Strong by the policy"), rules.is_empty());
}

#[test]
fn any_password_gets_a_verdict() {
    let nothing = ["length", "numbers", "letters", "symbols"];
    password("", &nothing);
    password("\n", &nothing);
    password("\r\n", &nothing);
    password(" ", &["length", "numbers", "letters"]);
    password("            ", &["numbers", "letters", "dictionary-word"]); // the same, repeated
    password("vT7$kq2z\0", &["encoding"]);
    password("vT7$\0kq2z", &["encoding"]);
    password("vT7$kq2z\t", &["encoding"]);
    password("vT7$kq2z\u{1b}[31m", &["encoding"]);
    password("vT7$kq2z\n\n", &["encoding"]);
    password("vT7$kq2z\nhG7$kq9z\n", &["encoding"]);
    password("\u{feff}vT7$kq2z", &["encoding"]);
    password(b"vT7$kq2z\xff", &["encoding"]);
    password(b"vT7$kq2z\xc3", &["encoding"]); // cut within a character
    password(b"v\0T\x007\0$\0k\0q\x002\0z\0", &["encoding"]); // UTF-16
    password("vT7$kqe\u{301}", &["length"]); // 7 characters of 8 code points
    password("vT7$kq2z\u{301}\u{302}\u{303}", &[]);
    password("😀😂🐴🌧🏠T7q", &[]);
    password("😀😀😀😀😀T7q", &["dictionary-word"]); // one character, repeated
    password("👩‍👩‍👧vT7$k", &[]); // joined by what cannot be seen, and typed unknowingly
    password("שלום7$vT", &[]);
    password("vT7$\u{202e}kq2z", &["encoding"]);
    password("ｖＴ７＄ｋｑ２ｚ", &[]);
    password("Ｈｏｒｓｅ９＄Ｘ", &["dictionary-word"]);
    password("9$Ноrsе!Xk", &["dictionary-word"]); // four letters are Cyrillic
}

#[test]
fn length_has_an_end() {
    let long = |bytes: usize| "vT7$kq2z".repeat(64).chars().cycle().take(bytes).collect::<String>();
    password(long(512), &[]);
    password(long(512) + "\n", &[]);
    password(long(512) + "\r\n", &[]);
    password(long(513), &["too-long"]);
    password(long(512) + "\r\n\n", &["too-long"]);
    password(long(513) + "\n", &["too-long"]);
    password(long(512) + "\nvT7$kq2z", &["too-long"]);
    password(long(1 << 20), &["too-long"]);
    password(vec![0xff; 1 << 20], &["too-long"]);
    // 456 characters: it is bytes that are bounded.
    password("vT7£kq2z".repeat(56) + "vT7$kq2z", &[]);
    password("vT7£kq2z".repeat(57), &["too-long"]);
}

/// A file of passwords, and the answers to its lines.
#[track_caller]
fn batch(input: impl AsRef<[u8]>, answers: &[&str]) {
    let expected = [answers, &[""]].concat().join("\n");
    let status = Some(i32::from(answers.iter().any(|answer| *answer != "accept")));
    let ran = check(&["--batch", "-"], input.as_ref());
    assert_eq!((ran.stdout, ran.stderr, ran.status), (expected.clone(), String::new(), status));

    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, input).unwrap();
    let ran = check(&["--batch", file.path().to_str().unwrap()], b"");
    assert_eq!((ran.stdout, ran.stderr, ran.status), (expected, String::new(), status));
}

/// A batch without lines is not an answer, and not a yes.
#[track_caller]
fn nothing_in(input: impl AsRef<[u8]>) {
    let ran = check(&["--batch", "-"], input.as_ref());
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""));
    assert!(ran.stderr.contains("it has no lines"), "{}", ran.stderr);
}

const YES: &str = "accept";
const WORD: &str = "reject dictionary-word";
const EMPTY: &str = "reject length,numbers,letters,symbols";
const UNREADABLE: &str = "reject encoding";

#[test]
fn lines_end_in_many_ways() {
    nothing_in("");
    batch("\n", &[EMPTY]);
    batch("\r\n", &[EMPTY]);
    batch("\n\n\n", &[EMPTY; 3]);
    batch("vT7$kq2z", &[YES]);
    batch("vT7$kq2z\nXk9#horse!", &[YES, WORD]);
    batch("vT7$kq2z\r\nXk9#horse!\r\n", &[YES, WORD]);
    batch("vT7$kq2z\n\r\n\nXk9#horse!", &[YES, EMPTY, EMPTY, WORD]);
    batch("vT7$kq2z\rXk9#h", &[UNREADABLE]); // as on a Mac of 1999
    batch("vT7$kq2z \n vT7$kq2z\n", &[YES, YES]); // spaces are characters
}

#[test]
fn files_come_from_windows() {
    let text = "vT7$kq2z\r\nXk9#horse!\r\n£T7$kq2z";
    let answers = [YES, WORD, YES];
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
    };
    batch(format!("\u{feff}{text}"), &answers);
    batch(utf16(u16::to_le_bytes), &answers);
    batch(utf16(u16::to_be_bytes), &answers);
    nothing_in("\u{feff}");
    nothing_in(b"\xff\xfe");
    // Windows-1252: what cannot be read is refused, not guessed.
    batch(b"vT7$kq2z\n\xa3T7$kq2z\nXk9#horse!\n", &[YES, UNREADABLE, WORD]);
}

#[test]
fn one_bad_line_leaves_the_others_alone() {
    for bad in [&b"vT7$kq2z\xff"[..], b"vT7$\0kq2z", b"vT7$kq2z\x1b[2J", b"\xed\xa0\x80vT7$kq2z"] {
        batch([b"vT7$kq2z\n", bad, b"\nXk9#horse!\n"].concat(), &[YES, UNREADABLE, WORD]);
    }
    let too_long = "reject too-long";
    for length in [513, 1 << 15, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20] {
        let line = vec![b'x'; length];
        batch([b"vT7$kq2z\n", &line[..], b"\nXk9#horse!\n"].concat(), &[YES, too_long, WORD]);
    }
    batch([b"vT7$kq2z\n", &vec![0; 1 << 20][..]].concat(), &[YES, too_long]);
}

#[test]
fn a_line_that_is_cut_counts_as_one() {
    let line = vec![b'x'; 3 << 20];
    let input = [b"vT7$kq2z\n", &line[..], b"\nXk9#horse!\n"].concat();
    let ran = check(&["--batch", "-", "--json"], &input);
    let numbers: Vec<_> = ran.json().iter().map(|answer| answer["line"].clone()).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    for path in [folder.path(), &absent].map(|path| path.to_str().unwrap()) {
        for args in [["--batch", path], ["--words", path]] {
            let ran = check(&args, b"vT7$kq2z");
            assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""), "{args:?}");
            assert!(ran.stderr.contains(path), "{}", ran.stderr);
        }
    }
}

#[test]
fn a_policy_may_hold_anything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    let refuse = |policy: &[u8], place: &str| {
        fs::write(&path, policy).unwrap();
        let ran = strongpass(&["check", "--policy", path.to_str().unwrap()], b"vT7$kq2z");
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{place}");
        let place = format!("{}:{place}", path.display());
        assert!(ran.stderr.contains(&place), "{place}: {}", ran.stderr);
    };
    refuse(b"min_length = 8\nmin_length = 9", "2:1: ");
    refuse(b"[passcode]\nmin_digits = 11", "2:14: ");
    refuse(b"name = \"a\tb\"", "1:8: ");
    refuse("title = \"£\"\nsymbols = 'ja'\n".as_bytes(), "2:11: ");
    refuse(b"\xff\xfen\0a\0m\0e\0", " it is not UTF-8");
    refuse(b"\0", "1:");
    refuse("[".repeat(100_000).as_bytes(), "1:");
    refuse(format!("words = {}", "[".repeat(100_000)).as_bytes(), "1:");
    refuse(b"min_length = 99999999999999999999", "1:14: ");

    fs::write(&path, "# much\n".repeat(1 << 18)).unwrap();
    let ran = strongpass(&["check", "--policy", path.to_str().unwrap()], b"vT7$kq2z");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""));

    // What an editor of Windows writes is fine.
    fs::write(&path, "\u{feff}name = \"ours\"\r\nmin_length = 9\r\n").unwrap();
    let ran = strongpass(&["check", "--policy", path.to_str().unwrap()], b"vT7$kq2z");
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
}

/// A compiled list of a few words, as `words build` writes it.
fn school_words() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let [text, compiled] = ["words.txt", "school.fst"].map(|name| folder.path().join(name));
    fs::write(&text, "Qyzvork\nSt Zzeprum\nArbyx\tt\nzq7!x9\n").unwrap();
    let [from, to] = [&text, &compiled].map(|path| path.to_str().unwrap());
    assert_eq!(strongpass(&["words", "build", from, "-o", to], b"").status, Some(0));
    fs::read(&compiled).unwrap()
}

/// Every byte changed, all of it and in one bit, and every length. The command opens a list with this function
/// and no other; the test below is that it does.
#[test]
fn a_damaged_list_is_never_opened() {
    let whole = school_words();
    assert!(WordList::open(whole.clone()).unwrap().entry("qyzvork").is_some());
    for at in 0..whole.len() {
        for change in [0xff, 1 << (at % 8)] {
            let mut damaged = whole.clone();
            damaged[at] ^= change;
            assert!(WordList::open(damaged).is_err(), "byte {at} ^ {change:#x}");
        }
        let cut = WordList::open(whole[..at].to_vec()).unwrap_err();
        assert_eq!(cut == DictionaryError::NotAList, at < 8, "{at} bytes: {cut}");
    }
    for more in [&b"\0"[..], b"\n", b"spwords1", &whole] {
        assert!(WordList::open([&whole, more].concat()).is_err());
    }
}

#[test]
fn a_damaged_list_gives_no_verdict() {
    let whole = school_words();
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    let refused = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        for args in [&["--stdin", "--words", path][..], &["--batch", "-", "--words", path]] {
            let ran = check(args, b"vT7$kq2z");
            assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""));
            assert!(ran.stderr.contains(path), "{}", ran.stderr);
            let says_what_to_do = ["build it again", "make one with `strongpass words build`"];
            assert!(says_what_to_do.iter().any(|what| ran.stderr.contains(what)), "{}", ran.stderr);
        }
    };
    // The header, the filter here and there, and all behind it: the cells and the entries.
    let filter_end = 24 + (1 << 16);
    let places =
        (0..24).chain((24..filter_end).step_by(4001)).chain((filter_end..whole.len()).step_by(7));
    for at in places {
        let mut damaged = whole.clone();
        damaged[at] = !damaged[at];
        refused(&damaged);
        refused(&whole[..at]);
    }
    fs::write(&file, &whole).unwrap();
    let args = ["--stdin", "--words", path];
    assert_eq!(check(&args, b"vT7$kq2z").status, Some(0));
    assert_eq!(check(&args, b"9!qyzvork#").status, Some(1));
}

#[test]
fn lists_of_words_may_hold_anything() {
    let folder = tempfile::tempdir().unwrap();
    let [text, compiled] = ["words.txt", "school.fst"].map(|name| folder.path().join(name));
    let [from, to] = [&text, &compiled].map(|path| path.to_str().unwrap());
    let long = "x".repeat(1 << 20);
    let lines: [&[u8]; 9] = [
        b"\xef\xbb\xbfQyzvork\r",
        b"\0\0\0\0",
        b"\xff\xff\xff\xff",
        long.as_bytes(),
        "漢字".as_bytes(),
        b"zq",
        b"word\tnine",
        b"",
        b"Zzeprum", // without a line end
    ];
    fs::write(&text, lines.join(&b'\n')).unwrap();
    let ran = strongpass(&["words", "build", from, "-o", to], b"");
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("{from}:2: skipped")), "{}", ran.stderr);
    assert!(ran.stderr.contains("5 lines were no words"), "{}", ran.stderr);
    let known = strongpass(&["words", "test", "qyzvork", "zzeprum", "--words", to], b"");
    assert_eq!(known.status, Some(0), "{}", known.stdout);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_get_a_verdict(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let ran = check(&["--stdin", "--json", "--spans", "--estimate"], &bytes);
        let judged = &ran.json()[0];
        let status = if judged["verdict"] == "accept" { Some(0) } else { Some(1) };
        prop_assert_eq!((ran.status, ran.stderr.as_str()), (status, ""));
        prop_assert_eq!(judged["violations"] == serde_json::json!([]), status == Some(0));
    }

    #[test]
    fn any_file_has_an_answer_a_line(
        lines in proptest::collection::vec("[ -~£é\u{301}漢\u{202e}\0\r]{0,20}", 1..40),
    ) {
        let ran = check(&["--batch", "-"], lines.join("\n").as_bytes());
        let expected = if lines == [""] { 0 } else { lines.len() };
        // An empty last line is none.
        let expected = expected - usize::from(expected > 0 && lines.last().is_some_and(String::is_empty));
        prop_assert_eq!(ran.stdout.lines().count(), expected);
        let alone = check(&["--stdin"], lines[0].as_bytes());
        if expected > 0 {
            let first = ran.stdout.lines().next().unwrap();
            prop_assert_eq!(first == "accept", alone.status == Some(0));
        }
    }
}
