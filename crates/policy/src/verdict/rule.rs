//! The rules: their names, what their answers rest on, and what is wrong and what to do, in plain
//! English: one table, for all doors.
//!
//! Written for a reading age of about 11. A message names the kind of thing that was found, never
//! the thing: it may be read over a shoulder or end in a log.

use std::fmt;

use crate::similar::likeness::Likeness;
use crate::words::disguise::Disguise;
use crate::words::few::Few;
use crate::words::list::List;
use crate::words::matches::Match;

/// One clause of a policy. The id is stable: JSON, messages, settings and documents share it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Has as many characters as the policy asks for.
    Length,
    /// Is not longer than [`Password::MAX_BYTES`](crate::Password::MAX_BYTES).
    TooLong,
    /// Is text that can be typed and seen.
    Encoding,
    /// Has a number.
    Numbers,
    /// Has a letter.
    Letters,
    /// Has a symbol.
    Symbols,
    /// Does not contain a dictionary word.
    DictionaryWord,
    /// Is not a password that many people use.
    CommonPassword,
    /// Is not in a list of passwords that were stolen from other sites.
    Breached,
    /// Does not contain a name that belongs to the person, the school or the system.
    Personal,
    /// A passcode has as many digits as the policy asks for.
    PasscodeLength,
    /// A passcode is not a pattern.
    PasscodePattern,
    /// A passcode is not one that many people use.
    PasscodeCommon,
    /// Is only used on one system.
    OneSystem,
    /// Is not nearly the same as another one in use.
    Similar,
}

impl Rule {
    /// All rules, in the order in which they are checked and reported.
    pub const ALL: [Self; 15] = [
        Self::Length,
        Self::TooLong,
        Self::Encoding,
        Self::Numbers,
        Self::Letters,
        Self::Symbols,
        Self::DictionaryWord,
        Self::CommonPassword,
        Self::Breached,
        Self::Personal,
        Self::PasscodeLength,
        Self::PasscodePattern,
        Self::PasscodeCommon,
        Self::OneSystem,
        Self::Similar,
    ];

    /// Its place in [`ALL`](Self::ALL).
    #[expect(clippy::as_conversions, reason = "how Rust gives the number of a variant")]
    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// The stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::TooLong => "too-long",
            Self::Encoding => "encoding",
            Self::Numbers => "numbers",
            Self::Letters => "letters",
            Self::Symbols => "symbols",
            Self::DictionaryWord => "dictionary-word",
            Self::CommonPassword => "common-password",
            Self::Breached => "breached",
            Self::Personal => "personal",
            Self::OneSystem => "one-system",
            Self::Similar => "similar",
            Self::PasscodeLength => "passcode-length",
            Self::PasscodePattern => "passcode-pattern",
            Self::PasscodeCommon => "passcode-common",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// What a violation rests on; it does not repeat the secret.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Evidence {
    /// Nothing more than the rule says.
    None,
    /// How many characters or digits are needed.
    Needed(usize),
    /// Words, names, runs or dates, in the order in which they stand.
    Matches(Few<Match>),
    /// The system where it is in use, and since which day, if that is known.
    Use {
        /// The title of the system.
        system: String,
        /// The day of the record, `YYYY-MM-DD`.
        day: String,
    },
    /// How like it is to the password that it is to replace.
    Old(Likeness),
    /// A kind of pattern.
    Pattern {
        /// Its stable name.
        id: &'static str,
        /// Words that follow "it is".
        words: &'static str,
    },
}

/// Whether a clause holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Answer {
    /// It holds.
    Met,
    /// It does not.
    Broken,
    /// Nobody asked: it needs facts that were not given, and the policy can do without.
    NotAsked,
    /// It could not be found out, though it was asked.
    Unavailable,
}

/// *This* password breaks *this* rule.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// Why.
    pub evidence: Evidence,
}

impl Violation {
    pub(crate) fn new(rule: Rule, evidence: Evidence) -> Self {
        Self { rule, evidence }
    }

    /// The words found, if the rule looks for words.
    pub fn matches(&self) -> &[Match] {
        if let Evidence::Matches(matches) = &self.evidence { matches } else { &[] }
    }

    /// The system where it is in use and since when, if the rule looks for that.
    pub fn used_on(&self) -> Option<(&str, &str)> {
        if let Evidence::Use { system, day } = &self.evidence { Some((system, day)) } else { None }
    }

    /// The name of the pattern, if the rule looks for patterns.
    pub fn pattern(&self) -> Option<&'static str> {
        if let Evidence::Pattern { id, .. } = self.evidence { Some(id) } else { None }
    }

    /// What is wrong: a sentence.
    pub fn message(&self) -> String {
        match (self.rule, &self.evidence) {
            (Rule::Length, Evidence::Needed(n)) => {
                format!("It is too short: it needs at least {n} characters.")
            }
            (Rule::PasscodeLength, Evidence::Needed(n)) => {
                format!("It is too short: it needs at least {n} digits.")
            }
            (Rule::CommonPassword, Evidence::Matches(matches))
                if matches.iter().all(is_by_rule) =>
            {
                format!("It is little more than {}.", list_of(matches))
            }
            (Rule::CommonPassword, _) => broken(Rule::CommonPassword).into(),
            (_, Evidence::Matches(matches)) => format!("It contains {}.", list_of(matches)),
            (Rule::Similar, Evidence::Use { system, .. }) => {
                format!("It is nearly the same as a password used for {system}.")
            }
            (_, Evidence::Use { system, day }) => {
                format!("It is already used for {system} (since {day}).")
            }
            (_, Evidence::Old(Likeness::Same)) => "It is the same as the old password.".into(),
            (_, Evidence::Old(Likeness::Near)) => {
                "It is nearly the same as the old password.".into()
            }
            (_, Evidence::Pattern { words, .. }) => format!("It is {words}."),
            (rule, _) => broken(rule).into(),
        }
    }

    /// What to do next: a sentence.
    pub fn remedy(&self) -> String {
        let hidden = self.matches().iter().any(|m| m.disguise != Disguise::None);
        let is_repeated = matches!(self.matches(), [one] if one.list == List::Repeated);
        let are_all = |list| self.matches().iter().all(|m| m.list == list);
        let has_words = !self.matches().iter().all(is_by_rule);
        match self.rule {
            Rule::Length => "Make it longer.",
            Rule::TooLong => "Make it shorter.",
            Rule::Encoding => "Use only characters that you can see on your keyboard.",
            Rule::Numbers => "Put in a number (0 to 9).",
            Rule::Letters => "Put in a letter.",
            Rule::Symbols => "Put in a symbol, such as ! £ % + or a space.",
            Rule::DictionaryWord if is_repeated => {
                "Put something else in place of what is repeated: that counts only once."
            }
            Rule::DictionaryWord if are_all(List::Keyboard) && !self.matches().is_empty() => {
                "Change that part so that the keys or characters are not in order."
            }
            Rule::DictionaryWord if are_all(List::Date) && !self.matches().is_empty() => {
                "Put other numbers in its place: dates and years are tried early."
            }
            Rule::DictionaryWord if !has_words && !self.matches().is_empty() => {
                "Put something else in place of these parts, in no order and with no meaning."
            }
            Rule::DictionaryWord if hidden => {
                "Change that part so that it spells nothing. Swapping letters for numbers, or \
                 turning a word round, does not hide it."
            }
            Rule::DictionaryWord => {
                "Change that part so that it spells nothing. Adding more around it does not help."
            }
            Rule::CommonPassword => "Choose something quite different.",
            Rule::Breached => {
                "Choose something quite different. If you use this one anywhere, change it there, too."
            }
            Rule::Personal if self.pattern().is_some() => {
                "Leave out telephone numbers, postcodes, rooms, years and names."
            }
            Rule::Personal => "Leave out your own names and those of your school and its systems.",
            Rule::OneSystem => "Use a different password for each system.",
            Rule::Similar if self.evidence == Evidence::Old(Likeness::Same) => "Make a new one.",
            Rule::Similar => "Make a new one. Changing a number or the ending is easy to guess.",
            Rule::PasscodeLength => "Use more digits.",
            Rule::PasscodePattern | Rule::PasscodeCommon => {
                "Choose digits that have no order and no meaning."
            }
        }
        .into()
    }
}

/// The violation of a rule that needs no details.
fn broken(rule: Rule) -> &'static str {
    match rule {
        Rule::Length | Rule::PasscodeLength => "It is too short.",
        Rule::TooLong => "It is longer than 512 bytes.",
        Rule::Encoding => "It has a character that cannot be seen, or is not text.",
        Rule::Numbers => "It has no number.",
        Rule::Letters => "It has no letter.",
        Rule::Symbols => "It has no symbol.",
        Rule::DictionaryWord => "It contains a dictionary word.",
        Rule::CommonPassword => "It is a password that many people use.",
        Rule::Breached => "It is in a list of passwords stolen from other sites.",
        Rule::Personal => "It contains a name of yours.",
        Rule::OneSystem => "It is already used on another system.",
        Rule::Similar => "It is nearly the same as another password.",
        Rule::PasscodePattern => "It is a pattern.",
        Rule::PasscodeCommon => "It is a code that many people use.",
    }
}

/// "a dictionary word, a name written backwards and a date": each kind once, in order.
fn list_of(matches: &[Match]) -> String {
    let mut kinds: Vec<String> = Vec::new();
    for m in matches {
        let kind = format!("{}{}", a(m.list), hidden(m.disguise));
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    match kinds.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}

/// Found by its form: nobody needs a list for it.
fn is_by_rule(found: &Match) -> bool {
    matches!(found.list, List::Keyboard | List::Repeated | List::Date)
}

fn a(list: List) -> &'static str {
    match list {
        List::Word => "a dictionary word",
        List::Name => "a name",
        List::Place => "the name of a place",
        List::Local => "a word that everybody at a school knows",
        List::Keyboard => "a run of keys or characters in order",
        List::Password => "a password that many people use",
        List::Date => "a date",
        List::Repeated => "the same piece again and again",
        List::Personal => "a name that belongs to you, your school or the system",
    }
}

fn hidden(disguise: Disguise) -> &'static str {
    match disguise {
        Disguise::None => "",
        Disguise::Reversed => ", written backwards",
        Disguise::Split => ", with other characters in between",
        Disguise::Swapped => ", with numbers or symbols in place of letters",
        Disguise::ReversedSwapped => ", backwards with numbers or symbols in place of letters",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_listed_in_their_order() {
        assert!(Rule::ALL.into_iter().enumerate().all(|(i, rule)| rule.index() == i));
    }

    #[test]
    fn every_rule_has_a_message_and_a_remedy() {
        for rule in Rule::ALL {
            let violation = Violation::new(rule, Evidence::None);
            for text in [violation.message(), violation.remedy()] {
                assert!(text.ends_with('.') && text.len() > 10, "{rule}: {text}");
                assert!(text.starts_with(char::is_uppercase), "{rule}: {text}");
            }
        }
    }

    #[test]
    fn kinds_are_listed_once_and_in_order() {
        let one = |list, disguise| {
            Match::new(crate::words::matches::Span { start: 0, end: 1 }, list, disguise)
        };
        let matches = vec![
            one(List::Word, Disguise::None),
            one(List::Word, Disguise::None),
            one(List::Name, Disguise::Reversed),
            one(List::Date, Disguise::None),
        ];
        let violation =
            Violation::new(Rule::DictionaryWord, Evidence::Matches(matches.into_iter().collect()));
        assert_eq!(
            violation.message(),
            "It contains a dictionary word, a name, written backwards, and a date."
        );
    }
}
