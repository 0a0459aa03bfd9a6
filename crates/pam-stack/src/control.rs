//! The second word of a line: what becomes of what its module returns.

/// What libpam does with a return value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Action {
    /// Goes on as if the line were not there.
    Ignore,
    /// Takes it for the answer so far, unless that is worse, and goes on.
    Ok,
    /// The same, and the stack ends.
    Done,
    /// The stack fails, and goes on.
    Bad,
    /// The stack fails, and ends.
    Die,
    /// Forgets the answer so far, and goes on.
    Reset,
    /// Leaves out this many lines.
    Jump(usize),
}

/// An action for each return value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Control([Action; VALUES.len()]);

/// The return values by their names in a control, `PAM_SUCCESS` first (`pam.d(5)`).
const VALUES: [&str; 32] = [
    "success",
    "open_err",
    "symbol_err",
    "service_err",
    "system_err",
    "buf_err",
    "perm_denied",
    "auth_err",
    "cred_insufficient",
    "authinfo_unavail",
    "user_unknown",
    "maxtries",
    "new_authtok_reqd",
    "acct_expired",
    "session_err",
    "cred_unavail",
    "cred_expired",
    "cred_err",
    "no_module_data",
    "conv_err",
    "authtok_err",
    "authtok_recover_err",
    "authtok_lock_busy",
    "authtok_disable_aging",
    "try_again",
    "ignore",
    "abort",
    "authtok_expired",
    "module_unknown",
    "bad_item",
    "conv_again",
    "incomplete",
];

impl Control {
    /// The control of that word, or of what is between brackets. What libpam does not understand
    /// is *bad* whatever happens, as it has it.
    pub fn parse(text: &str) -> Self {
        let or_else = |success, otherwise| {
            Self::from_fn(|value| match value {
                "success" | "new_authtok_reqd" => success,
                "ignore" => Action::Ignore,
                _ => otherwise,
            })
        };
        match text.to_ascii_lowercase().as_str() {
            "required" => or_else(Action::Ok, Action::Bad),
            "requisite" => or_else(Action::Ok, Action::Die),
            "optional" => or_else(Action::Ok, Action::Ignore),
            "sufficient" => or_else(Action::Done, Action::Ignore),
            _ => pairs(text).unwrap_or_else(|| Self::from_fn(|_| Action::Bad)),
        }
    }

    fn from_fn(action: impl Fn(&str) -> Action) -> Self {
        Self(VALUES.map(action))
    }

    /// What is done with a return value of that name.
    pub fn on(&self, value: &str) -> Action {
        let at = VALUES.iter().position(|name| *name == value);
        at.and_then(|at| self.0.get(at)).copied().unwrap_or(Action::Bad)
    }

    /// What is done with whatever is not a success, each once.
    pub fn on_failures(&self) -> Vec<Action> {
        let mut actions = self.0.get(1..).unwrap_or_default().to_vec();
        actions.sort_unstable();
        actions.dedup();
        actions
    }
}

/// `success=1 default=ignore`, with or without spaces around `=`.
fn pairs(text: &str) -> Option<Control> {
    let mut actions = [None; VALUES.len()];
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (value, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let end = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (word, behind) = after.split_at_checked(end)?;
        let action = action(word)?;
        match value.trim_end() {
            // Fills what is not said yet; what is said later still counts.
            "default" => {
                for have in &mut actions {
                    *have = have.or(Some(action));
                }
            }
            value => {
                let at = VALUES.iter().position(|name| *name == value)?;
                *actions.get_mut(at)? = Some(action);
            }
        }
        rest = behind.trim_start();
    }
    Some(Control(actions.map(|action| action.unwrap_or(Action::Bad))))
}

fn action(word: &str) -> Option<Action> {
    Some(match word {
        "ignore" => Action::Ignore,
        "ok" => Action::Ok,
        "done" => Action::Done,
        "bad" => Action::Bad,
        "die" => Action::Die,
        "reset" => Action::Reset,
        number => Action::Jump(number.parse().ok().filter(|lines| *lines > 0)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_brackets_say_the_same() {
        let same = [
            ("required", "success=ok new_authtok_reqd=ok ignore=ignore default=bad"),
            ("requisite", "success=ok new_authtok_reqd=ok ignore=ignore default=die"),
            ("optional", "success=ok new_authtok_reqd=ok default=ignore"),
            ("sufficient", "success=done new_authtok_reqd=done default=ignore"),
        ];
        for (word, pairs) in same {
            assert_eq!(Control::parse(word), Control::parse(pairs), "{word}");
            assert_eq!(Control::parse(&word.to_uppercase()), Control::parse(pairs), "{word}");
        }
    }

    #[test]
    fn jumps_spaces_and_the_order_of_default() {
        let control = Control::parse("success=2  default = ignore user_unknown =die");
        assert_eq!(control.on("success"), Action::Jump(2));
        assert_eq!(control.on("user_unknown"), Action::Die);
        assert_eq!(control.on_failures(), [Action::Ignore, Action::Die]);
        let control = Control::parse("default=ignore success=1");
        assert_eq!(control.on("success"), Action::Jump(1));
        // What nobody mentions is bad.
        assert_eq!(Control::parse("success=ok").on("authtok_err"), Action::Bad);
    }

    #[test]
    fn what_libpam_does_not_understand_is_bad() {
        for text in
            ["requird", "success=0", "success=okay", "success", "sucess=ok", "success=-1", ""]
        {
            let bad = if text.is_empty() {
                Control::parse("default=bad")
            } else {
                Control::from_fn(|_| Action::Bad)
            };
            assert_eq!(Control::parse(text), bad, "{text}");
        }
    }
}
