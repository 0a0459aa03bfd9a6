//! "Is not in a list of stolen passwords": the door asked the list, the rule draws the conclusion.

use crate::context::Exposure;
use crate::rules::asked::Asked;
use crate::verdict::rule::{Answer, Evidence, Rule};

/// Of a policy that names a list: what was not asked, or did not answer, is not a yes.
pub(super) fn check(exposure: Exposure, asked: &mut Asked) {
    let mut leave_open = |answer| {
        asked.set(Rule::Breached, answer);
        asked.verdict.unchecked = true;
    };
    match exposure {
        Exposure::NotAsked => leave_open(Answer::NotAsked),
        Exposure::Unavailable => leave_open(Answer::Unavailable),
        Exposure::Found => asked.answer(Rule::Breached, Some(Evidence::None)),
        Exposure::NotFound => asked.answer(Rule::Breached, None),
    }
}

#[cfg(test)]
mod tests {
    use crate::context::{Context, Exposure};
    use crate::password::Password;
    use crate::policy::Policy;
    use crate::verdict::Outcome;
    use crate::verdict::rule::{Answer, Rule};
    use crate::words::dictionary::Dictionary;

    fn verdict(policy: &str, password: &str, exposure: Exposure) -> (Outcome, Option<Answer>) {
        let policy = Policy::from_toml(policy).unwrap();
        let context = Context::default().exposure(exposure);
        let password = Password::new(password.as_bytes());
        let verdict = policy.check(&password, &Dictionary::default(), &context);
        let answer = verdict.clauses().find(|(rule, _)| *rule == Rule::Breached);
        (verdict.outcome(), answer.map(|(_, answer)| answer))
    }

    #[test]
    fn only_what_the_list_was_asked_about_and_does_not_have_is_accepted() {
        let asks = "[breached]\nlist = \"x.idx\"";
        for (exposure, outcome, answer) in [
            (Exposure::Found, Outcome::Reject, Answer::Broken),
            (Exposure::NotFound, Outcome::Accept, Answer::Met),
            (Exposure::NotAsked, Outcome::Unchecked, Answer::NotAsked),
            (Exposure::Unavailable, Outcome::Unchecked, Answer::Unavailable),
        ] {
            assert_eq!(verdict(asks, "vT7$kq2z", exposure), (outcome, Some(answer)));
            // What breaks another clause is refused for it, whatever the list says.
            assert_eq!(verdict(asks, "kq7!", exposure), (Outcome::Reject, Some(answer)));
        }
    }

    #[test]
    fn a_policy_without_a_list_says_nothing_of_one() {
        for exposure in [Exposure::NotAsked, Exposure::Found, Exposure::Unavailable] {
            assert_eq!(verdict("# as it is", "vT7$kq2z", exposure), (Outcome::Accept, None));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_as_such() {
        let asks = Policy::from_toml("[breached]\nlist = \"x.idx\"").unwrap();
        let verdict =
            asks.check(&Password::new(&[0xff]), &Dictionary::default(), &Context::default());
        assert_eq!(verdict.outcome(), Outcome::Reject);
    }
}
