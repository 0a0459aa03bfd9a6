//! Looking headings up in the list.

use super::addresses::ADDRESSES;
use super::aliases::{ALIASES, Alias};
use super::devices::DEVICES;
use super::meaning::{Meaning, TableKind};

/// The whole list.
fn all() -> impl Iterator<Item = &'static Alias> {
    ALIASES.iter().chain(ADDRESSES).chain(DEVICES)
}

impl Meaning {
    /// What columns of a table of that kind may hold; some twice.
    pub fn in_table(table: TableKind) -> impl Iterator<Item = Self> {
        all().filter(move |(_, tables, _)| tables.contains(&table)).map(|(meaning, _, _)| *meaning)
    }

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
        let lists =
            all().filter(move |(meaning, tables, _)| *meaning == self && tables.contains(&table));
        lists.flat_map(|(_, _, aliases)| aliases.iter().copied())
    }
}

/// What a [plain](super::plain) heading means in a table of that kind, if that is known; where a name has
/// two meanings, the one that is listed first. A word before it that says whose it is, as in
/// `AD username`, changes nothing.
pub fn meaning(table: TableKind, plain: &str) -> Option<Meaning> {
    let listed = |plain: &str| {
        let known =
            all().find(|(_, tables, aliases)| tables.contains(&table) && aliases.contains(&plain));
        known.map(|(meaning, _, _)| *meaning)
    };
    listed(plain).or_else(|| {
        // In a table of people a word before `account` is the account's system.
        let bare = OF_WHOM.iter().filter_map(|whose| plain.strip_prefix(whose));
        bare.filter(|bare| !VAGUE.contains(bare) && table == TableKind::NewAccounts)
            .find_map(listed)
    })
}

/// What stands before the name of a column and does not change what it is.
const OF_WHOM: [&str; 22] = [
    "ad",
    "activedirectory",
    "domain",
    "network",
    "windows",
    "computer",
    "school",
    "pupils",
    "pupil",
    "students",
    "student",
    "learner",
    "staff",
    "teachers",
    "teacher",
    "google",
    "microsoft365",
    "office365",
    "m365",
    "o365",
    "entra",
    "azuread",
];

/// What is something else with such a word: the school's name, the number of a pupil.
const VAGUE: [&str; 4] = ["name", "user", "userid", "id"];

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
        for (meaning, _, aliases) in all() {
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
            for (meaning, tables, aliases) in all() {
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

    /// What the programs of British schools write, with the headings of what each exports.
    #[test]
    fn headings_of_british_schools() {
        use TableKind::{NewAccounts, People, Register};
        let all = [
            // SIMS .net, a report of pupils.
            (
                NewAccounts,
                "Forename=First Surname=Last UPN=Upn Adno=- Reg=- DOB=- Username=Account",
            ),
            (People, "Legal_Forename=First Legal_Surname=Last Chosen_Name=First UPN=Upn"),
            (People, "Admission_Number=Person Date_of_Birth=Born Primary_Email=Email"),
            // Arbor.
            (People, "Arbor_ID=Person Preferred_First_Name=First Legal_Last_Name=Last ULN=Person"),
            // Bromcom.
            (People, "PreferredFirstName=First PreferredLastName=Last PersonID=Person"),
            // Wonde.
            (People, "upi=Person mis_id=Person legal_forename=First middle_names=First"),
            (NewAccounts, "forename=First legal_surname=Last upn=Upn email_address=Email"),
            // Google Workspace: bulk upload, and devices.
            (NewAccounts, "First_Name_[Required]=First Email_Address_[Required]=Email"),
            (NewAccounts, "Password_[Required]=Password New_Primary_Email_[UPLOAD_ONLY]=Account"),
            (Register, "annotatedUser=Holder annotatedAssetId=Device serialNumber=Number"),
            // Microsoft Entra.
            (NewAccounts, "User_name_[userPrincipalName]_Required=Account"),
            (NewAccounts, "Initial_password_[passwordProfile]_Required=Password"),
            (People, "userPrincipalName=Account displayName=Full givenName=First objectId=Person"),
            // Apple School Manager.
            (NewAccounts, "Managed_Apple_ID=Account Temporary_Password=Password"),
            (People, "person_id=Person person_number=Person sis_username=Account"),
            // Jamf School and Jamf Pro.
            (Register, "Display_Name=Device Computer_Name=Device Asset_Tag=Device Owner=Holder"),
            // Intune and Autopilot.
            (Register, "Device_name=Device Primary_user_UPN=Holder IMEI=Number"),
            (Register, "Primary_user_display_name=Holder Device_Serial_Number=Device"),
            (Register, "Assigned_User=Holder"),
            // Meraki Systems Manager, Mosyle.
            (Register, "Owner_username=Holder Owner_email=Holder Name=Holder"),
            (Register, "Device_Name=Device Managed_Apple_ID=Holder"),
            // What a technician calls them.
            (NewAccounts, "AD_Username=Account Network_Login=Account School_Email=Email"),
            (NewAccounts, "Pupil_forename=First Student_username=Account School_name=-"),
            (NewAccounts, "Staff_ID=- Pupil_ID=- Computer_name=- Address=- Parent_email=-"),
        ];
        for (table, headings) in all {
            for pair in headings.split(' ').filter(|pair| pair.contains('=')) {
                let (heading, expected) = pair.rsplit_once('=').unwrap();
                let heading = heading.replace('_', " ");
                let found = meaning(table, &plain(&heading));
                let expected = match expected {
                    "-" => None,
                    "Account" => Some(Meaning::Account),
                    "Born" => Some(Meaning::Born),
                    "Device" => Some(Meaning::Device),
                    "Email" => Some(Meaning::Email),
                    "First" => Some(Meaning::FirstName),
                    "Full" => Some(Meaning::FullName),
                    "Holder" => Some(Meaning::Holder),
                    "Last" => Some(Meaning::LastName),
                    "Number" => Some(Meaning::Number),
                    "Password" => Some(Meaning::Password),
                    "Person" => Some(Meaning::PersonId),
                    _ => Some(Meaning::Upn),
                };
                assert_eq!(found, expected, "{heading} in {table:?}");
            }
        }
    }
}
