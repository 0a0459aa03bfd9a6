//! Guesses a second of one core for each scheme, with the cost that it usually has:
//! `cargo run --release -p strongpass-hash --example rates [SECONDS EACH [SCHEME [SET]]]`
//!
//! Every hash is of `Blue-Badger7`; a run in which a kernel does not find it stops.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a tool for developers, with a clock"
)]

use std::time::{Duration, Instant};

use strongpass_hash::{Hash, Hasher, InstructionSet, Limits};

const HASHES: [&str; 46] = [
    "$NT$567667e52888a59d0abcf0c066db867b",
    "{LANMAN}f8026276da8eadf1b5a070006260e56b",
    "{MD5}lRvx9l4X/dkNEUS6m6tbgQ==",
    "{SHA}cxQqb6WVpUw513l590IJhwXwW+c=",
    "{SHA256}7pGVVDa4l2h69IHR6PJvxZ5JZLdbWvaJhYvcAoX5nzc=",
    "{SHA384}986z7E0Vk3aJHAg/Iefto4zlhNKxXpAci1MdNPaVlnZXn+cEnmeXdd8lXKKeukqz",
    "{SHA512}p8+spwb9BajVlE9RbErJACIXR9bjTffBIP8GAoTLbcBB3uf90pk498kXu1WeiSxoYk9f2kHxZBeHGaw0\
     2/8RHA==",
    "{SMD5}v9PcXuntSWs2rjBs29rjelN5bnQ=",
    "{SSHA}3HR/ixMaD2p/UKVgGF+rxr3t8kBTeW50aGV0aWM=",
    "{SSHA256}wvHjQyk8fIeTC0dXiI2GMTbD8kIZGhvIL7occkXEOxBTeW50aGV0aWM=",
    "{SSHA512}nFoZDKK8kpsZh7jNA7HwevIzYPgl7mUMlwLf9sGcaKJ9tclf/lfBurkVu/US1nYr2ZIBEXRRsqR00ef\
     yNWj/fVN5bnRoZXRpYw==",
    "md5$Synthetic$6c33a7b2d6dd4522af7f77807d9bdc16",
    "sha1$Synthetic$fa7e59ca9a267852b3f584029ade0238d744da7e",
    "/069KOe9EezT6",
    "/069KOe9EezT6jMnVR0A198M",
    "_J9../6k.rb8rjEjJYeg",
    "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0",
    "$apr1$s79ctf4t$kOZqtFDiqMq49b1rnGBLV/",
    "$md5$/6k.2IU/$$uHDxsBHNmsV.CYUHsNHGJ/",
    "$sha1$24680$5ME/8Y.0Bkk0EwU1$wtW7MVpNP2LEZcFJt7ceLyAPaYbJ",
    "$5$/6k.2IU/5UE08g.1$PknrQRK98iTGJQxYk7nIPbwPggHMVG9mPxLkUbkj3JA",
    "$6$/6k.2IU/5UE08g.1$1rpB3qJVZ5n0cJ4eJhPrDR7Hyl3sv5qRi58GnqrPaEf8WLIPxYNWHSintNDLu7lpn5Zo\
     IyAGjog7Rr.ZO64x9.",
    "$2b$10$.OGB/.SE/ueHAeqKBO2NC.ZuVSIB.PepGxGRnfVlTByapOd7DxlyC",
    "$7$CU..../..../6k.2IU/5UE08g.1$.R9kOhYhTunqx0waK112KLLzWa4FTL3Tjkl0KfwPPM/",
    "scrypt:32768:8:1$Synthetic$3f438f722299f9d37f1fc7b590af8dfdf7e32f6f024ef6313f895bb4141da\
     22cb87ba8594c7d328a6214f04e961dcd8eb13669b405eff4e533f69fb21c5f56af",
    "$y$j9T$/6k.2IU/5UE08g.1$V/1uTclqg2BUiEL2F9pdI4XaDABt7OrO6Ehx53wdm91",
    "$gy$j9T$/6k.2IU/5UE08g.1$g9T5rgYSe8iEKvd1oqIcMYU6YtkKUXiYsoTtVME3s9B",
    "{PBKDF2}10000$U3ludGhldGlj$vdgEdQbZKZfLIq1UM6ArDPhF9E0",
    "pbkdf2_sha256$600000$Synthetic$trr4PPl3OKX0ZFMobRhso3sHu0k3Jd7M3sipyJn30iw=",
    "{PBKDF2-SHA512}10000$U3ludGhldGlj$im6CoGST3sNtDqvffXUhXFhy2BNxUvYemM0qAQMvpsPed72kjcwXd3\
     adq/sHhz.o2pFugD2923yBAf6cMFyxrQ",
    "$argon2id$v=19$m=19456,t=2,p=1$aHE3ZFJnWC93LzkvcDBCYw$6bmqOV1ohK1bnX8Ou88fYLVv9RPoZ1l/JA\
     NATMSAIX0",
    "$argon2id$v=19$m=65536,t=4,p=1$eGt4bnd0bWRnM1pBU0h4TQ$KSd/nI+WK2z6d9KHK3VaSMnVwXjLwOXrxd\
     mmHvtFkxI",
    "$P$BBlue1234ZIX4s292k8fadjfFKjUzD/",
    "$DCC2$10240#tom#95e0885eefa4457536230dda9f841018",
    "$S$DBlue1234bbVe.pPEFB5Mxj1c/fc.z6YLHxYVGgQiuYpyx6lRaWE",
    "*A12BF56208E314B4C10F0BA9A54F103A74AB8417",
    "$A$005$saltsaltsaltsaltsaltjimXbUGjuxt8Ua8TGoO/kBMjWZX6B5itIi3Z8DzaWm3",
    "0x0100EF5DAB3551EB97DB4EAD3854C20C4A0CEE13D4699618FE4D524E027A0807B90FB71F701DCB7079AAF4\
     27716D",
    "0x020000010203a37259bb15fd486ae8432eee29793ae327e52bd924b83981a8ddec2c51f9ecd363d66dc0b2\
     7003478d9e06195ca7428b6dd3e30218df12508aa24acd0337aa3c",
    "S:B05E5CF71C9E64B59D9E837C7084EA4F8D83134DD458307B6FF5E5BC0156",
    "T:26C17989CD13E8A2333018DDE5C18B7A15088D87FAA1A1FACBDA6873843C699CDE19A27736037452772B2C\
     266B0FE516178AE89D208CB0B00F421510DA19B564000102030405060708090A0B0C0D0E0F",
    "SCRAM-SHA-1$4096:AAECAwQFBgcICQoLDA0ODw==$T/OXhD6wNnoqt4/+eHb+56JG0ns=:6h/tsadWTrNFGnhzH\
     xcG3VQuuLQ=",
    "SCRAM-SHA-256$4096:B1k17P3a8d3KbhFvSIGSwg==$GPH/rV4CpOuYOJ21jJt9SWua6ITHsfziN/A8EwH1Qoc=\
     :x2LEzYZDv1TLXEyGiOHUlVAtFRBoYwsZaoQ81eGrKpw=",
    "$krb5db$17$kharper$SCHOOL.EXAMPLE$9f19d530d7f9ed8aef4518beede82a24",
    "$krb5db$18$kharper$SCHOOL.EXAMPLE$e5065828df93e7daab1119bf966e6bea37b557bafbf24dfcb980c7\
     c3fd56260e",
    "v1;PPH1_MD4,00010203040506070809,1000,9b1df0cabc01afd6f1d9ad3346ee11af970585f6ab06b32c4e\
     3adda94eae14ef;",
];

/// The share of a core that this thread has had; other processes do not count.
fn cpu_time(start: Instant) -> Duration {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = spent.and_then(|text| text.split(' ').next()?.parse().ok());
    spent.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Hashes blocks until the time is up; says how many guesses a second.
fn rate(hasher: &mut Hasher<'_>, hash: &Hash, block: usize, seconds: f64) -> f64 {
    // As long as the one that is right, so that they go side by side.
    let words: Vec<String> = (1..block).map(|n| format!("Kestrel{n:04}!")).collect();
    let mut guesses: Vec<&[u8]> = words.iter().map(String::as_bytes).collect();
    guesses.push(b"Blue-Badger7");
    let (start, mut done) = (Instant::now(), 0);
    let first = cpu_time(start);
    loop {
        let mut right = Vec::new();
        let mut each = |guess, digest: &[u8]| {
            if digest == hash.digest.bytes() {
                right.push(guess);
            }
        };
        hasher.digests(&guesses, &mut each).unwrap();
        assert_eq!(right, [guesses.len() - 1]);
        done += guesses.len();
        let spent = cpu_time(start).saturating_sub(first).as_secs_f64();
        if spent >= seconds {
            return f64::from(u32::try_from(done).unwrap()) / spent;
        }
    }
}

fn main() {
    let seconds = std::env::args().nth(1).map_or(0.5, |seconds| seconds.parse().unwrap());
    println!("| scheme | cost | guesses a second of a core | ns a guess | ns said beforehand |");
    println!("|---|---|---|---|---|");
    let only = std::env::args().nth(2).unwrap_or_default();
    let set = std::env::args().nth(3);
    let set = set.map_or_else(InstructionSet::best, |name| InstructionSet::named(&name).unwrap());
    for stored in HASHES {
        let hash = Hash::parse(stored.as_bytes()).unwrap();
        let setting = &hash.setting;
        if !setting.scheme().id().contains(&only) {
            continue;
        }
        let price = setting.price().as_nanos();
        let mut hasher = match setting.hasher_on(set, &Limits::default()) {
            Ok(hasher) => hasher,
            Err(missing) => {
                println!("| {} | {missing} | | | |", setting.scheme().id());
                continue;
            }
        };
        // About a twentieth of a second a block.
        let groups = usize::try_from(50_000_000 / price).unwrap() / hasher.lanes();
        let block = groups.max(1) * hasher.lanes();
        let rate = rate(&mut hasher, &hash, block.min(4096), seconds);
        let (id, cost, measured) = (setting.scheme().id(), setting.cost(), 1e9 / rate);
        let digits = usize::from(rate < 100.0);
        println!("| {id} | {cost} | {rate:.digits$} | {measured:.0} | {price} |");
    }
}
