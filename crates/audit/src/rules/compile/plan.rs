//! Rules compiled for words of one length: which lanes can follow, and which they cannot.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::DefaultHashBuilder;
use strongpass_hash::{Recipes, Source, Unsalted};

use super::form::{Form, Forms};
use super::letters::{Letter, Letters};
use super::word_class::WordClass;
use crate::rules::apply::apply;
use crate::rules::rule::HashcatRule;

/// What a run of rules makes of words of one class, each guess once.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The forms of words that the recipes take characters from.
    pub(crate) forms: Forms,
    /// Recipes for lanes, under a condition or under none.
    pub(crate) parts: Vec<Part>,
    /// Rules that depend on each word.
    pub(crate) alone: Vec<u32>,
}

/// Recipes that hold for words without a character, in any case, or for all.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) without: Option<char>,
    pub(crate) recipes: Recipes,
    /// The rule of each recipe.
    pub(crate) rules: Vec<u32>,
    /// All rules under the condition, for words that do not meet it.
    pub(crate) otherwise: Vec<u32>,
}

impl Plan {
    /// Compiles the rules of a range, for words of that class.
    pub(crate) fn new(
        unsalted: Unsalted,
        class: WordClass,
        rules: &[HashcatRule],
        range: Range<usize>,
    ) -> Self {
        let mut draft = PlanBuilder::new(Letters::new(class));
        for (number, rule) in (0..).zip(rules).skip(range.start).take(range.len()) {
            draft.add(number, rule);
        }
        draft.finish(unsalted, class)
    }

    /// Whether some recipes are for words without a character.
    pub(crate) fn has_conditions(&self) -> bool {
        self.parts.iter().any(|part| part.without.is_some())
    }
}

/// Builds a plan: guesses by how they start.
#[derive(Debug)]
struct PlanBuilder {
    letters: Letters,
    word: Vec<Letter>,
    guess: Vec<Letter>,
    parts: Vec<PartBuilder>,
    alone: Vec<u32>,
    /// The ends of guesses, one after the other.
    units: Vec<u16>,
    /// Part, group and end of a guess, by the hash of all.
    seen: HashMap<u64, (usize, usize, Range<usize>), DefaultHashBuilder>,
}

#[derive(Debug, Default)]
struct PartBuilder {
    without: Option<char>,
    groups: Vec<StartGroup>,
    /// The group of each start.
    starts: HashMap<Box<[Letter]>, usize, DefaultHashBuilder>,
    otherwise: Vec<u32>,
}

/// Guesses that start alike: where each end is, and its rule.
#[derive(Debug)]
struct StartGroup {
    start: Box<[Letter]>,
    ends: Vec<(Range<usize>, u32)>,
}

impl PlanBuilder {
    fn new(letters: Letters) -> Self {
        Self {
            word: letters.word().collect(),
            letters,
            guess: Vec::new(),
            parts: vec![PartBuilder::default()],
            alone: Vec::new(),
            units: Vec::new(),
            seen: HashMap::default(),
        }
    }

    fn add(&mut self, number: u32, rule: &HashcatRule) {
        let Self { letters, word, guess, parts, alone, units, seen } = self;
        letters.begin();
        let accepted = apply(rule.operations(), letters, word, guess);
        let first_unit = units.len();
        let start = split(guess, units);
        let (Some(start), false) = (start, letters.depends) else {
            units.truncate(first_unit);
            return alone.push(number);
        };
        let known = parts.iter().position(|part| part.without == letters.without);
        let place = known.unwrap_or_else(|| {
            parts.push(PartBuilder { without: letters.without, ..PartBuilder::default() });
            parts.len() - 1
        });
        let Some(part) = parts.get_mut(place) else { return };
        if part.without.is_some() {
            part.otherwise.push(number);
        }
        if !accepted {
            return units.truncate(first_unit);
        }
        let PartBuilder { groups, starts, .. } = part;
        let group = starts.get(start).copied().unwrap_or_else(|| {
            groups.push(StartGroup { start: start.into(), ends: Vec::new() });
            starts.insert(start.into(), groups.len() - 1);
            groups.len() - 1
        });
        let end = units.get(first_unit..).unwrap_or_default();
        let hash = seen.hasher().hash_one((place, group, end));
        if let Some((twin_place, twin_group, twin)) = seen.get(&hash)
            && (*twin_place, *twin_group) == (place, group)
            && units.get(twin.clone()) == Some(end)
        {
            return units.truncate(first_unit);
        }
        seen.insert(hash, (place, group, first_unit..units.len()));
        if let Some(group) = groups.get_mut(group) {
            group.ends.push((first_unit..units.len(), number));
        }
    }

    fn finish(self, unsalted: Unsalted, class: WordClass) -> Plan {
        let Self { letters, parts, mut alone, units, .. } = self;
        let length = class.length();
        let mut forms = Forms::default();
        let mut sources = Vec::new();
        let mut finish = |draft: PartBuilder| {
            let PartBuilder { without, groups, otherwise, .. } = draft;
            let mut recipes = Recipes::new(unsalted, Form::rows(length));
            let mut rules = Vec::new();
            for StartGroup { start, ends } in groups {
                for letter in &start {
                    if let Letter::Word { form, .. } = letter {
                        forms.add(*form);
                    }
                }
                sources.clear();
                sources.extend(start.iter().map(|letter| source(*letter, length, &letters)));
                recipes.head(&sources);
                for (end, rule) in ends {
                    let end = units.get(end).unwrap_or_default();
                    // What is too long for lanes is made alone.
                    let list = if recipes.tail(end).is_some() { &mut rules } else { &mut alone };
                    list.push(rule);
                }
            }
            Part { without, recipes, rules, otherwise }
        };
        let parts = parts.into_iter().map(&mut finish).collect();
        Plan { forms, parts, alone }
    }
}

/// Cuts the constants off the end of a guess and adds them to the units; none if there is a
/// constant that is more than one unit.
fn split<'a>(guess: &'a [Letter], units: &mut Vec<u16>) -> Option<&'a [Letter]> {
    let is_word = |letter: &Letter| matches!(letter, Letter::Word { .. });
    let cut = guess.iter().rposition(is_word).map_or(0, |last| last + 1);
    let (start, end) = guess.split_at(cut);
    for letter in guess {
        if let Letter::Constant(c) = letter {
            unit(*c)?;
        }
    }
    for letter in end {
        if let Letter::Constant(c) = letter {
            units.push(unit(*c)?);
        }
    }
    Some(start)
}

fn unit(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok()
}

/// Where lanes find a letter: rows are the places of the word, form after form.
fn source(letter: Letter, length: u8, letters: &Letters) -> Source<'_> {
    match letter {
        Letter::Constant(c) => Source::Constant(unit(c).unwrap_or_default()),
        Letter::Word { place, form, changes: 0 } => Source::Row(form.row(length, place)),
        Letter::Word { place, form, changes } => {
            Source::Changed(form.row(length, place), letters.changes(changes))
        }
    }
}
