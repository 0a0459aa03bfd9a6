//! Gives passwords to the rows that have none.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use strongpass_policy::Password;
use zeroize::Zeroizing;

use super::account::{NewAccount, Secret};
use crate::error::GeneratorError;
use crate::generator::Generator;

/// After this many draws in a row that another row has, or that hold a name, none are left.
const MOST_DRAWS: usize = 1_000;

/// Gives a password to every row that has none: one that the policy accepts for that person, that
/// no other row has, and that no spreadsheet takes for a formula. Says how many it gave.
pub(super) fn fill(
    accounts: &mut [NewAccount<'_>],
    mut generator: Generator<'_>,
) -> Result<usize, GeneratorError> {
    // Numbers instead of copies of secrets; if two numbers are equal by chance, another is drawn.
    let numbers = RandomState::new();
    let given = accounts.iter().filter_map(|account| account.secret.password());
    let mut taken: HashSet<u64> = given.map(|password| numbers.hash_one(password)).collect();
    let mut filled = 0;
    for account in accounts.iter_mut().filter(|s| matches!(s.secret, Secret::Blank)) {
        filled += 1;
        let context = account.context();
        let mut draws = 0;
        account.secret = loop {
            let made = generator.generate()?;
            let is_formula = made.starts_with(['=', '+', '-', '@']);
            let password = Password::new(made.as_bytes());
            let is_strong = generator.checker().accepts_new(&password, &context)?;
            let is_new = taken.insert(numbers.hash_one(made.as_bytes()));
            if is_new && !is_formula && is_strong {
                break Secret::Made(made);
            }
            draws += 1;
            if draws == MOST_DRAWS {
                return Err(GeneratorError::TooFewPasswords);
            }
        };
    }
    Ok(filled)
}

/// The file with the new passwords in their places, and otherwise as it was.
pub(super) fn filled_in(file: &[u8], accounts: &[NewAccount<'_>]) -> Zeroizing<Vec<u8>> {
    let made = |account: &NewAccount<'_>| {
        if let Secret::Made(made) = &account.secret { made.len() } else { 0 }
    };
    let room = file.len() + accounts.iter().map(made).sum::<usize>();
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    let mut copied = 0;
    for account in accounts {
        if let Secret::Made(made) = &account.secret {
            bytes.extend_from_slice(file.get(copied..account.place.start).unwrap_or_default());
            bytes.extend_from_slice(made.as_bytes());
            copied = account.place.end;
        }
    }
    bytes.extend_from_slice(file.get(copied..).unwrap_or_default());
    bytes
}
