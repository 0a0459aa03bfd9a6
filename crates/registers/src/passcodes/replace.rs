//! The register with fresh codes for the devices that need one, and otherwise as it was.

use anyhow::bail;
use strongpass_policy::{Password, Policy};
use zeroize::Zeroizing;

use super::alike::{Code, Taken};
use super::judge::{Judge, Judged};
use super::register::Device;
use crate::generate::Generator;

/// So many draws in a row that are refused or taken: there are no more.
const MOST_DRAWS: usize = 10_000;

/// The new register, and how many codes are new in it.
pub(super) fn register(
    file: &[u8],
    devices: &[Device],
    judged: &[Judged],
    judge: &Judge<'_>,
    mut generator: Generator<'_>,
) -> anyhow::Result<(Zeroizing<Vec<u8>>, usize)> {
    let mut taken = Taken::default();
    for code in devices.iter().filter_map(|device| Code::of(device.code.as_ref()?)) {
        taken.insert(&code);
    }
    let wanted = |judged: &Judged| judged.findings.iter().any(|f| f.kind.wants_new_code());
    let wanting = devices.iter().zip(judged).filter(|(_, judged)| wanted(judged));
    let mut fresh = Vec::new();
    for (device, _) in wanting {
        fresh.push((device, one(device, judge, &mut generator, &mut taken)?));
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
    judge: &Judge<'_>,
    generator: &mut Generator<'_>,
    taken: &mut Taken,
) -> anyhow::Result<Zeroizing<String>> {
    let context = judge.context(device);
    for _ in 0..MOST_DRAWS {
        let made = generator.generate_for(&context)?;
        let Some(code) = Code::of(&Password::new(made.as_bytes())) else { continue };
        if !made.starts_with('0') && taken.leaves(&code) {
            taken.insert(&code);
            return Ok(made);
        }
    }
    bail!("there are too few codes of that length for so many devices; use --length");
}

/// How many digits a fresh code has.
pub(super) fn digits(policy: &Policy, wanted: Option<u16>) -> Option<usize> {
    wanted.map(usize::from).or_else(|| policy.passcode.map(|passcode| passcode.min_digits))
}
