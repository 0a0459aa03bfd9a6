//! The dialogue at the prompt: a password is tried, and then there is more to ask for. The exit code
//! is the verdict on the last one that was tried.

use std::io::Write as _;

use anyhow::Context as _;
use strongpass_policy::{Match, Password};
use strongpass_terminal::text;
use strongpass_terminal::{Conversation, Key, Masked};
use zeroize::Zeroizing;

use crate::exit::Exit;
use crate::input::NO_TERMINAL;
use crate::{memory, output, verdict};

/// What a dialogue is about: it asks, and this answers.
pub(crate) trait Subject {
    /// "Password" or "Passcode".
    fn name(&self) -> &'static str;
    /// Judges what was typed, and tells it.
    fn examine(&self, password: Password) -> Examined;
    /// Makes one that is strong.
    fn suggest(&self) -> anyhow::Result<Zeroizing<String>>;
    /// How to make one: a paragraph each.
    fn advice(&self) -> Vec<String>;
}

/// What came of it.
pub(crate) struct Examined {
    pub(crate) exit: Exit,
    /// What can be shown, if somebody asks.
    pub(crate) parts: Option<Parts>,
}

/// The parts of a password that fail; masked, because who reads the answer may take their time.
pub(crate) struct Parts {
    password: Masked,
    parts: Vec<Match>,
}

impl Parts {
    /// `None` if no part is to blame.
    pub(crate) fn of(password: &Password, parts: Vec<Match>) -> Option<Self> {
        if parts.is_empty() {
            return None;
        }
        Some(Self { password: Masked::new(password)?, parts })
    }
}

/// A dialogue about a password, until it is strong or enough was asked; `offers` if someone reads
/// what is answered and can be asked something more.
pub(crate) fn hold(subject: &dyn Subject, offers: bool) -> anyhow::Result<Exit> {
    let mut dialogue =
        Dialogue { conversation: Conversation::begin().context(NO_TERMINAL)?, subject };
    let mut last = None;
    loop {
        match dialogue.try_one(offers, &mut last) {
            Ok(true) => {}
            Ok(false) => return last.context("nothing was typed"),
            // The verdict was said, and a terminal that fails afterwards does not change it.
            Err(error) => return last.ok_or(error),
        }
    }
}

/// So many lines of a password are shown, at most.
const MOST_LINES: usize = 4;

struct Dialogue<'s> {
    conversation: Conversation,
    subject: &'s dyn Subject,
}

impl Dialogue<'_> {
    /// Asks for one and judges it; whether another is to be tried.
    fn try_one(&mut self, offers: bool, last: &mut Option<Exit>) -> anyhow::Result<bool> {
        let question = format!("{} to test (it is not shown): ", self.subject.name());
        let typed = self.conversation.line(&question).context(NO_TERMINAL)?;
        let Some(typed) = typed else { return Ok(false) };
        let password = Password::new(&typed);
        drop(typed);
        let subject = self.subject;
        let examined = self.conversation.busy(|| subject.examine(password))?;
        *last = Some(examined.exit);
        let has_more = offers && !matches!(examined.exit, Exit::Yes | Exit::Usage);
        Ok(has_more && self.goes_on(&examined)?)
    }

    /// Answers keys; whether another password is to be tried.
    fn goes_on(&self, examined: &Examined) -> anyhow::Result<bool> {
        let is_refused = examined.exit == Exit::No;
        let menu = [
            ('s', "S to show the part that failed", examined.parts.is_some()),
            ('t', "T to try another", true),
            ('g', "G for a suggestion", is_refused),
            ('h', "H for how to make one", is_refused),
        ];
        let offered = menu.iter().filter(|(_, _, is_offered)| *is_offered);
        let (keys, names): (Vec<char>, Vec<&str>) =
            offered.map(|(key, name, _)| (*key, *name)).unzip();
        let question = format!("Press {}, Enter to end:", names.join(", "));
        loop {
            match self.conversation.key(&wrapped(&question), &keys)? {
                Key::End => return Ok(false),
                Key::Char('t') => return Ok(true),
                Key::Char('s') => self.show(examined.parts.as_ref())?,
                Key::Char('g') => self.suggest()?,
                Key::Char(_) => self.advise(),
            }
        }
    }

    fn show(&self, parts: Option<&Parts>) -> anyhow::Result<()> {
        let Some(Parts { password, parts }) = parts else { return Ok(()) };
        self.conversation.show(|columns, is_wiped| {
            let lead = if is_wiped {
                "The part that failed has marks below it. Press a key to wipe it off the screen."
            } else {
                "The part that failed has marks below it. Clear the screen afterwards. Press a key \
                 to go on."
            };
            // The last column stays free, or the terminal would begin a line of its own.
            let room = columns.saturating_sub(11);
            let marked = verdict::marked(&password.password(), parts, room, MOST_LINES);
            let plain = Zeroizing::new(anstream::adapter::strip_str(&marked).to_string());
            screen(lead, &plain, columns)
        })?;
        Ok(())
    }

    fn suggest(&self) -> anyhow::Result<()> {
        loop {
            let made = match memory::wiping_stack(|| self.subject.suggest()) {
                Ok(made) => made,
                Err(error) => {
                    text::complain(&format!("{error:#}"));
                    return Ok(());
                }
            };
            let pressed = self.conversation.show(|columns, is_wiped| {
                let lead = if is_wiped {
                    "This one is strong. Put it into your password manager, or learn it. Press G \
                     for another; any other key wipes it off the screen."
                } else {
                    "This one is strong. Put it into your password manager, or learn it. Press G \
                     for another, or any other key to go on."
                };
                let line = Zeroizing::new(format!("          {}\n", made.as_str()));
                screen(lead, &line, columns)
            })?;
            if pressed != Key::Char('g') {
                return Ok(());
            }
        }
    }

    fn advise(&self) {
        let said = output::try_to_people(|out| {
            for paragraph in self.subject.advice() {
                writeln!(out)?;
                text::paragraph(out, &paragraph)?;
            }
            Ok(())
        });
        // The verdict was said.
        said.ok();
    }
}

/// A question below what was said, in lines of the window's width.
fn wrapped(question: &str) -> String {
    let mut lines = Vec::new();
    let written = text::paragraph(&mut lines, question);
    let lines = written.ok().and_then(|()| String::from_utf8(lines).ok());
    format!("\n{} ", lines.as_deref().unwrap_or(question).trim_end())
}

/// What is shown for a moment: sentences, and lines that stand for themselves.
fn screen(lead: &str, lines: &str, columns: usize) -> Zeroizing<String> {
    let mut all = Zeroizing::new(String::from("\n"));
    for line in textwrap::wrap(lead, columns.saturating_sub(1).clamp(10, 80)) {
        all.push_str(&line);
        all.push('\n');
    }
    all.push('\n');
    all.push_str(lines);
    all.push('\n');
    all
}
