//! Many processes at once: nothing is lost, nothing is there twice, nobody fails without a reason.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use strongpass_history::{History, HistoryError, Scope};

use crate::place::{
    Place, config_in, day, fingerprint, make_private, record, remembered, system, uses,
};

const PROCESSES: u32 = 10;
const RECORDS: u32 = 30;
const WORKER: &str = "STRONGPASS_CROWD_WORKER";

#[test]
fn ten_processes_at_once() {
    if let Some(worker) = std::env::var_os(WORKER) {
        let path = std::env::var_os("STRONGPASS_CROWD_PLACE").unwrap();
        return work(Path::new(&path), worker.to_str().unwrap().parse().unwrap());
    }
    let place = Place::new("crowd");
    let spawn = |worker: u32| {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crowd::ten_processes_at_once", "--nocapture"])
            .env(WORKER, worker.to_string())
            .env("STRONGPASS_CROWD_PLACE", place.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    // All of them at once create it, too.
    let workers: Vec<_> = (0..PROCESSES).map(spawn).collect();
    for worker in workers {
        let output = worker.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
    let mut history = place.open();
    history.verify().unwrap();
    for worker in 0..PROCESSES {
        for number in 0..RECORDS {
            let found = uses(&mut history, &name(worker), &password(worker, number));
            assert_eq!(found.len(), 1, "process {worker}, record {number}");
        }
    }
    // All of them recorded this at the same time, on an account that was not there yet.
    assert_eq!(remembered(&mut history, "supply"), ["network 2026-09-01"]);
    let status = history.status().unwrap();
    assert_eq!(status.records, u64::from(PROCESSES * RECORDS + 1));
    assert_eq!(status.accounts, u64::from(PROCESSES + 1));
    assert_eq!(status.keys.len(), 2);
}

fn name(worker: u32) -> String {
    format!("teacher{worker}")
}

fn password(worker: u32, number: u32) -> String {
    format!("Kestrel!{worker}-{number}")
}

fn work(path: &Path, worker: u32) {
    let mut config = config_in(path);
    config.remember = 1_000_000;
    let today = day("2026-09-01");
    let mut history = match History::create(&config, today) {
        Err(HistoryError::Exists { .. }) => History::open(&config).unwrap(),
        other => other.unwrap(),
    };
    record(&mut history, "supply", "network", "Wagtail#77", "2026-09-01");
    for number in 0..RECORDS {
        let mut found = fingerprint(&mut history, &name(worker), &password(worker, number));
        assert!(history.uses_of(&mut found, Scope::Every).unwrap().is_empty());
        history.record(&mut found, &system("network"), today).unwrap();
        assert_eq!(history.uses_of(&mut found, Scope::Every).unwrap().len(), 1);
        assert_eq!(uses(&mut history, "supply", "Wagtail#77").len(), 1);
        match (number % 10, worker) {
            (3, _) => history = History::open(&config).unwrap(),
            (5, 0) => assert_eq!(history.expire(today).unwrap(), 0),
            (7, 1) => history.verify().unwrap(),
            _ if (worker, number) == (2, 11) => drop(history.rotate_key(today).unwrap()),
            _ => {}
        }
    }
}

#[test]
fn a_holder_that_hangs_does_not_hang_us() {
    let place = Place::new("hangs");
    let mut config = place.config();
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2026-09-01");
    let holder = std::fs::File::open(place.path().join("store/history.db.lock")).unwrap();
    holder.lock().unwrap();
    // That it comes back at all is what is asked for; how late depends on the machine.
    config.wait = Duration::from_millis(1);
    // Reading needs no turn, whether the history is open already or not.
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92").len(), 1);
    let mut late = History::open(&config).unwrap();
    assert_eq!(uses(&mut late, "k.harper", "Kestrel!92").len(), 1);
    // Writing does, and does not wait for ever.
    let mut found = fingerprint(&mut late, "k.harper", "Lantern?41");
    let network = system("network");
    let error = late.record(&mut found, &network, day("2026-09-01")).unwrap_err();
    assert!(
        matches!(&error, HistoryError::Locked { waited, .. } if *waited >= config.wait),
        "{error}"
    );
    assert!(matches!(late.await_turn(), Err(HistoryError::Locked { .. })));
    holder.unlock().unwrap();
    late.await_turn().unwrap();
    late.record(&mut found, &network, day("2026-09-01")).unwrap();
}

/// While one process waits to record the first password of an account, another records one: the
/// salt that the first has hashed with is then the wrong one.
#[test]
fn an_account_that_appears_while_we_wait() {
    let place = Place::new("appears");
    let mut history = place.create();
    // The other process's write, made ready in a history with the same keys.
    let other = Place::new("appears-other");
    make_private(&other.path().join("keys"));
    std::fs::copy(place.config().keys, other.config().keys).unwrap();
    record(&mut other.create(), "k.harper", "email", "Lantern?41", "2026-09-01");

    let mut waiting = place.open();
    let lock = place.path().join("store/history.db.lock");
    let holder = std::fs::File::open(&lock).unwrap();
    holder.lock().unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(move || {
            record(&mut waiting, "k.harper", "network", "Kestrel!92", "2026-09-01");
        });
        // It has hashed, and stands at the lock, when it has opened the file of the lock, too.
        while opened(&lock) < 2 {
            assert!(!writer.is_finished(), "it did not wait");
            std::thread::yield_now();
        }
        let database = rusqlite::Connection::open(place.config().store).unwrap();
        let attach = format!("ATTACH '{}' AS other", other.config().store.display());
        database.execute_batch(&attach).unwrap();
        database
            .execute_batch(
                "INSERT INTO account SELECT * FROM other.account;
                 INSERT INTO record SELECT * FROM other.record;",
            )
            .unwrap();
        holder.unlock().unwrap();
        writer.join().unwrap();
    });
    let status = history.status().unwrap();
    assert_eq!((status.accounts, status.records), (1, 2));
    for password in ["Kestrel!92", "Lantern?41"] {
        assert_eq!(uses(&mut history, "k.harper", password).len(), 1, "{password}");
    }
}

/// How many descriptors this process has of a file.
fn opened(path: &Path) -> usize {
    let descriptors = std::fs::read_dir("/proc/self/fd").unwrap();
    // One may be closed before it is looked at.
    let files = descriptors.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    files.filter(|file| file == path).count()
}
