//! Writes slips of paper to hand out: one page, one slip a person, nothing from elsewhere.

use strongpass_report::{printable, push_escaped};
use zeroize::Zeroizing;

use super::account::NewAccount;

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>New passwords</title>
<style>
body { margin: 0; font: 12pt/1.5 sans-serif; color: #000; background: #fff; }
.slip { max-width: 32em; margin: 1em auto; padding: 1.5em; border: 1px solid #000;
        break-inside: avoid; break-after: page; }
.slip:last-child { break-after: auto; }
h1 { margin: 0 0 .5em; font-size: 1.3em; }
dt { font-size: .9em; }
dd { margin: 0 0 .8em; overflow-wrap: anywhere; }
.password { font: bold 1.6em/1.4 monospace; white-space: pre-wrap; letter-spacing: .08em;
            font-variant-ligatures: none; }
@media print { .slip { margin: 0 auto; } }
</style>
</head>
<body>
"#;
const TAIL: &str = "</body>\n</html>\n";

const BEGIN: &str = "<section class=\"slip\">\n<h1>Your new password</h1>\n<dl>\n";
const END: &str = "</dl>\n<p>Type it exactly as it stands here: capital and small letters are \
                   different. Use it for this account only. Show it to nobody. When you know it, or \
                   have changed it, shred this slip.</p>\n</section>\n";

/// The page, with a slip for each of these people who has a password.
pub(super) fn page<'a>(people: &[&'a NewAccount<'a>]) -> Zeroizing<String> {
    // Room for all of it at once: when text grows it moves, and what it leaves is not wiped. A
    // character becomes six at most (`&quot;`), a byte that is not text three.
    let of_one = |account: &&NewAccount<'_>| {
        let named = account.names.iter().map(|name| name.len() + 1).sum::<usize>();
        let secret = account.secret.password().map_or(0, <[u8]>::len);
        BEGIN.len() + END.len() + 200 + 6 * (named + account.name().len() + secret)
    };
    let room = HEAD.len() + TAIL.len() + people.iter().map(of_one).sum::<usize>();
    let mut page = Zeroizing::new(String::with_capacity(room));
    page.push_str(HEAD);
    for account in people {
        slip(&mut page, account);
    }
    page.push_str(TAIL);
    page
}

fn slip(page: &mut String, account: &NewAccount<'_>) {
    let Some(password) = account.secret.password().and_then(|bytes| str::from_utf8(bytes).ok())
    else {
        return;
    };
    page.push_str(BEGIN);
    if !account.names.is_empty() {
        page.push_str("<dt>Name</dt><dd><bdi>");
        for (number, name) in account.names.iter().enumerate() {
            page.push_str(if number > 0 { " " } else { "" });
            push_escaped(page, &printable(name));
        }
        page.push_str("</bdi></dd>\n");
    }
    if let Some(account) = account.accounts.first() {
        page.push_str("<dt>Account</dt><dd><bdi>");
        push_escaped(page, &printable(account));
        page.push_str("</bdi></dd>\n");
    }
    page.push_str("<dt>Password</dt><dd class=\"password\">");
    push_escaped(page, password);
    page.push_str("</dd>\n");
    page.push_str(END);
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
        let people: Vec<_> = names.iter().map(|name| account(name, "<&\"'>>>>>>>>'''\"")).collect();
        let people: Vec<&NewAccount<'_>> = people.iter().collect();
        let page = page(&people);
        assert!(page.contains("<bdi>&lt;script&gt;\u{fffd}\u{fffd} Harper</bdi>"));
        assert!(page.contains("&lt;&amp;&quot;&#39;&gt;&gt;"));
        assert!(!page.contains("<script"));
        assert_eq!(page.matches("<section class=\"slip\">").count(), 4);

        let of_one = |account: &NewAccount<'_>| {
            let mut one = String::new();
            slip(&mut one, account);
            one.len()
        };
        let rest = page.len() - HEAD.len() - TAIL.len();
        assert_eq!(people.iter().map(|account| of_one(account)).sum::<usize>(), rest);
        // What was reserved at first was enough: a string that grows doubles.
        assert!(page.capacity() < 2 * page.len() + 4_000);
    }
}
