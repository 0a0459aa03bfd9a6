//! What can be wrong with a file that asks for verdicts.

use std::path::Path;

use super::harm::{append, dangling_link, empty, find, folder, remove, truncate};
use super::{Fault, Files};
use crate::doors::Door;

pub(super) fn faults() -> Vec<Fault> {
    let of_any = Fault::of_files(
        &[],
        |door| door.file().is_some(),
        &["standard input"],
        &[
            ("input: missing", remove),
            ("input: empty", empty),
            ("input: a folder", folder),
            ("input: dangling link", dangling_link),
        ],
    );
    let of_rows = Fault::of_files(
        &[],
        has_rows,
        &["standard input"],
        &[
            ("input: heading only", |s, file| {
                truncate(s, file, u64::try_from(find(s, file, b"\n")).unwrap() + 1);
            }),
            ("input: ends inside quotes", |s, file| append(s, file, "\"j.fe")),
        ],
    );
    let all = [of_any, of_rows].into_iter().flatten();
    all.map(|fault| Fault { files: Files::OfTheDoor, ..fault }).collect()
}

fn has_rows(door: &Door) -> bool {
    door.file().is_some_and(|file| Path::new(file).extension().is_some_and(|end| end == "csv"))
}
