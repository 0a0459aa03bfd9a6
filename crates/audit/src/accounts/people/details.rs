//! How a person is called and reached, for reports and letters.

use super::heading::Column;

/// How a person is called and reached, as far as the list of people says it. It may hold anything:
/// escape it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Details {
    /// What tells the person apart from others: a number, initials.
    pub id: Option<String>,
    /// The whole name.
    pub full_name: Option<String>,
    /// The first name or names.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// What the person is at school: a teacher, a pupil.
    pub role: Option<String>,
    /// Where letters are mailed to.
    pub email: Option<String>,
    /// Where letters are sent to, line by line.
    pub address: Vec<String>,
}

/// No address has more lines.
const MOST_LINES: usize = 16;

impl Details {
    /// What to call the person, if anything tells.
    pub fn name(&self) -> Option<String> {
        let parts = [&self.first_name, &self.last_name].into_iter().flatten();
        let joined: Vec<&str> = parts.map(String::as_str).collect();
        match (&self.full_name, joined.as_slice()) {
            (Some(name), _) => Some(name.clone()),
            (None, []) => self.id.clone(),
            (None, parts) => Some(parts.join(" ")),
        }
    }

    /// A cell with a name; the first that says it holds.
    pub(super) fn set_name(&mut self, column: &Column, cell: &str) {
        let name = if *column == Column::FirstName {
            &mut self.first_name
        } else if *column == Column::LastName {
            &mut self.last_name
        } else {
            &mut self.full_name
        };
        name.get_or_insert_with(|| cell.to_owned());
    }

    /// A cell with one line of the address, or several.
    pub(super) fn add_address(&mut self, cell: &str) {
        let lines = cell.lines().map(str::trim).filter(|line| !line.is_empty());
        let room = MOST_LINES.saturating_sub(self.address.len());
        self.address.extend(lines.take(room).map(str::to_owned));
    }

    /// What another row says of the same person, where nothing was said before.
    pub(super) fn complete(&mut self, other: Self) {
        let texts = [
            (&mut self.id, other.id),
            (&mut self.full_name, other.full_name),
            (&mut self.first_name, other.first_name),
            (&mut self.last_name, other.last_name),
            (&mut self.role, other.role),
            (&mut self.email, other.email),
        ];
        for (known, other) in texts {
            *known = known.take().or(other);
        }
        if self.address.is_empty() {
            self.address = other.address;
        }
    }
}
