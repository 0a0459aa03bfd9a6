//! What a person is called, as people write it in passwords: likeliest first.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::characters::fold::fold;

/// A form of a name: its pieces in small letters, as they follow each other (`kate` `harper`).
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NameForm {
    /// The pieces, so that a guesser can begin each with a capital.
    pub pieces: Vec<String>,
    /// How unlikely it is, in bits, beside the likeliest.
    pub cost: u8,
}

impl NameForm {
    /// Once, not at each of the many calls: a PAM module should be small.
    #[inline(never)]
    fn new(pieces: &[&str], cost: u8) -> Self {
        Self { pieces: pieces.iter().map(|&piece| piece.to_owned()).collect(), cost }
    }

    /// All pieces in one.
    pub fn text(&self) -> String {
        self.pieces.concat()
    }
}

/// What it costs that the first name is another form of what it is.
pub(crate) const NICKNAME: u8 = 3;

/// No person has more forms.
const MOST: usize = 256;

/// The forms of a person's name as it is written (`Kate Harper`, `Harper, Kate`, `Seán O'Brien-Smith`): first
/// names and surnames, joined in either order, with initials, without particles, accents as they are, left
/// out and spelt out (`müller`, `muller`, `mueller`), and what first names are shortened to.
///
/// ```
/// let forms = strongpass_policy::name_forms("Kate Harper");
/// let texts: Vec<String> = forms.iter().map(|form| form.text()).collect();
/// assert_eq!(texts[..2], ["kate", "harper"]);
/// assert!(texts.contains(&"kharper".to_owned()) && texts.contains(&"harperk".to_owned()));
/// ```
pub fn name_forms(name: &str) -> Vec<NameForm> {
    let mut forms = Vec::new();
    for (spelling, cost) in spellings(name) {
        add_forms(&spelling, cost, &mut forms);
    }
    ordered(forms)
}

/// The forms of an account's name in any of its forms: `k.harper`, `SCHOOL\19kharper`, `harperk@school.uk`.
///
/// ```
/// let forms = strongpass_policy::account_forms("SCHOOL\\19kharper");
/// assert!(forms.iter().any(|form| form.text() == "harper"));
/// ```
pub fn account_forms(account: &str) -> Vec<NameForm> {
    let account = account.rsplit_once('\\').map_or(account, |(_, account)| account);
    let local = account.split_once('@').map_or(account, |(local, _)| local).to_lowercase();
    let pieces = pieces(&local);
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    let mut forms = Vec::new();
    for &piece in &pieces {
        forms.push(NameForm::new(&[piece], 1));
    }
    forms.push(NameForm::new(&pieces, 0));
    // An initial and a surname, or a surname and an initial.
    if let [one] = pieces.as_slice() {
        let mut rest = one.chars();
        if let Some(initial) = rest.next() {
            forms.push(NameForm::new(&[rest.as_str()], 2));
            forms.push(NameForm::new(&[rest.as_str(), &initial.to_string()], 4));
        }
        let mut rest = one.chars();
        if rest.next_back().is_some() {
            forms.push(NameForm::new(&[rest.as_str()], 2));
        }
    }
    if let [first, .., last] = pieces.as_slice() {
        forms.push(NameForm::new(&[last, first], 3));
    }
    ordered(forms)
}

fn ordered(mut forms: Vec<NameForm>) -> Vec<NameForm> {
    forms.retain(|form| form.text().chars().nth(1).is_some());
    forms.sort_by_key(|form| form.cost);
    let mut seen = std::collections::BTreeSet::new();
    forms.retain(|form| seen.insert(form.text()));
    forms.truncate(MOST);
    forms
}

/// The name in small letters, as it is, without its accents, and with them spelt out.
fn spellings(name: &str) -> Vec<(String, u8)> {
    let composed: String = name.nfc().flat_map(char::to_lowercase).collect();
    let spelt: String = composed.chars().map(spelt_out).collect();
    let plain: String = composed.nfd().filter(|&c| !is_combining_mark(c)).collect();
    let mut spellings = vec![(composed, 0)];
    for (spelling, cost) in [(plain, 1), (spelt, 2)] {
        if spellings.iter().all(|(known, _)| *known != spelling) {
            spellings.push((spelling, cost));
        }
    }
    spellings
}

/// As Germans, Turks and Scandinavians write it where they have no such key.
fn spelt_out(c: char) -> String {
    match c {
        'ä' | 'æ' => "ae".into(),
        'ö' | 'ø' | 'œ' => "oe".into(),
        'ü' => "ue".into(),
        'å' => "aa".into(),
        'ß' => "ss".into(),
        'þ' => "th".into(),
        'ð' => "dh".into(),
        'ñ' => "ny".into(),
        c => c.to_string(),
    }
}

/// The letters between other characters; an apostrophe belongs to the word (`o'brien` is `obrien`).
fn pieces(name: &str) -> Vec<String> {
    let is_mark = |c: char| matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '`' | '\u{b4}');
    let pieces = name.split(|c: char| !c.is_alphabetic() && !is_mark(c) && !is_combining_mark(c));
    let pieces = pieces.map(|piece| piece.chars().filter(|&c| !is_mark(c)).collect::<String>());
    pieces.filter(|piece| !piece.is_empty()).collect()
}

fn initial(piece: &str) -> &str {
    let end = piece.chars().next().map_or(0, char::len_utf8);
    piece.get(..end).unwrap_or_default()
}

const PARTICLES: [&str; 34] = [
    "al", "ap", "ab", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do",
    "dos", "du", "el", "fitz", "ibn", "la", "le", "mac", "mc", "ni", "o", "op", "san", "st", "te",
    "ter", "van", "ver", "von", "zu",
];

const TITLES: [&str; 8] = ["mr", "mrs", "miss", "ms", "mx", "dr", "rev", "sir"];

fn add_forms(name: &str, cost: u8, forms: &mut Vec<NameForm>) {
    // `Harper, Kate` is Kate Harper.
    let turned = name.split_once(',').map(|(last, first)| format!("{first} {last}"));
    let name = turned.as_deref().unwrap_or(name);
    let all = pieces(name);
    let titled = all.first().is_some_and(|piece| TITLES.contains(&piece.as_str()));
    let all: Vec<&str> = all.iter().map(String::as_str).skip(usize::from(titled)).collect();
    let is_particle = |piece: &&&str| PARTICLES.contains(*piece);
    // Surnames begin with the last particle row, or with what a hyphen joins, or are the last piece.
    let hyphenated = name.trim().rsplit(' ').next().map_or(1, |last| pieces(last).len()).max(1);
    let particles = all.iter().skip(1).rev().skip(hyphenated).take_while(is_particle).count();
    let surnames = (hyphenated + particles).min(all.len());
    let (firsts, lasts) = all.split_at(all.len() - surnames);
    let mut add = |pieces: &[&str], more: u8| {
        forms.push(NameForm::new(pieces, cost.saturating_add(more)));
    };
    let (core, whole) = (lasts.get(particles..).unwrap_or_default(), lasts);
    for &piece in all.iter().filter(|piece| !is_particle(piece)) {
        add(&[piece], 0);
    }
    add(&all, 2);
    if let [one] = all.as_slice() {
        for nickname in nicknames_of(Some(one)) {
            add(&[nickname], NICKNAME);
        }
    }
    let mut surnames: Vec<Vec<&str>> = vec![core.to_vec(), whole.to_vec()];
    surnames.extend(core.iter().map(|&one| vec![one]));
    surnames.dedup();
    for surname in &surnames {
        add(surname, 1);
        // What stands before the surname with its prefix: `mcdonald` is `donald`, too.
        for &first in firsts.iter().chain(nicknames_of(firsts.first().copied()).iter()) {
            let more = u8::from(!firsts.contains(&first)) * NICKNAME;
            add(&[first], more);
            add(&[&[first], surname.as_slice()].concat(), 2 + more);
            add(&[surname.as_slice(), &[first]].concat(), 3 + more);
            add(&[&[initial(first)], surname.as_slice()].concat(), 2 + more);
            add(&[surname.as_slice(), &[initial(first)]].concat(), 3 + more);
            let last = surname.first().copied().unwrap_or_default();
            add(&[first, initial(last)], 3 + more);
        }
    }
    let initials: Vec<&str> = all.iter().map(|piece| initial(piece)).collect();
    add(&initials, 4);
}

/// What a first name is shortened to, and what it may be short for.
fn nicknames_of(first: Option<&str>) -> Vec<&'static str> {
    let Some(first) = first else { return Vec::new() };
    let lines = include_str!("nicknames.txt").lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter(|line| line.split(' ').any(|name| name == first));
    lines.flat_map(|line| line.split(' ')).filter(|name| *name != first).collect()
}

/// The words of a name: its pieces of letters, and all of them in one.
pub(crate) fn words(name: &str) -> Vec<Vec<u8>> {
    let folded = fold(name);
    let pieces = folded.keys().split(|key| !key.is_ascii_lowercase());
    let pieces = pieces.filter(|piece| !piece.is_empty());
    let mut words: Vec<Vec<u8>> = pieces.map(<[u8]>::to_vec).collect();
    if words.len() > 1 {
        words.push(words.concat());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(forms: &[NameForm], expected: &[&str]) {
        let texts: Vec<String> = forms.iter().map(NameForm::text).collect();
        for form in expected {
            assert!(texts.iter().any(|text| text == form), "{form} not in {texts:?}");
        }
        assert!(forms.is_sorted_by_key(|form| form.cost));
    }

    #[test]
    fn names() {
        check(
            &name_forms("Kate Harper"),
            &["kate", "harper", "kateharper", "harperkate", "kharper", "harperk", "kh"],
        );
        check(&name_forms("Kate Harper"), &["katherine", "katherineharper"]);
        check(&name_forms("Harper, Kate"), &["kateharper", "kharper"]);
        check(&name_forms("Mr William Jones"), &["billjones", "wjones"]);
        check(
            &name_forms("Amy Smith-Jones"),
            &["smithjones", "amysmithjones", "jones", "asmithjones", "amysmith"],
        );
        check(
            &name_forms("Jan van der Berg"),
            &["berg", "vanderberg", "janberg", "janvanderberg", "jvanderberg"],
        );
        check(&name_forms("Sinéad O’Brien"), &["obrien", "sinead", "sineadobrien", "sinéad"]);
        check(&name_forms("Aylin Öztürk"), &["ozturk", "oeztuerk", "aylinoeztuerk", "aozturk"]);
        check(&name_forms("Jörg Müller"), &["mueller", "muller", "jmueller"]);
        check(&name_forms("Quexbarn Farm"), &["quexbarnfarm"]);
        check(&name_forms("T Fielding"), &["tfielding", "fieldingt"]);
        check(&name_forms(""), &[]);
    }

    #[test]
    fn accounts() {
        for account in [
            "kharper",
            "harperk",
            "k.harper",
            "19harperk",
            "SCHOOL\\19kharper",
            "kharper@school.uk",
        ] {
            check(&account_forms(account), &["harper"]);
        }
        check(&account_forms("kate.harper2"), &["kate", "harper", "kateharper", "harperkate"]);
    }
}
