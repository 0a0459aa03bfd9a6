//! Finds all that is wrong with each device in a register.

use std::collections::HashMap;
use std::fmt;

use strongpass_policy::{Context, Day, Dictionary, Password, Policy, Rule, Violation};
use strongpass_report::counted;

use super::finding::{PasscodeFinding, PasscodeFindingKind as Kind};
use super::people::{self, Leavers};
use super::register::{Device, SetOn};
use super::similar::{Code, SimilarCodes};

/// What devices are judged by.
pub struct Criteria<'a> {
    /// The policy for passcodes.
    pub policy: &'a Policy,
    /// The words that a code with letters may not have.
    pub dictionary: &'a Dictionary,
    /// What a thief may know of everybody.
    pub known: &'a Context<'static>,
    /// Who has left.
    pub leavers: &'a Leavers,
    /// How old a code may be, in days.
    pub max_age: Option<u32>,
    /// The day up to which ages are counted.
    pub today: Day,
}

impl fmt::Debug for Criteria<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Criteria").finish_non_exhaustive()
    }
}

/// What was found out about a device.
#[derive(Debug, Default)]
pub struct Judged {
    /// Most pressing first.
    pub findings: Vec<PasscodeFinding>,
    /// Whether the code could be a date, which alone is not a fault.
    pub may_be_date: bool,
    /// How many days ago the code was set.
    pub age: Option<u32>,
    /// Numbers of leavers who may be among those who know it.
    pub leavers: Vec<usize>,
}

/// More people than this know too much.
const MOST_KNOWERS: usize = 2;

/// The devices of a register, ready to be judged one by one.
pub struct RegisterJudge<'a> {
    criteria: &'a Criteria<'a>,
    entries: Vec<Entry<'a>>,
    similar: SimilarCodes,
    /// Where each device is listed, by its name in lower case.
    lines: HashMap<String, Vec<usize>>,
}

impl fmt::Debug for RegisterJudge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisterJudge").finish_non_exhaustive()
    }
}

/// A device, and its name and code as they are compared.
pub struct Entry<'a> {
    device: &'a Device,
    key: String,
    code: Option<Code>,
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("device", &self.device).finish_non_exhaustive()
    }
}

impl<'a> RegisterJudge<'a> {
    /// Compares the devices with one another.
    pub fn new(criteria: &'a Criteria<'a>, devices: &'a [Device]) -> Self {
        let entry = |device: &'a Device| Entry {
            device,
            key: device.name.to_lowercase(),
            code: device.code.as_ref().and_then(Code::from_password),
        };
        let entries: Vec<Entry<'_>> = devices.iter().map(entry).collect();
        let codes = entries.iter();
        let codes = codes.filter_map(|entry| Some((entry.key.as_str(), entry.code.as_ref()?)));
        let similar = SimilarCodes::new(codes);
        let mut lines: HashMap<String, Vec<usize>> = HashMap::new();
        for entry in &entries {
            lines.entry(entry.key.clone()).or_default().push(entry.device.line);
        }
        Self { criteria, entries, similar, lines }
    }

    /// The devices, in their order. Each can be judged by another thread.
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// All that is wrong with a device.
    pub fn judge(&self, entry: &Entry<'_>) -> Judged {
        let Entry { device, key, code } = entry;
        let mut judged = self.criteria.judge_alone(device);
        if let Some(code) = code {
            let likeness = self.similar.likeness(key, code);
            if likeness.same > 0 {
                judged.findings.push(PasscodeFinding::duplicate(likeness.same));
            }
            if likeness.near {
                let message = "It is nearly the code of another device.";
                judged.findings.push(PasscodeFinding::new(Kind::NearDuplicate, message));
            }
        }
        let others = self.lines.get(key.as_str()).into_iter().flatten();
        if let Some(other) = others.into_iter().find(|line| **line != device.line) {
            let message = format!("The device is also on line {other}.");
            judged.findings.push(PasscodeFinding::new(Kind::ListedTwice, message));
        }
        judged.findings.sort_by_key(|finding| finding.kind);
        judged
    }
}

impl Criteria<'_> {
    /// A device by itself.
    fn judge_alone(&self, device: &Device) -> Judged {
        let mut judged = Judged::default();
        match &device.code {
            None => {
                judged.findings.push(PasscodeFinding::new(Kind::Missing, "No code is recorded."));
            }
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
                (rule, true) => judged.findings.push(finding_of(rule, violation)),
            }
        }
        if !weak.is_empty() {
            let message = "It has letters, or more than ten digits, and is not a strong password.";
            let finding = PasscodeFinding::new(Kind::Weak, message);
            judged.findings.push(PasscodeFinding { rules: weak, ..finding });
        }
    }

    fn people(&self, device: &Device, judged: &mut Judged) {
        let mut push =
            |kind, message: String| judged.findings.push(PasscodeFinding::new(kind, message));
        let knowers = device.knowers();
        if people::is_crowd(&device.known_by) {
            push(Kind::ManyKnowers, "More than two people know it.".into());
        } else if knowers.len() > MOST_KNOWERS {
            let people = counted(knowers.len(), "person knows", "people know");
            push(Kind::ManyKnowers, format!("{people} it."));
        }
        if self.leavers.is_empty() {
            return;
        }
        let holder = people::Person::from_text(&device.holder);
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
                let message = "Someone who knows it has left, and it was not changed since.";
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
        let mut push =
            |kind, message: String| judged.findings.push(PasscodeFinding::new(kind, message));
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
fn finding_of(rule: Rule, violation: &Violation) -> PasscodeFinding {
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
    PasscodeFinding { rules: vec![rule.id()], ..PasscodeFinding::new(kind, message) }
}
