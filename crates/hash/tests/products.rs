//! Passwords as single products keep them: answers of other programs (`products.py`) and published
//! ones, on every instruction set; and what of them is refused.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use strongpass_hash::{
    Grade, Hash, HashError, InstructionSet, KeycloakCredential, Limits, Scheme, Setting,
};

const PASSWORDS: [(&str, &str); 4] = [
    ("badger", "Blue-Badger7"),
    ("accents", "Zoë£Straße9!"),
    ("empty", ""),
    (
        "long",
        "Blue-Badger7Blue-Badger7Blue-Badger7Blue-Badger7Blue-Badger7Blue-Badger7Blue-Badger7\
         Blue-Badger7abcd",
    ),
];

/// Reads a hash whose parts come in that way.
fn read(how: &str, stored: &[u8]) -> Result<Hash, HashError> {
    let (way, rest) = how.split_once('=').unwrap_or((how, ""));
    let fields: Vec<&str> = rest.splitn(3, '/').collect();
    match (way, fields.as_slice()) {
        ("text", _) => Hash::parse(stored),
        ("account", [account]) => Hash::parse_for_account(stored, account),
        ("salt", _) => Hash::from_salt_column(stored, rest.as_bytes()),
        ("grafana", [salt]) => Hash::from_grafana(salt.as_bytes(), stored),
        ("gitea", [algorithm, salt]) => Hash::from_gitea(algorithm, salt.as_bytes(), stored),
        ("kerberos", [kind, salt]) => Hash::from_kerberos_key(kind, salt, stored),
        ("keycloak", [algorithm, iterations, salt]) => Hash::from_keycloak(&KeycloakCredential {
            algorithm,
            iterations: iterations.parse().unwrap(),
            salt: salt.as_bytes(),
            value: stored,
            ..KeycloakCredential::default()
        }),
        other => panic!("{other:?}"),
    }
}

/// The right password is found among others of its length, and nothing else, in lanes and out of
/// them.
#[track_caller]
fn check(hash: &Hash, password: &str) {
    let wrong: Vec<String> = (0..if hash.setting.price().as_micros() > 200 { 2 } else { 40_u8 })
        .map(|n| password.bytes().skip(2).fold(format!("{n:02}"), |text, _| text + "x"))
        .collect();
    let wrong = wrong.iter().map(String::as_str).chain(["", "blue-badger7", "Zoe£Strasse9!"]);
    let guesses: Vec<&str> = wrong.filter(|wrong| *wrong != password).chain([password]).collect();
    let bytes: Vec<&[u8]> = guesses.iter().map(|guess| guess.as_bytes()).collect();
    for set in InstructionSet::available() {
        let mut hasher = hash.setting.hasher_on(set, &Limits::default()).unwrap();
        let mut right = Vec::new();
        let mut each = |guess, digest: &[u8]| {
            if digest == hash.digest.bytes() {
                right.push(guess);
            }
        };
        hasher.digests(&bytes, &mut each).unwrap();
        right.dedup();
        assert_eq!(right, [guesses.len() - 1], "{:?} on {set}", hash.setting);
    }
}

#[test]
fn what_products_write_is_read_and_matched() {
    for line in include_str!("products.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [scheme, _, name, how, stored] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (_, password) = PASSWORDS.into_iter().find(|(known, _)| *known == name).unwrap();
        let hash = read(how, stored.as_bytes()).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(hash.setting.scheme().id(), scheme, "{line}");
        check(&hash, password);
    }
}

/// hashcat's examples (wiki, `example_hashes`), and the one of RFC 7677.
const PUBLISHED: [(Scheme, &str, &str); 12] = [
    (
        Scheme::EntraSync,
        "v1;PPH1_MD4,84840328224366186645,100,\
             005a491d8bf3715085d69f934eef7fb19a15ffc233b5382d9827910bc32f3506",
        "hashcat",
    ),
    (Scheme::MssqlSha1, "0x010018102152f8f28c8499d8ef263c53f8be369d799f931b2fbe", "hashcat"),
    (
        Scheme::MssqlSha512,
        "0x02000102030434ea1b17802fd95ea6316bd61d2c94622ca3812793e8fb1672487b5c904a45a31b2ab4a7\
             8890d563d2fcf5663e46fe797d71550494be50cf4915d3f4d55ec375",
        "hashcat",
    ),
    (
        Scheme::OracleSha1,
        "S:AC5F1E62D21FD0529428B84D42E8955B0496670338445748184477378130",
        "hashcat",
    ),
    (
        Scheme::OraclePbkdf2,
        "T:78281A9C0CF626BD05EFC4F41B515B61D6C4D95A250CD4A605CA0EF97168D670EBCB5673B6F5A2FB9CC4\
             E0C0101E659C0C4E3B9B3BEDA846CD15508E88685A2334141655046766111066420254008225",
        "hashcat",
    ),
    (
        Scheme::MysqlSha2,
        "$mysql$A$005*F9CC98CE08892924F50A213B6BC571A2C11778C5*\
             625479393559393965414D45316477456B484F41316E64484742577A2E3162785353526B7554584647562F",
        "hashcat",
    ),
    (Scheme::Sha256, "$cisco4$2btjjy78REtmYkkW0csHUbJZOstRXoWdX1mGrmmfeHI", "hashcat"),
    (
        Scheme::Pbkdf2Sha256,
        "$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk",
        "hashcat",
    ),
    (Scheme::Scrypt, "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6", "hashcat"),
    (
        Scheme::Pbkdf2Sha512,
        "$ml$35460$93a94bd24b5de64d79a5e49fa372827e739f4d7b6975c752c9a0ff1e5cf72e05$\
             752351df64dd2ce9dc9c64a72ad91de6581a15c19176266b44d98919dfa81f0f96cbcb20a1ffb400718c2038\
             2030f637892f776627d34e021bad4f81b7de8222",
        "hashcat",
    ),
    (
        Scheme::ScramSha256,
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$\
             WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
        "pencil",
    ),
    (Scheme::MysqlSha1, "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", "password"),
];

#[test]
fn published_examples() {
    for (scheme, stored, password) in PUBLISHED {
        let hash = Hash::parse(stored.as_bytes()).unwrap();
        assert_eq!(hash.setting.scheme(), scheme, "{stored}");
        check(&hash, password);
    }
}

#[track_caller]
fn refused(stored: &str, scheme: Scheme) {
    match Hash::parse(stored.as_bytes()) {
        Err(HashError::Malformed { scheme: found, .. }) => assert_eq!(found, scheme, "{stored}"),
        other => panic!("{stored}: {other:?}"),
    }
}

#[test]
fn what_is_cut_short_or_damaged_is_refused() {
    let digits = |count: usize| "0".repeat(count);
    refused(&format!("0x0100{}", digits(46)), Scheme::MssqlSha1);
    refused(&format!("0x0200{}", digits(130)), Scheme::MssqlSha512);
    refused(&format!("S:{}", digits(58)), Scheme::OracleSha1);
    refused(&format!("T:{}", digits(158)), Scheme::OraclePbkdf2);
    refused(&format!("$A$004${}{}", digits(20), ".".repeat(43)), Scheme::MysqlSha2);
    refused(&format!("$A$+05${}{}", digits(20), ".".repeat(43)), Scheme::MysqlSha2);
    refused(&format!("$A$005${}{}", digits(20), ".".repeat(42)), Scheme::MysqlSha2);
    refused("0x244124", Scheme::MysqlSha2);
    refused(&format!("$8$saltsaltsalts${}", ".".repeat(43)), Scheme::Pbkdf2Sha256);
    refused(&format!("$9$saltsaltsaltsa${}", ".".repeat(42)), Scheme::Scrypt);
    refused(&format!("$9$saltsaltsaltsa${}", "z".repeat(43)), Scheme::Scrypt);
    refused("$cisco4$abc", Scheme::Sha256);
    refused("$ml$0$00$00", Scheme::Pbkdf2Sha512);
    refused("SCRAM-SHA-256$0:AAAA$AAAA:AAAA", Scheme::ScramSha256);
    refused("SCRAM-SHA-256$4096:AAAA$AAAA:AAAA", Scheme::ScramSha256);
    refused("{SCRAM-SHA-1}4096,AAAA,AAAA", Scheme::ScramSha1);
    refused("v1;PPH1_MD4,00,1000", Scheme::EntraSync);
    refused(&format!("v1;PPH1_MD4,00,0,{};", digits(64)), Scheme::EntraSync);
    refused("$krb5db$18$kharper$SCHOOL.EXAMPLE$00", Scheme::KerberosAes256);
    refused("{PBKDF2}1000:AAAA", Scheme::Pbkdf2Sha1);
    refused("{SHA256.HEX}00", Scheme::Ssha256);
    refused(
        "{PBKDF2-HMAC-SHA256}0:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        Scheme::Pbkdf2Sha256,
    );
}

#[test]
fn what_only_looks_like_a_product_is_unknown() {
    for text in [
        "1|",
        "1|$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Ng",
        "4|$2y$04$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe",
        "0x01",
        "0x0500",
        "{SHA256.ROT13}00",
        "567667e52888a59d0abcf0c066db867b:not a salt",
        // Base64 of 49 bytes that do not start with 0 or 1.
        "AjAxMjM0NTY3ODlhYmNkZWbq9lKxP0UGhXHFx9Lnvk5PYeaPN0He8Z0K4WGFO/Qmfg==",
        // Version 3 of Identity with a digest that does not exist.
        "AQAAAAkAACcQAAAAEDAxMjM0NTY3ODlhYmNkZWYYqlIFq7lvkopHgnV5fafpI84GI7bp0qZtoRt1yL7PQQ==",
        // 22 characters whose last has bits that 16 bytes do not have.
        "i9K8uQIIumIevn19jHmetx",
    ] {
        assert_eq!(Hash::parse(text.as_bytes()), Err(HashError::Unknown), "{text}");
    }
}

/// The salt is the account's name, without which no guess can be hashed.
#[test]
fn a_hash_that_needs_its_account_says_so() {
    let stored = b"md5c2e268a64a5c581abcc37b2f2440589d";
    let alone = Hash::parse(stored);
    assert_eq!(alone, Err(HashError::NeedsAccount { scheme: Scheme::PostgresMd5 }));
    assert!(alone.unwrap_err().to_string().contains("export the names"));
    let tom = Hash::parse_for_account(stored, "tom").unwrap();
    assert_ne!(tom.setting, Hash::parse_for_account(stored, "jane").unwrap().setting);
    assert_eq!(Hash::parse_for_account(b"x", "tom"), Err(HashError::NoPassword));
}

#[test]
fn costs_of_hostile_exports_are_capped() {
    let limits = Limits::default();
    let keycloak = KeycloakCredential {
        algorithm: "argon2",
        argon2_type: "id",
        iterations: 3,
        memory: 1 << 22,
        parallelism: 1,
        salt: b"AAECAwQFBgcICQoLDA0ODw==",
        value: b"AAECAwQFBgcICQoLDA0ODw==",
    };
    let many = format!("SCRAM-SHA-256$4294967295:AAAA${0}:{0}", "A".repeat(43));
    let identity =
        "AQAAAAL/////AAAAEDAxMjM0NTY3ODlhYmNkZWYYqlIFq7lvkopHgnV5fafpI84GI7bp0qZtoRt1yL7PQQ==";
    for hash in [
        Hash::from_keycloak(&keycloak),
        Hash::from_gitea("scrypt$1073741824$16$2$16", &[b'0'; 32], &[b'0'; 32]),
        Hash::parse(many.as_bytes()),
        Hash::parse(identity.as_bytes()),
    ] {
        assert!(hash.unwrap().setting.check(&limits).is_err());
    }
}

/// As `HEX(authentication_string)` writes it, and as MySQL keeps its own accounts.
#[test]
fn mysql_columns_in_hexadecimal() {
    let native = format!("2A{}", "41".repeat(40));
    for text in [native.clone(), native.to_lowercase(), format!("0x{native}")] {
        assert_eq!(
            Hash::parse(text.as_bytes()),
            Hash::parse(&[b"*", [b'A'; 40].as_slice()].concat())
        );
    }
    let nobody = b"$A$005$THISISACOMBINATIONOFINVALIDSALTANDPASSWORDTHATMUSTNEVERBRBEUSED";
    assert_eq!(Hash::parse(nobody), Err(HashError::NoPassword));
    let digit = |digit: u8| char::from(b"0123456789ABCDEF"[usize::from(digit)]);
    let digits: String =
        nobody.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    assert_eq!(digits.len(), 140);
    assert_eq!(Hash::parse(digits.as_bytes()), Err(HashError::NoPassword));
    assert_eq!(Hash::parse(&digits.as_bytes()[..138]), Err(HashError::Unknown));
}

/// Before it stored parameters, Gitea hashed with 10,000 rounds, whatever `pbkdf2` means as a
/// setting.
#[test]
fn gitea_without_parameters_is_the_oldest() {
    let read = |algorithm| Hash::from_gitea(algorithm, b"saltsaltsa", &[b'0'; 100]).unwrap();
    for algorithm in ["", "pbkdf2", "pbkdf2_v1"] {
        assert_eq!(read(algorithm), read("pbkdf2$10000$50"), "{algorithm}");
    }
    assert_eq!(read("pbkdf2_v2"), read("pbkdf2$50000$50"));
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let hex = [b'0'; 100];
    assert!(Hash::from_gitea("pbkdf2$50000$50", &[b'0'; 32], &hex).is_ok());
    for algorithm in ["pbkdf2$50000$49", "pbkdf2$x$50", "pbkdf2$50000", "scrypt$1000$16$2$50"] {
        let refused = Hash::from_gitea(algorithm, &[b'0'; 32], &hex);
        assert!(matches!(refused, Err(HashError::Malformed { .. })), "{algorithm}");
    }
    assert!(matches!(Hash::from_gitea("rot13", b"", b""), Err(HashError::Unsupported { .. })));
    assert!(Hash::from_grafana(b"salt", &hex[..98]).is_err());
    assert!(Hash::from_salt_column(&hex[..64], b"").is_err());
    assert_eq!(Hash::from_salt_column(&hex[..50], b"salt"), Err(HashError::Unknown));
    let odd = KeycloakCredential { algorithm: "pbkdf2-sha3", ..KeycloakCredential::default() };
    assert!(matches!(Hash::from_keycloak(&odd), Err(HashError::Unsupported { .. })));
    assert!(Hash::from_kerberos_key("des-cbc-md5", "S", &hex[..16]).is_err());
}

/// Each scheme is judged, and the sentence says what to do.
#[test]
fn storage_is_judged() {
    let grade = |stored: &str| {
        let storage = Hash::parse(stored.as_bytes()).unwrap().setting.storage();
        assert!(storage.fix.ends_with('.') && storage.problem.ends_with('.'));
        storage.grade
    };
    let first = |scheme: &str| {
        let line = include_str!("products.tsv").lines();
        let mut line = line.filter(|line| line.starts_with(scheme) && line.contains("\ttext\t"));
        grade(line.next().unwrap().rsplit('\t').next().unwrap())
    };
    assert_eq!(first("mysql-sha1"), Grade::Unsalted);
    assert_eq!(first("mysql-sha2"), Grade::LowCost);
    assert_eq!(first("mssql-sha1"), Grade::Fast);
    assert_eq!(first("oracle-sha1"), Grade::Fast);
    assert_eq!(first("oracle-pbkdf2"), Grade::LowCost);
    assert_eq!(first("scram-sha256"), Grade::LowCost);
    assert_eq!(first("kerberos-aes256"), Grade::Outdated);
    assert_eq!(first("entra-sync"), Grade::LowCost);
    assert!(Setting::unsalted(Scheme::MysqlSha1).is_some());
}
