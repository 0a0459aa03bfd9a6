//! What a device management is set to, by the names that each gives its settings.

use serde_json::{Map, Value};

/// The settings of one policy that have to do with passcodes.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// What the policy is called.
    pub(super) name: String,
    found: Vec<(Field, String, Value)>,
}

/// What a setting is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    /// Whether there must be a code.
    Required,
    /// The fewest digits.
    Length,
    /// Whether runs and repeats are refused.
    BlockSimple,
    /// Whether runs and repeats are taken.
    AllowSimple,
    /// What a code is made of, by name.
    Kind,
    /// Whether it must have letters.
    Letters,
    /// Android's low, medium or high.
    Complexity,
    /// How many wrong codes are too many.
    Attempts,
    /// After how many minutes a device locks itself.
    Minutes,
    /// After how many days a new code is asked for.
    Days,
}

/// The names in Microsoft Graph (deviceCompliancePolicy, deviceConfiguration), in Apple's payload
/// com.apple.mobiledevice.passwordpolicy and in its declaration
/// com.apple.configuration.passcode.settings, in small letters.
const NAMES: [(&str, Field); 31] = [
    ("passcoderequired", Field::Required),
    ("passwordrequired", Field::Required),
    ("forcepin", Field::Required),
    ("requirepasscode", Field::Required),
    ("passcodeminimumlength", Field::Length),
    ("passwordminimumlength", Field::Length),
    ("minlength", Field::Length),
    ("minimumlength", Field::Length),
    ("passcodeblocksimple", Field::BlockSimple),
    ("passwordblocksimple", Field::BlockSimple),
    ("requirecomplexpasscode", Field::BlockSimple),
    ("allowsimple", Field::AllowSimple),
    ("passcoderequiredtype", Field::Kind),
    ("passwordrequiredtype", Field::Kind),
    ("requirealphanumeric", Field::Letters),
    ("requirealphanumericpasscode", Field::Letters),
    ("requiredpasswordcomplexity", Field::Complexity),
    ("passwordcomplexity", Field::Complexity),
    ("maxfailedattempts", Field::Attempts),
    ("maximumfailedattempts", Field::Attempts),
    ("passcodesigninfailurecountbeforewipe", Field::Attempts),
    ("passwordsigninfailurecountbeforefactoryreset", Field::Attempts),
    ("maxinactivity", Field::Minutes),
    ("maximuminactivityinminutes", Field::Minutes),
    ("passcodeminutesofinactivitybeforelock", Field::Minutes),
    ("passcodeminutesofinactivitybeforescreentimeout", Field::Minutes),
    ("passwordminutesofinactivitybeforelock", Field::Minutes),
    ("passwordminutesofinactivitybeforescreentimeout", Field::Minutes),
    ("maxpinageindays", Field::Days),
    ("passcodeexpirationdays", Field::Days),
    ("passwordexpirationdays", Field::Days),
];

impl Settings {
    /// What a setting is called and set to; what is not configured (`null`) is not set.
    pub(super) fn get(&self, field: Field) -> Option<(&str, &Value)> {
        let found = self.found.iter().find(|(known, _, _)| *known == field);
        found.map(|(_, name, value)| (name.as_str(), value))
    }

    pub(super) fn number(&self, field: Field) -> Option<(&str, u64)> {
        let (name, value) = self.get(field)?;
        let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
        Some((name, number))
    }

    pub(super) fn flag(&self, field: Field) -> Option<(&str, bool)> {
        let (name, value) = self.get(field)?;
        let flag = value.as_bool().or_else(|| match value.as_str()?.trim() {
            text if text.eq_ignore_ascii_case("true") => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        })?;
        Some((name, flag))
    }

    pub(super) fn text(&self, field: Field) -> Option<(&str, String)> {
        let (name, value) = self.get(field)?;
        Some((name, value.as_str()?.to_lowercase()))
    }
}

/// The policies in a file that say anything about passcodes: each object is one of its own.
pub(super) fn settings_of(value: &Value) -> Vec<Settings> {
    let mut all = Vec::new();
    walk(value, "", &mut all);
    all
}

fn walk(value: &Value, name: &str, all: &mut Vec<Settings>) {
    match value {
        Value::Object(object) => {
            let name = name_of(object).unwrap_or(name);
            let mut settings = Settings { name: name.to_owned(), found: Vec::new() };
            for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
                let small = key.to_lowercase();
                if let Some((_, field)) = NAMES.iter().find(|(known, _)| *known == small) {
                    settings.found.push((*field, key.clone(), value.clone()));
                }
            }
            let is_policy = is_about_passcodes(object);
            if is_policy {
                all.push(settings);
            }
            object.values().for_each(|value| walk(value, name, all));
        }
        Value::Array(values) => values.iter().for_each(|value| walk(value, name, all)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether an object names a setting that says what a code is like, even if it is not configured.
/// `minLength` alone may be of something else.
fn is_about_passcodes(object: &Map<String, Value>) -> bool {
    let says = object.keys().any(|key| {
        let small = key.to_lowercase();
        let known = NAMES.iter().find(|(known, _)| *known == small);
        known.is_some_and(|(name, field)| {
            let tells = matches!(
                field,
                Field::Required
                    | Field::Length
                    | Field::BlockSimple
                    | Field::AllowSimple
                    | Field::Kind
                    | Field::Complexity
            );
            tells && (small.starts_with("pass") || *name == "requiredpasswordcomplexity")
                || matches!(small.as_str(), "forcepin" | "allowsimple" | "requirepasscode")
        })
    });
    let is_payload = object
        .get("PayloadType")
        .and_then(Value::as_str)
        .is_some_and(|kind| kind == "com.apple.mobiledevice.passwordpolicy");
    says || is_payload
}

fn name_of(object: &Map<String, Value>) -> Option<&str> {
    let names = ["displayName", "PayloadDisplayName", "name", "Identifier"];
    names.iter().find_map(|name| object.get(*name)?.as_str()).filter(|name| !name.is_empty())
}
