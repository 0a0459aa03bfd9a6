//! The clauses of a policy and how they were answered, in plain English: what was looked for, and
//! then what came of it, so that no "no" stands before a "not".

use std::borrow::Cow;

use super::rule::{Answer, Rule};
use crate::password::Password;
use crate::policy::{Mode, OneSystem, Policy};

impl Policy {
    /// The clause of this policy that `rule` answers, with its answer: for a list with ticks. A clause
    /// that was not answered is only named; [`why_unanswered`](Self::why_unanswered) says more.
    ///
    /// ```
    /// use strongpass_policy::{Answer, Policy, Rule};
    /// let policy = Policy::birchington();
    /// assert_eq!(policy.clause(Rule::Symbols, Answer::Met), "Symbol: yes");
    /// assert_eq!(policy.clause(Rule::DictionaryWord, Answer::Broken), "Dictionary word: yes, found");
    /// assert_eq!(policy.clause(Rule::OneSystem, Answer::NotAsked), "Only used on one system");
    /// ```
    pub fn clause(&self, rule: Rule, answer: Answer) -> String {
        let (name, met, broken) = self.question(rule);
        match answer {
            Answer::Met => format!("{name}: {met}"),
            Answer::Broken => format!("{name}: {broken}"),
            Answer::NotAsked | Answer::Unavailable => name.into_owned(),
        }
    }

    /// What is looked for, what is said if the clause holds, and what if it does not.
    fn question(&self, rule: Rule) -> (Cow<'static, str>, &'static str, &'static str) {
        const WANTED: (&str, &str) = ("yes", "no");
        const UNWANTED: (&str, &str) = ("no", "yes");
        const FORBIDDEN: (&str, &str) = ("none", "yes, found");
        let is_passcode = self.passcode.is_some();
        let (name, (met, broken)): (Cow<'_, str>, _) = match rule {
            Rule::Length => (format!("{} or more characters", self.min_length).into(), WANTED),
            Rule::PasscodeLength => {
                let digits = self.passcode.map_or(0, |passcode| passcode.min_digits);
                (format!("{digits} or more digits").into(), WANTED)
            }
            Rule::TooLong => (format!("{} bytes or fewer", Password::MAX_BYTES).into(), WANTED),
            Rule::Encoding => ("Characters that can be typed and seen".into(), WANTED),
            Rule::Numbers => ("Number".into(), WANTED),
            Rule::Letters => ("Letter".into(), WANTED),
            Rule::Symbols => ("Symbol".into(), WANTED),
            Rule::DictionaryWord => match self.dictionary {
                Mode::Whole => ("Just a word with something added".into(), UNWANTED),
                Mode::Strict | Mode::Off => ("Dictionary word".into(), FORBIDDEN),
            },
            Rule::CommonPassword => ("A password that many people use".into(), UNWANTED),
            Rule::Breached => ("In a list of stolen passwords".into(), UNWANTED),
            Rule::Personal if is_passcode => ("Number or name of yours".into(), FORBIDDEN),
            Rule::Personal => ("Name of yours".into(), FORBIDDEN),
            Rule::OneSystem => ("Only used on one system".into(), WANTED),
            Rule::Similar => ("Nearly the same as another one".into(), UNWANTED),
            Rule::PasscodePattern => ("A pattern".into(), UNWANTED),
            Rule::PasscodeCommon => ("A code that many people use".into(), UNWANTED),
        };
        (name, met, broken)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_answer_is_a_double_negation() {
        for name in Policy::PRESETS {
            let policy = Policy::preset(name).unwrap();
            for rule in Rule::ALL {
                let [met, broken, open] = [Answer::Met, Answer::Broken, Answer::NotAsked]
                    .map(|answer| policy.clause(rule, answer));
                for said in [&met, &broken, &open] {
                    let words = said.split([' ', ':']);
                    let negations = words.filter(|word| matches!(*word, "no" | "not" | "none"));
                    assert!(negations.count() <= 1, "{name}: {said}");
                    assert!(said.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
                }
                assert!(met != broken && met.starts_with(&open) && broken.starts_with(&open));
                // What is wanted is there, or what is not is not: "yes" is not always good news.
                assert!(!open.contains("not "), "{name}: {open}");
            }
        }
    }

    #[test]
    fn every_open_clause_says_why() {
        for rule in Rule::ALL {
            for answer in [Answer::NotAsked, Answer::Unavailable] {
                assert!(
                    Policy::birchington().why_unanswered(rule, answer).ends_with('.'),
                    "{rule}"
                );
            }
            assert_eq!(Policy::birchington().why_unanswered(rule, Answer::Met), "");
        }
    }
}
