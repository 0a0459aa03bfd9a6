//! The dictionary alone: the walk (a policy with everything else off), the look-up of one entry,
//! and opening a compiled list.

use std::error::Error;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use strongpass_policy::{
    Context, Dictionary, List, Mode, OneSystem, Password, Policy, Rule, WordList,
};

#[path = "../tests/corpus/mod.rs"]
mod corpus;

const COUNT: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let dictionary = strongpass_wordlists::dictionary()?;
    walk(&mut criterion, &dictionary)?;
    look_up(&mut criterion, &dictionary);
    open(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}

/// Nothing but "does not contain a dictionary word".
fn only_words() -> Policy {
    let mut policy = Policy::birchington();
    policy.min_length = 4;
    (policy.numbers, policy.letters, policy.symbols) = (false, false, false);
    policy.dictionary = Mode::Strict;
    policy.personal = false;
    policy.one_system = OneSystem::Off;
    policy
}

fn walk(criterion: &mut Criterion, dictionary: &Dictionary) -> Result<(), Box<dyn Error>> {
    let policy = only_words();
    let context = Context::default();
    let mut group = criterion.benchmark_group("words/walk");
    group.throughput(Throughput::Elements(u64::try_from(COUNT)?));
    for (kind, least, most) in
        [("random-12", 0, 30), ("human", 650, 950), ("disguised", 950, COUNT), ("long", 0, 200)]
    {
        let passwords: Vec<Password> = corpus::make(kind, 5, COUNT)
            .iter()
            .map(|password| Password::new(password.as_bytes()))
            .collect();
        let found = || {
            let broken = |password: &&Password| {
                let verdict = policy.check(black_box(password), dictionary, &context);
                verdict.violations().iter().any(|broken| broken.rule == Rule::DictionaryWord)
            };
            passwords.iter().filter(broken).count()
        };
        assert!((least..=most).contains(&found()), "{kind}: {} contain a word", found());
        group.bench_function(kind, |b| b.iter(found));
    }
    group.finish();
    Ok(())
}

fn look_up(criterion: &mut Criterion, dictionary: &Dictionary) {
    let mut group = criterion.benchmark_group("words/entry");
    for (word, list) in
        [("horse", Some(List::Word)), ("Birchington", Some(List::Place)), ("xqzvkw", None)]
    {
        assert_eq!(dictionary.entry(word).map(|entry| entry.list), list, "{word}");
        group.bench_function(word, |b| b.iter(|| dictionary.entry(black_box(word))));
    }
    group.finish();
}

fn open(criterion: &mut Criterion) -> Result<(), Box<dyn Error>> {
    let bytes = strongpass_wordlists::BUILT_IN;
    let len = WordList::open(bytes.to_vec())?.len();
    assert!(len > 100_000, "{len} entries");
    assert_eq!(WordList::built_in(bytes)?.len(), len);
    let mut group = criterion.benchmark_group("words/open");
    group.bench_function("built in", |b| b.iter(|| WordList::built_in(black_box(bytes))));
    group.throughput(Throughput::Bytes(u64::try_from(bytes.len())?));
    group.bench_function("from a file", |b| {
        b.iter_batched(|| bytes.to_vec(), WordList::open, BatchSize::LargeInput);
    });
    group.finish();
    Ok(())
}
