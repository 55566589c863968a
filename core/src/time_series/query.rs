//! What a call asks for.

use serde_json::Value;

use super::columns::DIMENSIONS;
use crate::error::Error;
use crate::options::{Members, must_be};

const FINITE: &str = "null or a finite number";
const FILTERS: &str = "an array of {\"dim\": 0, 1 or 2, \"in\": array of codes}";
const GROUP_BY: &str = "an array of different dimensions (0, 1, 2)";
const POSITIVE: &str = "null or a finite number above 0";
const BOOLEAN: &str = "a boolean";

/// A query whose values have been checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Query(QueryParts);

/// The members of a query as a carrier with typed messages has them; [`Query::new`] checks them. The default is that of
/// the specification.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryParts {
    /// Rows with time ≥ `from` match, in milliseconds.
    pub from: Option<f64>,
    /// Rows with time < `to` match, in milliseconds.
    pub to: Option<f64>,
    /// A row must pass every filter.
    pub filters: Vec<DimensionFilter>,
    /// Different dimensions, each 0, 1 or 2.
    pub group_by: Vec<u32>,
    /// Width of the time buckets to group by, in milliseconds.
    pub bucket_ms: Option<f64>,
    /// Compute p50, p95 and p99.
    pub percentiles: bool,
}

/// Rows match whose code in dimension `dim` is one of `codes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimensionFilter {
    /// 0, 1 or 2.
    pub dim: u32,
    /// In any order, with or without repetitions; none matches nothing.
    pub codes: Vec<u32>,
}

impl Default for QueryParts {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            filters: Vec::new(),
            group_by: vec![0],
            bucket_ms: None,
            percentiles: true,
        }
    }
}

impl Query {
    /// Checks a query that came in a typed message.
    ///
    /// # Errors
    /// [`crate::ErrorCode::InvalidOptions`] with the message that the same value in JSON gets.
    pub fn new(parts: QueryParts) -> Result<Self, Error> {
        let is_finite = |number: Option<f64>| number.is_none_or(f64::is_finite);
        let checks = [
            ("from", FINITE, is_finite(parts.from)),
            ("to", FINITE, is_finite(parts.to)),
            (
                "where",
                FILTERS,
                parts.filters.iter().all(|filter| is_dimension(filter.dim)),
            ),
            ("groupBy", GROUP_BY, are_different_dimensions(&parts.group_by)),
            (
                "bucketMs",
                POSITIVE,
                is_finite(parts.bucket_ms) && parts.bucket_ms.is_none_or(|ms| ms > 0.0),
            ),
        ];
        match checks.into_iter().find(|(_, _, holds)| !holds) {
            Some((name, expected, _)) => Err(must_be(name, expected)),
            None => Ok(Self(parts)),
        }
    }

    /// Reads a query from a JSON object; empty text means the default.
    ///
    /// # Errors
    /// [`crate::ErrorCode::InvalidOptions`] as the specification says.
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        let known = ["from", "to", "where", "groupBy", "bucketMs", "percentiles"];
        let mut members = Members::parse(json, &known)?;
        let default = QueryParts::default();
        Ok(Self(QueryParts {
            from: members.take("from", FINITE, default.from, |value| nullable(&value))?,
            to: members.take("to", FINITE, default.to, |value| nullable(&value))?,
            filters: members.take("where", FILTERS, default.filters, |value| list(&value, filter))?,
            group_by: members.take("groupBy", GROUP_BY, default.group_by, |value| {
                list(&value, code).filter(|dims| are_different_dimensions(dims))
            })?,
            bucket_ms: members.take("bucketMs", POSITIVE, default.bucket_ms, |value| {
                nullable(&value).filter(|ms| ms.is_none_or(|ms| ms > 0.0))
            })?,
            percentiles: members.take("percentiles", BOOLEAN, default.percentiles, |value| {
                value.as_bool()
            })?,
        }))
    }

    /// The checked members.
    #[must_use]
    pub const fn parts(&self) -> &QueryParts {
        &self.0
    }
}

fn is_dimension(dim: u32) -> bool {
    (dim as usize) < DIMENSIONS
}

fn are_different_dimensions(dims: &[u32]) -> bool {
    dims.iter()
        .enumerate()
        .all(|(at, dim)| is_dimension(*dim) && !dims[..at].contains(dim))
}

/// `null` or a finite number; the outer `None` is neither.
#[expect(clippy::option_option, reason = "absent, null and wrong are three things")]
fn nullable(value: &Value) -> Option<Option<f64>> {
    match value {
        Value::Null => Some(None),
        value => value.as_f64().filter(|number| number.is_finite()).map(Some),
    }
}

fn list<T>(value: &Value, read: fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

fn filter(value: &Value) -> Option<DimensionFilter> {
    let members = value.as_object().filter(|members| members.len() == 2)?;
    let dim = code(members.get("dim")?).filter(|dim| is_dimension(*dim))?;
    Some(DimensionFilter {
        dim,
        codes: list(members.get("in")?, code)?,
    })
}

/// An integer from 0 to 2³² − 1, however it is written: ECMAScript does not tell `1.0` and `1e0` from `1`.
fn code(value: &Value) -> Option<u32> {
    let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
    let in_range = (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an integer in range"
    )]
    in_range.then_some(number as u32)
}
