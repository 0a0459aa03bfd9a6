//! Any bytes as an export: every line is accounted for, and nothing that is said reaches the
//! terminal as a command.
#![no_main]

use libfuzzer_sys::fuzz_target;
use strongpass_audit::{Export, ReadOptions};
use strongpass_hash::Scheme;

fuzz_target!(|file: &[u8]| {
    // The length chooses, so that exports can be seeds as they are.
    let assume = [None, Some(Scheme::Nt), Some(Scheme::Sha1), Some(Scheme::Bcrypt)][file.len() % 4];
    let passwd = (file.len() % 3 == 0).then(|| file.to_vec());
    let options = ReadOptions { assume, passwd, ..ReadOptions::default() };
    let export = Export::read("network", "export.txt", file.to_vec(), &options);

    let lines = export.lines;
    let sum = lines.loaded + lines.skipped + lines.blank + lines.comments + lines.beside;
    assert_eq!(sum, lines.all, "{lines:?}");
    assert!(export.credentials.is_sorted_by_key(|credential| credential.line));
    assert!(export.skipped.is_sorted_by_key(|skipped| skipped.line));
    let is_line = |line: u32| (1..=lines.all.max(1)).contains(&line);
    for credential in &export.credentials {
        assert!(is_line(credential.line) && !export.text(credential.account).is_empty());
        assert!(export.names(credential).all(|name| !name.is_empty()));
    }
    for skipped in &export.skipped {
        assert!(is_line(skipped.line));
        assert!(!skipped.why.to_string().contains(char::is_control), "reaches the terminal");
    }
    // The same file is read the same way.
    let again = Export::read("network", "export.txt", file.to_vec(), &options);
    assert_eq!((again.lines, again.credentials.len()), (lines, export.credentials.len()));
});
