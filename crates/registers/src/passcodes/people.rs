//! People as registers call them, and who of them has left.

use std::collections::HashMap;

use strongpass_policy::Day;
use strongpass_tables::headings::{Meaning, TableKind, plain};
use strongpass_tables::{Cell, Dialect, Row, RowError, Rows, not_a_table, text};

use super::dates;
use crate::error::RegisterError;

/// Someone: the words of a name in lower case, the surname last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Person {
    words: Vec<String>,
}

const TITLES: [&str; 11] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "rev", "revd", "madam"];

impl Person {
    /// Reads `Mrs K. Harper`, `Harper, Kate`, `k.harper@school.example`, `SCHOOL\k.harper`.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let text = text.rsplit('\\').next().unwrap_or(text);
        let text = text.split('@').next().unwrap_or(text);
        // An apostrophe parts no name: O'Dowd is odowd.
        let lower = |text: &str| text.to_lowercase().replace(['\'', '’'], "");
        let text = match text.split_once(',') {
            Some((surname, first)) => lower(&format!("{first} {surname}")),
            None => lower(text),
        };
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty() && !TITLES.contains(word));
        let words: Vec<String> = words.map(str::to_owned).collect();
        (!words.is_empty()).then_some(Self { words })
    }

    /// Whether both may be the same: an initial, or no first name, may stand for a first name.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        if (self.is_one_word() || other.is_one_word()) && self.account() == other.account() {
            return true;
        }
        let (Some(first), Some(theirs)) = (self.words.first(), other.words.first()) else {
            return false;
        };
        let initial =
            |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        self.surname() == other.surname()
            && (self.is_one_word()
                || other.is_one_word()
                || first == theirs
                || initial(first, theirs)
                || initial(theirs, first))
    }

    fn is_one_word(&self) -> bool {
        self.words.len() == 1
    }

    fn surname(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// `kharper`, as accounts are called.
    fn account(&self) -> String {
        match self.words.as_slice() {
            [first, .., last] => first.chars().take(1).chain(last.chars()).collect(),
            words => words.concat(),
        }
    }
}

/// The people that a cell lists, each once. Semicolons part them; if there are none, commas and the
/// like do.
pub(super) fn listed(text: &str) -> Vec<Person> {
    let strong: &[char] = &[';', '|', '\n', '\r'];
    let names: Vec<&str> = if text.contains(strong) {
        text.split(strong).collect()
    } else {
        text.split([',', '/', '&', '+']).flat_map(|part| part.split(" and ")).collect()
    };
    let mut people: Vec<Person> = Vec::new();
    for person in names.into_iter().filter_map(Person::from_text) {
        if !people.iter().any(|other| other.may_be(&person)) {
            people.push(person);
        }
    }
    people
}

/// Whether a cell names a crowd instead of people.
pub(super) fn is_crowd(text: &str) -> bool {
    const CROWDS: [&str; 7] =
        ["all", "everyone", "everybody", "anyone", "anybody", "staff", "team"];
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| CROWDS.iter().any(|crowd| crowd.eq_ignore_ascii_case(word)))
}

/// Who has left, and when.
#[derive(Debug, Default)]
pub struct Leavers {
    people: Vec<(Person, Option<Day>)>,
    /// Numbers of people by surname and by account.
    by_word: HashMap<String, Vec<usize>>,
}

impl Leavers {
    /// Reads a list: a name on each line, or a CSV file with a heading.
    ///
    /// # Errors
    /// If it names nobody.
    pub fn from_bytes(file: &[u8]) -> Result<Self, RegisterError> {
        if let Some(why) = not_a_table(file) {
            return Err(RowError { line: 1, why }.into());
        }
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        let leavers = match Self::from_table(file) {
            Some(leavers) => leavers,
            None => Self::from_lines(&String::from_utf8_lossy(file)),
        };
        if leavers.people.is_empty() { Err(RegisterError::NoLeaver) } else { Ok(leavers) }
    }

    fn from_lines(text: &str) -> Self {
        let mut leavers = Self::default();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            leavers.add(line, None);
        }
        leavers
    }

    fn from_table(file: &[u8]) -> Option<Self> {
        for delimiter in *b",;\t|" {
            let mut rows = Rows::new(file, Dialect::Quoted(delimiter), (0, 1));
            let Ok(Some(row)) = rows.next_row() else { continue };
            let Some(table) = Table::from_heading(file, &row) else { continue };
            let mut leavers = Self::default();
            while let Ok(Some(row)) = rows.next_row() {
                let (name, left) = table.entry(file, row.cells);
                leavers.add(&name, dates::parse_day(&left));
            }
            return Some(leavers);
        }
        None
    }

    fn add(&mut self, name: &str, left: Option<Day>) {
        if let Some(person) = Person::from_text(name) {
            let number = self.people.len();
            let mut keys = vec![person.surname().to_owned(), person.account()];
            keys.dedup();
            for key in keys {
                self.by_word.entry(key).or_default().push(number);
            }
            self.people.push((person, left));
        }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody has left, as far as is known.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The numbers of those who may be this person.
    pub(super) fn who(&self, person: &Person) -> Vec<usize> {
        let keys = [person.surname().to_owned(), person.account()];
        let numbers = keys.iter().filter_map(|key| self.by_word.get(key)).flatten().copied();
        let is = |number: &usize| {
            self.people.get(*number).is_some_and(|(leaver, _)| leaver.may_be(person))
        };
        let mut numbers: Vec<usize> = numbers.filter(is).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// When someone left, if that is known.
    pub(super) fn left(&self, number: usize) -> Option<Day> {
        self.people.get(number).and_then(|(_, left)| *left)
    }
}

/// Which column of a list of leavers holds what.
struct Table {
    names: Vec<usize>,
    left: Option<usize>,
}

impl Table {
    fn from_heading(file: &[u8], row: &Row<'_>) -> Option<Self> {
        let headings: Vec<String> = row.cells.iter().map(|cell| plain(&text(file, cell))).collect();
        let place = |meaning: Meaning| {
            headings.iter().position(|heading| meaning.is(TableKind::Leavers, heading))
        };
        let names = match (place(Meaning::FirstName), place(Meaning::LastName)) {
            (Some(first), Some(last)) => vec![first, last],
            _ => vec![place(Meaning::FullName)?],
        };
        Some(Self { names, left: place(Meaning::Left) })
    }

    fn entry(&self, file: &[u8], cells: &[Cell]) -> (String, String) {
        let of = |number: usize| cells.get(number).map(|cell| text(file, cell)).unwrap_or_default();
        let name = self.names.iter().map(|&number| of(number)).collect::<Vec<_>>().join(" ");
        (name, self.left.map(of).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str) -> Person {
        Person::from_text(text).unwrap()
    }

    #[test]
    fn the_same_person_in_many_forms() {
        let forms = [
            "Kate Harper",
            "Mrs K. Harper",
            "Harper, Kate",
            "k.harper@school.example",
            "KHARPER",
            "SCHOOL\\k.harper",
            "Mrs Harper",
            "kate  HARPER",
        ];
        for form in forms {
            assert!(person("Kate Harper").may_be(&person(form)), "{form}");
            assert!(person(form).may_be(&person("Kate Harper")), "{form}");
        }
        for other in ["Kim Harper", "Kate Marsh", "Kate", "Harper Kate", "k.marsh", "Sharper"] {
            assert!(!person("Kate Harper").may_be(&person(other)), "{other}");
        }
        assert!(person("Niamh O’Dowd").may_be(&person("N O'Dowd")));
        assert_eq!(Person::from_text(" - "), None);
        assert_eq!(Person::from_text("Mr"), None);
    }

    #[test]
    fn cells_list_people_once() {
        let count = |text: &str| listed(text).len();
        assert_eq!(count("Kate Harper; K. Harper; Odette Marsh"), 2);
        assert_eq!(count("Harper, Kate; Marsh, Odette"), 2);
        assert_eq!(count("Kate, Odette and Rufus / Ines & Bo"), 5);
        assert_eq!(count("Sandy Anderson"), 1);
        assert_eq!(count(""), 0);
        assert!(is_crowd("All staff") && is_crowd("the office team") && !is_crowd("Alla Stafford"));
    }

    #[test]
    fn leavers_are_lines_or_a_table() {
        let of = |text: &str| {
            Leavers::from_table(text.as_bytes()).unwrap_or_else(|| Leavers::from_lines(text))
        };
        let lines = of("# gone\nKate Harper\n\nMarsh, Odette\n");
        assert_eq!(lines.len(), 2);
        assert_eq!(lines.who(&person("O. Marsh")), [1]);
        assert_eq!(lines.who(&person("Rufus Quill")), Vec::<usize>::new());
        let table = of("Name;Left on\nKate Harper;22/7/2026\n\"Marsh, Odette\";\n");
        assert_eq!((table.len(), table.who(&person("kharper"))), (2, vec![0]));
        assert_eq!(table.left(0).unwrap().to_string(), "2026-07-22");
        assert_eq!(table.left(1), None);
        let split = of("Surname,Forename,End date\nHarper,Kate,2026-07-22\n");
        assert_eq!(split.who(&person("Kate Harper")), [0]);
        assert_eq!(split.left(0).unwrap().to_string(), "2026-07-22");
    }
}
