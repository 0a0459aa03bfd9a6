//! Writes verdicts as versioned JSON, for scripts.

use std::io::{self, Write};

use serde::Serialize;
use strongpass_policy::{Answer, Match, Password, Policy, Verdict, Violation};

use crate::json::{JSON_VERSION, write_json};

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
    near: Option<NearSearch>,
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
#[derive(Clone, Copy, Serialize, Debug)]
pub struct NearSearch {
    /// How many were compared.
    pub tried: usize,
    /// How many there were to compare.
    pub of: usize,
}

/// What is said beside the verdict.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside {
    /// The logarithm of the guesses that it would resist.
    pub guesses_log10: Option<f64>,
    /// The search in the history, if there was one.
    pub near: Option<NearSearch>,
}

/// Writes a verdict on one line; `spans_in` is the password if its parts may be located.
///
/// # Errors
/// Those of the writer.
pub fn write_verdict(
    out: &mut impl Write,
    policy: &Policy,
    verdict: &Verdict,
    spans_in: Option<&Password>,
    beside: &Beside,
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
        near: beside.near,
        estimate: beside.guesses_log10.map(|guesses_log10| Estimate { guesses_log10 }),
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
