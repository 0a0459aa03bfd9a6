//! A policy as a TOML file: read with the place of every mistake, and written back.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fold::fold_entry;
use crate::languages::is_language;
use crate::policy::{Common, Former, Mode, OneSystem, Passcode, Policy};
use crate::unseen::is_unseen;

/// What is wrong in a policy file, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ConfigError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
    /// The line itself, with the place underlined below it.
    pub excerpt: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n{}", self.line, self.column, self.message, self.excerpt)
    }
}

impl std::error::Error for ConfigError {}

impl ConfigError {
    /// The mistake at those bytes of a configuration file; for other rooms that read one.
    pub fn new(text: &str, span: Range<usize>, message: String) -> Self {
        let start = text.floor_char_boundary(span.start);
        let before = text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let source = text.get(line_start..).unwrap_or_default();
        let source = source.lines().next().unwrap_or_default();
        let count = |range: Range<usize>| text.get(range).unwrap_or_default().chars().count();
        let column = count(line_start..start) + 1;
        let line_end = line_start + source.len();
        let end = text.floor_char_boundary(span.end).min(line_end).max(start);
        let marks = count(start..end).max(1);
        // What a terminal obeys must not reach it.
        let source: String =
            source.chars().map(|c| if is_unseen(c) { ' ' } else { c }).take(MOST_SOURCE).collect();
        Self {
            line: before.matches('\n').count() + 1,
            column,
            message: if message.chars().nth(MOST_MESSAGE).is_some() {
                message.chars().take(MOST_MESSAGE).chain(['…']).collect()
            } else {
                message
            },
            excerpt: format!(
                "  | {source}\n  | {}{}",
                " ".repeat((column - 1).min(MOST_SOURCE)),
                "^".repeat(marks.min(MOST_SOURCE))
            ),
        }
    }
}

/// As much of a message, and of a line, as anybody reads.
const MOST_MESSAGE: usize = 400;
const MOST_SOURCE: usize = 200;

/// The name among `names` that a misspelt one most likely stands for, if any is near.
pub fn nearest<'a>(misspelt: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distances = names.into_iter().map(|name| {
        let distance = strsim::damerau_levenshtein(misspelt, name);
        (distance, name)
    });
    let near = distances.filter(|(distance, name)| *distance <= name.chars().count().div_ceil(3));
    near.min_by_key(|&(distance, _)| distance).map(|(_, name)| name)
}

fn did_you_mean(misspelt: &str, names: &[&str]) -> String {
    match nearest(misspelt, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("use one of: {}", names.join(", ")),
    }
}

const KEYS: [&str; 17] = [
    "extends",
    "name",
    "title",
    "min_length",
    "numbers",
    "letters",
    "symbols",
    "dictionary",
    "common_passwords",
    "common_passwords_below",
    "personal",
    "one_system",
    "former_passwords",
    "words",
    "languages",
    "allow",
    "passcode",
];
const PASSCODE_KEYS: [&str; 2] = ["min_digits", "block_dates"];

const MODES: [(&str, Mode); 3] =
    [("strict", Mode::Strict), ("whole", Mode::Whole), ("off", Mode::Off)];
const COMMON: [(&str, Common); 3] =
    [("whole", Common::Whole), ("exact", Common::Exact), ("off", Common::Off)];
const ONE_SYSTEM: [(&str, OneSystem); 3] = [
    ("required", OneSystem::Required),
    ("when-available", OneSystem::WhenAvailable),
    ("off", OneSystem::Off),
];
const FORMER: [(&str, Former); 2] = [("refused", Former::Refused), ("allowed", Former::Allowed)];

impl Policy {
    /// Reads a policy file. What it does not say is as in the preset that it `extends`, or else as
    /// in `birchington`.
    ///
    /// ```
    /// use strongpass_policy::Policy;
    /// let policy = Policy::from_toml("extends = \"birchington\"\nmin_length = 12\n")?;
    /// assert_eq!(policy.min_length, 12);
    /// let error = Policy::from_toml("min_lenght = 12").unwrap_err();
    /// assert_eq!((error.line, error.column), (1, 1));
    /// assert_eq!(error.message, "unknown key `min_lenght`: did you mean `min_length`?");
    /// # Ok::<(), strongpass_policy::ConfigError>(())
    /// ```
    ///
    /// # Errors
    /// If it is not TOML, or has an unknown key or an unusable value.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        let table = DeTable::parse(text).map_err(|error| {
            ConfigError::new(text, error.span().unwrap_or_default(), error.message().to_owned())
        })?;
        let reader = Reader { text };
        let table = table.get_ref();
        let mut policy = match table.get("extends") {
            None => Self::birchington(),
            Some(value) => {
                let name = reader.string(value)?;
                Self::preset(name).ok_or_else(|| {
                    let near = did_you_mean(name, &Self::PRESETS);
                    reader.error(value, format!("no preset `{name}`: {near}"))
                })?
            }
        };
        for (key, value) in table {
            let known = reader.key(key, &KEYS)?;
            policy.set(known, value, &reader)?;
        }
        Ok(policy)
    }

    fn set(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        reader: &Reader<'_>,
    ) -> Result<(), ConfigError> {
        match key {
            "name" => self.name = reader.name(value)?,
            "title" => reader.string(value)?.clone_into(&mut self.title),
            "min_length" => self.min_length = reader.number(value, 4..=128)?,
            "numbers" => self.numbers = reader.boolean(value)?,
            "letters" => self.letters = reader.boolean(value)?,
            "symbols" => self.symbols = reader.boolean(value)?,
            "dictionary" => self.dictionary = reader.choice(value, &MODES)?,
            "common_passwords" => self.common_passwords = reader.choice(value, &COMMON)?,
            "common_passwords_below" => {
                self.common_passwords_below = Some(reader.number(value, 4..=128)?);
            }
            "personal" => self.personal = reader.boolean(value)?,
            "one_system" => self.one_system = reader.choice(value, &ONE_SYSTEM)?,
            "former_passwords" => self.former_passwords = reader.choice(value, &FORMER)?,
            "words" => {
                let words = reader.strings(value)?;
                self.words = words.into_iter().map(|(word, _)| word.to_owned()).collect();
            }
            "languages" => self.languages = reader.languages(value)?,
            "allow" => self.allow = reader.words(value)?,
            "passcode" => self.passcode = Some(reader.passcode(value)?),
            // `extends` was read first.
            _ => {}
        }
        Ok(())
    }

    /// The policy as a file that [`from_toml`](Self::from_toml) reads back to an equal policy.
    pub fn to_toml(&self) -> String {
        let mut lines = vec![
            format!("name = {}", quoted(&self.name)),
            format!("title = {}", quoted(&self.title)),
        ];
        self.write_password_rules(&mut lines);
        if let Some(passcode) = &self.passcode {
            lines.extend([
                String::new(),
                "# What is above is for passcodes with letters, or of more than ten digits.".into(),
                "[passcode]".into(),
                format!("min_digits = {}", passcode.min_digits),
                format!("block_dates = {}", passcode.block_dates),
            ]);
        }
        lines.join("\n") + "\n"
    }

    fn write_password_rules(&self, lines: &mut Vec<String>) {
        lines.extend([
            format!("min_length = {}", self.min_length),
            format!("numbers = {}", self.numbers),
            format!("letters = {}", self.letters),
            format!("symbols = {}", self.symbols),
            format!(
                "dictionary = {}        # strict, whole or off",
                quoted(name_of(&MODES, &self.dictionary))
            ),
            format!(
                "common_passwords = {}     # whole, exact or off",
                quoted(name_of(&COMMON, &self.common_passwords))
            ),
        ]);
        if let Some(below) = self.common_passwords_below {
            lines.push(format!("common_passwords_below = {below}"));
        }
        lines.extend([
            format!("personal = {}", self.personal),
            format!(
                "one_system = {}  # required, when-available or off",
                quoted(name_of(&ONE_SYSTEM, &self.one_system))
            ),
            format!(
                "former_passwords = {}  # refused or allowed",
                quoted(name_of(&FORMER, &self.former_passwords))
            ),
        ]);
        let list = |words: Vec<String>| words.join(", ");
        for (key, values) in [("words", &self.words), ("languages", &self.languages)] {
            if !values.is_empty() {
                let values = list(values.iter().map(|value| quoted(value)).collect());
                lines.push(format!("{key} = [{values}]"));
            }
        }
        if !self.allow.is_empty() {
            // Keys are Latin-1.
            let word =
                |word: &Vec<u8>| quoted(&word.iter().copied().map(char::from).collect::<String>());
            lines.push(format!("allow = [{}]", list(self.allow.iter().map(word).collect())));
        }
    }
}

fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".into(),
            '\\' => "\\\\".into(),
            c if is_unseen(c) => format!("\\U{:08X}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

fn name_of<T: PartialEq>(choices: &[(&'static str, T)], value: &T) -> &'static str {
    choices.iter().find(|(_, choice)| choice == value).map_or("", |(name, _)| name)
}

/// Takes values out of a parsed file; each mistake is an error with its place.
struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn error(&self, value: &Spanned<DeValue<'_>>, message: String) -> ConfigError {
        ConfigError::new(self.text, value.span(), message)
    }

    fn key<'k>(
        &self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        keys: &[&'k str],
    ) -> Result<&'k str, ConfigError> {
        let name = key.get_ref().as_ref();
        keys.iter().copied().find(|known| *known == name).ok_or_else(|| {
            let message = format!("unknown key `{name}`: {}", did_you_mean(name, keys));
            ConfigError::new(self.text, key.span(), message)
        })
    }

    fn string<'v>(&self, value: &'v Spanned<DeValue<'_>>) -> Result<&'v str, ConfigError> {
        value.get_ref().as_str().ok_or_else(|| self.error(value, "this must be \"text\"".into()))
    }

    fn name(&self, value: &Spanned<DeValue<'_>>) -> Result<String, ConfigError> {
        let name = self.string(value)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
            let message = "a name is 1 to 64 letters, digits, `-`, `_` or `.`";
            return Err(self.error(value, message.into()));
        }
        Ok(name.to_owned())
    }

    fn boolean(&self, value: &Spanned<DeValue<'_>>) -> Result<bool, ConfigError> {
        value
            .get_ref()
            .as_bool()
            .ok_or_else(|| self.error(value, "this must be true or false".into()))
    }

    fn number(
        &self,
        value: &Spanned<DeValue<'_>>,
        range: std::ops::RangeInclusive<usize>,
    ) -> Result<usize, ConfigError> {
        let number = value.get_ref().as_integer();
        let number = number.and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
        number.filter(|n| range.contains(n)).ok_or_else(|| {
            let message =
                format!("this must be a number from {} to {}", range.start(), range.end());
            self.error(value, message)
        })
    }

    fn choice<T: Copy>(
        &self,
        value: &Spanned<DeValue<'_>>,
        choices: &[(&'static str, T)],
    ) -> Result<T, ConfigError> {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let Some(text) = value.get_ref().as_str() else {
            return Err(self.error(value, format!("use one of: \"{}\"", names.join("\", \""))));
        };
        choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice).ok_or_else(|| {
            self.error(value, format!("unknown value `{text}`: {}", did_you_mean(text, &names)))
        })
    }

    fn strings<'v>(
        &self,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Result<Vec<(&'v str, &'v Spanned<DeValue<'v>>)>, ConfigError> {
        let message = || self.error(value, "this must be a list: [\"one\", \"two\"]".into());
        let array = value.get_ref().as_array().ok_or_else(message)?;
        array.iter().map(|item| Ok((self.string(item)?, item))).collect()
    }

    fn words(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<Vec<u8>>, ConfigError> {
        let fold = |(word, item)| {
            let key = fold_entry(word).filter(|key| key.len() >= 3);
            key.ok_or_else(|| self.error(item, "a word needs 3 or more Latin letters".into()))
        };
        self.strings(value)?.into_iter().map(fold).collect()
    }

    fn languages(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, ConfigError> {
        let language = |(code, item): (&str, _)| {
            let message = || "this must be the code of a language, such as \"cy\" or \"pl\"".into();
            is_language(code).then(|| code.to_owned()).ok_or_else(|| self.error(item, message()))
        };
        self.strings(value)?.into_iter().map(language).collect()
    }

    fn passcode(&self, value: &Spanned<DeValue<'_>>) -> Result<Passcode, ConfigError> {
        let message = || self.error(value, "this must be a table: [passcode]".into());
        let table = value.get_ref().as_table().ok_or_else(message)?;
        let mut passcode = Passcode { min_digits: 6, block_dates: false };
        for (key, value) in table {
            match self.key(key, &PASSCODE_KEYS)? {
                "min_digits" => passcode.min_digits = self.number(value, 4..=10)?,
                _ => passcode.block_dates = self.boolean(value)?,
            }
        }
        Ok(passcode)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn refuse(text: &str, place: (usize, usize), message: &str) {
        let error = Policy::from_toml(text).unwrap_err();
        assert_eq!(((error.line, error.column), error.message.as_str()), (place, message));
    }

    #[test]
    fn presets_survive_writing_and_reading() {
        for name in Policy::PRESETS {
            let preset = Policy::preset(name).unwrap();
            assert_eq!(preset.name, name);
            assert_eq!(Policy::from_toml(&preset.to_toml()).unwrap(), preset, "{name}");
            let extended = Policy::from_toml(&format!("extends = \"{name}\"")).unwrap();
            assert_eq!(extended, preset);
        }
    }

    #[test]
    fn own_settings_survive_too() {
        let text = "name = \"own\"\nallow = [\"Café\", \"5£abc\"]\nwords = [\"a \\\"b\\\\.fst\"]\n\
                    min_length = 9\n[passcode]\nmin_digits = 8\n";
        let policy = Policy::from_toml(text).unwrap();
        assert_eq!(policy.allow, [b"cafe".to_vec(), b"5\xa3abc".to_vec()]);
        assert_eq!(policy.min_length, 9);
        assert_eq!(policy.words, ["a \"b\\.fst"]);
        assert_eq!(Policy::from_toml(&policy.to_toml()).unwrap(), policy);
    }

    #[test]
    fn mistakes_have_a_place_and_a_remedy() {
        refuse("\nsymbol = true", (2, 1), "unknown key `symbol`: did you mean `symbols`?");
        let all = KEYS.join(", ");
        refuse("zzzzz = 1", (1, 1), &format!("unknown key `zzzzz`: use one of: {all}"));
        refuse("numbers = 1", (1, 11), "this must be true or false");
        refuse("min_length = 3", (1, 14), "this must be a number from 4 to 128");
        refuse("min_length = -9", (1, 14), "this must be a number from 4 to 128");
        refuse("min_length = \"9\"", (1, 14), "this must be a number from 4 to 128");
        refuse(
            "dictionary = \"strikt\"",
            (1, 14),
            "unknown value `strikt`: did you mean `strict`?",
        );
        refuse("dictionary = true", (1, 14), "use one of: \"strict\", \"whole\", \"off\"");
        refuse("extends = \"ncsa\"", (1, 11), "no preset `ncsa`: did you mean `ncsc`?");
        refuse("allow = [\"ab\"]", (1, 10), "a word needs 3 or more Latin letters");
        refuse("words = \"x\"", (1, 9), "this must be a list: [\"one\", \"two\"]");
        refuse("passcode = 6", (1, 12), "this must be a table: [passcode]");
        refuse(
            "[passcode]\nmin_digit = 6",
            (2, 1),
            "unknown key `min_digit`: did you mean `min_digits`?",
        );
        refuse("name = \"a b\"", (1, 8), "a name is 1 to 64 letters, digits, `-`, `_` or `.`");
        assert!(Policy::from_toml("numbers = true\nnumbers = true").is_err());
        assert!(Policy::from_toml("numbers").is_err());
    }

    #[test]
    fn a_huge_mistake_is_told_shortly() {
        let error = Policy::from_toml(&format!("{} = 1", "x".repeat(100_000))).unwrap_err();
        assert!(error.to_string().len() < 1500);
    }

    #[test]
    fn the_place_is_underlined() {
        let error = Policy::from_toml("# é\nsymbol = true").unwrap_err();
        assert_eq!(error.excerpt, "  | symbol = true\n  | ^^^^^^");
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,80}|([a-z_]{1,20} = [\"a-z0-9\\[\\]]{1,12}\\n?){0,4}") {
            drop(Policy::from_toml(&text));
        }
    }
}
