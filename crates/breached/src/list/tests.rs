use std::cell::Cell;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

use super::trust;
use crate::{BreachError, BreachList, BreachScheme, Completeness};

/// Counts the reads of a list.
struct Counting {
    file: Cursor<Vec<u8>>,
    reads: Rc<Cell<u32>>,
}

impl Read for Counting {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        assert!(into.len() <= 4096, "more than a page");
        let n = self.file.read(into)?;
        // At its end a file is asked once more.
        self.reads.set(self.reads.get() + u32::from(n > 0));
        Ok(n)
    }
}

impl Seek for Counting {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Numbers that look random, the same each time (Steele and others 2014: `SplitMix64`).
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Made-up entries: random digests in order, with counts of one to six digits.
fn entries(n: usize) -> Vec<(u128, u64)> {
    let mut state = 7;
    let mut digests: Vec<u128> = (0..n)
        .map(|_| u128::from(random(&mut state)) << 64 | u128::from(random(&mut state)))
        .collect();
    digests.sort_unstable();
    digests.dedup();
    digests.into_iter().zip((0..7).cycle().map(|digits| 10_u64.pow(digits))).collect()
}

/// One entry of `all`.
fn pick(state: &mut u64, of: usize) -> usize {
    usize::try_from(random(state) >> 1).unwrap() % of
}

fn text(entries: &[(u128, u64)]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(entries.len() * 40);
    for (digest, count) in entries {
        write!(text, "{digest:032X}:{count}\r\n").unwrap();
    }
    text
}

fn open(
    text: impl Into<Vec<u8>>,
    fewest: Option<u64>,
) -> Result<BreachList<Cursor<Vec<u8>>>, BreachError> {
    trust::open(Cursor::new(text.into()), fewest)
}

#[test]
fn an_entry_is_found_with_about_one_read() {
    let entries = entries(200_000);
    let reads = Rc::new(Cell::new(0));
    let file =
        Counting { file: Cursor::new(text(&entries).into_bytes()), reads: Rc::clone(&reads) };
    let mut list = BreachList::open(file, Completeness::Partial).unwrap();
    assert!((199_000..201_000).contains(&list.entries()), "{}", list.entries());

    let mut state = 11;
    let (mut sum, mut most, n) = (0, 0, 5_000);
    for _ in 0..n {
        let (digest, count) = entries[pick(&mut state, entries.len())];
        reads.set(0);
        assert_eq!(list.count(&digest.to_be_bytes()).unwrap(), Some(count));
        (sum, most) = (sum + reads.get(), most.max(reads.get()));
        // One that is not there.
        reads.set(0);
        let absent = u128::from(random(&mut state)) << 64 | u128::from(random(&mut state));
        assert_eq!(list.count(&absent.to_be_bytes()).unwrap(), None);
        (sum, most) = (sum + reads.get(), most.max(reads.get()));
    }
    let mean = f64::from(sum) / f64::from(2 * n);
    assert!(mean <= 1.3 && most <= 4, "{mean} reads on average, {most} at most");
}

#[test]
fn a_list_of_any_size_answers() {
    for n in [1, 2, 3, 100, 113, 114, 115, 228, 1_000, 5_000] {
        let entries = entries(n);
        for end in ["\r\n", "\n", ""] {
            let text = text(&entries).replace("\r\n", if end.is_empty() { "\n" } else { end });
            let text = if end.is_empty() { text.trim_end().to_owned() } else { text };
            let mut list = open(text, None).unwrap();
            for (digest, count) in &entries {
                assert_eq!(list.count(&digest.to_be_bytes()).unwrap(), Some(*count), "{n} {end:?}");
                let beside = (digest ^ 1).to_be_bytes();
                assert_eq!(list.count(&beside).unwrap(), None, "{n} {end:?}");
            }
            assert_eq!(list.count(&[0; 16]).unwrap(), None);
            assert_eq!(list.count(&[0xff; 16]).unwrap(), None);
        }
    }
}

/// Hashes that are not spread evenly: of a list that holds a part, or was made by someone.
#[test]
fn uneven_lists_answer_too() {
    let crowded: Vec<(u128, u64)> =
        (0..20_000).map(|at| ((0xabcd << 112) | (at * at), 5)).collect();
    let ends: Vec<(u128, u64)> = (0..9_000)
        .map(|at| (at, 1))
        .chain((0..9_000).map(|at| (u128::MAX - 9_000 + at, 2)))
        .collect();
    // More and more, and fewer and fewer: estimates are too low, and too high.
    let square = |at: u128| (at * at) << 95;
    let more = (0..60_000).map(|at| (square(60_000) - square(60_000 - at), 3)).collect();
    let fewer = (0..60_000).map(|at| (square(at), 4)).collect();
    for entries in [crowded, ends, more, fewer] {
        let mut list = open(text(&entries), None).unwrap();
        for (digest, count) in entries.iter().step_by(7) {
            assert_eq!(list.count(&digest.to_be_bytes()).unwrap(), Some(*count), "{digest:x}");
        }
    }
}

#[test]
fn sha1_and_small_letters() {
    let line = |digest: u8, count: u64| format!("{}:{count}\n", format!("{digest:02x}").repeat(20));
    let text: String = (1..=255).map(|digest| line(digest, digest.into())).collect();
    for text in [text.to_uppercase(), text] {
        let mut list = open(text, None).unwrap();
        assert_eq!(list.scheme(), BreachScheme::Sha1);
        assert_eq!(list.count(&[0x5a; 20]).unwrap(), Some(0x5a));
        assert_eq!(list.count(&[0; 20]).unwrap(), None);
        assert!(matches!(list.count(&[0x5a; 16]), Err(BreachError::WrongDigest)));
    }
}

#[test]
fn the_empty_password_is_not_asked_about() {
    let text = "31D6CFE0D16AE931B73C59D7E0C089C0:1234567\r\n";
    let digest = 0x31d6_cfe0_d16a_e931_b73c_59d7_e0c0_89c0_u128;
    assert_eq!(open(text, None).unwrap().count(&digest.to_be_bytes()).unwrap(), None);
}

#[test]
fn what_is_cut_off_while_it_is_open_is_never_answered_for() {
    let entries = entries(20_000);
    let text = text(&entries);
    // The ends of lines: what is left is a list by itself.
    let cut = text.match_indices('\n').nth(9_999).unwrap().0 + 1;
    let mut list = open(text, None).unwrap();
    list.reader.get_mut().truncate(cut);
    for (digest, count) in &entries[9_990..10_200] {
        match list.count(&digest.to_be_bytes()) {
            Ok(found) => assert_eq!(found, Some(*count)),
            Err(error) => assert!(error.to_string().contains("download"), "{error}"),
        }
    }
}

#[track_caller]
fn refused(text: impl Into<Vec<u8>>, fewest: Option<u64>, message: &str) {
    let error = open(text, fewest).unwrap_err().to_string();
    assert!(error.contains(message), "{error}");
}

const WHOLE: Option<u64> = Some(1_000);

#[test]
fn a_download_that_ended_early_is_refused() {
    let entries = entries(100_000);
    let whole = text(&entries);
    assert!(open(whole.as_str(), WHOLE).is_ok());
    for percent in [8, 14, 39, 50, 90, 99] {
        let cut = &entries[..entries.len() * percent / 100];
        refused(text(cut), WHOLE, &format!("only {percent} % of the list"));
        assert!(open(text(cut), None).is_ok(), "a part on purpose");
    }
    refused(text(&entries[40_000..]), WHOLE, "of the list is there");
    refused(text(&entries[..500]), WHOLE, "it has only about");
    // In the middle of a line.
    refused(whole.trim_end_matches(|c| c != ':'), WHOLE, "damaged");
}

#[test]
fn a_hole_is_seen() {
    let mut entries = entries(100_000);
    entries.drain(40_000..45_000);
    refused(text(&entries), WHOLE, "a part of the list is missing");
}

#[test]
fn an_unsorted_list_is_refused() {
    let mut by_count = entries(20_000);
    by_count.sort_by_key(|(digest, _)| digest.rotate_left(40));
    refused(text(&by_count), None, "not sorted");
    by_count.sort_by_key(|(digest, _)| u128::MAX - digest);
    refused(text(&by_count), None, "not sorted");
}

#[test]
fn other_files_are_refused() {
    refused("", None, "empty");
    refused("password\n123456\n", None, "HASH:COUNT");
    refused("\u{feff}0CB6948805F797BF2A82807973B89537:7\n", None, "HASH:COUNT");
    refused(b"\xff\xfe0\0C\0".to_vec(), None, "two bytes a character");
    refused("0CB6948805F797BF2A82807973B89537:x\n", None, "not like the first");
    refused("0CB6948805F797BF2A82807973B89537\n", None, "HASH:COUNT");
    let mixed = format!("{}{}:3\n", text(&entries(50)), "F".repeat(40));
    refused(mixed, None, "mixed");
    let cases = format!("{}{}:3\n", text(&entries(50)), "f".repeat(32));
    refused(cases, None, "not like the first");
    refused(
        "0cb6948805f797bf2a82807973b89537:7\n0CB6948805F797BF2A82807973B89538:7\n",
        None,
        "like",
    );
    refused("0CB6948805F797BF2A82807973B89537:+7\n", None, "not like the first");
}

/// A file that is changed, or a disk that fails, after the list was opened.
#[test]
fn damage_is_an_error_and_never_an_answer() {
    let entries = entries(2_000);
    let mut list = open(text(&entries), None).unwrap();
    list.reader.get_mut().fill(b'x');
    assert!(matches!(list.count(&[0x5a; 16]), Err(BreachError::BadLine { .. })));
    list.reader.get_mut().clear();
    assert!(list.count(&[0x5a; 16]).is_err());
}

/// A file of which nothing can be read any more after a number of reads.
struct Failing(Cursor<Vec<u8>>, u32);

impl Read for Failing {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.1 = self.1.saturating_sub(1);
        if self.1 == 0 { Ok(0) } else { self.0.read(into) }
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_list_that_does_not_answer_is_not_opened() {
    let text = text(&entries(50_000));
    let file = |reads| Failing(Cursor::new(text.clone().into_bytes()), reads);
    // One read of the beginning, 257 of places all over the file and once more at its end.
    for reads in [2, 100, 259, 261, 280] {
        assert!(trust::open(file(reads), None).is_err(), "{reads} reads");
    }
    assert!(trust::open(file(10_000), None).is_ok());
}
