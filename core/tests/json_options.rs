//! How the options of the workload `json` are read.

use crossover_core::ErrorCode;
use crossover_core::json::{Options, Totals};

#[track_caller]
fn check_error(json: &str, message: &str) {
    let error = Options::from_json(json.as_bytes()).expect_err("the options are bad");
    assert_eq!(
        (error.code(), error.message()),
        (ErrorCode::InvalidOptions, message),
        "{json}"
    );
}

#[test]
fn what_is_missing_is_the_default() {
    assert_eq!(Options::from_json(b""), Ok(Options::default()));
    assert_eq!(Options::from_json(b"{}"), Ok(Options::default()));
    assert_eq!(Options::from_json(br#"{"totals":null}"#), Ok(Options::default()));
}

#[test]
fn all_members_are_read() {
    let json = br#"{"drop":["a"],"rename":{"b":"c"},"redact":["d"],"redactWith":"e","dropNulls":true,
        "totals":{"array":"f","left":"g","right":"h","into":"i"}}"#;
    let expected = Options {
        drop: vec!["a".to_owned()],
        rename: [("b".to_owned(), "c".to_owned())].into(),
        redact: vec!["d".to_owned()],
        redact_with: "e".to_owned(),
        drop_nulls: true,
        totals: Some(Totals {
            array: "f".to_owned(),
            left: "g".to_owned(),
            right: "h".to_owned(),
            into: "i".to_owned(),
        }),
    };
    assert_eq!(Options::from_json(json), Ok(expected));
}

#[test]
fn of_duplicates_the_last_counts() {
    let options = Options::from_json(br#"{"dropNulls":1,"dropNulls":true}"#).expect("the options are good");
    assert!(options.drop_nulls);
}

#[test]
fn only_an_object_holds_options() {
    for json in ["[]", "null", "1", "{", "{}{}", "\u{0}"] {
        check_error(json, "options must be an object");
    }
}

#[test]
fn unknown_names_are_found_first_and_in_order() {
    check_error(r#"{"drop":1,"z":1,"a":1}"#, "unknown option \"z\"");
}

#[test]
fn wrong_types_are_found_in_the_order_of_the_table() {
    let totals =
        r#"option "totals" must be null or an object with the strings "array", "left", "right" and "into""#;
    check_error(
        r#"{"totals":1,"redact":[1],"drop":"a"}"#,
        r#"option "drop" must be an array of strings"#,
    );
    check_error(
        r#"{"rename":{"a":1}}"#,
        r#"option "rename" must be an object of strings"#,
    );
    check_error(
        r#"{"redact":{}}"#,
        r#"option "redact" must be an array of strings"#,
    );
    check_error(
        r#"{"redactWith":null}"#,
        r#"option "redactWith" must be a string"#,
    );
    check_error(r#"{"dropNulls":null}"#, r#"option "dropNulls" must be a boolean"#);
    check_error(r#"{"totals":{"array":"a","left":"b","right":"c"}}"#, totals);
    check_error(
        r#"{"totals":{"array":"a","left":"b","right":"c","into":"d","e":"f"}}"#,
        totals,
    );
}

#[test]
fn a_value_that_can_not_be_held_is_blamed_on_its_option() {
    let deep = format!(r#"{{"drop":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    check_error(&deep, r#"option "drop" must be an array of strings"#);
    check_error(
        r#"{"redactWith":"\ud800"}"#,
        r#"option "redactWith" must be a string"#,
    );
    check_error(
        r#"{"dropNulls":1e999}"#,
        r#"option "dropNulls" must be a boolean"#,
    );
}
