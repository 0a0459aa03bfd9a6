//! Says whether a numeric passcode is one that people choose, and so one that a thief tries first.
//!
//! Markert et al., "This PIN Can Be Easily Guessed" (IEEE S&P 2020), found six digits chosen freely
//! hardly harder to guess than four: the length (Cyber Essentials: six, judged elsewhere) is not
//! enough. Codes are digit values, `0..=9`. "People" are the digit runs in the `RockYou` passwords.

use std::iter::successors;
use std::mem::replace;

/// The class of an easily guessed passcode: what makes it easy to remember, for everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// `777777`; four of the ten commonest four-digit codes (Amitay 2011) are of this kind.
    Same,
    /// `123456`, `890123`, `864208`, `123457`: steps of one or two, wrapping, one slip forgiven.
    Sequence,
    /// `123321`: palindromes are 1,000 of the 2,910 six-digit codes iOS warns about.
    Mirror,
    /// `123123`, `252525`, also `656560`: nearly all the other codes iOS warns about.
    Repeat,
    /// `112233`, `111222333`: every digit in twos or threes.
    Doubles,
    /// `111171`, `122112`: nearly one digit, or two digits in any order.
    FewDigits,
    /// `123789`, `142536`, `919293`: short runs, one after the other or taking turns.
    Runs,
    /// `678910`, `192021`, `246810`: whole numbers, counted up or down.
    Counting,
    /// `2580`, `159753`, `147896`, `124578`: drawn with a finger on the keypad.
    Shape,
    /// `5683` (love): letters of the telephone keypad; in Amitay's top ten.
    Word,
}

impl Pattern {
    /// The stable name for reports and JSON; never changes once published.
    pub(crate) fn id(self) -> &'static str {
        self.names().0
    }

    /// The words for a teacher; they follow "it is " and never quote the code.
    pub(crate) fn describe(self) -> &'static str {
        self.names().1
    }

    /// Id and words side by side, so that no class lacks either.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Same => ("same-digit", "the same digit again and again"),
            Self::Sequence => ("sequence", "a run of digits in order"),
            Self::Mirror => ("mirror", "the same forwards and backwards"),
            Self::Repeat => ("repeat", "the same few digits said again"),
            Self::Doubles => ("doubles", "digits in twos or threes"),
            Self::FewDigits => ("few-digits", "made of too few different digits"),
            Self::Runs => ("short-runs", "short runs of digits put together"),
            Self::Counting => ("counting", "counting up or down"),
            Self::Shape => ("keypad-shape", "a shape on the keypad"),
            Self::Word => ("keypad-word", "a word spelt on the keypad"),
        }
    }
}

/// A class and the test for it.
type Rule = (Pattern, fn(&[u8]) -> bool);

/// The first pattern that a code of four or more digits falls into, plainest first.
///
/// Blocked in every policy: 2 % of the six-digit codes, which a quarter of people choose.
pub(crate) fn pattern(digits: &[u8]) -> Option<Pattern> {
    let rules: [Rule; 11] = [
        (Pattern::Same, |code| periodic(code, 1)),
        (Pattern::Sequence, sequence),
        (Pattern::Mirror, |code| code.iter().eq(code.iter().rev())),
        (Pattern::Repeat, |code| (2..=code.len() / 2).any(|period| periodic(code, period))),
        (Pattern::Doubles, doubles),
        (Pattern::FewDigits, few_digits),
        (Pattern::Runs, runs),
        (Pattern::Counting, counting),
        (Pattern::Repeat, stutter),
        (Pattern::Shape, shape),
        (Pattern::Word, |code| listed(&WORDS, code)),
    ];
    let found = rules.into_iter().find(|(_, holds)| digits.len() > 3 && holds(digits));
    found.map(|(pattern, _)| pattern)
}

/// Whether the code reads as a date: a year 1900–2049, day and month, or both, in any usual order.
///
/// A warning for six digits and more: refusing dates too costs 8 % of the codes and, when measured,
/// left a stranger with ten tries better off (0.16 → 0.31 % of phones). A block for the old four
/// digits, where half of the codes people chose were dates.
pub(crate) fn date(digits: &[u8]) -> bool {
    let year = |century, rest| matches!((century, rest), (19, _) | (20, 0..=49));
    let birthday = |one, other| day_in_month(one, other) || day_in_month(other, one);
    let mut pairs = [0_u8; 4];
    for (slot, pair) in pairs.iter_mut().zip(digits.chunks_exact(2)) {
        *slot = pair.iter().fold(0, |number, digit| number.wrapping_mul(10).wrapping_add(*digit));
    }
    match (digits.len(), pairs) {
        (4, [one, two, ..]) => year(one, two) || birthday(one, two),
        // The first of a month stands for a month without a day.
        (6, [one, two, three, _]) => {
            birthday(one, two)
                || day_in_month(three, two)
                || day_in_month(1, one) && year(two, three)
                || year(one, two) && day_in_month(1, three)
        }
        (8, [one, two, three, four]) => {
            birthday(one, two) && year(three, four) || year(one, two) && day_in_month(four, three)
        }
        _ => false,
    }
}

/// Whether a code without a pattern is chosen often: famous numbers, alone or two in a row.
///
/// Patterns alone leave ten tries 0.67 % of phones; a top 500 taken from the leak itself, 0.18 %.
/// Such lists come without a licence; this one is written from general knowledge and rules.
pub(crate) fn common(digits: &[u8]) -> bool {
    let famous = |half: &[u8]| listed(&[TRIPLES], half);
    listed(&NUMBERS, digits) || digits.len() == 6 && digits.chunks(3).all(famous)
}

/// Whether the code comes round again after `period` digits.
fn periodic(digits: &[u8], period: usize) -> bool {
    digits.iter().zip(digits.iter().skip(period)).all(|(one, other)| one == other)
}

/// `abab` and two digits more, from six digits on: `656560`, `121290`. iOS has those in `ababa?`.
fn stutter(digits: &[u8]) -> bool {
    digits.len() > 5 && digits.split_last_chunk::<2>().is_some_and(|(start, _)| periodic(start, 2))
}

/// `aabb`, `aabbcc`, `aaabbb` and their longer kin.
fn doubles(digits: &[u8]) -> bool {
    cut(digits, 2, |chunk| periodic(chunk, 1)) || cut(digits, 3, |chunk| periodic(chunk, 1))
}

/// Whether the code can be cut into chunks of that size that are all good.
fn cut(digits: &[u8], size: usize, good: impl Fn(&[u8]) -> bool) -> bool {
    digits.len().is_multiple_of(size) && digits.chunks(size).all(good)
}

/// One digit four times in a row (three in a short code), or at most two digits in all; four digits
/// are spared the latter (`aaba`, `abaa`): 2 % of the codes, two on the iOS list, and dates both.
fn few_digits(digits: &[u8]) -> bool {
    let long = if digits.len() < 6 { 3 } else { 4 };
    digits.windows(long).any(|window| periodic(window, 1))
        || digits.len() > 4 && distinct(digits) <= 2
}

/// How many different digits the code has.
fn distinct(digits: &[u8]) -> usize {
    (0..=9).filter(|digit| digits.contains(digit)).count()
}

/// Steps of one or two throughout; from six digits the first or the last digit may be odd one out.
fn sequence(digits: &[u8]) -> bool {
    let by_one = |code: &[u8]| matches!(step(&mut code.iter().copied()), Some(1 | 9));
    let slip = digits.split_first().is_some_and(|(_, rest)| by_one(rest))
        || digits.split_last().is_some_and(|(_, rest)| by_one(rest));
    let by_two = matches!(step(&mut digits.iter().copied()), Some(2 | 8));
    by_two || by_one(digits) || digits.len() > 5 && slip
}

/// The constant difference between neighbours, modulo ten (9 is one down), if there is one.
fn step(digits: &mut Digits<'_>) -> Option<u8> {
    steady(digits, |from, to| Some(to.wrapping_add(10).wrapping_sub(from) % 10))
}

/// Digits that need not lie side by side in the code.
type Digits<'a> = dyn Iterator<Item = u8> + 'a;

/// What is between all neighbours alike, if it is.
fn steady<T: PartialEq>(digits: &mut Digits<'_>, between: fn(u8, u8) -> Option<T>) -> Option<T> {
    let mut last = digits.next()?;
    let mut moves = digits.map(|digit| between(replace(&mut last, digit), digit));
    let first = moves.next()??;
    moves.all(|next| next.as_ref() == Some(&first)).then_some(first)
}

/// Whether the code falls into pieces of three or more digits that are all good: cut into equal
/// lengths (`123` `789`), or dealt out in turn (`1.2.3.` and `.4.5.6`).
fn pieces(digits: &[u8], good: fn(&mut Digits<'_>) -> bool) -> bool {
    let each = |hands| move |hand| good(&mut digits.iter().copied().skip(hand).step_by(hands));
    (3..=digits.len() / 2).any(|size| cut(digits, size, |chunk| good(&mut chunk.iter().copied())))
        || (2..=digits.len() / 3).any(|hands| (0..hands).all(each(hands)))
}

/// Short runs up, down or on the spot, or all in twos: `123` `789`, `000` `123`, `135` `246`.
fn runs(digits: &[u8]) -> bool {
    pieces(digits, |piece| matches!(step(piece), Some(0 | 1 | 9)))
        || pieces(digits, |piece| matches!(step(piece), Some(2 | 8)))
}

/// Three or more whole numbers in even steps that people count in.
fn counting(digits: &[u8]) -> bool {
    let steps = [1, 2, 5, 10, -1, -2, -5, -10];
    (1..=digits.len() / 3).any(|width| steps.iter().any(|by| counts(digits, width, *by)))
}

/// Whether the code is a number of `width` digits and then, `by` more each time, its successors.
fn counts(digits: &[u8], width: usize, by: i32) -> bool {
    let value = |part: &[u8]| {
        part.iter().fold(0_i32, |sum, digit| sum.saturating_mul(10).saturating_add((*digit).into()))
    };
    let Some((head, mut rest)) = digits.split_at_checked(width) else { return false };
    let mut number = value(head);
    while !rest.is_empty() {
        number = number.saturating_add(by);
        // Past 9 or 99 a number grows by one place: 8 9 10 11.
        let grown = successors(Some(number), |left| (*left > 9).then_some(left / 10)).count();
        match rest.split_at_checked(grown.max(width)) {
            Some((next, tail)) if value(next) == number => rest = tail,
            _ => return false,
        }
    }
    true
}

/// A finger's path: a walk, straight lines of three, or all corners or all edges in any order.
fn shape(digits: &[u8]) -> bool {
    let all_of = |keys: &[u8]| digits.iter().all(|key| keys.contains(key)) && distinct(digits) == 4;
    let ring = periodic(digits, 4) && (all_of(&[1, 3, 7, 9]) || all_of(&[2, 4, 6, 8]));
    ring || walk(digits) || pieces(digits, |piece| steady(piece, touching).is_some())
}

/// Touching keys all the way: few turns (one in four digits, two in six), or no key twice and no
/// slanting move (`1254`, `145236`).
fn walk(digits: &[u8]) -> bool {
    let allowed = digits.len().div_ceil(2).saturating_sub(1);
    let (mut heading, mut turns, mut upright) = (None, 0_usize, true);
    for (from, to) in digits.iter().zip(digits.iter().skip(1)) {
        let Some(next) = touching(*from, *to) else { return false };
        turns = turns.saturating_add(heading.is_some_and(|before| before != next).into());
        upright &= next.0 == 0 || next.1 == 0;
        heading = Some(next);
    }
    turns <= allowed || upright && distinct(digits) == digits.len()
}

/// The move between two keys that touch, as columns and rows; `None` for a jump or the same key.
fn touching(from: u8, to: u8) -> Option<(i8, i8)> {
    let place = |digit: u8| match digit {
        0 => Some((1, 3)),
        _ => i8::try_from(digit).ok().map(|key| key.wrapping_sub(1)).map(|key| (key % 3, key / 3)),
    };
    let (start, end) = (place(from)?, place(to)?);
    let heading = (end.0.wrapping_sub(start.0), end.1.wrapping_sub(start.1));
    (from != to && matches!(heading, (-1..=1, -1..=1))).then_some(heading)
}

/// The key on which a letter stands, in either case.
pub(crate) fn key(c: char) -> Option<u8> {
    const KEYS: &[u8; 26] = b"22233344455566677778889999";
    let place = u32::from(c.to_ascii_lowercase()).checked_sub(u32::from('a'))?;
    KEYS.get(usize::try_from(place).ok()?).map(|key| key.wrapping_sub(b'0'))
}

/// Whether the list of that length has the code, its letters read as the keys they stand on.
fn listed(lists: &[&str], digits: &[u8]) -> bool {
    let value = |byte: &u8| key(char::from(*byte)).unwrap_or_else(|| byte.wrapping_sub(b'0'));
    let same = |(byte, digit): (&u8, &u8)| value(byte) == *digit;
    let stride = digits.len().saturating_add(1);
    let fits = |list: &str| list.find(' ').is_some_and(|length| length == digits.len());
    let has = |entry: &[u8]| entry.iter().zip(digits).all(same);
    lists.iter().any(|list| fits(list) && list.as_bytes().chunks(stride).any(has))
}

/// Whether the month has that day in some year.
fn day_in_month(day: u8, month: u8) -> bool {
    const LAST: [u8; 13] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    LAST.get(usize::from(month)).is_some_and(|last| (1..=*last).contains(&day))
}

/// Words and first names people spell on the keypad, a list for each length; our own choice.
const WORDS: [&str; 4] = [
    "love baby pink blue king star jack john mike alex anna emma lily ella ruby lucy kate mary \
    paul mark luke ryan liam noah evie rose jake josh dave adam owen matt nick fred beth jess \
    lisa home play game fish bird bear lion wolf duck rock golf cool kiss hope life",
    "monkey dragon master soccer killer hunter buster thomas robert tigger george summer pepper \
    ginger cookie daniel andrew joshua hannah sophie oliver harley ranger purple yellow orange \
    silver golden flower cheese banana rabbit turtle secret please dancer school friend mother \
    father sister family forest spring winter london united oxford exeter durham surrey sussex \
    mickey minnie snoopy batman pirate police doctor access qwerty iloveu loveme lovers google \
    iphone mobile secure office number zombie prince church heaven little lovely kitten monday \
    friday sunday august easter martin joseph samuel edward steven claire louise olivia archie",
    "michael charlie jessica welcome letmein arsenal chelsea everton england teacher",
    "password football sunshine princess iloveyou computer superman baseball",
];

/// Three-digit numbers people know; any two make a six-digit code (`420666`, `007123`, `247365`).
const TRIPLES: &str = "\
    000 007 069 100 101 111 118 123 143 180 200 222 247 300 314 321 333 365 420 444 456 500 555 \
    666 747 777 786 789 888 900 911 987 999";

/// Numbers known from history, mathematics, physics, films, songs and jokes, and round ones.
const NUMBERS: [&str; 4] = [
    "1000 3000 4000 5000 6000 7000 8000 9000 1004 2000 2001 1100 1200 1500 1800 2500 0007 0070 \
    0700 1007 0069 0420 4200 0911 9110 9111 0666 6660 1066 1605 1666 1701 1805 1812 1815 1492 \
    1776 1024 2048 4096 1080 1248 1337 1414 1618 2718 3141 1729 5150 8008 7734 2112 0786 1138 \
    1123 1230 1233 1235 1223 1324 1342 1423 1432 2134 1243 1245 1346 1369 7410 0147 9630 0369",
    "314159 141592 271828 141421 161803 173205 112358 123581 142857 299792 980665 577215 235711 \
    124816 248163 149162 420690 420247 690420 694200 135790 097531 013579 975310 481516 151623 \
    162342 867530 675309 525600 241543 143637 520131 132456 123465 123546 124356 213456 999112",
    "8675309 5201314 1314520 8008135 5318008 3141592 2718281 0118999",
    "31415926 27182818 14159265 11235813",
];

#[cfg(test)]
mod tests {
    use super::{Pattern as P, *};

    fn digits(code: &str) -> Vec<u8> {
        code.bytes().map(|byte| byte.wrapping_sub(b'0')).collect()
    }

    fn all(width: usize, codes: u32) -> impl Iterator<Item = Vec<u8>> {
        (0..codes).map(move |code| digits(&format!("{code:0width$}")))
    }

    #[track_caller]
    fn check(codes: &str, expected: Option<Pattern>) {
        for code in codes.split(' ') {
            assert_eq!(pattern(&digits(code)), expected, "{code}");
        }
    }

    fn check_all(codes: &str, rule: fn(&[u8]) -> bool, expected: bool) {
        codes.split(' ').for_each(|code| assert_eq!(rule(&digits(code)), expected, "{code}"));
    }

    #[test]
    fn repeats() {
        check("0000 777777 99999999 5555555555", Some(P::Same));
        check("1212 9898 123123 252525 696969 12341234 1231231 656560 121290", Some(P::Repeat));
        check("1221 123321 907709 1234321 12344321", Some(P::Mirror));
        check("1122 112233 998877 555666 11223344 111222333", Some(P::Doubles));
        check("1112 2229 111171 000019 122112 171171711 17777391", Some(P::FewDigits));
        check("1213 1229 123124 122390 112234 117112 123311 907719 4749 80800918 1777391", None);
    }

    #[test]
    fn sequences() {
        check("1234 7890 8901 2109 2468 8024 8642 123456 890123 321098", Some(P::Sequence));
        check("864208 12345678 9876543210 123457 123455 023456 001234", Some(P::Sequence));
        check("123789 321654 890321 135246 000123 142536 748596 102938", Some(P::Runs));
        check("141516 242526 12348765 15263748 192837465", Some(P::Runs));
        check("181920 678910 891011 246810 302928 051015 10152025 98100102", Some(P::Counting));
        check("1230 8902 124680 142537 141517 14253697 246811 101103", None);
    }

    #[test]
    fn keypad() {
        check("2580 0852 1236 1254 1379 9713 2486 8426 1470", Some(P::Shape));
        check("147258 159753 159357 852456 147852 147896 145236 134679 124578", Some(P::Shape));
        check("784512 258369 139713 14789632 147852369 147896325", Some(P::Shape));
        check("5683 7465 666539 786637 72779673", Some(P::Word));
        check("1927 1374 137946 150937 147259 158342 567483 56832 16850394", None);
    }

    #[test]
    fn dates() {
        check_all("1900 2049 2512 1225 2902 251287 122587 871225 071999 199907", date, true);
        check_all("25121987 12251987 19871225 29022023 030379 101471 520131", date, true);
        check_all("1899 2050 3002 3104 1300 323190 310499 205013 25121899 12345", date, false);
    }

    #[test]
    fn favourites() {
        check_all("1004 2001 1066 314159 271828 112358 420690 8675309 31415926", common, true);
        check_all("420666 007123 911420 132456 123465 1324 2134 7410", common, true);
        check_all("5839 9163 314158 420667 132465 213457 1325 8675308 83920174", common, false);
        for list in WORDS.iter().chain(&NUMBERS).chain(&[TRIPLES]) {
            assert!(list.split(' ').all(|entry| Some(entry.len()) == list.find(' ')), "{list}");
        }
        assert_eq!((P::Shape.id(), P::Shape.describe()), ("keypad-shape", "a shape on the keypad"));
    }

    /// What the rules cost: of six digits at most 2.5 % (sampled where the build is slow).
    #[test]
    fn shares() {
        let every = if cfg!(debug_assertions) { 7 } else { 1 };
        let refused = |code: &Vec<u8>| pattern(code).is_some() || common(code);
        let six = all(6, 1_000_000).step_by(every).filter(refused).count() * every;
        assert!((10_000..=25_000).contains(&six), "{six}");
        let four = all(4, 10_000).filter(|code| pattern(code).is_some()).count();
        assert!((500..=850).contains(&four), "{four}");
    }

    /// The classes in the iOS lists, as Apple's own published source (Security) states them.
    #[test]
    fn ios() {
        let mirror = |code: &[u8]| code.iter().eq(code.iter().rev());
        let six = |code: &Vec<u8>| mirror(code) || periodic(code, 3) || periodic(&code[..5], 2);
        let listed: Vec<_> = all(6, 1_000_000).filter(six).collect();
        assert_eq!(listed.len(), 2_890);
        assert!(listed.iter().all(|code| pattern(code).is_some()));
        let four = |code: &[u8]| periodic(code, 2) || doubles(code);
        assert!(all(4, 10_000).all(|code| !four(&code) || pattern(&code).is_some()));
        assert!(all(4, 10_000).skip(1956).take(60).all(|year| date(&year)));
    }
}
