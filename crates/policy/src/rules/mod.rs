//! The rules. Their order here is the specification: all are asked, none stops another.

mod asked;
mod breached;
mod chance;
mod dates;
mod keys;
mod passcode;
mod repeats;
mod words;

use crate::characters::digits::digits;
use crate::characters::fold::Folded;
use crate::characters::shape::Shape;
use crate::context::{Context, Use, Uses};
use crate::password::{Password, Unreadable};
use crate::policy::{Common, Mode, OneSystem, Policy};
use crate::similar::likeness::{Likeness, likeness};
use crate::verdict::Verdict;
use crate::verdict::rule::{Answer, Evidence, Rule};
use crate::words::dictionary::Dictionary;
use crate::words::disguise::Disguise;
use crate::words::hits::{self, Hit, Hits};
use crate::words::list::List;
use asked::Asked;
use chance::Chance;

impl Policy {
    /// Answers every clause for `password`. Pure: the same arguments give the same verdict at
    /// every door.
    pub fn check(
        &self,
        password: &Password,
        dictionary: &Dictionary,
        context: &Context<'_>,
    ) -> Verdict {
        check(self, password, dictionary, context)
    }
}

fn check(
    policy: &Policy,
    password: &Password,
    dictionary: &Dictionary,
    context: &Context<'_>,
) -> Verdict {
    let mut asked = Asked::new();
    match password.text() {
        Ok(text) => {
            // A passcode with letters, or of more than ten digits, is judged as a password.
            match policy.passcode.as_ref().and_then(|p| Some((p, digits(text)?))) {
                Some((passcode, digits)) => {
                    passcode::check(passcode, &digits, &mut asked);
                    if policy.personal {
                        passcode::check_numbers(&context.numbers, &digits, &mut asked);
                    }
                }
                None => check_text(policy, text, dictionary, context, &mut asked),
            }
            uses(policy, password, context, &mut asked);
        }
        Err(why) => {
            asked.answer(
                match why {
                    Unreadable::TooLong => Rule::TooLong,
                    Unreadable::NotText => Rule::Encoding,
                },
                Some(Evidence::None),
            );
        }
    }
    asked.verdict
}

fn check_text(
    policy: &Policy,
    text: &str,
    dictionary: &Dictionary,
    context: &Context<'_>,
    asked: &mut Asked,
) {
    let mut folded = Folded::new(text);
    folded.fold();
    let shape = Shape::from_folded(&folded);
    let short = shape.characters < policy.min_length;
    asked.answer(Rule::Length, short.then_some(Evidence::Needed(policy.min_length)));
    if shape.unreadable {
        asked.answer(Rule::Encoding, Some(Evidence::None));
    }
    for (needed, rule, is_there) in [
        (policy.numbers, Rule::Numbers, shape.numbers),
        (policy.letters, Rule::Letters, shape.letters),
        (policy.symbols, Rule::Symbols, shape.symbols),
    ] {
        if needed {
            asked.answer(rule, (!is_there).then_some(Evidence::None));
        }
    }
    if policy.dictionary != Mode::Off || policy.common_passwords != Common::Off {
        dictionary_rules(policy, &folded, shape.characters, dictionary, asked);
    }
    if policy.breached.is_some() {
        breached::check(context.exposure, asked);
    }
    if policy.personal && context.personal.is_empty() {
        asked.set(Rule::Personal, Answer::NotAsked);
    } else if policy.personal {
        asked.answer_matches(Rule::Personal, context.personal.find(&folded));
    }
}

/// `dictionary-word` and `common-password` are two questions about the same hits.
fn dictionary_rules(
    policy: &Policy,
    folded: &Folded<'_>,
    characters: usize,
    dictionary: &Dictionary,
    asked: &mut Asked,
) {
    let mut hits = Hits::default();
    words::find(dictionary, &policy.allow, folded, policy.min_length, &mut hits);
    let least = policy.min_length.max(policy.common_passwords_below.unwrap_or(0));
    // Where a word is refused anyway, it is said that a piece is repeated only if that matters besides.
    let is_refused = !hits.as_slice().is_empty()
        && policy.dictionary == Mode::Strict
        && policy.common_passwords == Common::Off;
    let repeated = if is_refused {
        None
    } else {
        repeats::find(folded, least, || Chance::from_folded(folded))
    };
    let report = |hits: &[Hit]| hits::report(hits, folded);
    let whole = || {
        let joined = hits::join_runs(hits.as_slice());
        let mut whole = words::covering_all(&joined, repeats::once(folded.keys()));
        whole.extend(repeated);
        whole
    };
    let common = match policy.common_passwords {
        Common::Off => None,
        Common::Exact => {
            let once = repeats::once(folded.keys()).len();
            let is_exact =
                |hit: &&Hit| (hit.start, hit.end) == (0, once) && hit.disguise == Disguise::None;
            let joined = hits::join_runs(hits.as_slice());
            let exact = joined.iter().filter(is_exact).copied().chain(repeated);
            Some(exact.collect())
        }
        Common::Whole => {
            let is_common = |hit: &Hit| hit.tag.common || hit.tag.list == List::Keyboard;
            let common: Vec<Hit> = whole().into_iter().filter(is_common).collect();
            let once = || counted_once(hits.as_slice(), characters, policy.min_length);
            Some(if common.is_empty() { once() } else { common })
        }
    };
    // Long enough to do without (Cyber Essentials: 12, or 8 and a deny list); but no length helps a run
    // of keys, or what is repeated.
    let is_long = policy.common_passwords_below.is_some_and(|n| characters >= n);
    let is_no_run = |hit: &Hit| !matches!(hit.tag.list, List::Keyboard | List::Repeated);
    let common = common.map(|mut hits: Vec<Hit>| {
        hits.retain(|hit| !(is_long && is_no_run(hit)));
        report(&hits)
    });
    let common = common.filter(|hits| !is_long || !hits.is_empty());
    match policy.dictionary {
        Mode::Off => {}
        Mode::Whole => asked.answer_matches(Rule::DictionaryWord, report(&whole())),
        Mode::Strict => {
            if let Some(hit) = repeated {
                hits.push(hit);
            }
            asked.answer_matches(Rule::DictionaryWord, report(hits.as_slice()));
        }
    }
    if let Some(matches) = common {
        asked.answer_matches(Rule::CommonPassword, matches);
    }
}

/// The runs of keys and the dates beside which too little is left (`Ab!123456`, `Yr6!2025`): each
/// counts as one character, like what is repeated.
fn counted_once(hits: &[Hit], characters: usize, least: usize) -> Vec<Hit> {
    let mut known = hits::join_runs(hits);
    known.retain(|hit| {
        matches!(hit.tag.list, List::Keyboard | List::Date) && hit.disguise == Disguise::None
    });
    known.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut end = 0;
    known.retain(|hit| {
        hit.start >= end && {
            end = hit.end;
            true
        }
    });
    let left =
        known.iter().fold(characters, |left, hit| left.saturating_sub(hit.end - hit.start - 1));
    if left < least { known } else { Vec::new() }
}

/// "Is only used on one system": the door asked the history, the rule draws the conclusion.
fn uses(policy: &Policy, password: &Password, context: &Context<'_>, asked: &mut Asked) {
    if policy.one_system == OneSystem::Off {
        return;
    }
    let old = context.old.and_then(|old| likeness(old, password)).map(Evidence::Old);
    match context.uses {
        Uses::NotAsked => {
            asked.set(Rule::OneSystem, Answer::NotAsked);
            asked.verdict.unchecked |= policy.one_system == OneSystem::Required;
            asked.answer_if(Rule::Similar, old);
        }
        // Someone asked because it matters: that there is no answer is never "used nowhere".
        Uses::Unavailable => {
            asked.set(Rule::OneSystem, Answer::Unavailable);
            asked.verdict.unchecked = true;
            asked.answer_if(Rule::Similar, old);
        }
        Uses::Known(uses) => {
            asked.answer(Rule::OneSystem, use_of(uses, Likeness::Same));
            asked.answer(Rule::Similar, old.or_else(|| use_of(uses, Likeness::Near)));
        }
        Uses::Exact(uses) => {
            asked.answer(Rule::OneSystem, use_of(uses, Likeness::Same));
            asked.set(Rule::Similar, Answer::NotAsked);
            asked.answer_if(Rule::Similar, old);
        }
    }
}

fn use_of(uses: &[Use], likeness: Likeness) -> Option<Evidence> {
    let found = uses.iter().find(|found| found.likeness == likeness)?;
    Some(Evidence::Use { system: found.system.clone(), day: found.day.clone() })
}
