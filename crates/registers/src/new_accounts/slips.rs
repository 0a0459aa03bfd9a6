//! Writes slips of paper to cut out and hand out: eight a sheet, one a person, nothing from elsewhere.

use strongpass_report::{printable, push_escaped};
use zeroize::Zeroizing;

use super::account::NewAccount;

/// How many slips a sheet has: two columns of four.
const A_SHEET: usize = 8;

/// The paper that slips are printed on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// How many sheets so many slips need.
    pub fn sheets(slips: usize) -> usize {
        slips.div_ceil(A_SHEET)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::Letter => "Letter",
        }
    }

    /// The sheet, and the slips on it with what must stay free at their left, in millimetres.
    fn style(self) -> &'static str {
        match self {
            Self::A4 => {
                "@page { size: 210mm 297mm; margin: 0; }\n\
                 :root { --wide: 95mm; --high: 68mm; --left: 10mm; }\n"
            }
            Self::Letter => {
                "@page { size: 215.9mm 279.4mm; margin: 0; }\n\
                 :root { --wide: 97mm; --high: 64mm; --left: 10.95mm; }\n"
            }
        }
    }
}

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>New passwords</title>
<style>
"#;
// The page has no margins of its own, or browsers print its address there. What stands on a slip may give
// way, down to nothing; the password may not.
const STYLE: &str = r#"* { box-sizing: border-box; }
body { margin: 0; font: 9pt/1.25 sans-serif; color: #000; background: #fff; }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, var(--wide)); width: calc(2 * var(--wide));
         grid-auto-rows: var(--high); margin: 9mm auto; }
.slip { display: flex; flex-direction: column; margin: 0 -.25mm -.25mm 0; padding: 4mm 5mm; overflow: hidden;
        border: .25mm dashed #666; break-inside: avoid; }
h1, p { margin: 0; }
h1, .name, .account, .advice { flex: 0 1 auto; min-height: 0; overflow: hidden; overflow-wrap: anywhere; }
h1 { font-size: 9pt; font-weight: normal; padding-bottom: 1.5mm; }
.name { font-weight: bold; }
bdi span { white-space: nowrap; }
.password { flex: none; margin: 1.5mm 0; padding: .8mm 1.5mm; border: .25mm solid #000; overflow-wrap: anywhere;
            font-family: Consolas, Menlo, "DejaVu Sans Mono", "Cascadia Mono", "Liberation Mono", Cousine,
                         "Roboto Mono", "Noto Sans Mono", monospace; font-weight: bold; line-height: 1.3;
            white-space: pre-wrap; letter-spacing: .06em; font-variant: none; font-variant-numeric: slashed-zero; }
.password u { text-decoration: none; border-bottom: .4mm dotted #000; }
.advice { font-size: 7.5pt; }
@media print { .sheet { margin: 9mm 0 0 var(--left); break-after: page; } .sheet:last-child { break-after: auto; } }
@media screen and (max-width: 195mm) { .sheet { width: var(--wide); max-width: 100%; grid-template-columns: 100%; } }
</style>
</head>
<body>
"#;
const TAIL: &str = "</body>\n</html>\n";

const BEGIN_SHEET: &str = "<div class=\"sheet\">\n";
const END_SHEET: &str = "</div>\n";
const BEGIN: &str = "<section class=\"slip\">\n<h1>";
const TITLE: &str = "Your new password";
const ADVICE: &str = "Type it exactly as it stands here: capital and small letters are different. Use it \
                      for this account only and show it to nobody. Shred this slip when you know the \
                      password or have changed it.";
const LINES: &str = " It is one line: where it goes on below, type nothing.";
const SPACES: &str = " A dotted line is a space.";
const END: &str = "</p>\n</section>\n";

/// The most of a school, a person or an account that is shown: nobody is called that.
const LONGEST: usize = 120;

/// The page, with a slip for each of these people who has a password.
pub(super) fn page<'a>(
    people: &[&'a NewAccount<'a>],
    school: Option<&str>,
    paper: Paper,
) -> Zeroizing<String> {
    // When text grows it moves, and what it leaves is not wiped.
    let room = room(people, school, paper);
    let mut page = Zeroizing::new(String::with_capacity(room));
    for part in [HEAD, paper.style(), STYLE] {
        page.push_str(part);
    }
    for sheet in people.chunks(A_SHEET) {
        page.push_str(BEGIN_SHEET);
        for account in sheet {
            slip(&mut page, account, school);
        }
        page.push_str(END_SHEET);
    }
    page.push_str(TAIL);
    page
}

/// As many bytes as the page has, or more.
fn room(people: &[&NewAccount<'_>], school: Option<&str>, paper: Paper) -> usize {
    // A character becomes six at most (`&quot;`), a byte that is not text three, a space of a password
    // eight, a word of a name its characters and thirteen.
    let names = |account: &NewAccount<'_>| {
        account.names.iter().map(|name| name.len() + 1).sum::<usize>() + account.name().len()
    };
    let of_school = school.map_or(0, str::len);
    let of_one = |account: &&NewAccount<'_>| {
        let secret = account.secret.password().map_or(0, <[u8]>::len);
        let text =
            BEGIN.len() + TITLE.len() + ADVICE.len() + LINES.len() + SPACES.len() + END.len();
        text + 300 + 14 * (of_school + names(account)) + 8 * secret
    };
    let sheets = Paper::sheets(people.len()) * (BEGIN_SHEET.len() + END_SHEET.len());
    let head = HEAD.len() + paper.style().len() + STYLE.len() + TAIL.len();
    head + sheets + people.iter().map(of_one).sum::<usize>()
}

fn slip(page: &mut String, account: &NewAccount<'_>, school: Option<&str>) {
    let Some(password) = account.secret.password().and_then(|bytes| str::from_utf8(bytes).ok())
    else {
        return;
    };
    page.push_str(BEGIN);
    if let Some(school) = school {
        words(page, &shown(school));
        page.push_str(": ");
    }
    page.push_str(TITLE);
    page.push_str("</h1>\n");
    if !account.names.is_empty() {
        let name = account.names.join(" ");
        line(page, "name", &shown(&name), &[(60, "13"), (ON_A_LINE, "10"), (usize::MAX, "8")]);
    }
    if let Some(account) = account.accounts.first() {
        line(page, "account", &shown(account), &[(ON_A_LINE, "10"), (usize::MAX, "7.5")]);
    }
    let size = size_for(columns(password), PASSWORD);
    page.push_str("<p class=\"password\" style=\"font-size:");
    page.push_str(size);
    page.push_str("pt\">");
    for part in password.split_inclusive(' ') {
        let word = part.strip_suffix(' ');
        push_escaped(page, word.unwrap_or(part));
        page.push_str(if word.is_some() { "<u> </u>" } else { "" });
    }
    page.push_str("</p>\n<p class=\"advice\">");
    page.push_str(ADVICE);
    page.push_str(if columns(password) > ONE_LINE { LINES } else { "" });
    page.push_str(if password.contains(' ') { SPACES } else { "" });
    page.push_str(END);
}

/// Points for passwords of up to so many columns: on one line, as large as it has room for, then in
/// lines that leave room for the rest of the slip, and at last for the longest that there is.
const PASSWORD: &[(usize, &str)] = &[
    (20, "16"),
    (24, "14"),
    (ONE_LINE, "12"),
    (56, "12"),
    (100, "10"),
    (170, "8"),
    (usize::MAX, "6.5"),
];
const ONE_LINE: usize = 27;

/// What is not wider is on one line, in the size that it gets.
const ON_A_LINE: usize = 80;

fn line(page: &mut String, class: &str, text: &str, sizes: &[(usize, &'static str)]) {
    for part in
        ["<p class=\"", class, "\" style=\"font-size:", size_for(width(text), sizes), "pt\">"]
    {
        page.push_str(part);
    }
    words(page, text);
    page.push_str("</p>\n");
}

/// A name of one word or several, each on one line.
fn words(page: &mut String, text: &str) {
    page.push_str("<bdi>");
    for (number, word) in text.split(' ').enumerate() {
        page.push_str(if number > 0 { " " } else { "" });
        // Else it would be broken at a hyphen.
        let is_whole = width(word) <= ON_A_LINE;
        page.push_str(if is_whole { "<span>" } else { "" });
        push_escaped(page, word);
        page.push_str(if is_whole { "</span>" } else { "" });
    }
    page.push_str("</bdi>");
}

fn size_for(columns: usize, sizes: &[(usize, &'static str)]) -> &'static str {
    sizes.iter().find(|(most, _)| columns <= *most).map_or("6", |(_, size)| size)
}

/// How wide it is in a font whose letters are not all of one width: in halves of a usual letter.
fn width(text: &str) -> usize {
    let of_one = |c: char| match c {
        'm' | 'w' | '@' | '%' => 3,
        _ if c >= WIDE => 4,
        _ if c.is_uppercase() => 3,
        _ => 2,
    };
    text.chars().map(of_one).sum()
}

/// From here on letters take the room of two, in East Asia.
const WIDE: char = '\u{1100}';

/// How many letters wide it is in a font whose letters are all of one width.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c < WIDE { 1 } else { 2 }).sum()
}

/// Text from the file, safe to show, and cut with an ellipsis where it is longer than any name.
fn shown(text: &str) -> String {
    let text = printable(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::account::{Given, Secret};
    use super::*;

    fn account(name: &str, password: &'static str) -> NewAccount<'static> {
        NewAccount {
            line: 2,
            accounts: vec!["k.harper".into()],
            names: vec![name.into(), "Harper".into()],
            place: 0..0,
            secret: Secret::Given(Given::InFile(password.as_bytes())),
        }
    }

    #[test]
    fn what_is_written_is_text_and_never_moves() {
        let names = ["<script>\u{1b}\u{202e}", "\"''&&", "Zoë", ""];
        for password in ["<&\"'>>>>>>>>'''\"", "                                    "] {
            let people: Vec<_> = names.iter().map(|name| account(name, password)).collect();
            let people: Vec<&NewAccount<'_>> = people.iter().collect();
            let school = Some("St <Mildred's>\u{202e} & \"St 'Peter'\"");
            let page = page(&people, school, Paper::Letter);
            assert!(
                page.contains(
                    "<bdi><span>&lt;script&gt;\u{fffd}\u{fffd}</span> <span>Harper</span>"
                )
            );
            assert!(
                page.contains("<bdi><span>St</span> <span>&lt;Mildred&#39;s&gt;\u{fffd}</span> ")
            );
            assert!(!page.contains("<script") && !page.contains("<Mildred"));
            assert_eq!(page.matches("<section class=\"slip\">").count(), 4);
            let of_one = |account: &NewAccount<'_>| {
                let mut one = String::new();
                slip(&mut one, account, school);
                one.len()
            };
            let head = HEAD.len() + STYLE.len() + Paper::Letter.style().len() + TAIL.len();
            let rest = page.len() - head - BEGIN_SHEET.len() - END_SHEET.len();
            assert_eq!(people.iter().map(|account| of_one(account)).sum::<usize>(), rest);
            // What was reserved at first was enough.
            assert_eq!(page.capacity(), room(&people, school, Paper::Letter));
        }
    }

    #[test]
    fn eight_are_on_a_sheet_with_the_name_of_the_school() {
        let one = account("Kim", "vT7$kq2z");
        for (count, sheets) in [(1, 1), (8, 1), (9, 2), (30, 4)] {
            let page = page(&vec![&one; count], Some("Birchington"), Paper::A4);
            assert_eq!(page.matches("<div class=\"sheet\">").count(), sheets);
            assert_eq!(
                page.matches("<h1><bdi><span>Birchington</span></bdi>: Your new").count(),
                count
            );
            assert_eq!(Paper::sheets(count), sheets);
            for sheet in page.split("<div class=\"sheet\">").skip(1) {
                assert!((1..=A_SHEET).contains(&sheet.matches("<section").count()));
            }
        }
    }

    #[test]
    fn the_longer_a_password_is_the_smaller_are_its_letters() {
        for (password, size, notes) in [
            ("vT7$kq2z", "16pt", ""),
            ("abcdefghijklmnopqrstuvwxyz0123456", "12pt", LINES),
            ("two words", "16pt", SPACES),
        ] {
            let mut page = String::new();
            slip(&mut page, &account("Kim", password), None);
            assert!(page.contains(&format!("<p class=\"password\" style=\"font-size:{size}\">")));
            assert!(page.contains(&format!("changed it.{notes}</p>")), "{page}");
        }
        assert_eq!(columns(&"王".repeat(20)), 40);
        assert_eq!(shown(&"é".repeat(121)), format!("{}…", "é".repeat(120)));
    }
}
