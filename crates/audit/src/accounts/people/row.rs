//! What a row of a table of people says.

use strongpass_tables::{DecodedText, LenientRow, decode_text};

use super::details::Details;
use super::heading::{self, Column};

/// What a row says about a person.
#[derive(Default)]
pub(super) struct Described {
    pub(super) id: Option<String>,
    /// With their systems.
    pub(super) accounts: Vec<(Option<String>, String)>,
    pub(super) addresses: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) privileged: bool,
    pub(super) details: Details,
}

impl Described {
    pub(super) fn by(columns: &[Column], row: &LenientRow<'_, '_>) -> Self {
        let cells = columns.iter().zip(row.cells()).filter(|(_, cell)| !cell.is_empty());
        let cells: Vec<(&Column, DecodedText<'_>)> =
            cells.map(|(column, cell)| (column, decode_text(cell))).collect();
        let of_row = cells.iter().find(|(column, _)| **column == Column::System);
        let of_row = of_row.map(|(_, system)| system.to_lowercase());
        let mut described = Self::default();
        for (column, cell) in &cells {
            match column {
                Column::Person => described.id = Some((**cell).to_owned()),
                Column::Account(system) => {
                    let system = system.as_ref().or(of_row.as_ref());
                    described.accounts.extend(accounts(cell, system));
                }
                Column::Upn if cell.contains('@') => {
                    described.accounts.extend(accounts(cell, of_row.as_ref()));
                }
                Column::Upn => {
                    described.id.get_or_insert_with(|| (**cell).to_owned());
                }
                Column::Email => {
                    described.addresses.push((**cell).to_owned());
                    described.names.push((**cell).to_owned());
                    described.details.email.get_or_insert_with(|| (**cell).to_owned());
                }
                Column::FirstName | Column::LastName | Column::Name => {
                    described.details.set_name(column, cell);
                    described.names.push((**cell).to_owned());
                }
                Column::Words => described.names.extend(parts(cell).map(str::to_owned)),
                Column::Place => {
                    described.names.extend(parts(cell).map(str::to_owned));
                    described.details.add_address(cell);
                }
                Column::Address => described.details.add_address(cell),
                Column::Born => described.names.extend(heading::dates(cell)),
                Column::Role | Column::Privileged => {
                    described.privileged |= heading::is_privileged(column, cell);
                    if **column == Column::Role {
                        described.details.role.get_or_insert_with(|| (**cell).to_owned());
                    }
                }
                Column::System | Column::Other => {}
            }
        }
        described
    }
}

/// The accounts of a cell, each with the system that it names or that of its column or row.
fn accounts(cell: &str, system: Option<&String>) -> Vec<(Option<String>, String)> {
    let account = |part: &str| match part.split_once('=') {
        Some((of, account)) => (Some(of.trim().to_lowercase()), account.trim().to_owned()),
        None => (system.cloned(), part.to_owned()),
    };
    parts(cell).map(account).filter(|(_, account)| !account.is_empty()).collect()
}

/// The parts of a cell that holds several values.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty())
}
