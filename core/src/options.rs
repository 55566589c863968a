//! Reading options from JSON: one place for the rules and the messages that every workload's specification shares.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::{Error, ErrorCode};

/// The members of an options object whose names have been checked.
///
/// Their values are kept as text until they are taken, so that one which no `Value` can hold (a lone surrogate, a number
/// beyond a double, a very deep array) is blamed on its own option and not on the whole object.
pub struct Members<'a>(Object<'a>);

impl<'a> Members<'a> {
    /// Parses `json` (empty means `{}`) and refuses names that are not in `known`.
    pub fn parse(json: &'a [u8], known: &[&str]) -> Result<Self, Error> {
        if json.is_empty() {
            return Ok(Self(Object(Vec::new())));
        }
        let members: Object = serde_json::from_slice(json)
            .map_err(|_| Error::new(ErrorCode::InvalidOptions, "options must be an object"))?;
        match members.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => Err(Error::new(
                ErrorCode::InvalidOptions,
                format!("unknown option \"{name}\""),
            )),
            None => Ok(Self(members)),
        }
    }

    /// Takes the member `name` through `read`, or `default` where it is absent. `read` gives `None` for a value that is
    /// not `expected` (the type's words in the specification).
    pub fn take<T>(
        &mut self,
        name: &str,
        expected: &str,
        default: T,
        read: impl FnOnce(Value) -> Option<T>,
    ) -> Result<T, Error> {
        match self.text(name) {
            None => Ok(default),
            Some(text) => serde_json::from_str(text)
                .ok()
                .and_then(read)
                .ok_or_else(|| must_be(name, expected)),
        }
    }

    /// The number that the member `name` is, or `default` where it is absent. A value that is no number gives NaN, which is in no
    /// range: whoever checks ranges refuses it in the right place.
    pub fn number(&self, name: &str, default: f64) -> f64 {
        self.text(name).map_or(default, |text| {
            serde_json::from_str::<Value>(text)
                .ok()
                .and_then(|value| value.as_f64())
                .unwrap_or(f64::NAN)
        })
    }

    /// The text of a member. From the end: of two with the same name the last one counts, as in `JSON.parse`.
    fn text(&self, name: &str) -> Option<&'a str> {
        let (_, text) = self.0.0.iter().rev().find(|(member, _)| member == name)?;
        Some(text.get())
    }
}

/// The error for an option that is not `expected` (the type's words in the specification).
pub fn must_be(name: &str, expected: &str) -> Error {
    Error::new(
        ErrorCode::InvalidOptions,
        format!("option \"{name}\" must be {expected}"),
    )
}

/// Names with the text of their values, in the order of the source.
struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor;

        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = source.next_entry()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }

        deserializer.deserialize_map(ObjectVisitor)
    }
}
