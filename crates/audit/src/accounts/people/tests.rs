use strongpass_tables::headings::{ChosenColumn, ChosenColumns};

use super::{People, PeopleError};

fn read(table: &str) -> (People, Vec<String>) {
    let (people, notes) = People::read(table.as_bytes(), &ChosenColumns::default()).unwrap();
    (people, notes.iter().map(ToString::to_string).collect())
}

fn faults(table: &str) -> Vec<String> {
    let PeopleError { faults } =
        People::read(table.as_bytes(), &ChosenColumns::default()).unwrap_err();
    faults.iter().map(|(line, fault)| format!("{line}: {fault}")).collect()
}

const TABLE: &str = "\
person,account,system,first name,last name,email,role,born,pet\r\n\
KH,kharper,,Kate,Harper,k.harper@school.example,Teacher,12/03/1984,Biscuit;Max\r\n\
KH,katie,library,,,,,,\r\n\
TF,SCHOOL\\tfielding; web=admin,,Tom,Fielding,,Network Manager,,\r\n\
\r\n\
LC,lchen@school.example,,Li,Chen,,,,\r\n";

#[test]
fn accounts_of_several_systems_are_one_persons() {
    let (people, notes) = read(TABLE);
    assert_eq!((people.len(), notes), (3, vec![]));
    for (system, account, person) in [
        ("network", "kharper", Some("KH")),
        ("network", "SCHOOL\\KHARPER", Some("KH")),
        ("email", "kharper@school.example", Some("KH")),
        ("email", "k.harper@school.example", Some("KH")),
        ("network", "k.harper", Some("KH")),
        ("library", "katie", Some("KH")),
        ("network", "katie", None),
        ("network", "tfielding", Some("TF")),
        ("web", "admin", Some("TF")),
        ("WEB", "Admin", Some("TF")),
        ("network", "admin", None),
        ("web", "lchen@school.example", Some("LC")),
        ("web", "lchen", Some("LC")),
        ("web", "nobody", None),
    ] {
        assert_eq!(people.person(system, account), person, "{account} on {system}");
    }
}

#[test]
fn names_words_dates_and_roles() {
    let (people, _) = read(TABLE);
    let names: Vec<&str> = people.names("network", "kharper").collect();
    let expected = [
        "Kate",
        "Harper",
        "k.harper@school.example",
        "1984",
        "12031984",
        "120384",
        "1203",
        "Biscuit",
        "Max",
    ];
    assert_eq!(names, expected);
    assert!(people.privileged("web", "admin"));
    assert!(!people.privileged("network", "kharper"));
    assert_eq!(people.names("network", "nobody").count(), 0);
}

#[test]
fn without_a_person_column_accounts_of_one_name_are_one_persons() {
    let (people, _) =
        read("account;system;name;admin\nkharper;network;Kate Harper;\nkharper;;K Harper;yes\n");
    assert_eq!(people.len(), 1);
    assert_eq!(people.names("web", "kharper").collect::<Vec<_>>(), ["Kate Harper", "K Harper"]);
    assert!(people.privileged("network", "kharper"));
}

#[test]
fn a_column_for_each_system() {
    let table = "Name,Network account,Email login,Last login\nKate,kharper,kate.h,2026-01-01\n";
    let (people, notes) = read(table);
    assert_eq!(people.person("network", "kharper"), Some("line 2"));
    assert_eq!(people.person("email", "kate.h"), Some("line 2"));
    assert_eq!(people.person("email", "kharper"), None);
    assert_eq!(notes, ["1: the column `Last login` is not used"]);
}

#[test]
fn an_address_of_two_people_says_nothing() {
    let (people, _) = read("account,email\na,office@school.example\nb,office@school.example\n");
    assert_eq!(people.person("web", "office@school.example"), None);
    assert_eq!(people.person("web", "office"), None);
    assert_eq!(people.person("web", "b"), Some("line 3"));
}

#[test]
fn rows_that_contradict_each_other() {
    let table = "person,account\nKH,kharper\nKB,KHARPER\n";
    assert!(faults(table)[0].starts_with("3: line 2 gives this account to someone else"));
    assert_eq!(read("person,account\nKH,network=kharper\nKB,web=kharper\n").0.len(), 2);
    assert_eq!(faults("person,account\nKH,network=kharper\nKB,kharper\n").len(), 1);
}

#[test]
fn faults_are_told_with_their_lines() {
    let table = "account,name\na,b,c\n\n,Kate\n\"open,Kate\nd,e\n";
    let all = faults(table);
    assert!(all[0].starts_with("2: the row has 3 cells and the heading 2"), "{all:?}");
    assert!(all[1].starts_with("4: this person has no account"), "{all:?}");
    assert!(all[2].starts_with("5: a quotation mark is opened"), "{all:?}");
    assert_eq!(all.len(), 3);
    for no_heading in ["", "kharper,Kate\n", "name,town\nKate,Margate\n"] {
        assert!(faults(no_heading)[0].contains("no column is called"), "{no_heading}");
    }
    let many = format!("account,name\n{}", "a\n".repeat(25));
    let message = People::read(many.as_bytes(), &ChosenColumns::default()).unwrap_err().to_string();
    assert!(message.lines().count() == 11 && message.ends_with("and 15 more lines"), "{message}");
}

#[test]
fn tables_of_excel() {
    let utf16: Vec<u8> =
        "\u{feff}account\tname\r\nzoe\tZoë\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for table in [utf16, b"account,name\nzoe,Zo\xeb\n".to_vec(), "account;name\nzoe;Zoë".into()] {
        let (people, _) = People::read(&table, &ChosenColumns::default()).unwrap();
        assert_eq!(people.names("a", "zoe").collect::<Vec<_>>(), ["Zoë"]);
    }
}

#[test]
fn how_a_person_is_called_and_reached() {
    let (people, notes) = read(
        "person,account,first name,surname,role,email,address 1,address 2,town,postcode\n\
         KH,kharper,Kate,Harper,Teacher,k.harper@school.example,12 Mill Lane,\"Flat 2\nRear\",Margate,CT9 1AA\n\
         KH,katie,,,Governor,,1 Other Road,,,\n\
         TF,tfielding,,,,,,,,\n",
    );
    assert_eq!(notes, Vec::<String>::new());
    let kate = people.details("network", "katie").unwrap();
    assert_eq!(kate.name().unwrap(), "Kate Harper");
    assert_eq!(kate.role.as_deref(), Some("Teacher"));
    assert_eq!(kate.email.as_deref(), Some("k.harper@school.example"));
    assert_eq!(kate.address, ["12 Mill Lane", "Flat 2", "Rear", "Margate", "CT9 1AA"]);
    assert_eq!(people.details("network", "tfielding").unwrap().name().unwrap(), "TF");
    // The town is guessed with, as before; where someone lives is not.
    let names: Vec<&str> = people.names("network", "kharper").collect();
    assert!(names.contains(&"Margate") && !names.contains(&"12 Mill Lane"), "{names:?}");
    let (people, _) = read("account\nkharper\n");
    assert_eq!(people.details("network", "kharper").unwrap().name(), None);
}

/// Rows are not compared with one another: what is kept of an account does not grow with them.
#[test]
fn many_rows_of_one_account_are_one_claim() {
    let rows = |row: fn(usize) -> String| -> String { (0..3_000).map(row).collect() };
    let same = rows(|n| format!("kharper,Kate{n},k@x\n"));
    let (people, notes) = read(&format!("account,name,email\n{same}"));
    assert_eq!((people.len(), people.names("network", "kharper").count()), (1, 64));
    assert_eq!(notes, ["65: this person has more than 64 names: no more are used"]);
    assert!(people.claims["kharper"].len() <= 3);
    assert!(people.claims["k@x"].len() <= 2);

    let address = rows(|n| format!("p{n},a{n},office@school.example\n"));
    let (people, _) = read(&format!("person,account,email\n{address}"));
    assert_eq!((people.len(), people.person("web", "office")), (3_000, None));
    assert!(people.claims["office"].len() <= 2);
    assert_eq!(people.person("web", "a2999"), Some("p2999"));

    // As many as there are systems, but each is looked up by its name.
    let systems = rows(|n| format!("KH,s{n}=kharper\n"));
    let (people, _) = read(&format!("person,account\n{systems}"));
    assert_eq!((people.len(), people.person("s2999", "kharper")), (1, Some("KH")));

    let others = faults(&format!("person,account\n{}", rows(|n| format!("p{n},kharper\n"))));
    assert_eq!(others.len(), 2_999);
    assert!(others[2_998].starts_with("3001: line 2 gives this account"), "{}", others[2_998]);
}

#[test]
fn a_unique_pupil_number_is_no_account() {
    let table = "UPN,Username,Forename\nA823432109876,kharper26,Kate\n\
                 jmarsh@school.example,jmarsh26,Jo\n";
    let (people, notes) = read(table);
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(people.person("network", "kharper26"), Some("A823432109876"));
    assert_eq!(people.person("network", "A823432109876"), None);
    assert_eq!(people.person("network", "jmarsh@school.example"), Some("line 3"));
    let alone = "UPN,Forename\nA823432109876,Kate\n";
    assert!(faults(alone)[0].contains("--column account=UPN"));
    let chosen: ChosenColumns = vec!["account=upn".parse::<ChosenColumn>().unwrap()].into();
    let (people, _) = People::read(alone.as_bytes(), &chosen).unwrap();
    assert!(people.person("network", "A823432109876").is_some());
    let chosen: ChosenColumns = vec!["account=Login".parse::<ChosenColumn>().unwrap()].into();
    assert!(People::read(table.as_bytes(), &chosen).is_err());
}

#[test]
fn what_is_no_table_is_told() {
    let error = People::read(b"PK\x03\x04[Content_Types].xml", &ChosenColumns::default());
    assert!(error.unwrap_err().to_string().contains("CSV UTF-8"));
}
