//! One check of the history costs one Argon2id, whatever the number of accounts and systems.
//!
//! `cargo bench --bench history`: the two `check` figures are to be within ten per cent.

#![expect(clippy::unwrap_used, reason = "a bench may panic")]

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use strongpass_history::{Account, Config, Day, History, Scope};
use strongpass_policy::{Likeness, Password};

/// A store in a temporary folder with one real record and many made-up ones.
struct Filled {
    folder: PathBuf,
    history: History,
}

impl Filled {
    fn new(accounts: usize) -> Self {
        let folder = std::env::temp_dir()
            .join(format!("strongpass-bench-{}-{accounts}", std::process::id()));
        let root = folder.display();
        let text = format!(
            "store = \"{root}/store/history.db\"\nkeys = \"{root}/keys/history.keys\"\n\
             [systems]\nnetwork = \"the network\"\nemail = \"email\"\n"
        );
        let config = Config::from_toml(&text).unwrap();
        let today: Day = "2026-11-22".parse().unwrap();
        let mut history = History::create(&config, today).unwrap();
        let key = history.status().unwrap().keys.first().unwrap().id.to_string();
        let mut export = String::from("strongpass-history 1\n");
        for i in 0..accounts {
            let (pseudonym, salt, tag) =
                (format!("{i:064x}"), format!("{i:032x}"), format!("{i:064x}"));
            for (system, n) in [("network", 0), ("email", 1)] {
                let tag = format!("{n}{}", tag.get(1..).unwrap());
                writeln!(
                    export,
                    "record {pseudonym} {key} {salt} {system} 2026-09-01 19456 2 1 {key} {tag}"
                )
                .unwrap();
            }
        }
        writeln!(export, "end {}", 2 * accounts).unwrap();
        assert_eq!(history.import(&export, today).unwrap(), u64::try_from(2 * accounts).unwrap());
        let mut used = history.fingerprint(&account(), &password()).unwrap();
        history.record(&mut used, &config.system("network").unwrap(), today).unwrap();
        Self { folder, history }
    }

    fn check(&mut self) {
        let email = self.history.config().system("email").unwrap();
        let mut wanted = self.history.fingerprint(&account(), &password()).unwrap();
        let uses = self.history.uses_of(&mut wanted, Scope::OtherThan(&email)).unwrap();
        assert_eq!(uses.first().unwrap().likeness, Likeness::Same);
    }
}

impl Drop for Filled {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn account() -> Account {
    "k.harper".parse().unwrap()
}

fn password() -> Password {
    Password::new(b"Zw!nq82#Kf")
}

fn history(c: &mut Criterion) {
    let mut group = c.benchmark_group("history");
    group.sample_size(30).measurement_time(Duration::from_secs(4));
    for accounts in [10, 100_000] {
        let mut filled = Filled::new(accounts);
        group.bench_function(format!("check among {accounts} accounts"), |b| {
            b.iter(|| filled.check());
        });
    }
    group.finish();
}

criterion_group!(benches, history);
criterion_main!(benches);
