//! Killed at any moment: the store stays whole, and what was acknowledged stays.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use strongpass_history::{Account, History, HistoryError};

use crate::place::{Place, account, config_in, day, fingerprint, record, system, uses};

const ROUNDS: u32 = 120;

/// A writer is killed after it said how many records are kept, or one less and so on.
const MOST_KEPT: u64 = 9;

/// The test starts itself anew as the writer: with this set, it is one.
const WRITER: &str = "STRONGPASS_CRASH_WRITER";

#[test]
fn killed_writers_lose_nothing() {
    if let Some(round) = std::env::var_os(WRITER) {
        let path = std::env::var_os("STRONGPASS_CRASH_PLACE").unwrap();
        return write(Path::new(&path), round.to_str().unwrap().parse().unwrap());
    }
    let place = Place::new("crash");
    let mut random = Random(20_261_122);
    let mut acknowledged: HashSet<(u32, u32)> = HashSet::new();
    for round in 0..ROUNDS {
        let mut writer = Writer::start(place.path(), round);
        // The moment is counted in what the writer has done, not in time: however slow the machine
        // is, it is killed while it does what comes next.
        let mut said = writer.wait_for_lines(1 + random.below(MOST_KEPT));
        random.pass_some_time();
        said.extend(writer.kill());
        let said = said.into_iter().map(|number| (round, number)).collect();
        check(&mut place.open(), &said);
        acknowledged.extend(said);
    }
    let mut history = place.open();
    check(&mut history, &acknowledged);
    assert!(acknowledged.len() >= usize::try_from(ROUNDS).unwrap());
    // A tag is kept once, whatever was interrupted: each password is on one system only.
    let status = history.status().unwrap();
    assert!(status.records >= u64::try_from(acknowledged.len()).unwrap());
}

/// Killed when one file after the other appears, while the history is made: what is left is no
/// history, or a whole one, and another process makes the rest.
#[test]
fn killed_makers_leave_nothing_in_the_way() {
    let mut random = Random(20_261_123);
    let files = [
        "store",
        "store/history.db.lock",
        "store/history.db",
        "keys",
        "keys/history.keys",
        "store/history.db-wal",
    ];
    for (round, file) in (0..).zip(files.iter().cycle().take(8 * files.len())) {
        let place = Place::new("crash-made");
        let mut writer = Writer::start(place.path(), round);
        writer.wait_for_file(&place.path().join(file));
        random.pass_some_time();
        let said: HashSet<(u32, u32)> =
            writer.kill().into_iter().map(|number| (round, number)).collect();
        match History::open(&place.config()) {
            Ok(mut history) => check(&mut history, &said),
            // Killed before the first commit.
            Err(HistoryError::Missing { .. } | HistoryError::Damaged { .. }) if said.is_empty() => {
            }
            Err(HistoryError::Io { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound && said.is_empty() => {}
            Err(error) => panic!("after {file}: {error}"),
        }
        let mut writer = Writer::start(place.path(), ROUNDS + round);
        writer.wait_for_lines(1);
        writer.kill();
        place.open().verify().unwrap();
    }
}

/// A process that writes until it is killed.
struct Writer {
    process: Child,
    said: BufReader<ChildStdout>,
}

impl Writer {
    fn start(place: &Path, round: u32) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::killed_writers_lose_nothing", "--nocapture"])
            .env(WRITER, round.to_string())
            .env("STRONGPASS_CRASH_PLACE", place)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap());
        Self { process, said }
    }

    /// Waits until it said that this many records are kept, and returns their numbers.
    fn wait_for_lines(&mut self, count: u64) -> Vec<u32> {
        let mut numbers = Vec::new();
        let mut line = String::new();
        while u64::try_from(numbers.len()).unwrap() < count {
            line.clear();
            assert!(self.said.read_line(&mut line).unwrap() > 0, "it ended by itself");
            numbers.extend(kept(&line));
        }
        numbers
    }

    fn wait_for_file(&mut self, path: &Path) {
        while !path.exists() {
            assert!(self.process.try_wait().unwrap().is_none(), "it ended by itself");
            std::thread::yield_now();
        }
    }

    /// Kills it, and returns the numbers of the records that it said are kept.
    fn kill(mut self) -> Vec<u32> {
        self.process.kill().unwrap();
        let numbers = self.said.lines().filter_map(|line| kept(&format!("{}\n", line.unwrap())));
        let numbers = numbers.collect();
        assert!(!self.process.wait().unwrap().success(), "it ended by itself");
        numbers
    }
}

/// The number of a record that a line says is kept; a line that was cut off says nothing.
fn kept(line: &str) -> Option<u32> {
    line.strip_prefix("kept ")?.strip_suffix(" .\n")?.parse().ok()
}

fn check(history: &mut History, said: &HashSet<(u32, u32)>) {
    history.verify().unwrap();
    for &(round, number) in said {
        let found = uses(history, &name(number), &password(round, number));
        assert_eq!(found.len(), 1, "round {round}, record {number}");
    }
}

fn name(number: u32) -> String {
    format!("teacher{}", number % 7)
}

fn password(round: u32, number: u32) -> String {
    format!("Kestrel!{round}-{number}")
}

/// Writes until it is killed, says what it wrote, and does all else that writes in between.
fn write(path: &Path, round: u32) {
    let mut config = config_in(path);
    config.remember = 1_000_000;
    let today = day("2026-09-01");
    let mut history = match History::create(&config, today) {
        Err(HistoryError::Exists { .. }) => History::open(&config).unwrap(),
        other => other.unwrap(),
    };
    let gone: Account = account("somebody.gone");
    for number in 0.. {
        let mut found = fingerprint(&mut history, &name(number), &password(round, number));
        history.record(&mut found, &system("network"), today).unwrap();
        // In one write, and past the harness, which would keep it back.
        let line = format!("kept {number} .\n");
        std::io::stdout().write_all(line.as_bytes()).unwrap();
        match (round % 20, number) {
            (0, 1) => drop(history.rotate_key(today).unwrap()),
            (1, 1) => drop(history.drop_unused_keys().unwrap()),
            (_, 3) => record(&mut history, gone.as_str(), "email", "Lantern?41", "2026-09-01"),
            (_, 4) => drop(history.forget(&gone).unwrap()),
            (_, 6) => drop(history.expire(today).unwrap()),
            (_, 7) => history = History::open(&config).unwrap(),
            _ => {}
        }
    }
}

/// Steele and Vigna's `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
    /// So that not each is killed at the beginning of what it does next; nothing depends on how
    /// long it is.
    fn pass_some_time(&mut self) {
        for _ in 0..self.below(1 << 16) {
            std::hint::spin_loop();
        }
    }
}
