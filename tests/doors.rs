//! The doors agree: 10,000 made-up passwords, some of accounts with a history, get the same verdict
//! for the same reasons from the gate, from `hook samba`, and from the PAM module in a real stack.
//!
//! A process for each of them takes long in a build without optimisation, which therefore asks the
//! hook about a part; `cargo test --release --test doors` about all.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::UNIX_EPOCH;

use sha1::{Digest as _, Sha1};
use strongpass_breached::{Completeness, build_index};
use strongpass_gate::{Decision, Gate, InForce, Question, Trust};
use strongpass_history::{Config, ConfiguredHistory, Day, History};
use strongpass_policy::{Breached, Password, Policy};

mod corpus;
mod libpam;

use corpus::Seeded;

const MANY: usize = 10_000;
/// Accounts that the history knows; each is asked about five passwords.
const REMEMBERED: usize = 60;
/// Near copies are found by trying, and a try costs as much as a password.
const NEAR: usize = 6;
/// Of the others, the hook is asked about one in this many.
const OF_HOOK: usize = if cfg!(debug_assertions) { 40 } else { 1 };

/// One password for one account, under one of the policies.
struct Case {
    service: &'static str,
    account: String,
    password: String,
}

/// Yes or no, and why: the sentences, sorted.
#[derive(PartialEq, Eq, Debug)]
struct Answer {
    accepted: bool,
    reasons: Vec<String>,
}

impl Answer {
    fn new(accepted: bool, mut reasons: Vec<String>) -> Self {
        reasons.sort_unstable();
        Self { accepted, reasons }
    }
}

/// A folder with policies, a history and the stacks of PAM that use them.
struct School {
    folder: tempfile::TempDir,
    host: PathBuf,
}

/// A service of PAM for each: its policy, and whether it asks the history.
const SERVICES: [(&str, &str, bool); 6] = [
    ("sentence", "birchington", false),
    ("plus", "birchington-plus", false),
    ("ncsc", "ncsc", false),
    ("listed", "aspire", false),
    ("network", "birchington", true),
    ("near", "birchington", true),
];

impl School {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = libpam::compile_host(folder.path());
        let school = Self { folder, host };
        fs::create_dir(school.path("pam.d")).unwrap();
        for (budget, config) in [(0, "network.toml"), (600_000, "near.toml")] {
            let here = school.folder.path().display();
            let text = format!(
                "store = \"{here}/store/history.db\"\nkeys = \"{here}/keys/history.keys\"\n\
                 near_budget_ms = {budget}\n[kdf]\nmemory_kib = 7168\npasses = 6\n\
                 [systems]\nnetwork = \"the school network\"\nemail = \"email\"\n"
            );
            fs::write(school.path(config), text).unwrap();
        }
        for (service, preset, remembers) in SERVICES {
            let mut policy = Policy::preset(preset).unwrap();
            if !remembers {
                policy.one_system = strongpass_policy::OneSystem::Off;
            }
            if service == "listed" {
                policy.breached = Some(Breached { list: "stolen.idx".into(), partial: true });
            }
            fs::write(school.policy(service), policy.to_toml()).unwrap();
            let (module, policy) = (libpam::module(), school.policy(service));
            let mut line = format!(
                "password requisite {} retry=1 policy={}",
                module.display(),
                policy.display()
            );
            if remembers {
                write!(line, " history_config={}", school.config(service).display()).unwrap();
                line += " system=network";
            }
            fs::write(school.path("pam.d").join(service), line + "\n").unwrap();
        }
        school
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn policy(&self, service: &str) -> PathBuf {
        self.path(&format!("{service}-policy.toml"))
    }

    fn config(&self, service: &str) -> PathBuf {
        self.path(&format!("{service}.toml"))
    }

    /// Makes the list of breached passwords: every other one of the service that asks it.
    fn list(&self, cases: &[Case]) {
        let listed = cases.iter().filter(|case| case.service == "listed").step_by(2);
        let digest = |case: &Case| {
            let mut line = String::new();
            let digest = Sha1::digest(&case.password);
            for byte in digest {
                write!(line, "{byte:02X}").unwrap();
            }
            line + ":17\n"
        };
        let lines: BTreeSet<String> = listed.map(digest).collect();
        let list: String = lines.into_iter().collect();
        let mut index = File::create(self.path("stolen.idx")).unwrap();
        build_index(list.as_bytes(), &mut index, Completeness::Partial, &mut |_| true).unwrap();
    }

    /// Gives each account a password for email and one for the network.
    fn remember(&self, used: &[(String, [String; 2])]) {
        let config = fs::read_to_string(self.config("network")).unwrap();
        let config = Config::from_toml(&config).unwrap();
        let today = Day::from_unix_seconds(UNIX_EPOCH.elapsed().unwrap().as_secs());
        let mut history = History::create(&config, today).unwrap();
        for (account, passwords) in used {
            let account = account.parse().unwrap();
            for (system, password) in ["email", "network"].into_iter().zip(passwords) {
                let password = Password::new(password.as_bytes());
                let mut found = history.fingerprint(&account, &password).unwrap();
                history.record(&mut found, &system.parse().unwrap(), today).unwrap();
            }
        }
    }

    fn gate(&self, service: &str, remembers: bool) -> Gate {
        let policy = self.policy(service);
        let in_force = InForce::find(policy.to_str(), Trust::Machine).unwrap();
        let gate = Gate::new(in_force, &[]).unwrap();
        if !remembers {
            return gate;
        }
        let memory = ConfiguredHistory::needed(&self.config(service), Trust::Machine).unwrap();
        gate.with_memory(memory.of_system(Some("network"), None).unwrap(), 1)
    }

    fn ask_hook(&self, case: &Case) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
        command.args(["hook", "samba", "--policy"]).arg(self.policy(case.service));
        if remembers(case.service) {
            command.args(["--history", "--system", "network", "--history-config"]);
            command.arg(self.config(case.service));
        }
        command.env("SAMBA_CPS_ACCOUNT_NAME", &case.account);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(case.password.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let lead = format!("strongpass: {}: refused: ", case.account);
        let reason = |line: &str| {
            let line = line.strip_prefix(&lead).unwrap_or(line);
            line.split_once(": ").map_or(line, |(_, reason)| reason).to_owned()
        };
        let code = output.status.code().unwrap();
        assert!(code < 2, "{code}: {said}");
        Answer::new(code == 0, said.lines().map(reason).collect())
    }

    /// All the cases of a service, in one process: the module stays loaded.
    fn ask_pam(&self, service: &str, cases: &[&Case]) -> Vec<Answer> {
        let lines = self.path("lines");
        let line = |case: &&Case| format!("{}\t{}\n", case.account, case.password);
        fs::write(&lines, cases.iter().map(line).collect::<String>()).unwrap();
        let mut host = Command::new(&self.host);
        host.arg(self.path("pam.d")).arg(service).stdin(File::open(lines).unwrap());
        let output = host.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let (mut answers, mut reasons) = (Vec::new(), Vec::new());
        for line in said.lines() {
            match line.strip_prefix("pam_chauthtok: ") {
                None => reasons.push(line.strip_prefix("BAD PASSWORD: ").unwrap_or(line).into()),
                Some(code) => {
                    assert!(code == "0" || code == "20", "{code}: {reasons:?}");
                    answers.push(Answer::new(code == "0", std::mem::take(&mut reasons)));
                }
            }
        }
        answers
    }
}

fn remembers(service: &str) -> bool {
    SERVICES.iter().any(|&(name, _, remembers)| name == service && remembers)
}

fn ask_gate(gate: &Gate, case: &Case) -> Answer {
    let system = remembers(case.service).then_some("network");
    let question = Question { accounts: &[&case.account], system, ..Question::default() };
    let decision = gate.decide(&Password::new(case.password.as_bytes()), &question);
    let verdict = match &decision {
        Decision::Accepted(known) => known.verdict(),
        Decision::Refused(known) => known.verdict(),
        Decision::CouldNotCheck(known) => panic!("{:?}", known.reasons()),
    };
    let reasons = verdict.violations().iter();
    let reasons =
        reasons.map(|violation| format!("{} {}", violation.message(), violation.remedy()));
    Answer::new(matches!(decision, Decision::Accepted(_)), reasons.collect())
}

/// A password of any kind; one in ten has a part of the account's name in it.
fn make_up(seeded: &mut Seeded, account: &str) -> String {
    let (_, maker) = corpus::KINDS[seeded.below(corpus::KINDS.len())];
    let mut made = maker(seeded);
    if seeded.percent(10) {
        let part = account.split('.').nth(seeded.below(2)).unwrap();
        let at = made.floor_char_boundary(seeded.below(made.len() + 1));
        made.insert_str(at, part);
    }
    made
}

fn made_up_account(seeded: &mut Seeded) -> String {
    let letter = seeded.char_of("abcdefghijklmnopqrstuvwxyz");
    let syllables = ["har", "per", "mar", "lo", "we", "fen", "ton", "ley", "zor", "blat", "ki"];
    let name: String = (0..3).map(|_| seeded.of(&syllables)).collect();
    format!("{letter}.{name}{}", seeded.below(1_000))
}

/// The cases, and what is to be remembered before they are asked.
fn cases() -> (Vec<Case>, Vec<(String, [String; 2])>) {
    let mut seeded = Seeded::new(12);
    let (mut cases, mut used) = (Vec::new(), Vec::new());
    for number in 0..REMEMBERED + NEAR {
        let account = made_up_account(&mut seeded);
        let strong = || corpus::make("random-12", 1_000 + u64::try_from(number).unwrap(), 3);
        let [email, network, new] = strong().try_into().unwrap();
        let mut ask = |service, password| {
            cases.push(Case { service, account: account.clone(), password });
        };
        if number < NEAR {
            let email = format!("{}7", email.trim_end_matches(|c: char| c.is_ascii_digit()));
            ask("near", format!("{}8", email.trim_end_matches('7')));
            used.push((account, [email, network]));
            continue;
        }
        ask("network", email.clone());
        ask("network", network.clone());
        ask("network", new);
        ask("network", make_up(&mut seeded, &account));
        // What someone else uses is nobody's business here.
        let others: Option<&(String, [String; 2])> = used.last();
        ask("network", others.map_or_else(String::new, |(_, [email, _])| email.clone()) + "x");
        used.push((account, [email, network]));
    }
    let services = SERVICES.iter().filter(|(.., remembers)| !remembers);
    let services: Vec<&'static str> = services.map(|(name, ..)| *name).collect();
    while cases.len() < MANY {
        let account = made_up_account(&mut seeded);
        let password = make_up(&mut seeded, &account);
        cases.push(Case { service: seeded.of(&services), account, password });
    }
    (cases, used)
}

#[test]
fn the_doors_agree() {
    let school = School::new();
    let (cases, used) = cases();
    school.remember(&used);
    school.list(&cases);
    let mut seen: HashMap<(&str, bool), usize> = HashMap::new();
    let (mut asked_of_hook, mut differ) = (0, Vec::new());
    for (service, _, remembers) in SERVICES {
        let gate = school.gate(service, remembers);
        let of_service: Vec<&Case> = cases.iter().filter(|case| case.service == service).collect();
        let by_pam = school.ask_pam(service, &of_service);
        assert_eq!(by_pam.len(), of_service.len(), "{service}");
        for (number, (case, by_pam)) in of_service.into_iter().zip(by_pam).enumerate() {
            let by_gate = ask_gate(&gate, case);
            *seen.entry((service, by_gate.accepted)).or_default() += 1;
            let mut others = vec![("PAM", by_pam)];
            if remembers || number % OF_HOOK == 0 {
                asked_of_hook += 1;
                others.push(("hook", school.ask_hook(case)));
            }
            let others = others.into_iter().filter(|(_, answer)| *answer != by_gate);
            differ.extend(others.map(|(door, answer)| {
                let Case { account, password, .. } = case;
                format!("{service} {account} {password}: gate {by_gate:?}, {door} {answer:?}")
            }));
        }
    }
    println!("{} cases, {asked_of_hook} of them asked of the hook: {seen:?}", cases.len());
    assert!(differ.is_empty(), "{} answers differ:\n{}", differ.len(), differ.join("\n"));
    // Each door was asked what it refuses and what it accepts.
    for (service, _, _) in SERVICES.iter().filter(|(name, ..)| *name != "near") {
        assert!(seen[&(*service, true)] > 50 && seen[&(*service, false)] > 100, "{seen:?}");
    }
    assert_eq!(seen[&("near", false)], NEAR);
}
