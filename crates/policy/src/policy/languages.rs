//! The languages whose words a password may not contain.

use super::Policy;

/// Where the lists of languages other than English are.
const FOLDER: &str = "/etc/strongpass/languages";

/// The language that is built in, with the commonest words of some others.
const BUILT_IN: &str = "en";

/// Whether that is the code of a language, as `cy` or `pt_BR`.
pub(crate) fn is_language(code: &str) -> bool {
    let (language, country) = code.split_once('_').unwrap_or((code, "GB"));
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
}

impl Policy {
    /// The compiled lists that this policy needs besides the built-in one: its own, relative to its file,
    /// and those of its languages, absolute; each with the language it is for.
    pub fn word_files(&self) -> impl Iterator<Item = (String, Option<&str>)> + '_ {
        let own = self.words.iter().map(|words| (words.clone(), None));
        let languages = self.languages.iter().filter(|language| *language != BUILT_IN);
        own.chain(languages.map(|code| (format!("{FOLDER}/{code}.fst"), Some(code.as_str()))))
    }

    /// What to do about the list of a language that is not there.
    pub fn missing_language(code: &str) -> String {
        format!(
            "there is no word list for the language `{code}`: install its hunspell dictionary, then run \
             `strongpass words build --hunspell {code} -o {FOLDER}/{code}.fst`"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_needs_no_file() {
        let policy =
            Policy::from_toml("words = [\"own.fst\"]\nlanguages = [\"en\", \"cy\"]").unwrap();
        let files: Vec<_> = policy.word_files().collect();
        let welsh = "/etc/strongpass/languages/cy.fst".to_owned();
        assert_eq!(files, [("own.fst".to_owned(), None), (welsh, Some("cy"))]);
        assert_eq!(Policy::from_toml(&policy.to_toml()).unwrap(), policy);
        for wrong in ["../cy", "Welsh", "c", "cy_gb", ""] {
            let error = Policy::from_toml(&format!("languages = [\"{wrong}\"]")).unwrap_err();
            assert_eq!((error.line, error.column), (1, 14), "{wrong}");
        }
    }
}
