//! Values out of a parsed configuration file, and the place of every mistake.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ConfigError;
use super::nearest::nearest;
use crate::characters::fold::fold_entry;
use crate::characters::unseen::is_unseen;
use crate::policy::languages::is_language;
use crate::policy::{Breached, Passcode, School};

const PASSCODE_KEYS: [&str; 2] = ["min_digits", "block_dates"];
const BREACHED_KEYS: [&str; 2] = ["list", "partial"];
const SCHOOL_KEYS: [&str; 2] = ["name", "logo"];

/// Takes values out of a parsed file; each mistake is an error with its place.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
}

impl Reader<'_> {
    pub(super) fn error(&self, value: &Spanned<DeValue<'_>>, message: String) -> ConfigError {
        ConfigError::new(self.text, value.span(), message)
    }

    pub(super) fn key<'k>(
        &self,
        key: &Spanned<Cow<'_, str>>,
        keys: &[&'k str],
    ) -> Result<&'k str, ConfigError> {
        let name = key.get_ref().as_ref();
        keys.iter().copied().find(|known| *known == name).ok_or_else(|| {
            let message = format!("unknown key `{name}`: {}", did_you_mean(name, keys));
            ConfigError::new(self.text, key.span(), message)
        })
    }

    pub(super) fn string<'v>(
        &self,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Result<&'v str, ConfigError> {
        value.get_ref().as_str().ok_or_else(|| self.error(value, "this must be \"text\"".into()))
    }

    pub(super) fn name(&self, value: &Spanned<DeValue<'_>>) -> Result<String, ConfigError> {
        let name = self.string(value)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
            let message = "a name is 1 to 64 letters, digits, `-`, `_` or `.`";
            return Err(self.error(value, message.into()));
        }
        Ok(name.to_owned())
    }

    pub(super) fn boolean(&self, value: &Spanned<DeValue<'_>>) -> Result<bool, ConfigError> {
        value
            .get_ref()
            .as_bool()
            .ok_or_else(|| self.error(value, "this must be true or false".into()))
    }

    pub(super) fn number(
        &self,
        value: &Spanned<DeValue<'_>>,
        range: RangeInclusive<usize>,
    ) -> Result<usize, ConfigError> {
        let number = value.get_ref().as_integer();
        let number = number.and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok());
        number.filter(|n| range.contains(n)).ok_or_else(|| {
            let message =
                format!("this must be a number from {} to {}", range.start(), range.end());
            self.error(value, message)
        })
    }

    pub(super) fn choice<T: Copy>(
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

    pub(super) fn strings<'v>(
        &self,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Result<Vec<(&'v str, &'v Spanned<DeValue<'v>>)>, ConfigError> {
        let message = || self.error(value, "this must be a list: [\"one\", \"two\"]".into());
        let array = value.get_ref().as_array().ok_or_else(message)?;
        array.iter().map(|item| Ok((self.string(item)?, item))).collect()
    }

    pub(super) fn words(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<Vec<u8>>, ConfigError> {
        let fold = |(word, item)| {
            let key = fold_entry(word).filter(|key| key.len() >= 3);
            key.ok_or_else(|| self.error(item, "a word needs 3 or more Latin letters".into()))
        };
        self.strings(value)?.into_iter().map(fold).collect()
    }

    pub(super) fn languages(
        &self,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Vec<String>, ConfigError> {
        let language = |(code, item): (&str, _)| {
            let message = || "this must be the code of a language, such as \"cy\" or \"pl\"".into();
            is_language(code).then(|| code.to_owned()).ok_or_else(|| self.error(item, message()))
        };
        self.strings(value)?.into_iter().map(language).collect()
    }

    fn table<'v>(
        &self,
        value: &'v Spanned<DeValue<'v>>,
        name: &str,
    ) -> Result<&'v DeTable<'v>, ConfigError> {
        let message = || self.error(value, format!("this must be a table: [{name}]"));
        value.get_ref().as_table().ok_or_else(message)
    }

    pub(super) fn breached(&self, value: &Spanned<DeValue<'_>>) -> Result<Breached, ConfigError> {
        let mut breached = Breached { list: String::new(), partial: false };
        for (key, value) in self.table(value, "breached")? {
            match self.key(key, &BREACHED_KEYS)? {
                "list" => self.string(value)?.clone_into(&mut breached.list),
                _ => breached.partial = self.boolean(value)?,
            }
        }
        if breached.list.is_empty() {
            let message = "name the file: list = \"/var/lib/strongpass/breached.idx\"";
            return Err(self.error(value, message.into()));
        }
        Ok(breached)
    }

    pub(super) fn school(&self, value: &Spanned<DeValue<'_>>) -> Result<School, ConfigError> {
        let mut school = School { name: String::new(), logo: None };
        for (key, value) in self.table(value, "school")? {
            let known = self.key(key, &SCHOOL_KEYS)?;
            let text = self.string(value)?;
            if known == "logo" {
                school.logo = Some(text.to_owned());
            } else {
                let is_line = !text.trim().is_empty() && !text.contains(is_unseen);
                if !is_line || text.chars().count() > 120 {
                    let message = "the name of a school is 1 to 120 characters on one line";
                    return Err(self.error(value, message.into()));
                }
                text.clone_into(&mut school.name);
            }
        }
        if school.name.is_empty() {
            let message = "name the school: name = \"Birchington Primary School\"";
            return Err(self.error(value, message.into()));
        }
        Ok(school)
    }

    pub(super) fn passcode(&self, value: &Spanned<DeValue<'_>>) -> Result<Passcode, ConfigError> {
        let mut passcode = Passcode { min_digits: 6, block_dates: false };
        for (key, value) in self.table(value, "passcode")? {
            match self.key(key, &PASSCODE_KEYS)? {
                "min_digits" => passcode.min_digits = self.number(value, 4..=10)?,
                _ => passcode.block_dates = self.boolean(value)?,
            }
        }
        Ok(passcode)
    }
}

pub(super) fn did_you_mean(misspelt: &str, names: &[&str]) -> String {
    match nearest(misspelt, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("use one of: {}", names.join(", ")),
    }
}
