//! Findings in plain English: what is wrong, and what to do.

use strongpass_breached::Seen;
use strongpass_policy::Rule;
use strongpass_report::{Level, grouped};

use crate::report::{AuditFinding, FindingKind, Severity};

/// What is wrong, for those who look after accounts.
pub(super) fn matter(finding: &AuditFinding) -> String {
    let broken = || clauses(&finding.rules);
    match finding.kind {
        FindingKind::Blank => "has no password".into(),
        FindingKind::Name => format!("made of the person's own name or account{}", broken()),
        FindingKind::Guessed => format!("was guessed ({}){}", how(finding), broken()),
        FindingKind::Shared => {
            format!("the same as another account's (group {})", finding.group.unwrap_or_default())
        }
        FindingKind::Reused => {
            let nearly = if finding.rules.contains(&Rule::Similar) { "nearly " } else { "" };
            let others = finding.systems.iter().filter(|system| **system != *finding.system);
            let others: Vec<&str> = others.map(String::as_str).collect();
            format!("{nearly}the same as on {}", others.join(", "))
        }
        FindingKind::Breached => match finding.seen {
            Some(seen) => format!("in lists of stolen passwords, {}", times(seen)),
            None => "in lists of stolen passwords".into(),
        },
        FindingKind::LmHash if finding.rules.contains(&Rule::Length) => {
            "stored in the LM form of the 1990s, and has 7 characters or fewer".into()
        }
        FindingKind::LmHash => "stored in the LM form of the 1990s too".into(),
        FindingKind::WeakScheme => match (finding.scheme, finding.cost) {
            (Some(scheme), Some(cost)) => {
                format!("stored in a weak way: {}, {cost}", scheme.name())
            }
            _ => "stored so that it can be read".into(),
        },
        FindingKind::HistoryReuse => "one that the account had before".into(),
    }
}

/// `7 times`, `10 to 99 times`, `10,000,000 times or more`.
fn times(seen: Seen) -> String {
    let number = |count| grouped(usize::try_from(count).unwrap_or(usize::MAX));
    let least = number(seen.least);
    match seen.most {
        Some(most) if most == seen.least => format!("{least} times"),
        Some(most) => format!("{least} to {} times", number(most)),
        None => format!("{least} times or more"),
    }
}

fn how(finding: &AuditFinding) -> &'static str {
    finding.how.unwrap_or("likely passwords")
}

/// `: no symbol, contains a dictionary word`.
fn clauses(rules: &[Rule]) -> String {
    let said: Vec<&str> = rules.iter().filter_map(|rule| clause(*rule)).collect();
    if said.is_empty() { String::new() } else { format!(": {}", said.join(", ")) }
}

/// A broken clause in a few words.
pub(super) fn clause(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::Length => "too short",
        Rule::TooLong => "too long",
        Rule::Encoding => "has characters that cannot be typed",
        Rule::Numbers => "no number",
        Rule::Letters => "no letter",
        Rule::Symbols => "no symbol",
        Rule::DictionaryWord => "contains a word, name, place, date or run of keys",
        Rule::CommonPassword => "one that many people use",
        Rule::OneSystem => "used on more than one system",
        Rule::Similar => "nearly the same as another in use",
        // What a name finding says already.
        Rule::Personal => return None,
        Rule::PasscodeLength | Rule::PasscodePattern | Rule::PasscodeCommon | _ => rule.id(),
    })
}

/// What to do about the account, in one line: the remedy of its gravest finding.
pub(super) fn remedy(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Blank => "Set a password now, or disable the account.",
        FindingKind::Name | FindingKind::Guessed | FindingKind::Breached => {
            "Change it; test the new one with strongpass check."
        }
        FindingKind::Shared => "Change it: every account needs a password of its own.",
        FindingKind::Reused => "Change it here: every system needs a password of its own.",
        FindingKind::LmHash => "Stop storing LM hashes, then change the password.",
        FindingKind::WeakScheme => "Change how the system stores passwords, then the password.",
        FindingKind::HistoryReuse => "Change it to one that was not in use before.",
    }
}

/// What a letter says to the person whose account it is; nothing of anybody else.
pub(super) fn letter(finding: &AuditFinding) -> Option<String> {
    Some(match finding.kind {
        FindingKind::Blank => "Your account has no password.".into(),
        FindingKind::Name => "Your password is made of your own name or account name.".into(),
        FindingKind::Guessed => {
            let why: Vec<&str> = finding.rules.iter().filter_map(|rule| clause(*rule)).collect();
            if why.is_empty() {
                "Your password can be guessed.".into()
            } else {
                format!("Your password can be guessed: {}.", why.join(", "))
            }
        }
        FindingKind::Shared => "Another account has the same password as yours.".into(),
        FindingKind::Reused => {
            "You use this password, or nearly the same, on another system.".into()
        }
        FindingKind::Breached => "Your password is in lists of stolen passwords.".into(),
        FindingKind::HistoryReuse => "You had this password before.".into(),
        // Not for the person to mend.
        FindingKind::LmHash | FindingKind::WeakScheme => return None,
    })
}

/// How pressing a finding is in a report.
pub(super) fn level(severity: Severity) -> Level {
    match severity {
        Severity::Urgent | Severity::High => Level::Act,
        Severity::Medium | Severity::Low => Level::Look,
    }
}

/// How soon, in words.
pub(super) fn soon(severity: Severity) -> &'static str {
    match severity {
        Severity::Urgent => "today",
        Severity::High => "this week",
        Severity::Medium => "this term",
        Severity::Low => "when there is time",
    }
}
