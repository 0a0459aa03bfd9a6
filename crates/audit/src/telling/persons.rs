//! The people of a report, counted for programs.

use serde::Serialize;

use super::document::Telling;
use super::names::Names;
use crate::report::Report;

/// People instead of accounts, if a list says who they are.
#[derive(Serialize)]
pub(super) struct Persons {
    /// People of the list with an account in the exports.
    listed: usize,
    /// People of the list without one.
    absent: usize,
    /// Names of accounts that are in no row of the list.
    unlisted_accounts: usize,
    /// How many of the listed must act this week …
    this_week: usize,
    /// … and later.
    later: usize,
    /// The same for each role, by its name; smaller ones together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    role: String,
    persons: usize,
    this_week: usize,
    later: usize,
}

/// The people of a report; nothing if no list was given.
pub(super) fn persons(report: &Report, names: &Names) -> Option<Persons> {
    let listed = report.listed.as_ref()?;
    let telling = Telling::new(report, names, None, false);
    let (this_week, later) = telling.listed_to_act();
    let roles = telling.roles().into_iter().map(|(role, [persons, this_week, later])| Group {
        role,
        persons,
        this_week,
        later,
    });
    Some(Persons {
        listed: listed.persons.len(),
        absent: listed.absent,
        unlisted_accounts: listed.unlisted,
        this_week,
        later,
        roles: roles.collect(),
    })
}
