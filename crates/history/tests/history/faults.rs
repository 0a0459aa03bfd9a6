//! Everything that can be wrong with the files, and that each error says what to do.

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;

use strongpass_history::{Config, Effort, History, HistoryError, Scope};
use strongpass_policy::Password;

use crate::place::{Place, account, config_in, day, fingerprint, record, remembered, uses};

fn filled(place: &Place) -> Config {
    let mut history = place.create();
    for number in 0..60 {
        let name = format!("teacher{number}");
        record(&mut history, &name, "network", &format!("Kestrel!{number}"), "2026-09-01");
    }
    place.config()
}

#[track_caller]
fn refused(config: &Config, says: &str) -> HistoryError {
    let error = History::open(config).unwrap_err();
    let text = error.to_string();
    assert!(text.contains(says), "{text}");
    assert!(text.ends_with(&format!("; {}", error.remedy())) && error.remedy().len() > 20);
    error
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn missing_and_there_already() {
    let place = Place::new("missing");
    let config = place.config();
    refused(&config, "there is no history at");
    drop(place.create());
    let error = History::create(&config, day("2026-09-01")).unwrap_err();
    assert!(matches!(error, HistoryError::Exists { .. }), "{error}");
    std::fs::remove_file(&config.store).unwrap();
    refused(&config, "make it with `strongpass history init`");
}

#[test]
fn files_are_private_from_the_start() {
    let place = Place::new("private");
    let config = filled(&place);
    let mut history = place.open();
    assert_eq!(remembered(&mut history, "teacher1").len(), 1);
    let mut seen = 0;
    for (directory, others) in
        [(config.store.parent().unwrap(), 0), (config.keys.parent().unwrap(), 0o055)]
    {
        let mode = directory.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077 & !others, 0, "{}", directory.display());
        for entry in std::fs::read_dir(directory).unwrap() {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", entry.path().display());
            seen += 1;
        }
    }
    assert_eq!(seen, 5, "database, log, index, lock, keys");
}

#[test]
fn what_others_may_read_is_refused() {
    let place = Place::new("exposed");
    let config = filled(&place);
    let directory = config.store.parent().unwrap();
    for (path, good, bad) in [
        (config.store.as_path(), 0o600, 0o640),
        (config.keys.as_path(), 0o600, 0o604),
        (config.keys.as_path(), 0o600, 0o660),
        (directory, 0o700, 0o750),
        (config.keys.parent().unwrap(), 0o700, 0o777),
    ] {
        set_mode(path, bad);
        let error = refused(&config, "others may ");
        assert!(matches!(error, HistoryError::Untrusted(_)), "{error}");
        assert!(error.to_string().contains(&format!("its mode is {bad:04o}")), "{error}");
        set_mode(path, good);
        History::open(&config).unwrap();
    }
    // Only root can give a file away, and only root must be told.
    if place.path().metadata().unwrap().uid() == 0 {
        chown(&config.keys, Some(NOBODY), None).unwrap();
        let error = refused(&config, "belongs to user 65534");
        assert!(matches!(error, HistoryError::Untrusted(_)), "{error}");
        chown(&config.keys, Some(0), None).unwrap();
    }
    set_mode(&config.keys, 0o400);
    set_mode(config.keys.parent().unwrap(), 0o755);
    History::open(&config).unwrap();
}

#[test]
fn foreign_files_are_left_alone() {
    let place = Place::new("foreign");
    let config = filled(&place);
    let other = place.path().join("other.db");
    let database = rusqlite::Connection::open(&other).unwrap();
    database.execute_batch("CREATE TABLE register (pupil TEXT)").unwrap();
    drop(database);
    for content in [
        std::fs::read(&other).unwrap(),
        b"user:1001:aad3b435b51404ee:::\n".repeat(100),
        vec![0; 8_192],
    ] {
        std::fs::write(&config.store, &content).unwrap();
        let error = refused(&config, "is not a history of strongpass");
        assert!(matches!(error, HistoryError::Foreign { .. }), "{error}");
        assert!(History::create(&config, day("2026-09-01")).is_err());
        assert_eq!(std::fs::read(&config.store).unwrap(), content, "it was changed");
    }
}

#[test]
fn a_newer_one_is_left_alone() {
    let place = Place::new("newer");
    let config = filled(&place);
    let set = |version: u32| {
        let database = rusqlite::Connection::open(&config.store).unwrap();
        database.pragma_update(None, "user_version", version).unwrap();
    };
    set(3);
    let error = refused(&config, "has version 3; this strongpass knows versions up to 2");
    assert!(matches!(error, HistoryError::Newer { found: 3, known: 2, .. }));
    set(0);
    refused(&config, "is not a history of strongpass");
    set(2);
    History::open(&config).unwrap();
}

#[test]
fn what_is_cut_off_is_noticed() {
    let place = Place::new("cut");
    let config = filled(&place);
    let whole = std::fs::read(&config.store).unwrap();
    assert!(whole.len() > 16_000);
    for length in [0, 1, 15, 16, 99, 100, 4_095, 4_096, 8_192, whole.len() - 4_096, whole.len() - 1]
    {
        std::fs::write(&config.store, &whole[..length]).unwrap();
        let error = refused(&config, "");
        assert!(
            matches!(error, HistoryError::Damaged { .. } | HistoryError::Foreign { .. }),
            "{length}: {error}"
        );
        assert_eq!(std::fs::read(&config.store).unwrap(), &whole[..length], "it was changed");
    }
    std::fs::write(&config.store, &whole).unwrap();
    place.open().verify().unwrap();
}

/// No byte, whatever it becomes, makes the library panic or hang; and what it then answers is an
/// error or an answer.
#[test]
fn garbled_bytes_are_no_crash() {
    let place = Place::new("garbled");
    let config = filled(&place);
    let whole = std::fs::read(&config.store).unwrap();
    let mut noticed = 0;
    for at in (0..whole.len()).step_by(whole.len() / 240) {
        let mut garbled = whole.clone();
        garbled[at] ^= 0x41;
        drop(std::fs::remove_file(config.store.with_extension("db-wal")));
        drop(std::fs::remove_file(config.store.with_extension("db-shm")));
        std::fs::write(&config.store, &garbled).unwrap();
        let Ok(mut history) = History::open(&config) else {
            noticed += 1;
            continue;
        };
        noticed += u32::from(history.verify().is_err());
        for number in [0, 30, 59] {
            let secret = Password::new(format!("Kestrel!{number}").as_bytes());
            let found = history.fingerprint(&account(&format!("teacher{number}")), &secret);
            if let Ok(mut found) = found {
                drop(history.uses_of(&mut found, Scope::Every));
            }
        }
        drop(history.status());
        drop(history.export(&mut Vec::new()));
    }
    assert!(noticed > 10, "{noticed}");
}

#[test]
fn keys_that_do_not_fit() {
    let place = Place::new("keys");
    let config = filled(&place);
    let keys = std::fs::read_to_string(&config.keys).unwrap();
    let aside = config.keys.with_extension("aside");
    std::fs::rename(&config.keys, &aside).unwrap();
    refused(&config, "the keys are missing at");
    // A lost ring is not replaced by a new one behind anybody's back.
    assert!(!config.keys.exists());

    let stranger = Place::new("stranger");
    drop(stranger.create());
    std::fs::copy(stranger.config().keys, &config.keys).unwrap();
    let error = refused(&config, "the history was written with key");
    assert!(matches!(error, HistoryError::UnknownKey { .. }));
    let id = keys.lines().last().unwrap().split(' ').nth(1).unwrap();
    assert!(error.to_string().contains(id), "{error}");

    std::fs::write(&config.keys, keys.trim_end_matches(|c: char| c != ' ')).unwrap();
    let error = refused(&config, "a key is two times 64 hexadecimal digits");
    assert!(matches!(error, HistoryError::BadKeys { line: 5, .. }));
    // The error shows the place, never the key.
    let secret = keys.lines().last().unwrap().split(' ').nth(3).unwrap();
    assert!(!format!("{error} {error:?}").contains(secret.get(..16).unwrap()));

    std::fs::write(&config.keys, keys).unwrap();
    place.open().verify().unwrap();
}

#[test]
fn an_old_key_that_was_removed_by_hand() {
    let place = Place::new("removed");
    let config = filled(&place);
    let mut history = place.open();
    history.rotate_key(day("2026-09-02")).unwrap();
    drop(history);
    let keys = std::fs::read_to_string(&config.keys).unwrap();
    let lines: Vec<&str> = keys.lines().collect();
    let newest = [&lines[..lines.len() - 2], &lines[lines.len() - 1..]].concat().join("\n");
    std::fs::write(&config.keys, newest).unwrap();
    // What is under the newest key could be read; that all else is not is said by `verify`.
    let mut history = place.open();
    let error = history.verify().unwrap_err();
    assert!(matches!(error, HistoryError::UnknownKey { .. }), "{error}");
}

#[test]
fn a_clock_set_back() {
    let place = Place::new("clock");
    let mut history = place.create();
    record(&mut history, "k.harper", "network", "Kestrel!92", "2036-01-01");
    let mut found = fingerprint(&mut history, "k.harper", "Lantern?41");
    let today = day("2026-09-01");
    let network = "network".parse().unwrap();
    for error in [
        history.record(&mut found, &network, today).unwrap_err(),
        history.expire(today).unwrap_err(),
    ] {
        assert!(matches!(error, HistoryError::ClockSetBack { .. }));
        let text = error.to_string();
        assert!(
            text.starts_with("the clock says 2026-09-01, but the history has seen 2036-01-01;")
        );
    }
    // Looking needs no clock.
    assert_eq!(uses(&mut history, "k.harper", "Kestrel!92").len(), 1);
    // The clock had been ahead: nothing is lost, and it goes on.
    history.reset_clock(today).unwrap();
    assert_eq!(remembered(&mut history, "k.harper"), ["network 2026-09-01"]);
    history.record(&mut found, &network, today).unwrap();
    assert_eq!(history.expire(today).unwrap(), 0);
}

#[test]
fn what_is_no_text_is_refused() {
    let place = Place::new("text");
    let mut history = place.create();
    for bytes in [vec![0xff, 0xfe], vec![b'a'; 513]] {
        let error = history.fingerprint(&account("k.harper"), &Password::new(&bytes)).unwrap_err();
        assert!(matches!(error, HistoryError::NotText), "{error}");
    }
    // An empty one is text: that it is too short is for the rule to say.
    let mut empty = fingerprint(&mut history, "k.harper", "");
    history.record(&mut empty, &"network".parse().unwrap(), day("2026-09-01")).unwrap();
    let effort = Effort { threads: 1, proceed: &|| true };
    history.look_near(&mut empty, Scope::Every, effort).unwrap();
}

const READER: &str = "STRONGPASS_READ_ONLY";
const NOBODY: u32 = 65_534;

/// As a user who may read but not write: the test starts itself anew, as `nobody` if it is run by
/// root, whom no mode keeps out.
#[test]
fn read_only_for_this_user() {
    if let Some(path) = std::env::var_os(READER) {
        let error = History::open(&config_in(Path::new(&path))).unwrap_err();
        assert!(matches!(error, HistoryError::ReadOnly { .. }), "{error}");
        assert!(error.to_string().contains("run as the owner of the history"), "{error}");
        return;
    }
    let place = Place::new("read-only");
    let config = filled(&place);
    let program = place.path().join("reader");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut reader = std::process::Command::new(&program);
    reader
        .args(["--exact", "faults::read_only_for_this_user", "--nocapture"])
        .env(READER, place.path())
        .current_dir("/");
    if place.path().metadata().unwrap().uid() == 0 {
        let directories = [config.store.parent().unwrap(), config.keys.parent().unwrap()];
        let within = directories.iter().flat_map(|path| std::fs::read_dir(path).unwrap());
        let files = within.map(|entry| entry.unwrap().path());
        let all = files.chain(directories.map(Path::to_owned)).chain([place.path().to_owned()]);
        for path in all.chain([program]) {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        reader.uid(NOBODY).gid(NOBODY);
    }
    for entry in std::fs::read_dir(config.store.parent().unwrap()).unwrap() {
        set_mode(&entry.unwrap().path(), 0o400);
    }
    set_mode(config.store.parent().unwrap(), 0o500);
    let output = reader.output().unwrap();
    set_mode(config.store.parent().unwrap(), 0o700);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}
