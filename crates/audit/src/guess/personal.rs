//! What a person is called, as words to guess with.

use std::collections::HashSet;

use crate::accounts::local;

/// What it costs that a password is made of the person's own name at all: about one in twenty is.
const AT_ALL: u8 = 4;

/// The words of one person with their costs in bits, the likeliest first, each once: account and
/// names whole, their parts, names joined, initials.
///
/// `accounts` in any form (`SCHOOL\kharper`, `k.harper@school.uk`), `names` as they are written.
pub(crate) fn words<'a>(
    accounts: impl Iterator<Item = &'a str>,
    names: impl Iterator<Item = &'a str>,
) -> Vec<(String, u8)> {
    let mut words = Vec::new();
    let mut add = |word: String, cost: u8| {
        if (2..=40).contains(&word.chars().count()) {
            words.push((word, AT_ALL.saturating_add(cost)));
        }
    };
    for account in accounts {
        let local = local(account).to_lowercase();
        let letters: String = local.chars().filter(|c| c.is_alphabetic()).collect();
        let parts: Vec<&str> = parts(&local).collect();
        for part in &parts {
            add((*part).to_owned(), 3);
        }
        // `kharper` is an initial and a surname.
        if let (1, Some(surname)) = (parts.len(), letters.get(1..))
            && surname.len() >= 4
        {
            add(surname.to_owned(), 3);
        }
        add(letters, 2);
        add(local, 1);
    }
    for name in names {
        let name = if name.contains('@') { local(name) } else { name }.to_lowercase();
        let parts: Vec<&str> = parts(&name).collect();
        for part in &parts {
            add((*part).to_owned(), 2);
        }
        if let [first, .., last] = parts.as_slice() {
            let initial = |name: &str| name.chars().next().map(String::from).unwrap_or_default();
            add(format!("{first}{last}"), 4);
            add(format!("{last}{first}"), 6);
            add(format!("{}{last}", initial(first)), 4);
            add(format!("{first}{}", initial(last)), 5);
            add(parts.iter().map(|part| initial(part)).collect(), 6);
            add(format!("{first}.{last}"), 6);
        }
    }
    words.sort_by_key(|(_, cost)| *cost);
    let mut seen = HashSet::new();
    words.retain(|(word, _)| seen.insert(word.clone()));
    words.truncate(MOST);
    words
}

/// A person with more names than this has a list, not names.
const MOST: usize = 24;

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|part| part.chars().count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(account: &str, name: &str, expected: &[&str]) {
        let words = words([account].into_iter(), [name].into_iter());
        for word in expected {
            assert!(words.iter().any(|(known, _)| known == word), "{word} not in {words:?}");
        }
    }

    #[test]
    fn table() {
        check("SCHOOL\\kharper", "Kate Harper", &["kharper", "harper", "kate", "kateharper", "kh"]);
        check("k.harper2@school.uk", "", &["k.harper2", "kharper", "harper"]);
        check("zoë.ní", "Zoë Ní Bhriain", &["zoë", "zoëbhriain", "znb"]);
        check("x", "", &[]);
    }

    #[test]
    fn each_is_made_once_the_likeliest_first() {
        let words = words(["kate.kate"].into_iter(), ["Kate Kate"].into_iter());
        assert!(words.is_sorted_by_key(|(_, cost)| *cost));
        let distinct: HashSet<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(distinct.len(), words.len());
    }
}
