//! The clauses that a device management can enforce, and whether it does.

use serde::Serialize;

use super::settings::{Field, Settings};

/// What no device management can be set to.
pub(crate) const NOT_ENFORCEABLE: &[&str] = &["passcode-common", "personal", "one-system"];

/// Whether a clause is enforced.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct ManagedClause {
    /// The stable name of the clause.
    #[serde(rename = "clause")]
    pub name: &'static str,
    /// Whether the device management enforces it.
    pub enforced: bool,
    /// What it is set to, and what it must be.
    pub message: String,
}

/// What else is set, which the policy has no clause for.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct ManagedRemark {
    /// A sentence without its full stop.
    pub message: String,
}

pub(super) fn clauses(settings: &Settings, fewest: usize) -> Vec<ManagedClause> {
    vec![required(settings), length(settings, fewest), pattern(settings)]
}

fn required(settings: &Settings) -> ManagedClause {
    let (enforced, message) = match settings.flag(Field::Required) {
        Some((name, true)) => (true, format!("a device must have a code ({name})")),
        Some((name, false)) => {
            (false, format!("{name} is false: a device may have no code at all; set it to true"))
        }
        None if complexity(settings).is_some_and(|(_, least)| least > 0) => {
            (true, "a device must have a code (a complexity is required)".into())
        }
        None => (
            false,
            "no setting requires a code; set passcodeRequired or \
             passwordRequired (Intune), forcePIN (Apple, Jamf)"
                .into(),
        ),
    };
    ManagedClause { name: "passcode-required", enforced, message }
}

fn length(settings: &Settings, fewest: usize) -> ManagedClause {
    let set = settings.number(Field::Length);
    let least = set.map(|(name, least)| (name.to_owned(), least));
    let by_complexity = complexity(settings).map(|(name, least)| (name.to_owned(), least));
    let best = [least, by_complexity].into_iter().flatten().max_by_key(|(_, least)| *least);
    let (enforced, message) = match best {
        Some((name, least)) if usize::try_from(least).is_ok_and(|least| least >= fewest) => {
            (true, format!("at least {least} digits ({name}); the policy asks for {fewest}"))
        }
        Some((name, least)) => {
            (false, format!("{name} asks for {least} digits, the policy for {fewest}"))
        }
        None => (false, format!("no length is asked for; the policy asks for {fewest} digits")),
    };
    ManagedClause { name: "passcode-length", enforced, message }
}

fn pattern(settings: &Settings) -> ManagedClause {
    let good = |name: &str| (true, format!("runs and repeats such as 123456 are refused ({name})"));
    let kind = settings.text(Field::Kind);
    let strict = kind.as_ref().filter(|(_, kind)| KINDS.contains(&kind.as_str()));
    let (enforced, message) = match (
        settings.flag(Field::BlockSimple),
        settings.flag(Field::AllowSimple),
        complexity(settings),
    ) {
        (Some((name, true)), _, _) | (_, Some((name, false)), _) => good(name),
        (_, _, Some((name, least))) if least > 0 => good(name),
        _ if strict.is_some() => good(strict.map_or("", |(name, _)| name)),
        (Some((name, false)), _, _) => {
            (false, format!("{name} is false: 123456 and 111111 are taken; set it to true"))
        }
        (_, Some((name, true)), _) => {
            (false, format!("{name} is true: 123456 and 111111 are taken; set it to false"))
        }
        _ => (
            false,
            "no setting refuses 123456 and 111111; set passcodeBlockSimple or passwordBlockSimple \
             to true (Intune), passwordRequiredType to numericComplex (Android), allowSimple to \
             false (Apple, Jamf)"
                .into(),
        ),
    };
    ManagedClause { name: "passcode-pattern", enforced, message }
}

/// Android: what `passwordRequiredType` refuses runs and repeats with.
const KINDS: [&str; 1] = ["numericcomplex"];

/// The digits that Android's complexity asks for; 0 if it allows runs.
fn complexity(settings: &Settings) -> Option<(&str, u64)> {
    let (name, level) = settings.get(Field::Complexity)?;
    match level.as_str()?.to_lowercase().as_str() {
        "medium" => Some((name, 4)),
        "high" => Some((name, 8)),
        _ => Some((name, 0)),
    }
}

/// What a policy has no clause for: the checklist of `passcode explain` says why it counts.
pub(super) fn remarks(settings: &Settings) -> Vec<ManagedRemark> {
    let mut remarks = Vec::new();
    let mut say = |message: String| remarks.push(ManagedRemark { message });
    match settings.number(Field::Attempts) {
        Some((name, most)) if (1..=10).contains(&most) => {
            say(format!("{most} wrong codes are the most ({name}), as Cyber Essentials asks"));
        }
        Some((name, most)) => {
            say(format!("{name} is {most}: Cyber Essentials asks for 10 wrong codes at most"));
        }
        None => say("nothing limits how many wrong codes can be tried, but what the maker has \
                     fixed: Cyber Essentials asks for 10 at most"
            .into()),
    }
    if let Some((name, minutes)) = settings.number(Field::Minutes) {
        say(format!("a device locks itself after {minutes} minutes ({name})"));
    }
    if let Some((name, days)) = settings.number(Field::Days).filter(|(_, days)| *days > 0) {
        say(format!(
            "{name} asks for a new code every {days} days: the NCSC advises against it, since people \
             then choose worse ones"
        ));
    }
    if let Some((name, true)) = settings.flag(Field::Letters) {
        say(format!("a code must have letters ({name}): it is judged as a password"));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::settings::settings_of;
    use super::*;

    #[track_caller]
    fn check(value: &serde_json::Value, expected: [bool; 3]) {
        let all = settings_of(value);
        assert_eq!(all.len(), 1, "{value}");
        let enforced: Vec<bool> =
            clauses(&all[0], 6).iter().map(|clause| clause.enforced).collect();
        assert_eq!(enforced, expected, "{value}");
    }

    #[test]
    fn table() {
        let intune = |length: u64, simple: bool| {
            json!({"@odata.type": "#microsoft.graph.iosCompliancePolicy", "displayName": "iPads",
                   "passcodeRequired": true, "passcodeMinimumLength": length,
                   "passcodeBlockSimple": simple, "passcodeExpirationDays": null})
        };
        check(&intune(6, true), [true, true, true]);
        check(&intune(4, true), [true, false, true]);
        check(&intune(8, false), [true, true, false]);
        check(&json!({"value": [intune(6, true)]}), [true, true, true]);
        check(
            &json!({"passcodeRequired": null, "passcodeMinimumLength": null}),
            [false, false, false],
        );
        let android = |kind: &str| json!({"passwordRequired": true, "passwordMinimumLength": 6, "passwordRequiredType": kind});
        check(&android("numericComplex"), [true, true, true]);
        check(&android("numeric"), [true, true, false]);
        check(&json!({"requiredPasswordComplexity": "high"}), [true, true, true]);
        check(&json!({"requiredPasswordComplexity": "medium"}), [true, false, true]);
        check(&json!({"requiredPasswordComplexity": "none"}), [false, false, false]);
        let apple = json!({"PayloadContent": [{
            "PayloadType": "com.apple.mobiledevice.passwordpolicy",
            "forcePIN": true, "minLength": 6, "allowSimple": false, "maxFailedAttempts": 10}]});
        check(&apple, [true, true, true]);
        let declared = json!({"Type": "com.apple.configuration.passcode.settings", "Payload": {
            "RequirePasscode": true, "MinimumLength": 6, "RequireComplexPasscode": true}});
        check(&declared, [true, true, true]);
    }

    #[test]
    fn what_is_about_something_else_is_not_taken() {
        for value in [json!({}), json!({"minLength": 8}), json!([1, "passcodeRequired"])] {
            assert!(settings_of(&value).is_empty(), "{value}");
        }
    }
}
