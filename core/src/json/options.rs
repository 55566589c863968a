//! What a caller asks of a transformation.

use std::collections::HashMap;

use serde_json::Value;

use crate::error::Error;
use crate::options::Members;

/// The options as `workloads/json/README.md` defines them. The default changes only white space and notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Object members with these names are left out.
    pub drop: Vec<String>,
    /// Source name → new name of a member.
    pub rename: HashMap<String, String>,
    /// String members with these names get the value `redact_with`.
    pub redact: Vec<String>,
    /// What redacted strings become.
    pub redact_with: String,
    /// Object members whose value is `null` are left out.
    pub drop_nulls: bool,
    /// A sum of products for objects that have a certain array.
    pub totals: Option<Totals>,
}

/// Which sum of products is put into which member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Name of the member that holds an array of objects.
    pub array: String,
    /// Name of the first factor in those objects.
    pub left: String,
    /// Name of the second factor in those objects.
    pub right: String,
    /// Name of the new member.
    pub into: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            drop: Vec::new(),
            rename: HashMap::new(),
            redact: Vec::new(),
            redact_with: "[redacted]".to_owned(),
            drop_nulls: false,
            totals: None,
        }
    }
}

impl Options {
    /// Reads options from the text of a JSON object; members that are missing, and an empty text, mean the defaults.
    ///
    /// # Errors
    /// [`crate::ErrorCode::InvalidOptions`] with the message that the specification gives.
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        const KNOWN: [&str; 6] = ["drop", "rename", "redact", "redactWith", "dropNulls", "totals"];
        const STRINGS: &str = "an array of strings";
        const TOTALS: &str = r#"null or an object with the strings "array", "left", "right" and "into""#;

        let mut members = Members::parse(json, &KNOWN)?;
        let default = Self::default();
        Ok(Self {
            drop: members.take("drop", STRINGS, default.drop, strings)?,
            rename: members.take("rename", "an object of strings", default.rename, renames)?,
            redact: members.take("redact", STRINGS, default.redact, strings)?,
            redact_with: members.take("redactWith", "a string", default.redact_with, string)?,
            drop_nulls: members.take("dropNulls", "a boolean", default.drop_nulls, |value| {
                value.as_bool()
            })?,
            totals: members.take("totals", TOTALS, default.totals, |value| match value {
                Value::Null => Some(None),
                value => totals(value).map(Some),
            })?,
        })
    }
}

fn string(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn strings(value: Value) -> Option<Vec<String>> {
    match value {
        Value::Array(elements) => elements.into_iter().map(string).collect(),
        _ => None,
    }
}

fn renames(value: Value) -> Option<HashMap<String, String>> {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| Some((name, string(value)?)))
            .collect(),
        _ => None,
    }
}

fn totals(value: Value) -> Option<Totals> {
    let Value::Object(mut members) = value else {
        return None;
    };
    if members.len() != 4 {
        return None;
    }
    let mut take = |name| members.remove(name).and_then(string);
    Some(Totals {
        array: take("array")?,
        left: take("left")?,
        right: take("right")?,
        into: take("into")?,
    })
}
