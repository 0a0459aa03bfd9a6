//! Writes the register again, with fresh codes for the devices that need one.

use strongpass_policy::Password;
use zeroize::Zeroizing;

use super::judge::{Criteria, Judged};
use super::register::Device;
use super::similar::{Code, Taken};
use crate::error::GeneratorError;
use crate::generator::Generator;

/// After this many draws in a row that are refused or taken, none are left.
const MOST_DRAWS: usize = 10_000;

/// Gives a new code to each device that needs one: the new register, byte for byte the old one but
/// for the codes, and how many are new in it.
///
/// # Errors
/// If no more codes can be made.
pub fn replace_codes(
    file: &[u8],
    devices: &[Device],
    judged: &[Judged],
    criteria: &Criteria<'_>,
    mut generator: Generator<'_>,
) -> Result<(Zeroizing<Vec<u8>>, usize), GeneratorError> {
    let mut taken = Taken::default();
    for code in devices.iter().filter_map(|device| Code::from_password(device.code.as_ref()?)) {
        taken.insert(&code);
    }
    let wanted = |judged: &Judged| judged.findings.iter().any(|f| f.kind.wants_new_code());
    let wanting = devices.iter().zip(judged).filter(|(_, judged)| wanted(judged));
    let mut fresh = Vec::new();
    for (device, _) in wanting {
        fresh.push((device, one(device, criteria, &mut generator, &mut taken)?));
    }
    // Room for all of it: secrets that move leave copies.
    let room = file.len() + fresh.iter().map(|(_, code)| code.len()).sum::<usize>();
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    let mut copied = 0;
    for (device, code) in &fresh {
        bytes.extend_from_slice(file.get(copied..device.place.start).unwrap_or_default());
        bytes.extend_from_slice(code.as_bytes());
        copied = device.place.end;
    }
    bytes.extend_from_slice(file.get(copied..).unwrap_or_default());
    Ok((bytes, fresh.len()))
}

/// A code that is accepted for the device, is like no other in the register, and does not begin
/// with a 0, which spreadsheets drop.
fn one(
    device: &Device,
    criteria: &Criteria<'_>,
    generator: &mut Generator<'_>,
    taken: &mut Taken,
) -> Result<Zeroizing<String>, GeneratorError> {
    let context = criteria.context(device);
    for _ in 0..MOST_DRAWS {
        let made = generator.generate_for(&context)?;
        let Some(code) = Code::from_password(&Password::new(made.as_bytes())) else { continue };
        if !made.starts_with('0') && taken.leaves(&code) {
            taken.insert(&code);
            return Ok(made);
        }
    }
    Err(GeneratorError::TooFewCodes)
}
