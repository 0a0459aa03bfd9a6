//! What is wrong and what to do, in plain English: one table, for all doors.
//!
//! Written for a reading age of about 11. A message names the kind of thing that was found, never
//! the thing: it may be read over a shoulder or end in a log.

use super::{Answer, Evidence, Rule, Violation};
use crate::password::Password;
use crate::policy::{Mode, OneSystem, Policy};
use crate::similar::likeness::Likeness;
use crate::words::disguise::Disguise;
use crate::words::list::List;
use crate::words::matches::Match;

impl Violation {
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
                format!("It is only {}.", list_of(matches))
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

impl Policy {
    /// The clause of this policy that `rule` answers, for a list of clauses with ticks.
    pub fn clause(&self, rule: Rule) -> String {
        match rule {
            Rule::Length => format!("has {} or more characters", self.min_length),
            Rule::TooLong => format!("is not longer than {} bytes", Password::MAX_BYTES),
            Rule::Encoding => "can be typed and seen".into(),
            Rule::Numbers => "has a number".into(),
            Rule::Letters => "has a letter".into(),
            Rule::Symbols => "has a symbol".into(),
            Rule::DictionaryWord => match self.dictionary {
                Mode::Whole => "is not just a word with something added".into(),
                Mode::Strict | Mode::Off => "does not contain a dictionary word".into(),
            },
            Rule::CommonPassword => "is not a password that many people use".into(),
            Rule::Breached => "is not in a list of stolen passwords".into(),
            Rule::Personal if self.passcode.is_some() => "is not a number or name of yours".into(),
            Rule::Personal => "does not contain a name of yours".into(),
            Rule::OneSystem => "is only used on one system".into(),
            Rule::Similar => "is not nearly the same as another one".into(),
            Rule::PasscodeLength => {
                let digits = self.passcode.map_or(0, |passcode| passcode.min_digits);
                format!("has {digits} or more digits")
            }
            Rule::PasscodePattern => "is not a pattern".into(),
            Rule::PasscodeCommon => "is not a code that many people use".into(),
        }
    }

    /// Why a clause was not answered: a sentence, or nothing if it was.
    pub fn why_unanswered(&self, rule: Rule, answer: Answer) -> &'static str {
        match (rule, answer) {
            (_, Answer::Met | Answer::Broken) => "",
            (Rule::Personal, _) if self.passcode.is_some() => {
                "Not checked: no numbers or names of yours were given."
            }
            (Rule::Personal, _) => "Not checked: no names were given.",
            (Rule::Similar, _) => "Not checked: near copies were not looked for.",
            (Rule::Breached, Answer::NotAsked) => {
                "The list of stolen passwords was not asked, and this policy needs it."
            }
            (Rule::Breached, Answer::Unavailable) => {
                "The list of stolen passwords could not be read."
            }
            (_, Answer::Unavailable) => "The history could not be read.",
            (_, Answer::NotAsked) if self.one_system == OneSystem::Required => {
                "The history was not asked, and this policy needs it."
            }
            (_, Answer::NotAsked) => "Not checked here: only you know where else you use it.",
        }
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
    matches!(found.list, List::Keyboard | List::Repeated)
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
    fn every_rule_has_a_message_and_a_remedy() {
        for rule in Rule::ALL {
            let violation = Violation::new(rule, Evidence::None);
            for text in [violation.message(), violation.remedy()] {
                assert!(text.ends_with('.') && text.len() > 10, "{rule}: {text}");
                assert!(text.starts_with(char::is_uppercase), "{rule}: {text}");
            }
            assert!(!Policy::birchington().clause(rule).is_empty(), "{rule}");
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
        let violation = Violation::new(Rule::DictionaryWord, Evidence::Matches(matches));
        assert_eq!(
            violation.message(),
            "It contains a dictionary word, a name, written backwards, and a date."
        );
    }
}
