//! The way of a guess through the lanes: put together, hashed, asked for.

use std::ops::Range;

use super::batch::{Batch, Row};
use super::candidate::Candidate;
use super::filter::Filter;
use super::recipe::{Recipes, Scratch};
use super::unsalted::Unsalted;

/// What a sweep needs of instructions; a value is the proof that this processor has them. The 32
/// words of a batch take so many `Lanes`.
pub(crate) trait SweepLanes<const PARTS: usize>: Copy {
    /// A number of 32 bits of each of some guesses.
    type Lanes: Copy;
    /// The same as an array.
    type Numbers: AsRef<[u32]>;

    /// The same number in all lanes.
    fn splat(self, number: u32) -> Self::Lanes;

    /// The bits of both.
    fn or(self, x: Self::Lanes, y: Self::Lanes) -> Self::Lanes;

    /// Two characters of each word, as one word of the message.
    fn interleave(self, even: &Row, odd: &Row) -> [Self::Lanes; PARTS];

    /// The number of the digest that a filter is asked for, for messages of `units` units.
    fn check(self, message: &[Self::Lanes; 32], units: u16) -> Self::Lanes;

    /// A bit for each lane that the filter lets through.
    fn ask(self, filter: &Filter, checks: Self::Lanes) -> u32;

    /// Which word of a batch a lane is for.
    fn word_of(self, part: u32, lane: u32) -> u32;

    /// The numbers, one by one.
    fn numbers(self, lanes: Self::Lanes) -> Self::Numbers;
}

/// Makes every guess of the recipes for every word of the batches, and finds those that a filter
/// lets through. It is compiled into each instruction set that calls it.
#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled for each instruction set that calls it")]
pub(crate) fn sweep<const PARTS: usize, L: SweepLanes<PARTS>>(
    on: L,
    recipes: &Recipes,
    scratch: &mut Scratch,
    batches: &[&Batch],
    [first, second]: [&Filter; 2],
    found: &mut Vec<Candidate>,
) {
    scratch.prepare(recipes);
    let scratch = &mut scratch.rows;
    let Recipes { heads, tails, sources, jobs, changes, words, .. } = recipes;
    let mut messages: [[L::Lanes; 32]; PARTS] = [[on.splat(0); 32]; PARTS];
    // A head without a tail made no guess that lanes can hash; its rows may be too many.
    for head in heads.iter().filter(|head| !head.tails.is_empty()) {
        let sources = piece(sources, &head.sources);
        let (pairs, odd) = sources.as_chunks::<2>();
        for (number, batch) in (0..).zip(batches) {
            for job in piece(jobs, &head.jobs) {
                let mut row = *row(&batch.rows, scratch, job.from);
                for change in piece(changes, &job.changes) {
                    change.apply(&mut row);
                }
                if let Some(to) = scratch.get_mut(usize::from(job.to)) {
                    *to = row;
                }
            }
            for (at, [even, odd]) in pairs.iter().enumerate() {
                let even = row(&batch.rows, scratch, *even);
                let odd = row(&batch.rows, scratch, *odd);
                for (message, word) in messages.iter_mut().zip(on.interleave(even, odd)) {
                    if let Some(place) = message.get_mut(at) {
                        *place = word;
                    }
                }
            }
            let last = match odd {
                [last] => on.interleave(row(&batch.rows, scratch, *last), &Row::ZERO),
                _ => [on.splat(0); PARTS],
            };
            for (tail, recipe) in piece(tails, &head.tails).iter().zip(head.tails.clone()) {
                let words = piece(words, &tail.words);
                end(on, &mut messages, pairs.len(), last, words, tail.length);
                let second_asked = Unsalted::Nt.asks_second(usize::from(tail.length));
                let filter = if second_asked { second } else { first };
                for (part, message) in (0..).zip(&messages) {
                    let checks = on.check(message, tail.length);
                    let mut hits = on.ask(filter, checks);
                    while hits != 0 {
                        let lane = hits.trailing_zeros();
                        hits &= hits - 1;
                        let word = on.word_of(part, lane);
                        if let Some(&check) = on.numbers(checks).as_ref().get(index(lane))
                            && word < batch.words
                        {
                            found.push(Candidate::new(recipe, number, word, second_asked, check));
                        }
                    }
                }
            }
        }
    }
}

/// Puts the end of a guess into the messages: constants, of which the first shares its word with
/// the last character of the head, and in the second block zeros up to the end.
#[inline(always)]
#[expect(clippy::inline_always, reason = "like `sweep`")]
fn end<const PARTS: usize, L: SweepLanes<PARTS>>(
    on: L,
    messages: &mut [[L::Lanes; 32]; PARTS],
    at: usize,
    last: [L::Lanes; PARTS],
    words: &[u32],
    units: u16,
) {
    for (message, last) in messages.iter_mut().zip(last) {
        let mut places = message.iter_mut().skip(at);
        for (&word, place) in words.iter().zip(places.by_ref()) {
            *place = on.splat(word);
        }
        if units > 27 {
            for place in places {
                *place = on.splat(0);
            }
        }
        if let Some(first) = message.get_mut(at) {
            *first = on.or(*first, last);
        }
    }
}

/// A range of a flat list; recipes make no others than there are.
fn piece<'a, T>(list: &'a [T], range: &Range<u32>) -> &'a [T] {
    list.get(index(range.start)..index(range.end)).unwrap_or_default()
}

/// A row of a batch, or of the scratch memory.
fn row<'a>(rows: &'a [Row], scratch: &'a [Row], number: u16) -> &'a Row {
    let number = usize::from(number);
    rows.get(number).or_else(|| scratch.get(number.wrapping_sub(rows.len()))).unwrap_or(&Row::ZERO)
}

#[expect(clippy::as_conversions, reason = "`usize` has 32 bits at least where this is built for")]
const fn index(of: u32) -> usize {
    of as usize
}
