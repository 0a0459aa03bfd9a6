use std::fmt::Write as _;
use std::io::Cursor;

use proptest::prelude::*;

use super::build::build as build_of_width;
use super::*;

/// Numbers that look random, the same each time (Steele and others 2014: `SplitMix64`).
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn digest(state: &mut u64) -> u128 {
    u128::from(random(state)) << 64 | u128::from(random(state))
}

/// Made-up entries: random digests in order, with counts of one to nine digits.
fn entries(n: usize) -> Vec<(u128, u64)> {
    let mut state = 7;
    let mut digests: Vec<u128> = (0..n).map(|_| digest(&mut state)).collect();
    digests.sort_unstable();
    digests.dedup();
    digests.into_iter().zip((0..9).cycle().map(|digits| 10_u64.pow(digits))).collect()
}

fn text(entries: &[(u128, u64)]) -> String {
    let mut text = String::with_capacity(entries.len() * 40);
    for (digest, count) in entries {
        write!(text, "{digest:032X}:{count}\r\n").unwrap();
    }
    text
}

fn build(text: &str, fewest: Option<u64>, width: u8) -> Result<(Built, Vec<u8>), BuildError> {
    let mut file = Cursor::new(Vec::new());
    let built = build_of_width(text.as_bytes(), &mut file, fewest, width, &mut |_| true)?;
    Ok((built, file.into_inner()))
}

/// The index of a list.
fn file(entries: &[(u128, u64)]) -> Vec<u8> {
    build(&text(entries), None, WIDTH).unwrap().1
}

fn open(file: impl Into<Vec<u8>>) -> Result<BreachIndex<Cursor<Vec<u8>>>, BreachError> {
    BreachIndex::open(Cursor::new(file.into()), Completeness::Partial)
}

fn seen(index: &mut BreachIndex<Cursor<Vec<u8>>>, digest: u128) -> Option<Seen> {
    index.seen(&digest.to_be_bytes()).unwrap()
}

/// Every entry is found in its band, alone and with all others; those beside it are not.
#[track_caller]
fn check(entries: &[(u128, u64)], beside: u128) {
    let mut index = open(file(entries)).unwrap();
    assert_eq!(index.entries(), u64::try_from(entries.len()).unwrap());
    let mut asked = Vec::new();
    let mut expected = Vec::new();
    for (number, (digest, count)) in entries.iter().enumerate() {
        assert_eq!(seen(&mut index, *digest), Some(Seen::in_band(*count)), "{digest:x}");
        let other = digest ^ beside;
        let there = entries.binary_search_by_key(&other, |(digest, _)| *digest).is_ok();
        assert_eq!(seen(&mut index, other).is_some(), there, "{other:x}");
        asked.extend(digest.to_be_bytes());
        asked.extend(other.to_be_bytes());
        expected.push((2 * number, Seen::in_band(*count)));
        if there {
            expected.push((2 * number + 1, seen(&mut index, other).unwrap()));
        }
    }
    let mut found = Vec::new();
    index.seen_of(&asked, &mut |number, seen| found.push((number, seen))).unwrap();
    found.sort_unstable_by_key(|(number, _)| *number);
    assert_eq!(found, expected);
    let mut read = 0;
    assert_eq!(index.verify(&mut |at| read = at).unwrap().iter().sum::<u64>(), index.entries());
    assert!(read > 0);
}

#[test]
fn a_list_of_any_size_is_found_with_its_bands() {
    for n in [1, 2, 3, 100, 207, 208, 209, 1_000, 5_000] {
        check(&entries(n), 1 << 90);
        check(&entries(n), 1);
    }
}

#[test]
fn five_bytes_and_a_bit_for_an_entry() {
    for n in [20_000_u32, 300_000] {
        let file = file(&entries(n.try_into().unwrap()));
        let bytes = f64::from(u32::try_from(file.len()).unwrap()) / f64::from(n);
        assert!(bytes < 5.25, "{bytes} bytes an entry of {n}");
    }
}

/// More than are looked at to find out how densely hashes lie; some parts of a list.
#[test]
fn long_lists_and_parts_of_lists() {
    let all = entries(400_000);
    let mut index = open(file(&all)).unwrap();
    assert!(index.one_in() >= 10_000_000_000);
    for (digest, count) in &all {
        assert_eq!(seen(&mut index, *digest), Some(Seen::in_band(*count)));
    }
    for part in [&all[..3_000], &all[150_000..153_000], &all[397_000..]] {
        check(part, 1 << 90);
        assert!(file(part).len() < 5 * part.len() + 1_000);
    }
}

/// Hashes that are not spread evenly: of a list that was made by someone.
#[test]
fn uneven_lists_answer_too() {
    let ends: Vec<(u128, u64)> = (0..9_000)
        .map(|at| (at << 100, 1))
        .chain((0..9_000).map(|at| (u128::MAX - ((9_000 - at) << 100), 50)))
        .collect();
    check(&ends, 1 << 99);
    let crowded: Vec<(u128, u64)> =
        (0..500).map(|at| ((0xabcd << 112) | at, 1 + u64::try_from(at).unwrap())).collect();
    check(&crowded, 1 << 60);
    check(&crowded, 1);
    // More in one place than can be told apart quickly are refused.
    let mut dense: Vec<(u128, u64)> = (0..70_000).map(|at| (at << 90, 1)).collect();
    dense.push((u128::MAX, 1));
    let refused = build(&text(&dense), None, WIDTH).unwrap_err();
    assert_eq!(refused.line(), Some(65_536), "{refused}");
}

#[test]
fn bands_are_numbers_of_digits() {
    let band = |count| Seen::in_band(count);
    for (count, least, most) in [
        (1, 1, Some(9)),
        (9, 1, Some(9)),
        (10, 10, Some(99)),
        (999_999, 100_000, Some(999_999)),
        (9_999_999, 1_000_000, Some(9_999_999)),
        (10_000_000, 10_000_000, None),
        (u64::MAX, 10_000_000, None),
    ] {
        assert_eq!((band(count).least, band(count).most), (least, most), "{count}");
        assert!(!band(count).is_exact());
    }
    assert_eq!(Seen::bands().count(), 8);
}

#[test]
fn sha1_and_nothing() {
    let list = "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709:9\n\
                DA39A3EE5E6B4B0D3255BFEF95601890AFD80710:0\n\
                DA39A3EE5E6B4B0D3355BFEF95601890AFD80709:12";
    let (built, file) = build(list, None, WIDTH).unwrap();
    assert_eq!((built.entries, built.padding), (2, 1));
    let mut index = open(file).unwrap();
    assert_eq!(index.scheme(), BreachScheme::Sha1);
    let mut digest = EMPTY[1].to_vec();
    assert_eq!(index.seen(&digest).unwrap(), None);
    digest[8] += 1;
    assert_eq!(index.seen(&digest).unwrap(), Some(Seen::in_band(12)));
    assert!(matches!(index.seen(&digest[..16]), Err(BreachError::WrongDigest)));
    index.answers(&built.samples).unwrap();
    assert!(index.answers(&[(vec![7; 20], Seen::in_band(1))]).is_err());
}

/// With 13 bits instead of 37 one of 2^13 / 13 places is taken: the formula holds.
#[test]
fn false_positives_are_as_many_as_is_said() {
    let all = entries(100_000);
    let (_, file) = build(&text(&all), None, 2).unwrap();
    let mut index = opened(Cursor::new(file), Completeness::Partial, 2).unwrap();
    let said = index.one_in();
    assert!((600..=640).contains(&said), "{said}");
    let (mut state, asked, mut found) = (3, 500_000_u32, 0_u32);
    for _ in 0..asked {
        found += u32::from(index.seen(&digest(&mut state).to_be_bytes()).unwrap().is_some());
    }
    let expected = f64::from(asked) / f64::from(u32::try_from(said).unwrap());
    let off = (f64::from(found) - expected).abs() / expected.sqrt();
    assert!(off < 5.0, "{found} of {asked}, {expected} expected");
    // Such an index is for this test alone.
    let (_, narrow) = build(&text(&all), None, 2).unwrap();
    assert!(matches!(open(narrow), Err(BreachError::OtherVersion)));
}

#[track_caller]
fn refused(list: &str, fewest: Option<u64>, line: Option<u64>, why: &str) {
    let error = build(list, fewest, WIDTH).unwrap_err();
    assert_eq!(error.line(), line, "{error}");
    assert!(error.to_string().contains(why), "{error}");
}

#[test]
fn a_bad_list_is_refused_with_its_line() {
    let good = text(&entries(1_000));
    let lines: Vec<&str> = good.lines().collect();
    let with = |line: &str| [&lines[..500], &[line], &lines[500..]].concat().join("\n");
    refused(&with(""), None, Some(501), "not HASH:COUNT");
    refused(&with("password"), None, Some(501), "not HASH:COUNT");
    refused(&with(&format!("{}:3", "8".repeat(40))), None, Some(501), "mixed");
    refused(&with(&lines[499].replace(':', ":x")), None, Some(501), "not HASH:COUNT");
    refused(&with(&lines[499].replace(':', ":-")), None, Some(501), "not HASH:COUNT");
    refused(
        &with(&format!("{}9", lines[499].replace(':', &format!(":{}", u64::MAX)))),
        None,
        Some(501),
        "not",
    );
    refused(&with(lines[499].split_at(33).0), None, Some(501), "not HASH:COUNT");
    refused(&with(lines[498]), None, Some(501), "smaller");
    refused(&with(lines[499]), None, Some(501), "same hash");
    refused(&with(&"x".repeat(300_000)), None, Some(501), "not HASH:COUNT");
    refused("", None, None, "empty");
    refused("\u{feff}0CB6948805F797BF2A82807973B89537:7\n", None, None, "HASH:COUNT");
    refused("0\u{0}C", None, None, "two bytes a character");
    refused("0CB6948805F797BF2A82807973B89537:0\n", None, None, "empty");
}

#[test]
fn a_list_that_is_not_whole_is_refused() {
    let all = entries(50_000);
    assert!(build(&text(&all), Some(1_000), WIDTH).is_ok());
    refused(&text(&all[..500]), Some(1_000), None, "only 500 entries");
    for percent in [8, 39, 99] {
        let cut = &all[..all.len() * percent / 100];
        refused(&text(cut), Some(1_000), None, &format!("only {percent} % of the list"));
        assert!(build(&text(cut), None, WIDTH).is_ok(), "a part on purpose");
    }
    // A hundred of fifty thousand.
    let holed = [&all[..20_000], &all[20_100..]].concat();
    refused(&text(&holed), Some(1_000), Some(20_001), "missing");
    let half = text(&all);
    refused(half.trim_end_matches(|c| c != ':'), Some(1_000), Some(50_000), "not HASH:COUNT");
}

#[test]
fn a_part_is_whole_only_for_those_who_say_so() {
    let all = entries(5_000);
    let (_, whole) = build(&text(&all), Some(1_000), WIDTH).unwrap();
    let (_, part) = build(&text(&all), None, WIDTH).unwrap();
    for (file, partial) in [(whole, false), (part, true)] {
        assert_eq!(open(file.clone()).unwrap().is_partial(), partial);
        let opened = BreachIndex::open(Cursor::new(file), Completeness::Whole);
        assert_eq!(matches!(opened, Err(BreachError::PartialIndex)), partial);
    }
}

#[test]
fn whoever_watches_can_end_it() {
    let list = text(&entries(400_000));
    let mut out = Cursor::new(Vec::new());
    let stopped =
        build_of_width(list.as_bytes(), &mut out, None, WIDTH, &mut |at| at.lines < 300_000);
    assert!(matches!(stopped, Err(BuildError::Stopped)));
    assert!(matches!(open(out.into_inner()), Err(BreachError::NotAList)));
}

/// Cut anywhere, an index is an error when it is opened.
#[test]
fn every_cut_is_seen() {
    let whole = file(&entries(1_000));
    for len in 0..whole.len() {
        assert!(open(&whole[..len]).is_err(), "{len} of {}", whole.len());
    }
    let longer = [whole.as_slice(), b"x"].concat();
    assert!(matches!(open(longer), Err(BreachError::IndexCut)));
}

/// Any bit that is changed is an error when it is opened or looked at: no entry is ever lost.
#[test]
fn every_changed_bit_is_seen() {
    let all = entries(250);
    let whole = file(&all);
    let opened = open(whole.as_slice()).unwrap();
    let directory = usize::try_from(opened.groups.header.directory).unwrap();
    for at in 0..whole.len() {
        let mut file = whole.clone();
        file[at] ^= 1 << (at % 8);
        if !(HEADER..directory).contains(&at) {
            assert!(open(file).is_err(), "byte {at}");
            continue;
        }
        let mut index = open(file).unwrap();
        assert!(matches!(index.verify(&mut |_| ()), Err(BreachError::Damaged { .. })), "byte {at}");
        let mut errors = 0;
        for (digest, count) in &all {
            match index.seen(&digest.to_be_bytes()) {
                Ok(seen) => assert_eq!(seen, Some(Seen::in_band(*count)), "byte {at}"),
                Err(_) => errors += 1,
            }
        }
        assert!(errors > 90, "byte {at}");
        let digests: Vec<u8> = all.iter().flat_map(|(digest, _)| digest.to_be_bytes()).collect();
        assert!(index.seen_of(&digests, &mut |_, _| ()).is_err(), "byte {at}");
    }
}

/// A file that shrinks, or a disk that fails, after the index was opened.
#[test]
fn a_file_that_goes_away_is_an_error() {
    let all = entries(2_000);
    let mut index = open(file(&all)).unwrap().keep(1);
    let directory = index.groups.header.directory;
    index.groups.cut_to(directory / 2);
    let failed = |(digest, _): &&(u128, u64)| index.seen(&digest.to_be_bytes()).is_err();
    assert!((900..1_300).contains(&all.iter().filter(failed).count()));
}

#[test]
fn other_files_are_no_index() {
    for bytes in
        [&b""[..], b"spbreach", b"spwords1 and more", b"0CB6948805F797BF2A82807973B89537:7\n"]
    {
        assert!(open(bytes).is_err());
    }
    let mut newer = file(&entries(10));
    newer[8] = 2;
    assert!(matches!(open(newer), Err(BreachError::OtherVersion)));
}

proptest! {
    #[test]
    fn any_list_is_found(
        digests in prop::collection::btree_map(any::<u128>(), 1_u64..1_000_000_000, 1..600),
        bit in 0_u32..128,
    ) {
        let entries: Vec<(u128, u64)> = digests.into_iter().collect();
        check(&entries, 1 << bit);
    }

    #[test]
    fn any_damage_is_seen(
        bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let all = entries(700);
        let mut file = file(&all);
        let whole = file.clone();
        for (at, byte) in bytes {
            let len = file.len();
            file[at.index(len)] = byte;
        }
        if file != whole && let Ok(mut index) = open(file) {
            prop_assert!(index.verify(&mut |_| ()).is_err());
            for (digest, count) in &all {
                if let Ok(seen) = index.seen(&digest.to_be_bytes()) {
                    prop_assert_eq!(seen, Some(Seen::in_band(*count)));
                }
            }
        }
    }
}
