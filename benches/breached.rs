//! An index of breached passwords: building it, and looking hashes up one by one and all at once.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;

use criterion::{Criterion, Throughput};
use strongpass_breached::{BreachIndex, Completeness, Seen, build_index};

const ENTRIES: u64 = 300_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let entries = entries();
    let mut list = String::new();
    for (digest, count) in &entries {
        write!(list, "{digest:032X}:{count}\r\n")?;
    }
    build(&mut criterion, &list)?;
    look_up(&mut criterion, &list, &entries)?;
    criterion.final_summary();
    Ok(())
}

fn index(list: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut file = Cursor::new(Vec::new());
    let built = build_index(list.as_bytes(), &mut file, Completeness::Partial, &mut |_| true)?;
    assert_eq!(built.entries, ENTRIES);
    Ok(file.into_inner())
}

fn build(criterion: &mut Criterion, list: &str) -> Result<(), Box<dyn Error>> {
    let bytes = u64::try_from(index(list)?.len())?;
    assert!(bytes * 10 <= ENTRIES * 56, "{bytes} bytes for {ENTRIES} entries");
    let mut group = criterion.benchmark_group("breached/build");
    group.throughput(Throughput::Elements(ENTRIES));
    group.bench_function("300,000", |b| b.iter(|| index(black_box(list)).map(|file| file.len())));
    group.finish();
    Ok(())
}

fn look_up(
    criterion: &mut Criterion,
    list: &str,
    entries: &[(u128, u64)],
) -> Result<(), Box<dyn Error>> {
    let mut index = BreachIndex::open(Cursor::new(index(list)?), Completeness::Partial)?;
    // Every third is there, in no order.
    let mut random = Random(17);
    let mut asked = Vec::new();
    for number in 0..30_000 {
        let there = usize::try_from(random.next() % ENTRIES).ok().and_then(|at| entries.get(at));
        let entry = there.filter(|_| number % 3 == 0).copied();
        asked.push(entry.unwrap_or_else(|| (random.digest(), 0)));
    }
    let expected = |count: u64| (count > 0).then(|| Seen::in_band(count));
    for (digest, count) in &asked {
        assert_eq!(index.seen(&digest.to_be_bytes())?, expected(*count));
    }
    let mut group = criterion.benchmark_group("breached/look up");
    group.throughput(Throughput::Elements(u64::try_from(asked.len())?));
    group.bench_function("one by one", |b| {
        b.iter(|| {
            let seen = asked.iter().map(|(digest, _)| index.seen(&digest.to_be_bytes()));
            seen.filter(|seen| matches!(seen, Ok(Some(_)))).count()
        });
    });
    let digests: Vec<u8> = asked.iter().flat_map(|(digest, _)| digest.to_be_bytes()).collect();
    group.bench_function("all at once", |b| {
        b.iter(|| {
            let mut found = 0;
            let done = index.seen_of(black_box(&digests), &mut |_, _| found += 1);
            assert!(done.is_ok() && found == 10_000, "{found} found");
        });
    });
    group.finish();
    Ok(())
}

/// Made-up entries: random digests in order, with counts of one to nine digits.
fn entries() -> Vec<(u128, u64)> {
    let mut random = Random(7);
    let mut digests: Vec<u128> = (0..ENTRIES).map(|_| random.digest()).collect();
    digests.sort_unstable();
    digests.into_iter().zip((0..9).cycle().map(|digits| 10_u64.pow(digits))).collect()
}

/// Numbers that look random, the same each time (Steele and others 2014: `SplitMix64`).
struct Random(u64);

impl Random {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn digest(&mut self) -> u128 {
        u128::from(self.next()) << 64 | u128::from(self.next())
    }
}
