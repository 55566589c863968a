//! What this library can do, as a text that a loader checks before it uses anything else.

use std::ffi::CString;
use std::fmt::Write as _;
use std::sync::LazyLock;

use crossover_core::{Isa, Workload};

/// A JSON object: `name` and `version` of the library; `workloads`, an array of names, where a workload's number in the
/// ABI is its index; and `isa`, the level of vector instructions that the core uses.
pub(crate) static CAPABILITIES: LazyLock<CString> = LazyLock::new(|| {
    let mut text = concat!(
        r#"{"name":"crossover","version":""#,
        env!("CARGO_PKG_VERSION"),
        r#"","workloads":["#
    )
    .to_owned();
    for (number, workload) in Workload::ALL.into_iter().enumerate() {
        let separator = if number == 0 { "" } else { "," };
        // Names and versions need no JSON escapes, and writing to a `String` can't fail.
        let _ = write!(text, r#"{separator}"{}""#, workload.name());
    }
    // Neither can this.
    let _ = write!(text, r#"],"isa":"{}"}}"#, Isa::current().name());
    CString::new(text).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workloads_are_listed_in_the_order_of_their_numbers() {
        let version = env!("CARGO_PKG_VERSION");
        let isa = Isa::current().name();
        assert_eq!(
            CAPABILITIES.to_str(),
            Ok(format!(
                r#"{{"name":"crossover","version":"{version}","workloads":["json","image","time-series","echo"],"isa":"{isa}"}}"#
            )
            .as_str())
        );
    }
}
