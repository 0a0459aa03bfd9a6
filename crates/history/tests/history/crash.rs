//! Killed at any moment: the store stays whole, and what was acknowledged stays.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use strongpass_history::{Account, History, HistoryError};

use crate::place::{Place, account, config_in, day, fingerprint, record, system, uses};

const ROUNDS: u32 = 240;

/// The test starts itself anew as the writer: with this set, it is one.
const WRITER: &str = "STRONGPASS_CRASH_WRITER";

#[test]
fn killed_writers_lose_nothing() {
    if let Some(round) = std::env::var_os(WRITER) {
        let path = std::env::var_os("STRONGPASS_CRASH_PLACE").unwrap();
        return write(Path::new(&path), round.to_str().unwrap().parse().unwrap());
    }
    let place = Place::new("crash");
    // Before the first round there is nothing: the writers are killed while they create it, too.
    let mut random = Random(20_261_122);
    let mut acknowledged: HashSet<(u32, u32)> = HashSet::new();
    let mut killed_while_writing = 0;
    for round in 0..ROUNDS {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::killed_writers_lose_nothing", "--nocapture"])
            .env(WRITER, round.to_string())
            .env("STRONGPASS_CRASH_PLACE", place.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(random.below(60_000)));
        writer.kill().unwrap();
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        // A line that was cut off is no acknowledgement.
        let said: HashSet<(u32, u32)> = lines
            .map(Result::unwrap)
            .filter_map(|line| line.strip_prefix("kept ")?.strip_suffix(" .")?.parse().ok())
            .map(|number| (round, number))
            .collect();
        assert!(!writer.wait().unwrap().success(), "it ended by itself");
        killed_while_writing += u32::from(!said.is_empty());
        match History::open(&place.config()) {
            Ok(mut history) => check(&mut history, &said),
            // Killed before the first commit.
            Err(HistoryError::Missing { .. } | HistoryError::Damaged { .. }) => {
                assert!(acknowledged.is_empty() && said.is_empty());
            }
            Err(HistoryError::Io { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound && acknowledged.is_empty() => {}
            Err(error) => panic!("round {round}: {error}"),
        }
        acknowledged.extend(said);
    }
    let mut history = place.open();
    check(&mut history, &acknowledged);
    assert!(acknowledged.len() > 500, "only {} were written", acknowledged.len());
    assert!(killed_while_writing > ROUNDS / 3, "only {killed_while_writing} rounds wrote");
    // A tag is kept once, whatever was interrupted: each password is on one system only.
    let status = history.status().unwrap();
    assert!(status.records >= u64::try_from(acknowledged.len()).unwrap());
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

/// Steele and Vigna's `SplitMix64`: the same moments in each run, as far as a kill can be aimed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
