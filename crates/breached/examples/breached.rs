//! A made-up list of breached passwords, and what a look-up in one costs.
//!
//! ```sh
//! cargo build --release -p strongpass-breached --example breached
//! target/release/examples/breached make 3000000 > list.txt
//! target/release/examples/breached list.txt
//! target/release/examples/breached index list.txt list.idx
//! target/release/examples/breached list.txt list.idx
//! ```

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "an example opens files and prints"
)]

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write as _};
use std::rc::Rc;
use std::{env, fs};

use strongpass_breached::{BreachIndex, BreachList, Completeness, Seen, build_index};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", entries] => make(entries.parse().map_err(io::Error::other)?),
        [file] => measure(file),
        ["index", list, index] => build(list, index),
        [file, index] => measure_index(file, index),
        _ => Err(io::Error::other(
            "breached LIST [INDEX], breached make ENTRIES, or breached index LIST INDEX",
        )),
    }
}

/// Random digests in order: the distance from one to the next is exponentially distributed.
fn make(entries: u32) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut random, mut sum) = (Random(7), 0.0);
    let distances: Vec<f64> = (0..=entries).map(|_| -random.fraction().ln()).collect();
    let whole: f64 = distances.iter().sum();
    for distance in distances.iter().take(usize::try_from(entries).unwrap_or(usize::MAX)) {
        sum += distance;
        let high = Random::of(sum / whole);
        let count = 1 + (random.next() >> 44);
        write!(out, "{high:016X}{:016X}:{count}\r\n", random.next())?;
    }
    out.flush()
}

/// Looks up 100,000 digests that are in the list, and as many that are not.
#[expect(clippy::print_stdout, reason = "an example says what it found")]
fn measure(path: &str) -> io::Result<()> {
    let reads = Rc::new(Cell::new(0_u32));
    let file = Counting(File::open(path)?, Rc::clone(&reads));
    let mut list = BreachList::open(file, Completeness::Partial).map_err(io::Error::other)?;
    println!("about {} entries; opened with {} reads", list.entries(), reads.get());

    let (mut random, asked) = (Random(11), 100_000);
    let (mut sum, mut most) = (0_u32, 0_u32);
    for (there, _) in sample(path, asked, &mut random)? {
        for (digest, is_there) in [(there, true), (random.digest(), false)] {
            reads.set(0);
            let found = list.count(&digest.to_be_bytes()).map_err(io::Error::other)?;
            assert_eq!(found.is_some(), is_there, "{digest:032X}");
            (sum, most) = (sum + reads.get(), most.max(reads.get()));
        }
    }
    println!("{:.3} reads on average, {most} at most", f64::from(sum) / f64::from(2 * asked));
    Ok(())
}

/// Entries from all over a list.
fn sample(path: &str, asked: u32, random: &mut Random) -> io::Result<Vec<(u128, u64)>> {
    let (mut file, size) = (File::open(path)?, fs::metadata(path)?.len());
    let mut entries = Vec::new();
    for _ in 0..asked {
        let mut page = [0; 256];
        file.seek(SeekFrom::Start(random.next() % (size - 256)))?;
        file.read_exact(&mut page)?;
        let line = page.split(|byte| *byte == b'\n').nth(1).unwrap_or_default();
        let (digits, count) =
            str::from_utf8(line).ok().and_then(|line| line.split_once(':')).unwrap_or_default();
        let digest = u128::from_str_radix(digits, 16).map_err(io::Error::other)?;
        entries.push((digest, count.trim_end().parse().map_err(io::Error::other)?));
    }
    Ok(entries)
}

/// What `strongpass words breached --partial LIST -o INDEX` does.
#[expect(clippy::print_stdout, reason = "an example says what it found")]
fn build(list: &str, index: &str) -> io::Result<()> {
    let started = busy()?;
    let (list, file) = (File::open(list)?, File::create(index)?);
    let built = build_index(list, file, Completeness::Partial, &mut |_| true);
    let built = built.map_err(io::Error::other)?;
    let nanoseconds = (busy()? - started) / built.entries;
    println!("{} entries, {} bytes, {nanoseconds} ns each", built.entries, built.bytes);
    Ok(())
}

/// Looks up 1,000,000 entries of the list and 12,000,000 digests that are in none, one by one and
/// all at once. The second time is the warm one.
#[expect(clippy::print_stdout, reason = "an example says what it found")]
fn measure_index(list: &str, path: &str) -> io::Result<()> {
    let mut random = Random(13);
    let there = sample(list, 1_000_000, &mut random)?;
    let absent: Vec<u128> = (0..12_000_000).map(|_| random.digest()).collect();
    let started = busy()?;
    let size = usize::try_from(fs::metadata(path)?.len()).unwrap_or(usize::MAX);
    let index = BreachIndex::open(File::open(path)?, Completeness::Partial);
    let mut index = index.map_err(io::Error::other)?;
    println!("{} entries, opened in {} µs", index.entries(), (busy()? - started) / 1_000);

    let mut all: Vec<u8> = there.iter().flat_map(|(digest, _)| digest.to_be_bytes()).collect();
    for _ in 0..2 {
        let (mut found, started) = (0, busy()?);
        let mut count = |number: usize, seen| {
            assert_eq!(there.get(number).map(|(_, count)| Seen::in_band(*count)), Some(seen));
            found += 1;
        };
        index.seen_of(&all, &mut count).map_err(io::Error::other)?;
        assert_eq!(found, there.len(), "each entry is found");
        said("at once, there", there.len(), busy()? - started);
    }
    all = absent.iter().flat_map(|digest| digest.to_be_bytes()).collect();
    let (mut wrong, started) = (0, busy()?);
    index.seen_of(&all, &mut |_, _| wrong += 1).map_err(io::Error::other)?;
    said("at once, absent", absent.len(), busy()? - started);
    println!("{wrong} of {} found that are not there", absent.len());

    // As few as a million are of a thousand million.
    let few = 16 * usize::try_from(index.entries() / 1_000).unwrap_or(1);
    let started = busy()?;
    for digests in all.chunks(few) {
        index.seen_of(digests, &mut |_, _| ()).map_err(io::Error::other)?;
    }
    said(&format!("{} at once, absent", few / 16), absent.len(), busy()? - started);

    for (kept, most) in [("64 MiB kept", None), ("all kept", Some(2 * size))] {
        if let Some(most) = most {
            index = index.keep(most);
        }
        for round in ["first", "again"] {
            let started = busy()?;
            for (digest, count) in &there {
                let seen = index.seen(&digest.to_be_bytes()).map_err(io::Error::other)?;
                assert_eq!(seen, Some(Seen::in_band(*count)));
            }
            said(&format!("one by one, {kept}, {round}"), there.len(), busy()? - started);
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example says what it found")]
fn said(what: &str, asked: usize, nanoseconds: u64) {
    let asked = u64::try_from(asked).unwrap_or(u64::MAX);
    let a_second = asked * 1_000_000 / (nanoseconds / 1_000).max(1);
    println!("{what}: {} ns each, {a_second} a second", nanoseconds / asked);
}

/// Nanoseconds that this thread was running, which others on the machine do not add to.
fn busy() -> io::Result<u64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    text.split(' ').next().unwrap_or_default().parse().map_err(io::Error::other)
}

/// Counts reads.
struct Counting(File, Rc<Cell<u32>>);

impl Read for Counting {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.1.set(self.1.get() + 1);
        self.0.read(into)
    }
}

impl Seek for Counting {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
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

    /// More than 0 and less than 1.
    fn fraction(&mut self) -> f64 {
        let bits = u32::try_from(self.next() >> 32).unwrap_or(0);
        (f64::from(bits) + 0.5) / 4_294_967_296.0
    }

    /// That part of all numbers: the first 52 bits are enough to tell entries apart.
    fn of(fraction: f64) -> u64 {
        let mut bits = 0;
        let mut rest = fraction;
        for _ in 0..52 {
            rest *= 2.0;
            bits <<= 1;
            if rest >= 1.0 {
                (bits, rest) = (bits | 1, rest - 1.0);
            }
        }
        bits << 12
    }
}
