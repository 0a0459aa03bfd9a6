//! Verdicts as versioned JSON, for scripts.

use std::io::{self, Write};

use serde::Serialize;
use strongpass_history::Search;
use strongpass_policy::{Answer, Match, Password, Policy, Verdict, Violation};
use strongpass_report::{JSON_VERSION, write_json};

#[derive(Serialize)]
struct Judged<'a> {
    version: u8,
    policy: &'a str,
    verdict: &'static str,
    clauses: Vec<Clause>,
    violations: Vec<Broken<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    date_warning: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    near: Option<Near>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<Estimate>,
}

#[derive(Serialize)]
struct Clause {
    rule: &'static str,
    met: Option<bool>,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'static str,
}

#[derive(Serialize)]
struct Broken<'a> {
    rule: &'static str,
    message: String,
    remedy: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    matches: Vec<Found>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'static str>,
}

#[derive(Serialize)]
struct Found {
    list: &'static str,
    disguise: &'static str,
    /// In characters from 0, the second behind the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct Estimate {
    guesses_log10: f64,
}

/// How far the search for near copies in the history came.
#[derive(Serialize)]
struct Near {
    tried: usize,
    of: usize,
}

/// What is said beside the verdict.
pub(crate) struct More {
    pub(crate) guesses_log10: Option<f64>,
    pub(crate) near: Option<Search>,
}

/// Writes a verdict on one line; `spans_in` is the password if its parts may be located.
pub(crate) fn verdict(
    out: &mut impl Write,
    policy: &Policy,
    verdict: &Verdict,
    spans_in: Option<&Password>,
    more: &More,
) -> io::Result<()> {
    let clauses = verdict.clauses().map(|(rule, answer)| Clause {
        rule: rule.id(),
        met: match answer {
            Answer::Met => Some(true),
            Answer::Broken => Some(false),
            Answer::NotAsked | Answer::Unavailable => None,
        },
        why: policy.why_unanswered(rule, answer),
    });
    let judged = Judged {
        version: JSON_VERSION,
        policy: &policy.name,
        verdict: verdict.outcome().id(),
        clauses: clauses.collect(),
        violations: verdict.violations().iter().map(|v| broken(v, spans_in)).collect(),
        date_warning: verdict.warns_of_date(),
        near: more.near.map(|near| Near { tried: near.tried, of: near.of }),
        estimate: more.guesses_log10.map(|guesses_log10| Estimate { guesses_log10 }),
    };
    write_json(out, &judged)?;
    writeln!(out)
}

fn broken<'a>(violation: &'a Violation, spans_in: Option<&Password>) -> Broken<'a> {
    let (system, day) = violation.used_on().unzip();
    Broken {
        rule: violation.rule.id(),
        message: violation.message(),
        remedy: violation.remedy(),
        matches: violation.matches().iter().map(|m| found(m, spans_in)).collect(),
        system,
        day,
        pattern: violation.pattern(),
    }
}

fn found(m: &Match, spans_in: Option<&Password>) -> Found {
    let text = spans_in.and_then(Password::expose);
    let characters = |text: &str, at: usize| text.get(..at).unwrap_or(text).chars().count();
    Found {
        list: m.list.id(),
        disguise: m.disguise.id(),
        span: text.map(|text| [characters(text, m.span.start), characters(text, m.span.end)]),
    }
}

/// One line of a batch.
#[derive(Serialize)]
pub(crate) struct Answered<'a> {
    pub(crate) line: u64,
    pub(crate) verdict: &'static str,
    pub(crate) rules: &'a [&'a str],
}

/// Generated passwords.
#[derive(Serialize)]
pub(crate) struct Generated<'a> {
    pub(crate) version: u8,
    pub(crate) policy: &'a str,
    pub(crate) password: &'a str,
}
