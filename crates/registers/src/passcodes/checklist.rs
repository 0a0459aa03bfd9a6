//! Lists what to look at on the devices themselves, which no register tells.

use strongpass_report::{Block, Check, Checks, Readers, Section};

const CYBER_ESSENTIALS: &str =
    "Cyber Essentials: Requirements for IT infrastructure, device unlocking credentials";
const APPLE_MDM: &str = "Apple Platform Deployment, passcode settings for device management";
const ANDROID: &str = "Android Compatibility Definition, 9.11.1 secure lock screen";

/// What to look at, how, and who asks for it.
const CHECKS: [(&str, &str, &[&str]); 9] = [
    (
        "Each device asks for a code, of six digits or more.",
        "Ask for it by device management (minimum length 6), or look: an iPhone says under \
         Settings, Face ID & Passcode, Change Passcode, Passcode Options what kind it has. A \
         pattern that is drawn is not a code.",
        &[CYBER_ESSENTIALS],
    ),
    (
        "After ten wrong codes, at most, it is locked for good or erased; or no more than ten can \
         be tried in five minutes.",
        "Apple: set the number of failed attempts to 10 or less in device management (unset, it is \
         11), or switch on Settings, Face ID & Passcode, Erase Data. Android: set the number of \
         failed attempts before the device is wiped in device management. What the maker has fixed \
         is enough if it slows guessing as much.",
        &[CYBER_ESSENTIALS, APPLE_MDM],
    ),
    (
        "What is on it is somewhere else, too.",
        "A device that erases itself is safe only if nothing is lost by it: look whether its \
         backup, or the school's cloud, is up to date.",
        &[],
    ),
    (
        "It locks itself soon after it is laid down.",
        "Two minutes or less: iPhone Settings, Display & Brightness, Auto-Lock; Android Settings, \
         Display, Screen timeout, and under Security, Screen lock, Lock after screen timeout: at \
         once. Or set the longest time allowed in device management.",
        &[APPLE_MDM],
    ),
    (
        "Faces and fingers are the holder's alone, and the code comes first.",
        "Whoever knows the code can add a face or a finger: look who is enrolled when a device \
         changes hands. Restart it: it must ask for the code. An iPhone asks again after 48 hours \
         without being unlocked or five faces that do not match, an Android device after 72 hours.",
        &["Apple Platform Security, Face ID, Touch ID and passcodes", ANDROID],
    ),
    (
        "Nothing keeps it open.",
        "Android: Settings, Security, Extend Unlock (Smart Lock) has no trusted places or devices. \
         Apple: Settings, Face ID & Passcode allows nothing while locked that shows pupils' names.",
        &[],
    ),
    (
        "A lost device can be locked and erased from afar, and two people know how.",
        "Try it with a spare one: Find My, Find Hub, or device management. Note here who the two \
         are.",
        &[],
    ),
    (
        "The code opens nothing else.",
        "Not the SIM, the alarm, the door, the safe or an account. A code that signs in elsewhere, \
         too, must be as strong as a password.",
        &[CYBER_ESSENTIALS],
    ),
    (
        "The register itself is locked away.",
        "Encrypted (age -p), or on paper in the safe; not in a shared folder or a mail. With device \
         management that can clear a forgotten code, there need not be a register.",
        &[],
    ),
];

/// What to look at on the devices themselves, which no register tells.
pub fn device_checks() -> impl Iterator<Item = Check> {
    CHECKS.iter().map(|(what, how, sources)| Check {
        what: (*what).into(),
        how: (*how).into(),
        source: sources.join("; "),
    })
}

/// The checks, to tick off on paper.
pub(super) fn section() -> Section {
    let intro = "A good code is worth little if it can be tried for ever. That cannot be seen from \
                 here: look at each device, or once at your device management.";
    let elsewhere = "How: `strongpass passcode explain`, or --html.".into();
    let checks = Checks { checks: device_checks().collect(), elsewhere };
    let blocks = vec![Block::Text(intro.into()), Block::Checks(checks)];
    Section { title: "What to look at on the devices".into(), readers: Readers::All, blocks }
}
