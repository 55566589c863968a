//! What the workload `json` promises, as examples. `json_model.rs` compares it with a model on random documents.

use crossover_core::json::{Options, transform};
use crossover_core::{Error, ErrorCode, Workspace};

fn run(options: &str, input: impl AsRef<[u8]>) -> Result<String, Error> {
    let mut output = Vec::new();
    transform(
        input.as_ref(),
        &Options::from_json(options.as_bytes())?,
        &Workspace::new(),
        &mut output,
    )?;
    Ok(String::from_utf8(output).expect("the output is UTF-8"))
}

/// With default options `input` becomes `expected`.
#[track_caller]
fn check(input: &str, expected: &str) {
    check_with("", input, expected);
}

#[track_caller]
fn check_with(options: &str, input: &str, expected: &str) {
    assert_eq!(
        run(options, input).as_deref(),
        Ok(expected),
        "{input} with {options}"
    );
}

#[track_caller]
fn check_error(input: impl AsRef<[u8]>, code: ErrorCode, message: &str) {
    let error = run("", input.as_ref()).expect_err("the input is bad");
    assert_eq!((error.code(), error.message()), (code, message));
}

#[track_caller]
fn check_unexpected(input: &str, offset: usize) {
    check_error(
        input,
        ErrorCode::InvalidJson,
        &format!("the input is not valid JSON at byte {offset}"),
    );
}

#[track_caller]
fn check_early_end(input: &str) {
    let length = input.len();
    check_error(
        input,
        ErrorCode::InvalidJson,
        &format!("the JSON text ends early, at byte {length}"),
    );
}

#[test]
fn white_space_vanishes() {
    check(
        " { \"a\" :\n[ 1 ,\t{ } , [ ] ]\r, \"b\" : null } ",
        r#"{"a":[1,{},[]],"b":null}"#,
    );
}

#[test]
fn numbers_are_written_as_ecmascript_does() {
    check(
        "[1.0,-0,-0.0,1e21,1e20,1E-7,0.000001,1e400,-1e400]",
        "[1,0,0,1e+21,100000000000000000000,1e-7,0.000001,null,null]",
    );
    check(
        "[505874924095815681,9007199254740993,5e-324,2e-324]",
        "[505874924095815700,9007199254740992,5e-324,0]",
    );
    check(
        "[0.1234567890123456,0.10,123456789012345,-99.5]",
        "[0.1234567890123456,0.1,123456789012345,-99.5]",
    );
}

#[test]
fn strings_are_written_as_ecmascript_does() {
    check(
        r#""\/\u0041\u000a\u0008\u001F\u0022\u005c\u007f\u00e9""#,
        "\"/A\\n\\b\\u001f\\\"\\\\\u{7f}é\"",
    );
    check(
        r#"["\ud83d\ude00","\ud83d","\uDE00\uD83D","\ud83d\ud83d\ude00"]"#,
        r#"["😀","\ud83d","\ude00\ud83d","\ud83d😀"]"#,
    );
}

#[test]
fn of_duplicates_the_last_value_counts_at_the_first_place() {
    check(r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#);
    check(
        r#"{"a":1,"b":2,"\u0061":{"c":1,"c":2}}"#,
        r#"{"a":{"c":2},"b":2}"#,
    );
}

#[test]
fn array_indices_come_first_and_ascend() {
    check(r#"{"b":1,"10":2,"9":3}"#, r#"{"9":3,"10":2,"b":1}"#);
    check(
        r#"{"4294967295":1,"4294967294":2,"01":3,"-1":4}"#,
        r#"{"4294967294":2,"4294967295":1,"01":3,"-1":4}"#,
    );
}

#[test]
fn objects_in_disorder_may_be_nested() {
    check(
        r#"[{"c":{"2":{"b":1,"0":2},"1":[{"z":1,"z":2}]},"0":{"y":1,"5":2}},{"k":1,"3":2}]"#,
        r#"[{"0":{"5":2,"y":1},"c":{"1":[{"z":2}],"2":{"0":2,"b":1}}},{"3":2,"k":1}]"#,
    );
}

#[test]
fn dropped_members_leave_no_comma() {
    let options = r#"{"drop":["x","y"],"dropNulls":true}"#;
    check_with(
        options,
        r#"[{"x":1},{"x":1,"a":2},{"a":2,"x":1},{"a":1,"x":[{"x":2}],"b":2},{"a":1,"x":2,"y":3,"n":null}]"#,
        r#"[{},{"a":2},{"a":2},{"a":1,"b":2},{"a":1}]"#,
    );
}

#[test]
fn a_null_keeps_the_place_for_a_later_value() {
    check_with(
        r#"{"dropNulls":true}"#,
        r#"{"a":null,"b":1,"a":2,"b":null}"#,
        r#"{"a":2}"#,
    );
    check_with(
        r#"{"dropNulls":true}"#,
        r#"{"a":null,"b":1,"a":2}"#,
        r#"{"a":2,"b":1}"#,
    );
}

#[test]
fn a_renamed_member_replaces_one_that_is_there() {
    check_with(
        r#"{"rename":{"a":"b"}}"#,
        r#"{"b":1,"c":2,"a":3}"#,
        r#"{"b":3,"c":2}"#,
    );
    check_with(
        r#"{"rename":{"a":"b","b":"a"}}"#,
        r#"{"a":1,"b":2}"#,
        r#"{"b":1,"a":2}"#,
    );
    check_with(r#"{"rename":{"a":"1"}}"#, r#"{"c":1,"a":2}"#, r#"{"1":2,"c":1}"#);
}

#[test]
fn only_strings_are_redacted() {
    check_with(
        r#"{"redact":["s"],"redactWith":"\""}"#,
        r#"[{"s":"x"},{"s":1},{"s":["x"]},{"s":"a","s":2}]"#,
        r#"[{"s":"\""},{"s":1},{"s":["x"]},{"s":2}]"#,
    );
}

#[test]
fn totals_are_sums_of_products_of_the_source() {
    let options = r#"{"drop":["i"],"totals":{"array":"i","left":"q","right":"p","into":"t"}}"#;
    check_with(
        options,
        r#"{"i":[{"q":2,"p":1.5},{"q":"2","p":1},7,{"q":1,"q":3,"p":2}],"a":1}"#,
        r#"{"a":1,"t":9}"#,
    );
    check_with(
        options,
        r#"[{"i":[{"q":1,"p":1}],"i":1},{"i":[]},{"t":{},"i":[],"b":1}]"#,
        r#"[{},{"t":0},{"t":0,"b":1}]"#,
    );
    check_with(options, r#"{"i":[{"q":1e999,"p":0}]}"#, r#"{"t":null}"#);
}

#[test]
fn a_million_levels_are_fine() {
    const DEPTH: usize = 1_000_000;
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"{"a":0,"1":"#, "}")] {
        let text = format!("{}0{}", open.repeat(DEPTH), close.repeat(DEPTH));
        let dropped = format!(r#"{{"x":{text},"y":1}}"#);
        check_with(r#"{"drop":["x"]}"#, &dropped, r#"{"y":1}"#);
        let output = run("", &text).expect("the text is valid");
        assert_eq!(output.len(), text.len());
    }
}

#[test]
fn a_bad_byte_is_named() {
    for (input, offset) in [
        ("[1,]", 3),
        ("01", 1),
        ("1.x", 2),
        ("truE", 3),
        (r#""\x""#, 2),
        (r#""\u12G4""#, 5),
        ("\"a\n\"", 2),
        ("1 2", 2),
        ("\u{feff}1", 0),
        (r#"{"a" 1}"#, 5),
        (r#"{"a":1,}"#, 7),
        ("[1}", 2),
    ] {
        check_unexpected(input, offset);
    }
}

#[test]
fn an_early_end_is_told_from_a_bad_byte() {
    for input in [
        "", " ", "[", "[1,", "{", r#"{"a"#, r#"{"a""#, r#"{"a":"#, "\"\\u00", "-", "1.", "1e+", "nul",
    ] {
        check_early_end(input);
    }
}

#[test]
fn utf8_is_checked_before_json() {
    check_error(
        b"[,\"\xC3\"]",
        ErrorCode::InvalidUtf8,
        "the input is not valid UTF-8 at byte 3",
    );
    check_error(
        b"\"\xED\xA0\x80\"",
        ErrorCode::InvalidUtf8,
        "the input is not valid UTF-8 at byte 1",
    );
    check_error(
        b"1 \xF0\x9F",
        ErrorCode::InvalidUtf8,
        "the input is not valid UTF-8 at byte 2",
    );
}

#[test]
fn more_than_256_mib_is_too_much() {
    let input = vec![0; (256 << 20) + 1];
    check_error(
        input,
        ErrorCode::InputTooLarge,
        "the JSON text is larger than 256 MiB",
    );
}

#[test]
fn the_result_is_appended() {
    let mut output = b"before ".to_vec();
    transform(
        br#"{"a":1,"0":2}"#,
        &Options::default(),
        &Workspace::new(),
        &mut output,
    )
    .expect("the text is valid");
    assert_eq!(output, br#"before {"0":2,"a":1}"#);
}
