//! Every instruction set of this processor finds what one guess after the other would find: the
//! digests of `RustCrypto` judge.

#![expect(clippy::indexing_slicing, reason = "a test may panic")]

use md4::{Digest as _, Md4};
use proptest::prelude::*;
use strongpass_hash::{
    Batch, Candidate, Change, Filter, InstructionSet, Recipes, Scratch, Source, Unsalted,
};

/// A guess as its UTF-16 units.
type Guess = Vec<u16>;

/// The words that the filters are asked for, as the judge says.
fn checks(unsalted: Unsalted, guess: &[u16]) -> [u32; 2] {
    let bytes: Vec<u8> = guess.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    unsalted.checks(&Md4::digest(bytes).into())
}

/// A sequence that looks random and is the same every time (Knuth's MMIX).
struct Numbers(u64);

impl Iterator for Numbers {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from(self.0 >> 48).ok()
    }
}

fn batch(words: &[Guess]) -> Batch {
    let mut batch = Batch::new(words[0].len());
    for lane in 0..Batch::WIDTH {
        batch.write(lane, words[lane % words.len()].iter().copied());
    }
    batch.set_words(words.len());
    batch
}

/// Sweeps, and looks for exactly these candidates whichever of them are in the filters: all, and
/// so few that they are compared one by one.
#[track_caller]
fn finds(recipes: &Recipes, batches: &[Batch], expected: &mut [Candidate]) {
    expected.sort_unstable();
    let words = |second: bool| {
        let asked = expected.iter().filter(move |candidate| candidate.second == second);
        asked.map(|candidate| candidate.check).collect::<Vec<u32>>()
    };
    let all = [words(false), words(true)];
    for few in [None, Some(0), Some(expected.len() / 2), Some(expected.len() - 1)] {
        let wanted = |words: &Vec<u32>| match few {
            None => words.clone(),
            Some(at) => words.iter().copied().filter(|word| *word == expected[at].check).collect(),
        };
        let filters = [Filter::new(&wanted(&all[0])), Filter::new(&wanted(&all[1]))];
        let through = |candidate: &&Candidate| {
            filters[usize::from(candidate.second)].may_have(candidate.check)
        };
        let expected: Vec<Candidate> = expected.iter().filter(through).copied().collect();
        assert!(!expected.is_empty());
        for set in InstructionSet::available() {
            let mut found = Vec::new();
            let batches: Vec<&Batch> = batches.iter().collect();
            let filters = [&filters[0], &filters[1]];
            set.sweep(recipes, &mut Scratch::default(), &batches, filters, &mut found);
            found.sort_unstable();
            assert_eq!(found, expected, "{set}, {few:?}");
        }
    }
}

/// What should be found if `guess` makes the guess of a recipe for a word.
fn all_of(
    recipe: u32,
    words: &[Vec<Guess>],
    guess: impl Fn(&Guess) -> Guess,
) -> impl Iterator<Item = Candidate> {
    words.iter().zip(0..).flat_map(move |(batch, number)| {
        let guesses: Vec<Guess> = batch.iter().map(&guess).collect();
        guesses.into_iter().zip(0..).map(move |(guess, word)| {
            let second = Unsalted::Nt.asks_second(guess.len());
            let check = checks(Unsalted::Nt, &guess)[usize::from(second)];
            Candidate::new(recipe, number, word, second, check)
        })
    })
}

#[test]
fn every_lane_and_every_length() {
    let mut numbers = Numbers(1);
    for length in 0..=Unsalted::Nt.most_units() {
        // A full batch, and one with a few words.
        let words = [32, 1 + length % 31].map(|words| {
            (0..words).map(|_| numbers.by_ref().take(length).collect()).collect::<Vec<Guess>>()
        });
        let batches = words.each_ref().map(|words| batch(words));
        // Cut into head and tail at every place.
        for cut in 0..=length {
            let places = 0..u16::try_from(cut).unwrap();
            let tail: Guess = numbers.by_ref().take(length - cut).collect();
            let mut recipes = Recipes::new(Unsalted::Nt, u16::try_from(length).unwrap());
            recipes.head(&places.map(Source::Row).collect::<Vec<_>>());
            let recipe = recipes.tail(&tail).unwrap();
            let guess = |word: &Guess| [&word[..cut], &tail].concat();
            let mut expected: Vec<_> = all_of(recipe, &words, guess).collect();
            finds(&recipes, &batches, &mut expected);
            assert_eq!(recipes.asks_second(), length > 13);
        }
    }
}

#[test]
fn what_is_too_long_is_refused() {
    let mut recipes = Recipes::new(Unsalted::Nt, 40);
    assert_eq!(recipes.tail(&[]), None, "there is no head");
    recipes.head(&(0..40).map(Source::Row).collect::<Vec<_>>());
    assert_eq!(recipes.tail(&[65; 20]), None);
    assert_eq!(recipes.tail(&[65; 19]), Some(0));
}

/// The rules for one character, one after the other.
fn changed(mut unit: u16, changes: &[Change]) -> u16 {
    for change in changes {
        let byte = u8::try_from(unit).ok();
        let code = |code: fn(u8) -> u8| byte.map_or(unit, |byte| code(byte).into());
        let ascii = |case: fn(&u8) -> u8| match byte {
            Some(byte) if byte.is_ascii() => case(&byte).into(),
            _ => unit,
        };
        unit = match *change {
            Change::Replace(old, new) => {
                if unit == old {
                    new
                } else {
                    unit
                }
            }
            Change::Lower => ascii(u8::to_ascii_lowercase),
            Change::Upper => ascii(u8::to_ascii_uppercase),
            Change::Toggle => ascii(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' => byte ^ 0x20,
                _ => *byte,
            }),
            Change::ShiftLeft => code(|byte| byte << 1),
            Change::ShiftRight => code(|byte| byte >> 1),
            Change::Increment => code(|byte| byte.wrapping_add(1)),
            Change::Decrement => code(|byte| byte.wrapping_sub(1)),
        };
    }
    unit
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let unit = || prop_oneof![0x20_u16..0x7f, any::<u16>()];
    // Codes come last: the case of what they make beyond ASCII is tested where it is written.
    let case = prop_oneof![
        (0x20_u16..0x7f, 0x20_u16..0x7f).prop_map(|(old, new)| Change::Replace(old, new)),
        Just(Change::Lower),
        Just(Change::Upper),
        Just(Change::Toggle),
    ];
    let code = prop_oneof![
        (unit(), unit()).prop_map(|(old, new)| Change::Replace(old, new)),
        Just(Change::ShiftLeft),
        Just(Change::ShiftRight),
        Just(Change::Increment),
        Just(Change::Decrement),
    ];
    (prop::collection::vec(case, 0..4), prop::collection::vec(code, 0..4))
        .prop_map(|(case, code)| [case, code].concat())
}

#[derive(Clone, Debug)]
enum Piece {
    Row(u16),
    Changed(u16, Vec<Change>),
    Constant(u16),
}

fn piece(rows: u16) -> impl Strategy<Value = Piece> {
    prop_oneof![
        3 => (0..rows).prop_map(Piece::Row),
        1 => (0..rows, changes()).prop_map(|(row, changes)| Piece::Changed(row, changes)),
        1 => any::<u16>().prop_map(Piece::Constant),
    ]
}

type Recipe = (Vec<Piece>, Vec<Vec<u16>>);

fn recipes(rows: u16) -> impl Strategy<Value = Vec<Recipe>> {
    let tails = prop::collection::vec(prop::collection::vec(any::<u16>(), 0..12), 1..4);
    prop::collection::vec((prop::collection::vec(piece(rows), 0..40), tails), 1..4)
}

const ROWS: u16 = 9;

proptest! {
    #[test]
    fn recipes_are_followed(plan in recipes(ROWS), seed in any::<u64>()) {
        let mut numbers = Numbers(seed);
        let words = [32, 32, 5].map(|words| {
            let mut ascii = numbers.by_ref().map(|unit| unit % 0x5f + 0x20);
            (0..words).map(|_| ascii.by_ref().take(ROWS.into()).collect()).collect::<Vec<Guess>>()
        });
        let batches = words.each_ref().map(|words| batch(words));
        let mut recipes = Recipes::new(Unsalted::Nt, ROWS);
        let mut expected = Vec::new();
        for (head, tails) in &plan {
            let source = |piece| match piece {
                &Piece::Row(row) => Source::Row(row),
                Piece::Changed(row, changes) => Source::Changed(*row, changes),
                &Piece::Constant(unit) => Source::Constant(unit),
            };
            recipes.head(&head.iter().map(source).collect::<Vec<_>>());
            for tail in tails {
                let unit = |word: &Guess, piece: &Piece| match piece {
                    Piece::Row(row) => word[usize::from(*row)],
                    Piece::Changed(row, changes) => changed(word[usize::from(*row)], changes),
                    Piece::Constant(unit) => *unit,
                };
                let guess = |word: &Guess| {
                    head.iter().map(|piece| unit(word, piece)).chain(tail.iter().copied()).collect()
                };
                let recipe = recipes.tail(tail).unwrap();
                expected.extend(all_of(recipe, &words, guess));
            }
        }
        finds(&recipes, &batches, &mut expected);
    }
}

/// Derived rows are found like written ones; what lies outside a batch is left alone.
#[test]
fn rows_are_derived_from_those_before() {
    let mut batch = Batch::new(4);
    batch.set_words(1);
    batch.write(0, [0x61, 0x62]);
    batch.derive(0..2, 2, |unit| unit ^ 0x20);
    batch.write(Batch::WIDTH, [0x7a]);
    batch.derive(0..2, 9, |unit| unit);
    batch.derive(3..9, 2, |unit| unit);
    let mut recipes = Recipes::new(Unsalted::Nt, 4);
    recipes.head(&[0, 1, 2, 3].map(Source::Row));
    let recipe = recipes.tail(&[0x21]).unwrap();
    let [check, _] = checks(Unsalted::Nt, &[0x61, 0x62, 0x41, 0x42, 0x21]);
    let mut expected = [Candidate::new(recipe, 0, 0, false, check)];
    finds(&recipes, &[batch], &mut expected);
}
