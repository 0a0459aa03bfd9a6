//! What stands at the head of every report: why it was made, by whom, of what, and until when it
//! may be kept.

use serde::Serialize;

use super::moment::Moment;

/// The head of a report.
#[derive(Clone, Debug)]
pub struct Header {
    made: Moment,
    purpose: String,
    operator: String,
    authorised_by: String,
    delete_after: String,
    lists: Vec<String>,
    scope: Vec<String>,
    policy: String,
}

/// Who answers for a report and how long it may be kept, as far as was stated.
#[derive(Clone, Debug, Default)]
pub struct Responsibility {
    /// What the report is for.
    pub purpose: Option<String>,
    /// Who makes it.
    pub operator: Option<String>,
    /// Who allowed it to be made.
    pub authorised_by: Option<String>,
    /// For how many days it may be kept.
    pub keep_days: u32,
}

/// What made the report.
const TOOL: &str = concat!("strongpass ", env!("CARGO_PKG_VERSION"));

/// Said when nobody said it.
const NOT_STATED: &str = "not stated";

impl Header {
    /// The head of a report made at that moment; `purpose` is what it is for unless another was
    /// given. `lists` are the lists and rules that were used, `scope` what was looked at.
    pub fn new(
        stated: &Responsibility,
        made: Moment,
        purpose: &str,
        lists: Vec<String>,
        scope: Vec<String>,
    ) -> Self {
        let or_not_stated =
            |text: &Option<String>| text.clone().unwrap_or_else(|| NOT_STATED.into());
        Self {
            made,
            purpose: stated.purpose.clone().unwrap_or_else(|| purpose.to_owned()),
            operator: or_not_stated(&stated.operator),
            authorised_by: or_not_stated(&stated.authorised_by),
            delete_after: made.day().days_after(stated.keep_days).to_string(),
            lists,
            scope,
            policy: String::new(),
        }
    }

    /// With the policy by which was judged.
    #[must_use]
    pub fn judged_by(self, policy: String) -> Self {
        Self { policy, ..self }
    }

    /// The last day on which the report may be kept, `YYYY-MM-DD`.
    pub fn delete_after(&self) -> &str {
        &self.delete_after
    }

    /// When it was made.
    pub fn made(&self) -> Moment {
        self.made
    }

    /// The head as lines of two columns.
    pub fn lines(&self) -> [(&'static str, String); 9] {
        [
            ("Purpose", self.purpose.clone()),
            ("Policy", self.policy.clone()),
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

impl Serialize for Header {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            purpose: &'a str,
            policy: &'a str,
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
            policy: &self.policy,
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
mod tests {
    use super::*;
    use crate::document::sample::sample_document;

    #[test]
    fn nothing_of_the_head_is_left_out_for_programs() {
        let header = sample_document().header;
        let json = serde_json::to_value(&header).unwrap();
        let expected = serde_json::json!({
            "purpose": "To know which kites fly", "policy": "the rule of kites", "scope": ["kites.csv", "60 kites"],
            "authorised_by": "not stated", "operator": "o.marsh", "made": "2026-11-22T08:00:00Z",
            "tool": TOOL, "lists": ["the list of winds"], "delete_after": "2026-12-22",
        });
        assert_eq!(json, expected);
        assert_eq!(json.as_object().unwrap().len(), header.lines().len());
    }
}
