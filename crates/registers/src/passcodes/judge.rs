//! Everything that is wrong with every device in the register.

use std::collections::HashMap;

use rayon::prelude::*;
use strongpass_history::Day;
use strongpass_policy::{Context, Dictionary, Password, Policy, Rule, Violation};

use super::alike::{Alike, Code};
use super::finding::{Finding, Kind};
use super::people::{self, Leavers};
use super::register::{Device, SetOn};
use crate::report::counted;

/// By what devices are judged.
pub(super) struct Judge<'a> {
    pub(super) policy: &'a Policy,
    pub(super) dictionary: &'a Dictionary,
    /// What a thief may know of everybody.
    pub(super) known: &'a Context<'static>,
    pub(super) leavers: &'a Leavers,
    /// In days.
    pub(super) max_age: Option<u32>,
    pub(super) today: Day,
}

/// What was found out about a device.
#[derive(Default)]
pub(super) struct Judged {
    /// Most pressing first.
    pub(super) findings: Vec<Finding>,
    /// Whether the code could be a date, which alone is no fault.
    pub(super) may_be_date: bool,
    /// How many days ago the code was set.
    pub(super) age: Option<u32>,
    /// Numbers of leavers who may be among those who know it.
    pub(super) leavers: Vec<usize>,
}

/// More people than this know too much.
const MOST_KNOWERS: usize = 2;

impl Judge<'_> {
    /// All devices, in their order.
    pub(super) fn all(&self, devices: &[Device]) -> Vec<Judged> {
        let keys: Vec<String> = devices.iter().map(|device| device.name.to_lowercase()).collect();
        let codes: Vec<Option<Code>> =
            devices.iter().map(|device| device.code.as_ref().and_then(Code::of)).collect();
        let pairs = keys.iter().zip(&codes);
        let alike = Alike::of(pairs.filter_map(|(key, code)| Some((key.as_str(), code.as_ref()?))));
        let mut lines: HashMap<&str, Vec<usize>> = HashMap::new();
        for (key, device) in keys.iter().zip(devices) {
            lines.entry(key).or_default().push(device.line);
        }
        let judge = |((device, key), code): ((&Device, &String), &Option<Code>)| {
            let mut judged = self.one(device);
            if let Some(code) = code {
                let likeness = alike.likeness(key, code);
                if likeness.same > 0 {
                    judged.findings.push(Finding::duplicate(likeness.same));
                }
                if likeness.near {
                    let message = "It is nearly the code of another device.";
                    judged.findings.push(Finding::new(Kind::NearDuplicate, message));
                }
            }
            let others = lines.get(key.as_str()).into_iter().flatten();
            if let Some(other) = others.into_iter().find(|line| **line != device.line) {
                let message = format!("The device is also on line {other}.");
                judged.findings.push(Finding::new(Kind::ListedTwice, message));
            }
            judged.findings.sort_by_key(|finding| finding.kind);
            judged
        };
        devices.par_iter().zip(&keys).zip(&codes).map(judge).collect()
    }

    /// A device by itself.
    fn one(&self, device: &Device) -> Judged {
        let mut judged = Judged::default();
        match &device.code {
            None => judged.findings.push(Finding::new(Kind::Missing, "No code is recorded.")),
            Some(code) => self.code(device, code, &mut judged),
        }
        self.people(device, &mut judged);
        self.age(device, &mut judged);
        judged
    }

    /// What this device's code of digits may not be, besides what the policy refuses.
    pub(super) fn context(&self, device: &Device) -> Context<'static> {
        let context = self.known.clone().number(&device.name).number(&device.holder);
        device.numbers.iter().fold(context, |context, number| context.number(number))
    }

    fn code(&self, device: &Device, code: &Password, judged: &mut Judged) {
        let digits = code.digits().is_some();
        let context = self.context(device);
        // Only a password may hold names; to look for them costs more than all else.
        let context = if digits { context } else { context.name(&device.holder) };
        let verdict = self.policy.check(code, self.dictionary, &context);
        judged.may_be_date = verdict.warns_of_date();
        let mut weak = Vec::new();
        for violation in verdict.violations() {
            match (violation.rule, digits) {
                (_, false) => weak.push(violation.rule.id()),
                (rule, true) => judged.findings.push(of_rule(rule, violation)),
            }
        }
        if !weak.is_empty() {
            let message = "It has letters, or more than ten digits, and is no strong password.";
            let finding = Finding::new(Kind::Weak, message);
            judged.findings.push(Finding { rules: weak, ..finding });
        }
    }

    fn people(&self, device: &Device, judged: &mut Judged) {
        let mut push = |kind, message: String| judged.findings.push(Finding::new(kind, message));
        let knowers = device.knowers();
        if people::is_crowd(&device.known_by) {
            push(Kind::ManyKnowers, "More than two people know it.".into());
        } else if knowers.len() > MOST_KNOWERS {
            let people = counted(knowers.len(), "person knows", "people know");
            push(Kind::ManyKnowers, format!("{people} it."));
        }
        if self.leavers.len() == 0 {
            return;
        }
        let holder = people::Person::of(&device.holder);
        let holder_left = holder.map(|holder| self.leavers.who(&holder)).unwrap_or_default();
        let mut left: Vec<usize> =
            knowers.iter().flat_map(|knower| self.leavers.who(knower)).collect();
        if !holder_left.is_empty() {
            push(Kind::HolderLeft, "Its holder has left.".into());
        }
        let others = left.iter().filter(|number| !holder_left.contains(number));
        let mut since = others.map(|&number| self.leavers.left(number)).peekable();
        let set = if let SetOn::Day(day) = device.set_on { Some(day) } else { None };
        if since.peek().is_some() {
            // What is not known counts against it.
            let changed = since.all(|left| left.zip(set).is_some_and(|(left, set)| set > left));
            if !changed {
                let message = "Somebody who knows it has left, and it was not changed since.";
                push(Kind::KnowerLeft, message.into());
            }
        }
        left.sort_unstable();
        left.dedup();
        judged.leavers = left;
    }

    fn age(&self, device: &Device, judged: &mut Judged) {
        if device.code.is_none() {
            return;
        }
        let mut push = |kind, message: String| judged.findings.push(Finding::new(kind, message));
        match device.set_on {
            SetOn::Day(day) if day > self.today => {
                push(Kind::Undated, "The day when it was set is still to come.".into());
            }
            SetOn::Day(day) => {
                let age = self.today.days_since(day);
                judged.age = Some(age);
                if self.max_age.is_some_and(|most| age > most) {
                    push(Kind::TooOld, format!("It was set {age} days ago."));
                }
            }
            SetOn::Unreadable => {
                push(Kind::Undated, "The day when it was set cannot be read.".into());
            }
            SetOn::Blank if self.max_age.is_some() => {
                push(Kind::Undated, "When it was set is not written down.".into());
            }
            SetOn::Blank => {}
        }
    }
}

/// A code of digits that breaks a rule. Which pattern it is, and what it equals, is not said: with
/// that it could be guessed.
fn of_rule(rule: Rule, violation: &Violation) -> Finding {
    let (kind, message) = match rule {
        Rule::PasscodeLength => (Kind::TooShort, violation.message()),
        Rule::PasscodePattern => (Kind::Pattern, "It is a pattern.".into()),
        Rule::PasscodeCommon => (Kind::Common, violation.message()),
        Rule::Personal => {
            let message = "It is a number or a name that a thief may know.";
            (Kind::Context, message.into())
        }
        // None of these is asked of digits; if ever one is, it counts.
        Rule::Length
        | Rule::TooLong
        | Rule::Encoding
        | Rule::Numbers
        | Rule::Letters
        | Rule::Symbols
        | Rule::DictionaryWord
        | Rule::CommonPassword
        | Rule::OneSystem
        | Rule::Similar
        | _ => (Kind::Weak, violation.message()),
    };
    Finding { rules: vec![rule.id()], ..Finding::new(kind, message) }
}
