//! What stands at the head of every report: why it was made, by whom, of what, and until when it
//! may be kept.

use serde::Serialize;

use crate::cli::ReportArgs;
use crate::clock::Moment;

/// The head of a report.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    made: Moment,
    purpose: String,
    operator: String,
    authorised_by: String,
    delete_after: String,
    lists: Vec<String>,
    scope: Vec<String>,
}

/// What made the report.
const TOOL: &str = concat!("strongpass ", env!("CARGO_PKG_VERSION"));

/// Said when nobody said it.
const NOT_STATED: &str = "not stated";

impl Header {
    /// The head of a report made at that moment; `purpose` is what it is for unless another was
    /// given. `lists` are the lists and rules that were used, `scope` what was looked at.
    pub(crate) fn new(
        args: &ReportArgs,
        made: Moment,
        purpose: &str,
        lists: Vec<String>,
        scope: Vec<String>,
    ) -> Self {
        let stated = |text: &Option<String>| text.clone().unwrap_or_else(|| NOT_STATED.into());
        Self {
            made,
            purpose: args.purpose.clone().unwrap_or_else(|| purpose.to_owned()),
            operator: args.operator.clone().or_else(user).unwrap_or_else(|| NOT_STATED.into()),
            authorised_by: stated(&args.authorised_by),
            delete_after: made.day().days_after(args.keep_days).to_string(),
            lists,
            scope,
        }
    }

    /// The last day on which the report may be kept, `YYYY-MM-DD`.
    pub(crate) fn delete_after(&self) -> &str {
        &self.delete_after
    }

    /// The head as lines of two columns.
    pub(super) fn lines(&self) -> [(&'static str, String); 8] {
        [
            ("Purpose", self.purpose.clone()),
            ("Scope", self.scope.join("; ")),
            ("Authorised by", self.authorised_by.clone()),
            ("Made by", self.operator.clone()),
            ("Made", self.made.in_words()),
            ("Delete after", self.delete_after.clone()),
            ("Made with", TOOL.into()),
            ("Lists and rules", self.lists.join("; ")),
        ]
    }
}

/// The name under which somebody is logged in. It is only printed; nothing is decided by it.
fn user() -> Option<String> {
    let names = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"];
    names.into_iter().filter_map(std::env::var_os).find_map(|name| {
        let name = name.into_string().ok()?;
        (!name.is_empty()).then_some(name)
    })
}

impl Serialize for Header {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            purpose: &'a str,
            scope: &'a [String],
            authorised_by: &'a str,
            operator: &'a str,
            made: String,
            tool: &'a str,
            lists: &'a [String],
            delete_after: &'a str,
        }
        let fields = Fields {
            purpose: &self.purpose,
            scope: &self.scope,
            authorised_by: &self.authorised_by,
            operator: &self.operator,
            made: self.made.in_full(),
            tool: TOOL,
            lists: &self.lists,
            delete_after: &self.delete_after,
        };
        fields.serialize(serializer)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Of one moment, so that it is always the same.
    pub(in crate::report) fn sample() -> Header {
        let made = Moment::at(1_795_305_600 + 8 * 3_600);
        Header {
            made,
            purpose: "To know which kites fly".into(),
            operator: "o.marsh".into(),
            authorised_by: NOT_STATED.into(),
            delete_after: made.day().days_after(30).to_string(),
            lists: vec!["the list of winds".into()],
            scope: vec!["kites.csv".into(), "60 kites".into()],
        }
    }

    #[test]
    fn nothing_of_the_head_is_left_out_for_programs() {
        let json = serde_json::to_value(sample()).unwrap();
        let expected = serde_json::json!({
            "purpose": "To know which kites fly", "scope": ["kites.csv", "60 kites"],
            "authorised_by": "not stated", "operator": "o.marsh", "made": "2026-11-22T08:00:00Z",
            "tool": TOOL, "lists": ["the list of winds"], "delete_after": "2026-12-22",
        });
        assert_eq!(json, expected);
        assert_eq!(json.as_object().unwrap().len(), sample().lines().len());
    }
}
