//! A whole audit of a handful of made-up people, in memory.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

use strongpass_audit::{
    Audit, AuditFinding, Bounds, Checkpoint, CheckpointError, Export, FindingKind, People,
    ReadOptions, Report, Shapes, Stage, Words,
};
use strongpass_hash::{InstructionSet, Limits};
use strongpass_policy::{Dictionary, List, Policy, Rule, WordList};

/// `Margate7!`, `Ramsgate8!`, nothing, `Harper1!` and a random one, as NT hashes; then the
/// same first one in LDAP, salted.
const NETWORK: &str = include_str!("exports/network.ntds");
const EMAIL: &str = include_str!("exports/email.ldif");

fn dictionary() -> Dictionary {
    let mut list = WordList::compiler();
    for line in ["margate\t300", "ramsgate\t300", "kestrel\t5000"] {
        list.add_line(List::Place, line).unwrap();
    }
    WordList::open(list.finish().unwrap()).unwrap().into()
}

fn stages() -> Vec<Stage> {
    let words =
        Words::ranked(&dictionary(), std::iter::empty::<(&str, u32)>(), std::iter::empty::<&str>());
    let rules = ["c$7$!", "c$8$!", "c$1$!", "c", ":"];
    let rules =
        rules.iter().map(|rule| strongpass_audit::HashcatRule::parse(rule).unwrap()).collect();
    vec![Stage { words, shapes: Shapes::listed(rules), personal: true }]
}

fn exports() -> Vec<Export> {
    let read = |system, file: &str| {
        Export::read(system, system, file.as_bytes().to_vec(), &ReadOptions::default())
    };
    vec![read("network", NETWORK), read("email", EMAIL)]
}

fn audit(exports: &[Export], threads: usize, stop_after: Option<usize>) -> (Report, Checkpoint) {
    resumed(exports, threads, stop_after, None)
}

fn resumed(
    exports: &[Export],
    threads: usize,
    stop_after: Option<usize>,
    resume: Option<&Checkpoint>,
) -> (Report, Checkpoint) {
    with(InstructionSet::best(), exports, threads, stop_after, resume)
}

fn with(
    instructions: InstructionSet,
    exports: &[Export],
    threads: usize,
    stop_after: Option<usize>,
    resume: Option<&Checkpoint>,
) -> (Report, Checkpoint) {
    let (policy, dictionary, stages) = (Policy::birchington(), dictionary(), stages());
    let audit = Audit {
        exports,
        people: &People::default(),
        policy: &policy,
        dictionary: &dictionary,
        stages: &stages,
        limits: Limits::default(),
        instructions,
    };
    let stop = AtomicBool::new(false);
    let mut turns = 0;
    let mut last = None;
    let mut watch = |_, checkpoint: &dyn Fn() -> Checkpoint| {
        turns += 1;
        last = Some(checkpoint());
        if stop_after == Some(turns) {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    };
    let bounds = Bounds { guesses: None, stop: &stop };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let report = pool.install(|| audit.run::<Infallible>(&bounds, resume, None, &mut watch));
    (report.unwrap(), last.unwrap())
}

/// Findings as `account@system kind rules`, in any order.
fn told(report: &Report) -> Vec<String> {
    let tell = |finding: &AuditFinding| {
        let rules: Vec<&str> = finding.rules.iter().map(|rule| rule.id()).collect();
        let (account, system) = (&finding.account, &finding.system);
        format!("{account}@{system} {} {}", finding.kind.id(), rules.join(","))
    };
    let mut told: Vec<String> = report.findings.iter().map(tell).collect();
    told.sort_unstable();
    told
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let (report, _) = audit(&exports(), 2, None);
    assert_eq!(
        told(&report),
        [
            "awren@email guessed dictionary-word",
            "awren@email reused one-system",
            "awren@email shared ",
            "awren@email weak-scheme ",
            "awren@network guessed dictionary-word",
            "awren@network reused one-system",
            "awren@network shared ",
            "bfinch@network guessed dictionary-word",
            "bfinch@network shared ",
            "cteal@network blank ",
            "dharper@email name personal",
            "dharper@email reused similar",
            "dharper@email weak-scheme ",
            "dharper@network name personal",
            "dharper@network reused similar",
            "eowl@email weak-scheme ",
        ]
    );
    assert!(report.is_complete());
    assert_eq!(report.persons, 5);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let one = audit(&exports(), 1, None).0;
    let four = audit(&exports(), 4, None).0;
    assert_eq!(one.findings, four.findings);
    assert!(!one.findings.is_empty());
}

#[test]
fn the_instructions_change_nothing() {
    let exports = exports();
    let run = |set| with(set, &exports, 2, None, None).0.findings;
    let portable = run(InstructionSet::portable());
    assert!(!portable.is_empty());
    for set in InstructionSet::available() {
        assert_eq!(run(set), portable, "{set}");
    }
}

#[test]
fn a_search_that_is_taken_up_again_finds_the_same() {
    let exports = exports();
    let (whole, _) = audit(&exports, 2, None);
    for turns in 1..30 {
        let (_, checkpoint) = audit(&exports, 2, Some(turns));
        let (report, _) = resumed(&exports, 2, None, Some(&checkpoint));
        assert_eq!(told(&report), told(&whole), "after {turns} turns");
    }
}

#[test]
fn what_is_kept_for_later_opens_with_the_same_exports_only() {
    let exports = exports();
    let (whole, checkpoint) = audit(&exports, 2, Some(20));
    let kept = checkpoint.seal(&exports).unwrap();
    let opened = Checkpoint::open(&kept, &exports).unwrap();
    assert_eq!(
        told(&resumed(&exports, 2, None, Some(&opened)).0),
        told(&audit(&exports, 2, None).0)
    );
    assert!(!whole.findings.is_empty());
    assert_ne!(checkpoint.seal(&exports).unwrap(), kept, "it is sealed anew each time");

    let sealed = |kept: &[u8], exports: &[Export]| Checkpoint::open(kept, exports).unwrap_err();
    assert_eq!(sealed(&kept, &exports[..1]), CheckpointError::Sealed);
    for at in 24..kept.len() {
        // Each byte near both ends, and some of those between.
        if at > 100 && at + 40 < kept.len() && at % 97 > 0 {
            continue;
        }
        let mut changed = kept.clone();
        changed[at] ^= 1;
        assert_eq!(sealed(&changed, &exports), CheckpointError::Sealed, "byte {at}");
    }
    assert_eq!(sealed(&kept[..kept.len() - 1], &exports), CheckpointError::Sealed);
    assert_eq!(sealed(b"{\"version\":1}", &exports), CheckpointError::Plain);
    assert_eq!(sealed(b"strongpass-checkpoint 4\n", &exports), CheckpointError::Version);
    assert_eq!(sealed(b"", &exports), CheckpointError::Foreign);
    for error in ["Plain", "Version", "Foreign", "Sealed"].iter().zip([
        CheckpointError::Plain,
        CheckpointError::Version,
        CheckpointError::Foreign,
        CheckpointError::Sealed,
    ]) {
        assert!(error.1.to_string().contains("delete it to start again"), "{error:?}");
    }
}

/// As it was found: of an account with a likely password the checkpoint said after which of the
/// public guesses it was found. Now all of them leave the same, whichever is the right one, and so
/// does a password that is not found.
#[test]
fn a_checkpoint_does_not_tell_which_guess_was_right() {
    let words = ["margate", "ramsgate", "kestrel"];
    let rules: [fn(&str) -> String; 4] = [
        |word| format!("{word}7!"),
        |word| format!("{word}8!"),
        |word| format!("{word}1!"),
        str::to_owned,
    ];
    let capital = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    };
    let mut guesses: Vec<String> =
        rules.iter().flat_map(|rule| words.iter().map(move |word| rule(&capital(word)))).collect();
    assert_eq!(guesses.len(), 12);
    guesses.push("vT7$kq2zWp4&".into());
    let kept: Vec<Vec<u8>> = guesses
        .iter()
        .enumerate()
        .map(|(at, guess)| {
            let file = format!("kharper:$NT${}\n", nt(guess));
            let exports =
                [Export::read("network", "a", file.into_bytes(), &ReadOptions::default())];
            let (report, checkpoint) = audit(&exports, 2, None);
            let is_found = report.findings.iter().any(|f| f.kind == FindingKind::Guessed);
            assert_eq!(is_found, at < 12, "{guess}");
            checkpoint.seal(&exports).unwrap()
        })
        .collect();
    for (file, guess) in kept.iter().zip(&guesses) {
        assert_eq!(file.len(), kept[0].len(), "{guess}");
        assert_eq!(file[..24], *b"strongpass-checkpoint 3\n");
        // What is behind the heading has nothing in common with that of another guess, at any
        // place: of 13 files of some hundred random bytes no byte is the same in all.
        assert!((24..file.len()).all(|at| kept.iter().any(|other| other[at] != file[at])));
    }
}

fn nt(password: &str) -> String {
    let setting = strongpass_hash::Setting::unsalted(strongpass_hash::Scheme::Nt).unwrap();
    let mut digest = String::new();
    let mut hasher = setting.hasher(&Limits::default()).unwrap();
    hasher
        .digests(&[password.as_bytes()], &mut |_, bytes| {
            digest = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        })
        .unwrap();
    digest
}

#[test]
fn a_checkpoint_of_something_else_is_refused() {
    let (_, checkpoint) = audit(&exports(), 2, Some(5));
    let other = &exports()[..1];
    let stages = stages();
    let (policy, dictionary) = (Policy::birchington(), dictionary());
    let audit = Audit {
        exports: other,
        people: &People::default(),
        policy: &policy,
        dictionary: &dictionary,
        stages: &stages,
        limits: Limits::default(),
        instructions: InstructionSet::best(),
    };
    let stop = AtomicBool::new(false);
    let bounds = Bounds { guesses: None, stop: &stop };
    let outcome = audit.run::<Infallible>(&bounds, Some(&checkpoint), None, &mut |_, _| {});
    assert!(outcome.unwrap_err().to_string().contains("other exports"));
}

#[test]
fn the_gravest_comes_first() {
    let (report, _) = audit(&exports(), 2, None);
    assert_eq!(report.findings[0].kind, FindingKind::Blank);
    assert!(report.findings.is_sorted_by_key(|finding| std::cmp::Reverse(finding.severity)));
    assert!(report.findings.iter().all(|finding| !finding.rules.contains(&Rule::Length)));
}

#[test]
fn a_crowd_under_one_name_is_said() {
    let lines: Vec<String> =
        (0..300).map(|n| format!("kharper:CLEARTEXT:Kestrel!{n:03}\n")).collect();
    let read =
        |system| Export::read(system, system, lines.concat().into_bytes(), &ReadOptions::default());
    let (report, _) = {
        let mut exports = exports();
        exports.extend([read("web"), read("server")]);
        audit(&exports, 2, None)
    };
    assert_eq!(report.crowds, 1);
    let reused = report.findings.iter().filter(|f| f.kind == FindingKind::Reused);
    assert_eq!(reused.filter(|finding| finding.account == "kharper").count(), 600);
    assert_eq!(audit(&exports(), 2, None).0.crowds, 0);
}
