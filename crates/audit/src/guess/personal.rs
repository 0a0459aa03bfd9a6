//! What a person is called, as words to guess with.

use std::collections::HashSet;

use strongpass_policy::{NameForm, account_forms, name_forms};

use crate::accounts::local;

/// What it costs that a password is made of the person's own name at all: about one in four is
/// (Li, Wang and Sun 2016, "A Study of Personal Information in Human-chosen Passwords": a name in
/// 22 %, the account's name in 24 %).
const AT_ALL: u8 = 2;

/// What separates two names where something does, and what that costs.
const BETWEEN: [(&str, u8); 9] =
    [(".", 3), ("1", 3), ("_", 4), ("-", 4), ("2", 5), ("7", 6), ("12", 6), ("99", 6), ("123", 6)];

/// A person with more words than this has a list, not names.
const MOST: usize = 80;

/// The words of one person with their costs in bits, the likeliest first, each once: all forms of
/// accounts and names, joined ones with a capital for each part, too.
///
/// `accounts` in any form (`SCHOOL\kharper`, `k.harper@school.uk`), `names` as they are written; dates
/// among them stand behind the forms that are likeliest.
pub(crate) fn words<'a>(
    accounts: impl Iterator<Item = &'a str>,
    names: impl Iterator<Item = &'a str>,
) -> Vec<(String, u8)> {
    let mut words = PersonalWords::default();
    let (mut forms, mut numbers) = (Vec::new(), Vec::new());
    for account in accounts {
        words.add(local(account).to_lowercase(), 1);
        forms.extend(account_forms(account));
    }
    for name in names {
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers.push(name);
        } else if name.contains('@') {
            forms.extend(account_forms(name));
        } else {
            forms.extend(name_forms(name));
        }
    }
    for form in &forms {
        words.add_form(form);
        for number in numbers.iter().filter(|_| form.cost <= 1) {
            words.add(format!("{}{number}", form.text()), form.cost.saturating_add(2));
        }
    }
    for number in numbers {
        words.add(number.to_owned(), 3);
    }
    words.finish()
}

/// Words as they come.
#[derive(Default)]
struct PersonalWords(Vec<(String, u8)>);

impl PersonalWords {
    fn add(&mut self, word: String, cost: u8) {
        if (2..=40).contains(&word.chars().count()) {
            self.0.push((word, AT_ALL.saturating_add(cost)));
        }
    }

    fn add_form(&mut self, form: &NameForm) {
        let text = form.text();
        let [first, rest @ ..] = form.pieces.as_slice() else { return };
        if !rest.is_empty() {
            let capitals: String = form.pieces.iter().map(|piece| capitalised(piece)).collect();
            self.add(capitals, form.cost);
        }
        let is_name = |piece: &str| piece.chars().nth(1).is_some();
        if let [second] = rest
            && is_name(first)
            && is_name(second)
        {
            for (between, cost) in BETWEEN {
                let cost = form.cost.saturating_add(cost);
                self.add(format!("{}{between}{}", capitalised(first), capitalised(second)), cost);
                self.add(format!("{first}{between}{second}"), cost);
            }
        }
        self.add(text, form.cost);
    }

    fn finish(mut self) -> Vec<(String, u8)> {
        self.0.sort_by_key(|(_, cost)| *cost);
        let mut seen = HashSet::new();
        self.0.retain(|(word, _)| seen.insert(word.clone()));
        self.0.truncate(MOST);
        self.0
    }
}

fn capitalised(piece: &str) -> String {
    let mut chars = piece.chars();
    chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(account: &str, names: &[&str], expected: &str) {
        let words = words([account].into_iter(), names.iter().copied());
        for word in expected.split_whitespace() {
            assert!(words.iter().any(|(known, _)| known == word), "{word} not in {words:?}");
        }
    }

    #[test]
    fn table() {
        check("SCHOOL\\kharper", &["Kate Harper"], "kharper harper kate kateharper kh");
        check("kh", &["Kate Harper"], "KateHarper HarperKate KHarper HarperK Kate1Harper");
        check("kh", &["Kate Harper"], "kate.harper katherine KatherineHarper");
        check("k.harper2@school.uk", &[], "k.harper2 kharper harper");
        check("22kharper", &[], "22kharper kharper harper");
        check("zoë.ní", &["Zoë Ní Bhriain"], "zoë zoe zoëbhriain ZoeBhriain znb");
        check("as", &["Anna Smith-Jones"], "smithjones SmithJones AnnaSmith annasmithjones");
        check("jb", &["Jan van der Berg"], "berg vanderberg VanDerBerg");
        check("kh", &["Kate Harper", "1984", "120384"], "kate1984 harper120384 120384");
        check("x", &[], "");
    }

    #[test]
    fn each_is_made_once_the_likeliest_first() {
        let words = words(["kate.kate"].into_iter(), ["Kate Kate"].into_iter());
        assert!(words.is_sorted_by_key(|(_, cost)| *cost));
        let distinct: HashSet<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(distinct.len(), words.len());
    }
}
