//! A policy as a TOML file: read with the place of every mistake, and written back.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Breached, Common, Former, Mode, OneSystem, Policy, School};
use crate::characters::unseen::is_unseen;
use error::ConfigError;
use reader::{Reader, did_you_mean};

pub(crate) mod error;
pub(crate) mod nearest;
mod reader;

const KEYS: [&str; 19] = [
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
    "breached",
    "passcode",
    "school",
];

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
        if let (Some(value), Some(_)) = (table.get("breached"), &policy.passcode) {
            // Of six digits the list has every code there is.
            let message = "leave out [breached]: it is for passwords, and such a list has every \
                           passcode";
            return Err(reader.error(value, message.into()));
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
            "breached" => self.breached = Some(reader.breached(value)?),
            "passcode" => self.passcode = Some(reader.passcode(value)?),
            "school" => self.school = Some(reader.school(value)?),
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
        if let Some(Breached { list, partial }) = &self.breached {
            lines.extend([
                String::new(),
                "[breached]".into(),
                format!("list = {}", quoted(list)),
                format!("partial = {partial}"),
            ]);
        }
        if let Some(passcode) = &self.passcode {
            lines.extend([
                String::new(),
                "# What is above is for passcodes with letters, or of more than ten digits.".into(),
                "[passcode]".into(),
                format!("min_digits = {}", passcode.min_digits),
                format!("block_dates = {}", passcode.block_dates),
            ]);
        }
        if let Some(School { name, logo }) = &self.school {
            lines.extend([String::new(), "[school]".into(), format!("name = {}", quoted(name))]);
            lines.extend(logo.as_deref().map(|logo| format!("logo = {}", quoted(logo))));
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
        let listed = "[breached]\nlist = \"a \\\"b\\\\.idx\"\npartial = true\n";
        let listed = Policy::from_toml(listed).unwrap();
        assert_eq!(listed.breached.as_ref().map(|b| b.list.as_str()), Some("a \"b\\.idx"));
        assert_eq!(Policy::from_toml(&listed.to_toml()).unwrap(), listed);
        let school = "[school]\nname = \"St \\\"Anne\\\"’s\"\nlogo = \"logo.png\"\n";
        let school = Policy::from_toml(school).unwrap();
        assert_eq!(school.school.as_ref().and_then(|s| s.logo.as_deref()), Some("logo.png"));
        assert_eq!(Policy::from_toml(&school.to_toml()).unwrap(), school);
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
        refuse("breached = \"x\"", (1, 12), "this must be a table: [breached]");
        let name_it = "name the file: list = \"/var/lib/strongpass/breached.idx\"";
        refuse("[breached]\npartial = true", (1, 1), name_it);
        refuse("[breached]\nlist = \"\"", (1, 1), name_it);
        refuse("[breached]\nlists = \"x\"", (2, 1), "unknown key `lists`: did you mean `list`?");
        refuse(
            "[passcode]\n[breached]\nlist = \"x\"",
            (2, 1),
            "leave out [breached]: it is for passwords, and such a list has every passcode",
        );
        let school = "name the school: name = \"Birchington Primary School\"";
        refuse("[school]\nlogo = \"l.png\"", (1, 1), school);
        refuse("[school]\nlogos = \"x\"", (2, 1), "unknown key `logos`: did you mean `logo`?");
        let long = format!("[school]\nname = \"{}\"", "x".repeat(121));
        refuse(&long, (2, 8), "the name of a school is 1 to 120 characters on one line");
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
