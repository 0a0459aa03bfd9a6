//! Looking headings up in the list.

use super::aliases::ALIASES;
use super::meaning::{Meaning, TableKind};

impl Meaning {
    /// Whether a heading, [plain](super::plain), has this meaning in a table of that kind.
    pub fn is(self, table: TableKind, plain: &str) -> bool {
        self.aliases(table).any(|alias| alias == plain)
    }

    /// The first column with this meaning, by plain headings. Of several the one whose name stands
    /// first in the list is meant.
    pub fn find(self, table: TableKind, plain: &[String]) -> Option<usize> {
        self.aliases(table).find_map(|alias| plain.iter().position(|heading| heading == alias))
    }

    /// The names of a column with this meaning in a table of that kind, the most certain first.
    pub fn aliases(self, table: TableKind) -> impl Iterator<Item = &'static str> {
        let lists = ALIASES
            .iter()
            .filter(move |(meaning, tables, _)| *meaning == self && tables.contains(&table));
        lists.flat_map(|(_, _, aliases)| aliases.iter().copied())
    }
}

/// What a [plain](super::plain) heading means in a table of that kind, if that is known; where a name has
/// two meanings, the one that is listed first.
pub fn meaning(table: TableKind, plain: &str) -> Option<Meaning> {
    let known = ALIASES
        .iter()
        .find(|(_, tables, aliases)| tables.contains(&table) && aliases.contains(&plain));
    known.map(|(meaning, _, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headings::{plain, plain_whole};

    const TABLES: [TableKind; 5] = [
        TableKind::Export,
        TableKind::People,
        TableKind::NewAccounts,
        TableKind::Register,
        TableKind::Leavers,
    ];

    #[test]
    fn every_alias_is_plain() {
        for (meaning, _, aliases) in ALIASES {
            for alias in *aliases {
                assert_eq!(
                    (plain(alias), plain_whole(alias.as_bytes())),
                    ((*alias).into(), (*alias).into()),
                    "{meaning:?}"
                );
            }
        }
    }

    /// But for asset tags, which name a device where nothing else does and are numbers besides.
    #[test]
    fn a_name_has_one_meaning_in_a_table() {
        for table in TABLES {
            let mut seen: Vec<(&str, Meaning)> = Vec::new();
            for (meaning, tables, aliases) in ALIASES {
                for alias in aliases.iter().filter(|_| tables.contains(&table)) {
                    let other = seen.iter().find(|(known, _)| known == alias);
                    let is_tag = other.is_some_and(|(_, other)| *other == Meaning::Device)
                        && *meaning == Meaning::Number;
                    assert!(
                        other.is_none() || is_tag,
                        "{alias} in {table:?}: {other:?}, {meaning:?}"
                    );
                    seen.push((alias, *meaning));
                }
            }
        }
    }

    #[test]
    fn one_name_differs_from_table_to_table() {
        for (table, heading, expected) in [
            (TableKind::Export, "user", Some(Meaning::Account)),
            (TableKind::Register, "user", Some(Meaning::Holder)),
            (TableKind::Export, "password", Some(Meaning::Hash)),
            (TableKind::NewAccounts, "password", Some(Meaning::Password)),
            (TableKind::Register, "password", Some(Meaning::Passcode)),
            (TableKind::Export, "nickname", Some(Meaning::Account)),
            (TableKind::People, "nickname", Some(Meaning::FullName)),
            (TableKind::Export, "userid", Some(Meaning::UserId)),
            (TableKind::People, "userid", Some(Meaning::Account)),
            (TableKind::Leavers, "date", Some(Meaning::Left)),
            (TableKind::Register, "assettag", Some(Meaning::Device)),
            (TableKind::People, "shoesize", None),
        ] {
            assert_eq!(meaning(table, heading), expected, "{heading} in {table:?}");
        }
        // Not the password itself.
        for heading in ["Change Password at Next Sign-In", "Reset password", "Password set"] {
            assert_eq!(meaning(TableKind::NewAccounts, &plain(heading)), None, "{heading}");
        }
    }

    #[test]
    fn the_most_certain_name_is_meant() {
        let headings = ["room", "telephone", "asset", "device"].map(str::to_owned);
        assert_eq!(Meaning::Device.find(TableKind::Register, &headings), Some(3));
        assert_eq!(Meaning::Device.find(TableKind::Register, &headings[..3]), Some(2));
        assert!(Meaning::Number.is(TableKind::Register, "asset"));
    }
}
