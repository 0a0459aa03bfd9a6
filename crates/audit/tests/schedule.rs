//! How a search divides its time: counted in guesses and in the prices of a table, never in seconds.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use strongpass_audit::{
    Audit, Bounds, Checkpoint, Coverage, Ended, Export, FindingKind, HashcatRule, People,
    ReadOptions, Report, Shapes, Stage, Words,
};
use strongpass_hash::{InstructionSet, Limits, Scheme};
use strongpass_policy::{Dictionary, Policy};

/// Random NT hashes, which nothing opens.
fn network(accounts: usize) -> Export {
    let line = |n| format!("user{n}:$NT${n:08x}5c1d9f63b0a7e2481c9d6e0f\n");
    export("network", (0..accounts).map(line).collect())
}

/// The same people on a server: MD5 crypt, 1,600 times as dear, which nothing opens either.
fn server(accounts: usize) -> Export {
    let line = |n| format!("user{n}:$1$salt{n:04}$Xr4ilOzQ4PCOq3aQ0qbua/:19700::::::\n");
    export("server", (0..accounts).map(line).collect())
}

fn export(system: &str, file: String) -> Export {
    let export = Export::read(system, system, file.into_bytes(), &ReadOptions::default());
    assert!(export.skipped.is_empty(), "{:?}", export.skipped);
    export
}

/// 8,000 words in four ways with every three digits behind them: 32 million guesses.
fn many_guesses() -> Vec<Stage> {
    let words: Vec<String> = (0..8_000).map(|n| format!("word{n}")).collect();
    let rules = (0..1_000).flat_map(|n| {
        let digits: String = format!("{n:03}").chars().flat_map(|digit| ['$', digit]).collect();
        ["", "c", "u", "r"].map(|case| HashcatRule::parse(&format!("{case}{digits}")).unwrap())
    });
    let words = Words::listed(words.iter().map(String::as_str));
    vec![Stage { words, shapes: Shapes::listed(rules.collect()), personal: false }]
}

/// What a search had done after each of its time slices: scheme, guesses for each account, all guesses.
type Slices = Vec<(Scheme, u64, u64)>;

/// Searches until `is_enough`, and says what was done.
fn search(
    exports: &[Export],
    stages: &[Stage],
    threads: usize,
    (guesses, resume): (Option<u64>, Option<&Checkpoint>),
    is_enough: &(dyn Fn(Scheme, u64) -> bool + Sync),
) -> (Report, Slices, Option<Checkpoint>) {
    let audit = Audit {
        exports,
        people: &People::default(),
        policy: &Policy::birchington(),
        dictionary: &Dictionary::default(),
        stages,
        limits: Limits::default(),
        instructions: InstructionSet::best(),
    };
    let stop = AtomicBool::new(false);
    let (mut slices, mut last) = (Slices::new(), None);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let report = pool.install(|| {
        let mut watch = |progress: strongpass_audit::Progress,
                         checkpoint: &dyn Fn() -> Checkpoint| {
            slices.push((progress.scheme, progress.rank, progress.hashed));
            let is_enough = is_enough(progress.scheme, progress.rank);
            if is_enough {
                last = Some(checkpoint());
            }
            stop.fetch_or(is_enough, Ordering::Relaxed);
        };
        audit.run::<Infallible>(&Bounds { guesses, stop: &stop }, resume, None, &mut watch)
    });
    (report.unwrap(), slices, last)
}

/// How many guesses each account of a scheme has had.
fn rank(slices: &Slices, scheme: Scheme) -> u64 {
    slices.iter().rfind(|slice| slice.0 == scheme).map_or(0, |slice| slice.1)
}

fn of(report: &Report, scheme: Scheme) -> &Coverage {
    report.coverage.iter().find(|class| class.scheme == scheme).unwrap()
}

/// After 20 million guesses for 6 NT accounts, 100 ms by the table, accounts under MD5 crypt with 8 µs
/// a guess have had guesses for some milliseconds each. As it was found, they had their first slice
/// of two seconds at the start, however much more the others paid.
#[test]
fn a_slow_scheme_has_the_guesses_that_pay() {
    let both = [network(6), server(20)];
    let enough = |scheme, rank| scheme == Scheme::Nt && rank >= 20_000_000;
    let (_, slices, _) = search(&both, &many_guesses(), 2, (None, None), &enough);
    let (nt, slow) = (rank(&slices, Scheme::Nt), rank(&slices, Scheme::Md5crypt));
    assert!((20_000_000..25_000_000).contains(&nt), "{nt}");
    assert!((100..1_500).contains(&slow), "{slow}");
}

#[test]
fn the_threads_divide_nothing_otherwise() {
    let (both, stages) = ([network(2), server(20)], many_guesses());
    let enough = |scheme, rank| scheme == Scheme::Md5crypt && rank >= 60;
    let one = search(&both, &stages, 1, (None, None), &enough).1;
    let four = search(&both, &stages, 4, (None, None), &enough).1;
    assert_eq!(one, four);
    assert!(rank(&one, Scheme::Nt) >= 100_000 && rank(&one, Scheme::Md5crypt) >= 60);
}

/// Whatever a search was doing when it was left, it goes on with the same time slices.
#[test]
fn a_search_that_is_taken_up_again_divides_its_time_alike() {
    let (both, stages) = ([network(2), server(20)], many_guesses());
    let enough = |scheme, rank| scheme == Scheme::Md5crypt && rank >= 60;
    let whole = search(&both, &stages, 2, (None, None), &enough).1;
    for after in [1, whole.len() / 2, whole.len() - 2] {
        let done = AtomicUsize::new(0);
        let until = |_, _| done.fetch_add(1, Ordering::Relaxed) + 1 >= after;
        let (_, before, kept) = search(&both, &stages, 2, (None, None), &until);
        let (_, rest, _) = search(&both, &stages, 2, (None, kept.as_ref()), &enough);
        // Of the guesses hashed in all a search that is taken up counts its own.
        let parts: Vec<_> = before.iter().chain(&rest).map(|slice| (slice.0, slice.1)).collect();
        let whole: Vec<_> = whole.iter().map(|slice| (slice.0, slice.1)).collect();
        assert_eq!(parts, whole, "after {after}");
    }
}

/// What is found in a fast scheme is tried on the same people's slow accounts at once.
#[test]
fn what_a_fast_scheme_finds_opens_a_slow_one_first() {
    // `Kestrel7!` as NT hash, and as SHA-512 crypt with 1,000 rounds.
    let network = export("network", format!("kharper:$NT${}\n", hash("Kestrel7!")));
    let slow = "$6$rounds=1000$saltsalt$\
                J8psnVP9Mt.lvRP/ZlUAm9UznBsCQW5FxtPi.dkH86EQFpy5YX7mdxdYHPdKGH1cMmOVW15RnBzWqyIGemHGb0";
    let server = export("server", format!("kharper:{slow}:19700::::::\n"));
    let rules = ["c$1$!", "c$7$!"].map(|rule| HashcatRule::parse(rule).unwrap());
    let words = Words::listed(["kestrel", "margate"].into_iter());
    let mut stages = vec![Stage { words, shapes: Shapes::listed(rules.into()), personal: false }];
    stages.extend(many_guesses());
    let enough = |_, rank| rank >= 1_000_000;
    let (report, _, _) = search(&[network, server], &stages, 2, (None, None), &enough);
    assert_eq!(of(&report, Scheme::Sha512crypt).found, 1);
    assert!(of(&report, Scheme::Sha512crypt).guesses < 100);
    assert!(report.findings.iter().any(|finding| finding.kind == FindingKind::Reused));
}

#[test]
fn the_report_says_what_a_longer_search_would_add() {
    let (both, stages) = ([network(6), server(40)], many_guesses());
    let enough = |scheme, rank| scheme == Scheme::Md5crypt && rank >= 100;
    let (stopped, _, _) = search(&both, &stages, 2, (None, None), &enough);
    let slow = of(&stopped, Scheme::Md5crypt);
    assert_eq!((slow.ended, slow.systems.as_slice()), (Ended::Stopped, &["server".to_owned()][..]));
    // From 100 to 1,000 guesses: some 2 % of 40.
    assert!(matches!(slow.expected_more, Some(1 | 2)), "{:?}", slow.expected_more);

    let (limited, _, _) = search(&[network(600)], &stages, 2, (Some(1_000), None), &|_, _| false);
    let nt = of(&limited, Scheme::Nt);
    assert_eq!(nt.ended, Ended::Limit);
    // From 1,000 to 10,000 guesses: some 4 % of 600.
    assert!((20..35).contains(&nt.expected_more.unwrap()), "{:?}", nt.expected_more);

    let few = vec![Stage {
        words: Words::listed(["margate"].into_iter()),
        shapes: Shapes::listed(vec![HashcatRule::parse("c").unwrap()]),
        personal: false,
    }];
    let (complete, _, _) = search(&both[..1], &few, 2, (None, None), &|_, _| false);
    let nt = of(&complete, Scheme::Nt);
    assert_eq!((nt.ended, nt.expected_more), (Ended::Everything, None));
}

fn hash(password: &str) -> String {
    let setting = strongpass_hash::Setting::unsalted(Scheme::Nt).unwrap();
    let mut digest = String::new();
    let mut hasher = setting.hasher(&Limits::default()).unwrap();
    hasher
        .digests(&[password.as_bytes()], &mut |_, bytes| {
            let bytes = bytes.try_into().unwrap();
            digest = format!("{:032x}", u128::from_be_bytes(bytes));
        })
        .unwrap();
    digest
}
